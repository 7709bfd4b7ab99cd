import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Builds the web app and the program with it once, unless TEST_BINARY names one. */
export default function build(): (() => void) | undefined {
  if (process.env.TEST_BINARY) return undefined
  const dir = mkdtempSync(join(tmpdir(), 'rung-binary-'))
  const binary = join(dir, 'rung')
  execFileSync('npx', ['vite', 'build', '--logLevel', 'warn'], { stdio: 'inherit' })
  execFileSync('go', ['build', '-o', binary, './cmd/rung'], { cwd: '..', stdio: 'inherit' })
  process.env.TEST_BINARY = binary
  return () => rmSync(dir, { recursive: true })
}
