import { afterEach, beforeEach, expect, test } from 'vitest'

import { card, openBoard } from './board'
import { Window } from './browser'
import { seed, type Seeded } from './people'
import { Program } from './program'

let program: Program
let seeded: Seeded
let window: Window

beforeEach(async () => {
  program = await Program.start()
  seeded = await seed(program)
  window = await Window.open(program)
})
afterEach(async () => {
  await window.close()
  await program.stop()
})

/** Everything that the browser keeps for the app, as one text. */
const stored = () =>
  window.page.evaluate(async () => {
    const found: unknown[] = [{ ...localStorage }, { ...sessionStorage }]
    for (const { name } of await indexedDB.databases()) {
      found.push(name)
      const db = await new Promise<IDBDatabase>((opened, failed) => {
        const asked = indexedDB.open(name!)
        asked.onsuccess = () => opened(asked.result)
        asked.onerror = () => failed(asked.error as Error)
      })
      for (const store of db.objectStoreNames)
        found.push(
          await new Promise((got) => {
            const asked = db.transaction(store).objectStore(store).getAll()
            asked.onsuccess = () => got(asked.result)
          }),
        )
      db.close()
    }
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys()) found.push(request.url)
    return JSON.stringify(found)
  })

test('a guest sees her project alone, and a viewer no control that she may not use', async () => {
  const { page } = window
  await window.signIn(seeded.vi)
  await openBoard(page, seeded.ada.workspace.slug, 'WEB')
  const projects = page.getByRole('region', { name: 'Projects' })
  expect(await projects.getByRole('link').count()).toBe(1)
  expect(await page.getByText('Office').count()).toBe(0)
  expect(await page.getByRole('button', { name: 'New project' }).count()).toBe(0)
  expect(await page.getByRole('button', { name: /^Add a task to / }).count()).toBe(0)

  await card(page, 'Fix the form').click()
  const task = page.getByRole('article', { name: 'Fix the form' })
  await task.getByRole('heading', { name: 'Fix the form' }).waitFor()
  expect(await task.getByRole('textbox').count()).toBe(0)
  expect(await task.getByRole('button', { name: 'Add a description' }).count()).toBe(0)
  expect(await task.getByRole('button', { name: 'Write a comment' }).count()).toBe(0)
  expect(await task.getByRole('button', { name: /^Status:/ }).count()).toBe(0)
  for (const key of ['e', 's', 'Delete', 'Alt+ArrowRight']) await page.keyboard.press(key)
  expect(await page.getByRole('combobox').count()).toBe(0)
  await card(page, 'Fix the form').waitFor()

  await page.goto(`/${seeded.ada.workspace.slug}/p/OFF`)
  await page.getByText('Nothing to see here').waitFor()
})

test('access that is taken away removes what was kept, while it is open', async () => {
  const { page } = window
  await window.signIn(seeded.vi)
  await openBoard(page, seeded.ada.workspace.slug, 'WEB')
  await expect.poll(stored, { timeout: 20_000 }).toContain('Fix the form')
  const at = `/workspaces/${seeded.ada.workspace.slug}/projects/${seeded.web.id}/members/${seeded.vi.id}`
  await program.call('DELETE', at, undefined, seeded.ada.token)
  await card(page, 'Fix the form').waitFor({ state: 'detached' })
  await expect.poll(stored, { timeout: 30_000 }).not.toContain('Fix the form')
})

test('who is put out of a workspace keeps nothing of it', async () => {
  const { page } = window
  await window.signIn(seeded.bo)
  await openBoard(page, seeded.ada.workspace.slug, 'WEB')
  await expect.poll(stored, { timeout: 20_000 }).toContain('Fix the form')
  await program.call(
    'DELETE',
    `/workspaces/${seeded.ada.workspace.slug}/members/${seeded.bo.id}`,
    undefined,
    seeded.ada.token,
  )
  await card(page, 'Fix the form').waitFor({ state: 'detached' })
  await expect.poll(stored, { timeout: 30_000 }).not.toContain('Fix the form')
})

test('signing out wipes what was kept, and the next finds nothing of the one before', async () => {
  const { page } = window
  await page.goto('/login')
  await window.signInByForm(seeded.ada)
  await page.getByRole('heading', { name: 'My work' }).waitFor()
  await openBoard(page, seeded.ada.workspace.slug, 'WEB')
  await card(page, 'Fix the form').click()
  await page.getByRole('article').getByRole('button', { name: 'Write a comment' }).click()
  await page.getByRole('textbox', { name: 'Comment' }).fill('A draft of secrets')
  await expect.poll(stored, { timeout: 20_000 }).toContain('A draft of secrets')

  await page.getByRole('button', { name: 'Workspace Ada' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByLabel('E-mail address').waitFor()
  const left = await stored()
  for (const word of [seeded.ada.id, 'ada@example.com', 'Fix the form', 'A draft of secrets'])
    expect(left).not.toContain(word)

  await window.signInByForm(seeded.vi)
  await page.getByRole('heading', { name: 'My work' }).waitFor()
  await openBoard(page, seeded.ada.workspace.slug, 'WEB')
  const kept = await stored()
  for (const word of ['Office', 'ada@example.com', 'A draft of secrets']) expect(kept).not.toContain(word)
})
