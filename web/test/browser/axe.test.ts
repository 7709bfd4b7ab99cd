import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { Window } from './browser'
import { seed, type Seeded } from './people'
import { Program } from './program'

let program: Program
let seeded: Seeded
let stranger: Window
let ada: Window

beforeAll(async () => {
  program = await Program.start({ RUNG_SIGNUP: 'open' })
  seeded = await seed(program)
  const at = `/workspaces/${seeded.ada.workspace.slug}`
  const call = (method: string, path: string, body?: unknown) =>
    program.call<{ id: string }>(method, at + path, body, seeded.ada.token)
  const label = await call('POST', '/labels', { name: 'design', color: 'violet' })
  await call('PATCH', '/tasks/WEB-2', {
    description: '# Two faces\n\nOne for *words*, one for `code`.\n\n- [x] read\n- [ ] choose\n',
    due: '2020-02-02',
    labels: [label.id],
    assignees: [seeded.ada.id],
  })
  await call('POST', '/tasks', { project: seeded.web.id, title: 'Ask a printer', parent: seeded.tasks[1]!.id })
  await call('POST', '/tasks/WEB-2/comments', { body: 'The **second** one.' })
  await call('DELETE', '/tasks/WEB-6')
  await call('POST', '/views', {
    name: 'Urgent',
    layout: 'list',
    query: { field: 'priority', op: 'eq', value: 1 },
  }).catch(() => undefined)
  const calm = { reducedMotion: 'reduce' } as const
  stranger = await Window.open(program, calm)
  ada = await Window.open(program, calm)
  await ada.signIn(seeded.ada)
})
afterAll(async () => {
  await stranger.close()
  await ada.close()
  await program.stop()
})

interface Screen {
  name: string
  path: string
  /** Words that tell that it is there whole. */
  ready: string | RegExp
  /** What opens it, where the address does not. */
  open?: (page: Page) => Promise<unknown>
}

async function sound(window: Window, { name, path, ready, open }: Screen): Promise<void> {
  const { page } = window
  await page.goto(path)
  await page.getByRole('heading').first().waitFor()
  await open?.(page)
  await page.getByText(ready).filter({ visible: true }).first().waitFor()
  await window.shot(name)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await window.inaccessible(), colorScheme).toEqual([])
  }
}

const enter: Screen[] = [
  { name: 'login', path: '/login', ready: 'Forgot your password?' },
  { name: 'signup', path: '/signup', ready: 'Your name' },
  { name: 'forgot', path: '/forgot', ready: 'E-mail address' },
  { name: 'reset-password', path: '/reset-password#none', ready: 'Choose' },
  { name: 'verify-email', path: '/verify-email#none', ready: /link|address/i },
  { name: 'invite', path: '/invite#none', ready: /invitation/i },
  { name: 'setup', path: '/setup#none', ready: 'Rung is set up' },
]

test.each(enter)('$name can be used by everybody', (screen) => sound(stranger, screen))

const key = (keys: string) => (page: Page) => page.keyboard.press(keys)
const firstCard = async (page: Page) => {
  await page.locator('[data-line]').first().waitFor()
  await page.keyboard.press('Home')
}
/** A description stands there as it was meant, not as its source. */
const written = (page: Page) => page.getByRole('article').getByRole('heading', { name: 'Two faces' }).waitFor()

const inside: Screen[] = [
  { name: 'my-work', path: 'my', ready: 'Choose a typeface' },
  { name: 'board', path: 'p/WEB', ready: 'Choose a typeface' },
  { name: 'board-empty', path: 'p/OFF', ready: 'Backlog' },
  { name: 'list', path: 'p/WEB?layout=list', ready: 'Choose a typeface' },
  { name: 'task-panel', path: 'p/WEB?task=WEB-2', ready: 'Two faces', open: written },
  { name: 'task-page', path: 't/WEB-2', ready: 'Two faces', open: written },
  {
    name: 'task-writing',
    path: 't/WEB-2',
    ready: 'Cancel',
    open: async (page) => {
      await written(page)
      await page.keyboard.press('w')
    },
  },
  { name: 'no-task', path: 't/WEB-999', ready: /Nothing|no task/i },
  { name: 'search', path: 'search?q=typeface', ready: 'Choose a' },
  { name: 'all-tasks', path: 'all', ready: 'Write the first page' },
  { name: 'dashboard', path: 'dashboard', ready: 'Overdue' },
  { name: 'trash', path: 'trash', ready: 'Draw the icons' },
  { name: 'import', path: 'import', ready: 'Import your board from Trello' },
  { name: 'settings-general', path: 'settings/general', ready: 'Address' },
  { name: 'settings-members', path: 'settings/members', ready: 'Vi' },
  { name: 'settings-invitations', path: 'settings/invitations', ready: /invit/i },
  { name: 'settings-labels', path: 'settings/labels', ready: 'design' },
  { name: 'settings-data', path: 'settings/data', ready: /Delete/ },
  { name: 'project-settings', path: 'p/WEB/settings', ready: 'Statuses' },
  { name: 'palette', path: 'my', ready: 'New project', open: key('Control+k') },
  { name: 'shortcuts', path: 'my', ready: 'Search and commands', open: key('?') },
  {
    name: 'quick-add',
    path: 'my',
    ready: 'Add task',
    open: async (page) => {
      await page.keyboard.press('c')
      await page.getByRole('combobox', { name: 'Title of the new task' }).fill('Send report tomorrow !high #design')
    },
  },
  {
    name: 'picker',
    path: 'p/WEB',
    ready: 'In progress',
    open: async (page) => {
      await firstCard(page)
      await page.keyboard.press('s')
      await page.getByRole('combobox', { name: 'Change status' }).waitFor()
    },
  },
  {
    name: 'due',
    path: 'p/WEB',
    ready: 'Next week',
    open: async (page) => {
      await firstCard(page)
      await page.keyboard.press('d')
    },
  },
  {
    name: 'selection',
    path: 'p/WEB?layout=list',
    ready: '1 task selected',
    open: async (page) => {
      await firstCard(page)
      await page.keyboard.press('x')
    },
  },
]

test.each(inside)('$name can be used by everybody', (screen) =>
  sound(ada, { ...screen, path: `/${seeded.ada.workspace.slug}/${screen.path}` }),
)

const own: Screen[] = [
  { name: 'account-profile', path: '/account/profile', ready: 'Name' },
  { name: 'account-look', path: '/account/look', ready: /Theme|Dark/ },
  { name: 'account-password', path: '/account/password', ready: 'New password' },
  { name: 'account-sessions', path: '/account/sessions', ready: /This browser|here/i },
  { name: 'account-tokens', path: '/account/tokens', ready: /token/i },
  { name: 'account-data', path: '/account/data', ready: /Delete/ },
  { name: 'new-workspace', path: '/new', ready: 'Name' },
]

test.each(own)('$name can be used by everybody', (screen) => sound(ada, screen))
