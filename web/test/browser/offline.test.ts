import { afterAll, beforeAll, expect, test } from 'vitest'

import type { components } from '../../src/api/schema'
import { card, column, openBoard } from './board'
import { Window } from './browser'
import { seed, type Seeded } from './people'
import { Program } from './program'

type Schemas = components['schemas']

let program: Program
let seeded: Seeded
let window: Window

beforeAll(async () => {
  program = await Program.start()
  seeded = await seed(program)
  window = await Window.open(program)
  await window.signIn(seeded.ada)
  await openBoard(window.page, seeded.ada.workspace.slug, 'WEB')
  await window.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  // From the second load on the pages are the worker's.
  await window.page.reload()
  await card(window.page, 'Fix the form').waitFor()
})
afterAll(async () => {
  await window.close()
  await program.stop()
})

async function asked<T>(path: string): Promise<T> {
  return program.call('GET', `/workspaces/${seeded.ada.workspace.slug}${path}`, undefined, seeded.ada.token)
}

test('what is written without the network outlives a reload and is sent once, in order', async () => {
  const { page, context } = window
  await context.setOffline(true)
  await page.getByRole('button', { name: /^Offline\./ }).waitFor()

  await page.getByRole('button', { name: 'Add a task to To do' }).click()
  const field = page.getByLabel('Title of the new task')
  for (const title of ['First at sea', 'Second at sea', 'Third at sea']) {
    await field.fill(title)
    await page.keyboard.press('Enter')
    await card(column(page, 'To do'), title).waitFor()
  }
  await page.keyboard.press('Escape')

  await card(page, 'First at sea').click()
  const article = page.getByRole('article', { name: 'First at sea' })
  await article.getByRole('button', { name: 'Write a comment' }).click()
  await page.getByRole('textbox', { name: 'Comment' }).fill('Written far from land')
  await page.keyboard.press('Control+Enter')
  await article.getByText('Written far from land').waitFor()
  await page.getByRole('button', { name: 'Offline. 4 changes wait.' }).waitFor()

  await page.reload()
  for (const title of ['First at sea', 'Second at sea', 'Third at sea'])
    await card(column(page, 'To do'), title).waitFor()
  await article.getByText('Written far from land').waitFor()
  await page.getByRole('button', { name: 'Offline. 4 changes wait.' }).waitFor()

  await context.setOffline(false)
  await page.getByRole('button', { name: /changes? waits?\./ }).waitFor({ state: 'detached', timeout: 60_000 })
  const { items } = await asked<{ items: Schemas['Task'][] }>('/tasks?sort=created&limit=200')
  const sent = items.filter((t) => t.title.endsWith('at sea'))
  expect(sent.map((t) => t.title)).toEqual(['First at sea', 'Second at sea', 'Third at sea'])
  expect(sent.map((t) => t.number)).toEqual([7, 8, 9])
  const comments = await asked<{ items: Schemas['Comment'][] }>(`/tasks/${sent[0]!.id}/comments`)
  expect(comments.items.map((c) => c.body)).toEqual(['Written far from land'])
  await card(column(page, 'To do'), 'First at sea').getByText('WEB-7').waitFor()
})

test('reading and finding go on without the network', async () => {
  const { page, context } = window
  await context.setOffline(true)
  await page.getByRole('button', { name: /^Offline\./ }).waitFor()
  await page.getByRole('link', { name: 'My work' }).click()
  await page.getByText('Write the first page').waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('typeface')
  await page.getByRole('option', { name: /Choose a typeface/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('article', { name: 'Choose a typeface' }).waitFor()
  await context.setOffline(false)
  await page.getByRole('button', { name: /^(Offline|Connecting)\./ }).waitFor({ state: 'detached', timeout: 60_000 })
})

test('what the server does not take is kept and shown with its reason', async () => {
  const { page, context } = window
  const task = seeded.tasks.find((t) => t.title === 'Plan the launch')!
  await openBoard(page, seeded.ada.workspace.slug, 'WEB')
  await card(page, 'Plan the launch').click()
  await context.setOffline(true)
  await page.getByRole('article').getByRole('button', { name: 'Write a comment' }).click()
  await page.getByRole('textbox', { name: 'Comment' }).fill('Said too late')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Offline. 1 change waits.' }).waitFor()
  await program.call('DELETE', `/workspaces/${seeded.ada.workspace.slug}/tasks/${task.id}`, undefined, seeded.bo.token)
  await context.setOffline(false)
  const sign = page.getByRole('button', { name: /1 change was not saved/ })
  await sign.waitFor({ timeout: 60_000 })
  await sign.click()
  await page.getByRole('region', { name: 'Not saved' }).getByText('Said too late').waitFor()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByText('Everything is saved.').waitFor()
})
