import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { afterEach, expect, test } from 'vitest'

import { card, column, openBoard } from './board'
import { Window } from './browser'
import { seed } from './people'
import { freePort, Program } from './program'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

const ending: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end()
})

/** A host of files and nothing else, which answers every other path with the page. */
function staticHost(dir: string, port: number): Promise<Server> {
  const server = createServer((request, answer) => {
    const path = normalize(new URL(request.url!, 'http://host').pathname)
    const file = extname(path) ? path : '/index.html'
    try {
      const body = readFileSync(join(dir, file))
      answer.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' }).end(body)
    } catch {
      answer.writeHead(404).end()
    }
  })
  return new Promise((listening) => server.listen(port, '127.0.0.1', () => listening(server)))
}

async function signsInAndWrites(window: Window, base: string, seeded: Awaited<ReturnType<typeof seed>>): Promise<void> {
  const { page } = window
  await page.goto(base + '/')
  await window.signInByForm(seeded.ada)
  await page.getByRole('heading', { name: 'My work' }).waitFor()
  await openBoard(page, (base + '/' + seeded.ada.workspace.slug).slice(1), 'WEB')
  await page.getByRole('button', { name: 'Add a task to To do' }).click()
  await page.getByLabel('Title of the new task').fill('From far away')
  await page.keyboard.press('Enter')
  await card(column(page, 'To do'), 'From far away').getByText('WEB-7').waitFor()
  await page.reload()
  await card(column(page, 'To do'), 'From far away').waitFor()
}

test('built for a host of its own, the app signs in and shows a board', { timeout: 400_000 }, async () => {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const program = await Program.start({ RUNG_CORS_ORIGINS: address })
  ending.push(() => program.stop())
  const dir = mkdtempSync(join(tmpdir(), 'rung-static-'))
  ending.push(() => rmSync(dir, { recursive: true }))
  execFileSync('npx', ['vite', 'build', '--logLevel', 'warn', '--outDir', dir, '--emptyOutDir'], {
    env: { ...process.env, VITE_API_URL: program.address + '/api' },
    stdio: 'inherit',
  })
  const server = await staticHost(dir, port)
  ending.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const seeded = await seed(program)
  const window = await Window.open(program, {}, { address })
  await signsInAndWrites(window, '', seeded)
  await window.close()
})

test('below a path of a host, the app signs in and shows a board', async () => {
  const port = await freePort()
  const program = await Program.start({
    RUNG_ADDR: `127.0.0.1:${port}`,
    RUNG_PUBLIC_URL: `http://127.0.0.1:${port}/team/rung`,
  })
  ending.push(() => program.stop())
  const seeded = await seed(program)
  const window = await Window.open(program)
  await signsInAndWrites(window, '/team/rung', seeded)
  expect(new URL(window.page.url()).pathname).toBe(`/team/rung/${seeded.ada.workspace.slug}/p/WEB`)
  await window.close()
})
