import { afterAll, beforeAll, expect, test } from 'vitest'

import { card, openBoard } from './board'
import { Window } from './browser'
import { seed, type Seeded } from './people'
import { Program } from './program'

let program: Program
let seeded: Seeded
let window: Window

beforeAll(async () => {
  program = await Program.start()
  seeded = await seed(program)
  window = await Window.open(program)
  await window.signIn(seeded.ada)
})
afterAll(async () => {
  await window.close()
  await program.stop()
})

const there = async () => {
  const at = `/workspaces/${seeded.ada.workspace.slug}/tasks?limit=200`
  const { items } = await program.call<{ items: Seeded['tasks'] }>('GET', at, undefined, seeded.ada.token)
  return items
}

test('a task that was deleted comes back by the button of its message', async () => {
  const { page } = window
  await openBoard(page, seeded.ada.workspace.slug, 'WEB')
  await page.keyboard.press('Home')
  await page.keyboard.press('Delete')
  await card(page, 'Write the first page').waitFor({ state: 'detached' })
  await expect.poll(async () => (await there()).length, { timeout: 15_000 }).toBe(5)
  const message = page.getByRole('region', { name: 'Message' })
  await message.getByText('Task moved to the trash').waitFor()
  await message.getByRole('button', { name: 'Undo' }).click()
  await card(page, 'Write the first page').waitFor()
  await expect.poll(async () => (await there()).length, { timeout: 15_000 }).toBe(6)
})

test('a task that was deleted comes back by Control and Z, though the deletion has not reached the server', async () => {
  const { page } = window
  const version = async () => (await there()).find((t) => t.title === 'Write the first page')?.version ?? 0
  const before = await version()
  await page.keyboard.press('Home')
  await page.keyboard.press('Delete')
  await card(page, 'Write the first page').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+z')
  await card(page, 'Write the first page').waitFor()
  await expect.poll(version, { timeout: 15_000 }).toBeGreaterThan(before)
})

test('a change of several at once is taken back at once', async () => {
  const { page } = window
  await page.goto(`/${seeded.ada.workspace.slug}/p/WEB?layout=list`)
  const list = page.getByRole('grid')
  await list.getByText('Plan the launch').waitFor()
  const before = (await there()).map((t) => [t.id, t.priority])
  await page.keyboard.press('Home')
  await page.keyboard.press('Control+a')
  await page.getByText('6 tasks selected').waitFor()
  await page.keyboard.press('p')
  await page.getByRole('combobox', { name: 'Change priority' }).waitFor()
  await page.keyboard.type('Urgent')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await there()).filter((t) => t.priority === 1).length, { timeout: 15_000 }).toBe(6)
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await there()).map((t) => [t.id, t.priority]), { timeout: 15_000 }).toEqual(before)
  await page.keyboard.press('Escape')
})
