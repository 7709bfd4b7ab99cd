import type { components } from '../../src/api/schema'
import type { Program } from './program'

type Schemas = components['schemas']

export const password = 'a ladder has rungs'

/** Somebody with an account. */
export interface Person {
  id: string
  email: string
  name: string
  /** An access token, good for ten minutes. */
  token: string
  /** Her own workspace, or the one she was invited into. */
  workspace: Schemas['Workspace']
}

/** Makes the first user of an installation and her workspace. */
export async function setUp(program: Program, name = 'Ada'): Promise<Person> {
  return register(program, name, { setup: program.setupToken })
}

async function register(program: Program, name: string, more: object): Promise<Person> {
  const email = `${name.toLowerCase()}@example.com`
  const made = await program.call<Schemas['SignedIn'] & { workspace: Schemas['Workspace'] }>('POST', '/auth/register', {
    email,
    password,
    name,
    ...more,
  })
  return { id: made.user.id, email, name, token: made.access_token, workspace: made.workspace }
}

/** Invites somebody new into a workspace; projects are those that a guest is let into. */
export async function invite(
  program: Program,
  host: Person,
  name: string,
  role: 'admin' | 'member' | 'guest',
  projects: { project: string; role: 'admin' | 'editor' | 'commenter' | 'viewer' }[] = [],
): Promise<Person> {
  const { token } = await program.call<{ token: string }>(
    'POST',
    `/workspaces/${host.workspace.slug}/invitations`,
    { role, projects },
    host.token,
  )
  const person = await register(program, name, { invitation: token })
  await program.call('POST', `/invitations/${token}/accept`, undefined, person.token)
  return { ...person, workspace: host.workspace }
}

export interface Seeded {
  ada: Person
  bo: Person
  /** A guest who sees the first project alone and may look only. */
  vi: Person
  web: Schemas['Project']
  office: Schemas['Project']
  tasks: Schemas['Task'][]
}

const titles = [
  'Write the first page',
  'Choose a typeface',
  'Fix the form',
  'Ask for prices',
  'Plan the launch',
  'Draw the icons',
]

/** A workspace with people, two projects and some tasks. */
export async function seed(program: Program): Promise<Seeded> {
  const ada = await setUp(program)
  const at = `/workspaces/${ada.workspace.slug}`
  const web = await program.call<Schemas['Project']>(
    'POST',
    `${at}/projects`,
    { name: 'Website', key: 'WEB' },
    ada.token,
  )
  const office = await program.call<Schemas['Project']>(
    'POST',
    `${at}/projects`,
    { name: 'Office', key: 'OFF' },
    ada.token,
  )
  const bo = await invite(program, ada, 'Bo', 'member')
  const vi = await invite(program, ada, 'Vi', 'guest', [{ project: web.id, role: 'viewer' }])
  const tasks: Schemas['Task'][] = []
  for (const [i, title] of titles.entries()) {
    const status = web.statuses[i % web.statuses.length]!.id
    const body = { project: web.id, title, status, priority: i % 5, assignees: i % 3 ? [] : [ada.id] }
    tasks.push(await program.call('POST', `${at}/tasks`, body, ada.token))
  }
  return { ada, bo, vi, web, office, tasks }
}
