// Fails when the catalogs lack words that the code has, keep some that it has no more, or leave one untranslated.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const root = new URL('../src/locales/', import.meta.url)
const files = readdirSync(root)
  .flatMap((locale) => readdirSync(new URL(locale + '/', root)).map((name) => `${locale}/${name}`))
  .filter((name) => name.endsWith('.po'))
const before = new Map(files.map((name) => [name, readFileSync(new URL(name, root), 'utf8')]))
const blank = (text) => text.replace(/^"POT-Creation-Date:.*\n/m, '')

execFileSync('npx', ['lingui', 'extract', '--clean'], { cwd: new URL('..', import.meta.url), stdio: 'pipe' })
let stale = false
for (const [name, text] of before) {
  const now = readFileSync(new URL(name, root), 'utf8')
  writeFileSync(new URL(name, root), text)
  if (blank(now) !== blank(text)) {
    console.error(`web/src/locales/${name} is stale; run npm run words in web/`)
    stale = true
  }
  const entries = now.trimEnd().split('\n\n').slice(1) // the first is the head of the file
  const missing = entries.filter((entry) => entry.endsWith('\nmsgstr ""'))
  if (missing.length > 0) {
    console.error(`web/src/locales/${name}: ${missing.length} words are not translated`)
    stale = true
  }
}
if (stale) process.exit(1)
