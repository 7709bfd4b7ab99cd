import { afterAll, beforeAll, expect, test } from 'vitest'

import { card, column } from './board'
import { Window } from './browser'
import { password } from './people'
import { Program } from './program'

let program: Program

beforeAll(async () => {
  program = await Program.start()
})
afterAll(() => program.stop())

test('the address in the log leads to the first user, a project and its first task', async () => {
  const window = await Window.open(program)
  const { page } = window
  await page.goto('/setup#' + program.setupToken)
  await page.getByLabel('Your name').fill('Ada')
  await page.getByLabel('E-mail address').fill('ada@example.com')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()

  await page.getByRole('button', { name: 'New project' }).first().click()
  await page.getByLabel('Name', { exact: true }).fill('Website')
  await page.getByRole('button', { name: 'Make project' }).click()

  await column(page, 'To do').getByRole('button', { name: 'Add a task to To do' }).click()
  await page.getByLabel('Title of the new task').fill('Write the first page')
  await page.keyboard.press('Enter')
  const first = card(column(page, 'To do'), 'Write the first page')
  await first.getByText('WEB-1').waitFor()

  await page.reload()
  await first.waitFor()
  expect(await column(page, 'To do').locator('[data-line]').count()).toBe(1)
  await window.close()
})

test('the address is good once', async () => {
  const window = await Window.open(program)
  await window.page.goto('/setup#' + program.setupToken)
  await window.page.getByRole('heading', { name: 'Rung is set up' }).waitFor()
  await window.close()
})
