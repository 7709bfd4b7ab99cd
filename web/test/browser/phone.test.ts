import type { CDPSession, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { card, column, openBoard } from './board'
import { phone, Window } from './browser'
import { seed, type Seeded } from './people'
import { Program } from './program'

let program: Program
let seeded: Seeded
let window: Window
let page: Page

beforeAll(async () => {
  program = await Program.start()
  seeded = await seed(program)
  window = await Window.open(program, { viewport: phone, hasTouch: true, isMobile: true })
  page = window.page
  await window.signIn(seeded.ada)
})
afterAll(async () => {
  await window.close()
  await program.stop()
})

const ws = () => seeded.ada.workspace.slug
const nav = () => page.getByRole('navigation', { name: 'Workspace' })

async function noSideways(): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width)
}

test('the bottom navigation leads everywhere, with targets for a thumb', async () => {
  await page.goto(`/${ws()}/my`)
  await page.getByText('Write the first page').waitFor()
  const targets = await nav().locator('a, button').all()
  expect(targets).toHaveLength(5)
  for (const target of targets) {
    const { width, height } = (await target.boundingBox())!
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(44)
  }
  await nav().getByRole('button', { name: 'Projects' }).tap()
  const sheet = page.getByRole('dialog', { name: 'Projects and views' })
  await sheet.getByRole('link', { name: /Website/ }).tap()
  await sheet.waitFor({ state: 'detached' })
  await card(page, 'Write the first page').waitFor()
  await nav().getByRole('button', { name: 'More' }).tap()
  await page.getByRole('dialog', { name: 'More' }).getByRole('link', { name: 'Trash' }).tap()
  await page.getByRole('heading', { name: 'Trash' }).waitFor()
  await nav().getByRole('link', { name: 'Search' }).tap()
  await page.getByRole('combobox', { name: 'Search tasks and comments' }).waitFor()
})

test('a task is added by one thumb and opened', async () => {
  await openBoard(page, ws(), 'WEB')
  await nav().getByRole('button', { name: 'Add a task' }).tap()
  const field = page.getByRole('combobox', { name: 'Title of the new task' })
  await field.fill('Buy paint tomorrow !high')
  await page.getByRole('dialog').getByRole('button', { name: 'Add task', exact: true }).tap()
  await card(page, 'Buy paint').tap()
  await page.getByRole('article', { name: 'Buy paint' }).waitFor()
  await page.getByRole('button', { name: /^Priority: High/ }).waitFor()
  await noSideways()
  await page.goBack()
  await card(page, 'Buy paint').waitFor()
})

test('no screen scrolls sideways, and no field makes the phone zoom', async () => {
  for (const path of [
    'my',
    'p/WEB',
    'p/WEB?layout=list',
    't/WEB-1',
    'search',
    'dashboard',
    'trash',
    'settings/members',
  ]) {
    await page.goto(`/${ws()}/${path}`)
    await page.getByRole('heading').first().waitFor()
    await noSideways()
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('input:not([type=checkbox], [type=radio], [type=file]), textarea')]
        .filter((field) => field.checkVisibility() && parseFloat(getComputedStyle(field).fontSize) < 16)
        .map((field) => field.outerHTML),
    )
    expect(small, path).toEqual([])
  }
})

test('a card is dragged by touch after a long press, and not by a swipe', async () => {
  await openBoard(page, ws(), 'WEB')
  const touch = await window.context.newCDPSession(page)
  const first = card(column(page, 'Backlog'), 'Write the first page')
  const second = card(column(page, 'Backlog'), 'Plan the launch')
  await move(touch, first, second, 'at once')
  expect(await page.getByText('Write the first page', { exact: true }).count()).toBe(1)
  expect(await column(page, 'Backlog').locator('[data-line]').first().innerText()).toContain('Write the first page')

  await move(touch, first, second, 'after a rest')
  await expect
    .poll(() => column(page, 'Backlog').locator('[data-line]').first().innerText(), { timeout: 15_000 })
    .toContain('Plan the launch')
})

/** Moves a thumb from a card to below another: at once, or when the card that it rests on is lifted. */
async function move(touch: CDPSession, card: Locator, below: Locator, when: 'at once' | 'after a rest'): Promise<void> {
  const from = (await card.boundingBox())!
  const to = (await below.boundingBox())!
  const x = from.x + from.width / 2
  const y = from.y + from.height / 2
  const end = to.y + to.height - 2
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: number) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints: at === undefined ? [] : [{ x, y: at }] })
  await send('touchStart', y)
  // A thumb trembles while it rests, until there are two of the card: the one that stays and the one under the thumb.
  const title = await card.locator('p').innerText()
  for (let step = 0; when === 'after a rest' && (await page.getByText(title, { exact: true }).count()) < 2; step++)
    await send('touchMove', y + (step % 2))
  for (let step = 1; step <= 10; step++) await send('touchMove', y + ((end - y) * step) / 10)
  await send('touchEnd')
}
