// Adds up the JavaScript that has to come before one can sign in, and before a board works, as it comes over the wire
// (gzip), from the manifest that the build writes. English is in the code; another language is one file more. Fails when a budget is passed.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

const budgets = [
  {
    what: 'signing in',
    limit: 85_000,
    from: ['index.html', 'src/enter/main.tsx', 'src/enter/SignIn.tsx'],
  },
  {
    what: 'a board',
    limit: 190_000,
    from: [
      'index.html',
      'src/app/main.tsx',
      'src/app/Root.tsx',
      'src/app/Workspace.tsx',
      'src/features/board/ProjectScreen.tsx',
    ],
  },
]

/** The chunks that a chunk needs, itself too. */
function reach(key, seen) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key].imports ?? []) reach(next, seen)
  return seen
}

const sizes = new Map()
function size(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length)
  return sizes.get(file)
}

let over = false
for (const { what, limit, from } of budgets) {
  // A part that is no chunk of its own is in the chunk of what imports it; the start of each must be there.
  for (const key of from.slice(0, 2)) if (!manifest[key]) throw new Error(`the manifest has no ${key}`)
  const seen = new Set()
  for (const key of from) if (manifest[key]) reach(key, seen)
  const files = [...new Set([...seen].map((key) => manifest[key].file))].filter((file) => file.endsWith('.js'))
  files.sort((a, b) => size(b) - size(a))
  const sum = files.reduce((total, file) => total + size(file), 0)
  console.log(`\n${what}: ${sum} of ${limit} bytes in ${files.length} files`)
  for (const file of files) console.log(`  ${String(size(file)).padStart(6)}  ${file}`)
  over ||= sum > limit
}
if (over) {
  console.error('\nMore JavaScript than allowed (scripts/sizes.mjs)')
  process.exit(1)
}
