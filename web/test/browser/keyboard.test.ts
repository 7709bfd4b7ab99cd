import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { card } from './board'
import { Window } from './browser'
import { password, setUp, type Person } from './people'
import { Program } from './program'

let program: Program
let ada: Person
let window: Window
let page: Page

beforeAll(async () => {
  program = await Program.start()
  ada = await setUp(program)
  window = await Window.open(program)
  page = window.page
})
afterAll(async () => {
  await window.close()
  await program.stop()
})

/** Does something by the name it has in the palette. */
async function command(name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').waitFor()
  await page.keyboard.type(name)
  await page.getByRole('option', { name, selected: true }).waitFor()
  await page.keyboard.press('Enter')
}

/** Opens the picker of a key and picks by typing. */
async function pick(key: string, picker: string, word: string): Promise<void> {
  await page.keyboard.press(key)
  await page.getByRole('combobox', { name: picker }).waitFor()
  await page.keyboard.type(word)
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
}

const property = (words: string) => page.getByRole('article').getByRole('button', { name: words }).waitFor()

async function tabTo(name: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    const focused = page.locator(':focus')
    if ((await focused.count()) > 0 && (await focused.getAttribute('aria-label')) === name) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${name} is not reached by Tab`)
}

test('a day of work without the mouse', async () => {
  await page.goto('/login')
  await page.getByLabel('E-mail address').waitFor()
  await page.keyboard.type(ada.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'My work' }).waitFor()

  await command('New project')
  await page.getByRole('dialog', { name: 'New project' }).waitFor()
  await page.keyboard.type('Harbour')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Harbour' }).waitFor()

  await page.keyboard.press('c')
  const line = page.getByRole('combobox', { name: 'Title of the new task' })
  await line.waitFor()
  await page.keyboard.type('Paint the pier')
  await page.keyboard.press('Shift+Enter')
  await card(page, 'Paint the pier').waitFor()
  await page.keyboard.type('Fix the lamp')
  await page.keyboard.press('Enter')
  await line.waitFor({ state: 'detached' })
  await card(page, 'Fix the lamp').waitFor()

  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').waitFor()
  await page.keyboard.type('fix the')
  await page.getByRole('option', { name: /Fix the lamp/, selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('article', { name: 'Fix the lamp' }).waitFor()

  await pick('s', 'Change status', 'In progress')
  await property('Status: In progress')
  await pick('p', 'Change priority', 'High')
  await property('Priority: High')
  await pick('a', 'Change assignees', 'Ada')
  await page.keyboard.press('Escape')
  await property('Assignee: Ada')
  await pick('l', 'Change labels', 'roof')
  await page.keyboard.press('Escape')
  await property('Labels: roof')
  await page.keyboard.press('d')
  await page.getByRole('textbox', { name: 'Due' }).waitFor()
  await page.keyboard.type('tomorrow')
  await page.keyboard.press('Enter')
  await property('Due: Tomorrow')

  await page.keyboard.press('m')
  await page.getByRole('textbox', { name: 'Comment' }).waitFor()
  await page.keyboard.type('It flickers.')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('article').getByText('It flickers.').waitFor()

  const at = `/workspaces/${ada.workspace.slug}/tasks`
  const saved = () => program.call<Record<string, unknown>>('GET', `${at}/HAR-2`, undefined, ada.token)
  await expect
    .poll(async () => await saved(), { timeout: 20_000 })
    .toMatchObject({ priority: 2, assignees: [ada.id], comment_count: 1, labels: [expect.any(String)] })

  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+Backspace')
  await page.getByRole('region', { name: 'Message' }).getByText('Task moved to the trash').waitFor()
  await command('Trash')
  await page.getByText('Fix the lamp').waitFor()
  await tabTo('Restore Fix the lamp')
  await page.keyboard.press('Enter')
  await page.getByText('Restored: Fix the lamp').first().waitFor()

  await command('Sign out')
  await page.getByLabel('E-mail address').waitFor()
})
