import { fileURLToPath } from 'node:url'

import { lingui } from '@lingui/vite-plugin'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

import { inlineWords } from './inlineWords.ts'
import { precompressed } from './precompressed.ts'
import { serviceWorker } from './serviceWorker.ts'

// The compiler's code pays off where much is drawn again; the pages of getting in are weighed by the byte.
const compiled = (file: string) => !file.includes('/node_modules/') && !file.includes('/src/enter/')

const roots = ['app/main', 'app/Root', 'app/Workspace', 'features/board/ProjectScreen']
let start: Set<string> | undefined
type Chunks = { getModuleInfo: (id: string) => { importedIds: readonly string[] } | null }

/** One file for what a board begins with: all that these import, and what that imports, but not what is loaded later. */
function startOf(id: string, chunks: Chunks): string | null {
  if (!start) {
    start = new Set(roots.map((r) => fileURLToPath(new URL(`src/${r}.tsx`, import.meta.url))))
    for (const one of start) {
      if (one.endsWith('/lucide-react.mjs') || one.endsWith('/lucide-react.js')) continue // it names every icon there is
      for (const next of chunks.getModuleInfo(one)?.importedIds ?? []) start.add(next)
    }
  }
  return start.has(id) && !id.endsWith('.css') ? 'start' : null
}

// Every address in the page is relative to <base href>, which the server sets to the path it is reached under.
export default defineConfig({
  base: './',
  plugins: [
    tailwindcss(),
    react({
      babel: {
        plugins: [
          ['@lingui/babel-plugin-lingui-macro', { stripMessageField: false }],
          inlineWords,
          ['babel-plugin-react-compiler', { sources: compiled }],
        ],
      },
    }),
    lingui(),
    serviceWorker(),
    precompressed(),
  ],
  // While it is edited, the API is that of the program beside it.
  server: { host: '127.0.0.1', proxy: { '/api': process.env.RUNG_URL ?? 'http://127.0.0.1:8080' } },
  test: { maxWorkers: 2, globals: true, environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
  build: {
    target: 'es2022',
    sourcemap: false,
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What both entries need is one file, and so is what every screen of the app begins with: small files compress badly.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react-dom|react|scheduler)\//, priority: 3 },
            {
              name: 'base',
              test: /\/(src\/(api\/(base|problem|remembered|send|session)|i18n|entry|version|enter\/next\.|ui\/(Button|Field|TextField|Spinner|classes|Icon)\.)|node_modules\/@lingui)|vite\/preload-helper|dynamic.import.helper/,
              priority: 2,
            },
            { name: startOf, debugName: 'start', priority: 0 },
            {
              name: 'enter',
              test: /\/src\/enter\/(main|Enter|EnterForm|EnterLink|SignIn|SignInForm|Card|EmailField|PasswordField|Refusal|account|ask|methods|place|sentences|submitting|typed|waiting)\./,
              priority: 1,
            },
          ],
        },
      },
    },
  },
})
