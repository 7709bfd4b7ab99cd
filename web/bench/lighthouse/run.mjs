// Has Lighthouse look at pages of a running program, and prints its scores (0 to 100) as JSON, medians of several looks.
// node run.mjs ADDRESS E-MAIL PASSWORD PATH, with CHROMIUM and a free port in PORT.
import lighthouse, { desktopConfig } from 'lighthouse'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { chromium } from '../../node_modules/playwright-core/index.mjs'

const [address, email, password, board] = process.argv.slice(2)
const port = Number(process.env.PORT)
const looks = 3
const onlyCategories = ['performance', 'accessibility', 'best-practices']

const folder = mkdtempSync(join(tmpdir(), 'rung-lighthouse-'))
const browser = await chromium.launchPersistentContext(folder, {
  executablePath: process.env.CHROMIUM,
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
})

async function signIn() {
  const page = await browser.newPage()
  await page.goto(address + '/login')
  await page.getByLabel('E-mail address').fill(email)
  await page.locator('input[type=password]').fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'My work' }).waitFor()
  await page.close()
}

async function scores(path, mode) {
  const all = []
  for (let i = 0; i < looks; i++) {
    const flags = { port, disableStorageReset: true, onlyCategories, maxWaitForLoad: 12_000, logLevel: 'error' } // a live stream never ends
    const { lhr } = await lighthouse(address + path, flags, mode === 'desktop' ? desktopConfig : undefined)
    all.push(onlyCategories.map((c) => Math.round(lhr.categories[c].score * 100)))
  }
  return onlyCategories.map((_, c) => all.map((one) => one[c]).sort((a, b) => a - b)[Math.floor(looks / 2)])
}

try {
  const found = []
  for (const mode of ['desktop', 'mobile'])
    found.push({ page: 'signing in', mode, scores: await scores('/login', mode) })
  await signIn()
  for (const mode of ['desktop', 'mobile']) found.push({ page: 'a board', mode, scores: await scores(board, mode) })
  console.log(JSON.stringify(found))
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}
