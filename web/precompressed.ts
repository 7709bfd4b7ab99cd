import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const worth = 1024 // bytes from which on it pays

/** Writes beside each text of the build what it is compressed as, by Brotli and by gzip, as small as they can. */
export function precompressed(): Plugin {
  let out = ''
  return {
    name: 'precompressed',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      out = resolve(config.root, config.build.outDir)
    },
    closeBundle() {
      const folder = join(out, 'assets')
      if (!existsSync(folder)) return // the build has failed, and says why
      for (const name of readdirSync(folder)) {
        const file = join(folder, name)
        if (!/\.(js|css|svg)$/.test(name) || statSync(file).size < worth) continue
        const body = readFileSync(file)
        writeFileSync(`${file}.gz`, gzipSync(body, { level: 9 }))
        writeFileSync(`${file}.br`, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
      }
    },
  }
}
