import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { card, column, drag } from './board'
import { Window } from './browser'
import { setUp, type Person } from './people'
import { Program } from './program'

let program: Program
let ada: Person
let window: Window

beforeAll(async () => {
  program = await Program.start()
  ada = await setUp(program)
  window = await Window.open(program)
  await window.signIn(ada)
})
afterAll(async () => {
  await window.close()
  await program.stop()
})

const count = async (of: 'projects' | 'tasks') =>
  (
    await program.call<{ items: unknown[] }>(
      'GET',
      `/workspaces/${ada.workspace.slug}/${of}?limit=200`,
      undefined,
      ada.token,
    )
  ).items.length

async function look(file: string): Promise<void> {
  await window.page.goto(`/${ada.workspace.slug}/import`)
  await window.page.getByLabel('File of the board').setInputFiles(file)
  await window.page.getByText('Nothing is made yet.', { exact: false }).waitFor()
}

test('a board is reported on first, then imported, and a card of it is dragged', async () => {
  const { page } = window
  await look('test/browser/fixtures/trello.json')
  await page.getByText('This becomes the project Garden party').waitFor()
  expect(await count('projects')).toBe(0)

  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByText('3 tasks were made.').waitFor()
  expect(await count('tasks')).toBe(3)

  await page.getByRole('button', { name: 'Open Garden party' }).click()
  await card(column(page, 'To do'), 'Bake the cake').waitFor()
  await card(column(page, 'Done'), 'Choose a day').waitFor()
  await drag(page, card(page, 'Bake the cake'), column(page, 'Doing'))
  await card(column(page, 'Doing'), 'Bake the cake').waitFor()
  await page.reload()
  await card(column(page, 'Doing'), 'Bake the cake').waitFor()
})

test('the import is taken back', async () => {
  const { page } = window
  await page.goto(`/${ada.workspace.slug}/import`)
  await page.getByRole('button', { name: 'Undo the import' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Undo the import' }).click()
  await page.getByText('The import is taken back').waitFor()
  await expect.poll(() => count('tasks'), { timeout: 15_000 }).toBe(0)
  await page.getByRole('button', { name: 'Import a board' }).click()
  await page.getByRole('button', { name: 'Choose a file' }).waitFor()
})

// A board that people really exported is no part of the repository: it is read where it lies beside it.
const real = '../../shared/data/trello-board-a.json'
test.runIf(existsSync(real))('a real board comes in whole', async () => {
  const { page } = window
  await look(real)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByText('117 tasks were made.').waitFor({ timeout: 90_000 })
  expect(await count('tasks')).toBe(117)
})
