import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/** Builds src/worker/sw.ts as sw.js, and writes into it which files there are: those of the build and of public/. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    buildStart() {
      this.emitFile({ type: 'chunk', id: 'src/worker/sw.ts', fileName: 'sw.js' })
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const hash = createHash('sha256')
        const all = [...Object.keys(bundle), ...readdirSync('public')]
        const files = all.filter((f) => f !== 'sw.js' && !f.startsWith('.')).sort() // what begins with a dot is not served
        for (const f of files) {
          const made = bundle[f]
          hash.update(f).update(!made ? readFileSync('public/' + f) : made.type === 'chunk' ? made.code : made.source)
        }
        const worker = bundle['sw.js']
        if (worker?.type !== 'chunk') throw new Error('there is no sw.js')
        if (worker.imports.length > 0) throw new Error('sw.js must stand alone')
        const build = JSON.stringify({ version: hash.digest('hex').slice(0, 16), files })
        worker.code = `const BUILD = ${build};\n${worker.code}`
      },
    },
  }
}
