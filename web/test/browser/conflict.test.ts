import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

import type { components } from '../../src/api/schema'
import { openBoard } from './board'
import { Window } from './browser'
import { seed, type Seeded } from './people'
import { Program } from './program'

type Task = components['schemas']['Task']

const before = 'It is blue.'
const theirs = 'It is green.'
const mine = 'It is violet.'

let program: Program
let seeded: Seeded
let ada: Window
let bo: Window
let task: Task

beforeAll(async () => {
  program = await Program.start()
  seeded = await seed(program)
  ada = await Window.open(program)
  bo = await Window.open(program)
  await ada.signIn(seeded.ada)
  await bo.signIn(seeded.bo)
})
afterAll(async () => {
  await ada.close()
  await bo.close()
  await program.stop()
})

const at = () => `/workspaces/${seeded.ada.workspace.slug}/tasks`

async function describe(window: Window, text: string): Promise<void> {
  await window.page.getByRole('article').getByText(before).hover()
  await window.page.getByRole('button', { name: 'Write the description' }).click()
  await window.page.getByRole('textbox', { name: 'Description' }).fill(text)
  await window.page.keyboard.press('Control+Enter')
  await window.page.getByRole('article').getByText(text).waitFor()
}

const saved = async () =>
  (await program.call<Task>('GET', `${at()}/${task.id}`, undefined, seeded.ada.token)).description

/** Both change the same words: the one while she is offline, who then comes back. */
beforeEach(async () => {
  const body = { project: seeded.web.id, title: 'Paint the boat', description: before }
  task = await program.call<Task>('POST', at(), body, seeded.ada.token)
  const path = `/${seeded.ada.workspace.slug}/t/${task.key}`
  await openBoard(ada.page, seeded.ada.workspace.slug, 'WEB')
  for (const { page } of [ada, bo]) {
    await page.goto(path)
    await page.getByRole('article').getByText(before).waitFor()
  }
  await ada.context.setOffline(true)
  await describe(ada, mine)
  await describe(bo, theirs)
  await expect.poll(saved, { timeout: 15_000 }).toBe(theirs)
  await ada.context.setOffline(false)
  await ada.page.getByRole('dialog', { name: 'Somebody else changed the same' }).waitFor({ timeout: 60_000 })
})
afterEach(async () => {
  await program.call('DELETE', `${at()}/${task.id}`, undefined, seeded.ada.token)
})

const field = () => ada.page.getByRole('dialog').getByRole('region', { name: 'Description' })

async function settled(text: string): Promise<void> {
  await ada.page.getByRole('dialog').waitFor({ state: 'detached' })
  for (const { page } of [ada, bo]) await page.getByRole('article').getByText(text, { exact: true }).waitFor()
  await expect.poll(saved, { timeout: 15_000 }).toBe(text)
}

test('the dialog shows what it was, theirs and mine; mine is kept', async () => {
  const versions = await field().getByRole('figure').allInnerTexts()
  expect(versions.map((v) => v.split('\n')[0])).toEqual(['Before', 'Theirs', 'Mine'])
  expect(versions[0]).toContain('blue')
  expect(versions[1]).toContain('green')
  expect(versions[2]).toContain('violet')
  await ada.page.getByRole('button', { name: 'Save' }).click()
  await settled(mine)
})

test('theirs is kept', async () => {
  await field().getByText('Keep theirs').click()
  await ada.page.getByRole('button', { name: 'Save' }).click()
  await settled(theirs)
})

test('both are written into one', async () => {
  await field().getByText('Write it anew').click()
  await ada.page.getByLabel('Description, written anew').fill('It is green and violet.')
  await ada.page.getByRole('button', { name: 'Save' }).click()
  await settled('It is green and violet.')
})

test('choosing later keeps both, also over a reload', async () => {
  await ada.page.getByRole('button', { name: 'Later' }).click()
  await ada.page.reload()
  await ada.page.getByRole('button', { name: '1 change was not saved.' }).click()
  await ada.page.getByRole('region', { name: 'Not saved' }).getByText(mine).waitFor()
  await ada.page.getByRole('button', { name: 'Compare' }).click()
  await field().getByText('Keep mine').click()
  await ada.page.getByRole('button', { name: 'Save' }).click()
  await settled(mine)
})
