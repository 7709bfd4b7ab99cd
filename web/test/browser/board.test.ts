import { afterAll, beforeAll, expect, test } from 'vitest'

import { card, column, drag, openBoard } from './board'
import { Window } from './browser'
import { seed, type Seeded } from './people'
import { Program } from './program'

let program: Program
let seeded: Seeded
let ada: Window
let bo: Window

beforeAll(async () => {
  program = await Program.start()
  seeded = await seed(program)
  ada = await Window.open(program)
  bo = await Window.open(program)
  for (const [window, person] of [
    [ada, seeded.ada],
    [bo, seeded.bo],
  ] as const) {
    await window.signIn(person)
    await openBoard(window.page, person.workspace.slug, 'WEB')
  }
})
afterAll(async () => {
  await ada.close()
  await bo.close()
  await program.stop()
})

test('a card dragged by one appears moved for the other', async () => {
  await drag(ada.page, card(ada.page, 'Choose a typeface'), column(ada.page, 'In progress'))
  await card(column(ada.page, 'In progress'), 'Choose a typeface').waitFor()
  await card(column(bo.page, 'In progress'), 'Choose a typeface').waitFor()
  await card(column(bo.page, 'To do'), 'Choose a typeface').waitFor({ state: 'detached' })
})

test('a card moved by keyboard says where to, and moves for the other', async () => {
  const { page } = bo
  await page.keyboard.press('Home')
  await page.keyboard.press('Alt+ArrowRight')
  await page.getByText(/^Moved to To do, 1 of \d+/).waitFor({ state: 'attached' })
  await card(column(page, 'To do'), 'Write the first page').waitFor()
  await page.keyboard.press('Alt+ArrowDown')
  await page.getByText(/^Moved to To do, 2 of \d+/).waitFor({ state: 'attached' })
  await expect
    .poll(() => column(ada.page, 'To do').locator('[data-line]').nth(1).innerText(), { timeout: 15_000 })
    .toContain('Write the first page')
})

test('a task added in place is there for the other, and the field is ready for the next', async () => {
  const { page } = ada
  await page.getByRole('button', { name: 'Add a task to Done' }).click()
  const field = page.getByLabel('Title of the new task')
  await field.fill('Order ropes')
  await page.keyboard.press('Enter')
  await card(column(bo.page, 'Done'), 'Order ropes').waitFor()
  expect(await field.inputValue()).toBe('')
  await field.fill('Half a thou')

  // What the other does meanwhile takes neither the focus nor the words.
  await drag(bo.page, card(bo.page, 'Order ropes'), column(bo.page, 'Backlog'))
  await card(column(page, 'Backlog'), 'Order ropes').waitFor()
  await page.keyboard.type('ght')
  expect(await field.inputValue()).toBe('Half a thought')
  await page.keyboard.press('Escape')
  await field.waitFor({ state: 'detached' })
  expect(await card(page, 'Half a thought').count()).toBe(0)
})

test('a description that one writes is not touched by what the other does', async () => {
  const { page } = ada
  await card(page, 'Draw the icons').click()
  await page.getByRole('button', { name: 'Add a description' }).click()
  const field = page.getByRole('textbox', { name: 'Description' })
  await field.fill('Sixteen pixels, ')
  await bo.page.keyboard.press('Escape')
  const task = seeded.tasks.find((t) => t.title === 'Draw the icons')!
  await program.call(
    'PATCH',
    `/workspaces/${seeded.ada.workspace.slug}/tasks/${task.id}`,
    { title: 'Draw all icons' },
    seeded.bo.token,
  )
  await card(page, 'Draw all icons').waitFor()
  await page.keyboard.type('one stroke')
  expect(await field.inputValue()).toBe('Sixteen pixels, one stroke')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('article').getByText('Sixteen pixels, one stroke').waitFor()
})
