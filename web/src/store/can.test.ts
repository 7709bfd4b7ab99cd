import { can } from './can'
import { makeTestStore } from './testStore'
import type { Grant, Member, Project } from './types'

const whole = { edit: true, comment: true, attach: true, admin: true }

function may(role: Member['role'], project: Partial<Project> = {}, granted?: Grant['role']) {
  const { memory } = makeTestStore({
    context: { user: { id: 'eve', name: 'Eve' } },
    member: [{ id: 'eve', role }],
    project: [project],
    grant: granted ? [{ id: 'project-1/eve', project: 'project-1', user: 'eve', role: granted }] : [],
  })
  return can(memory, 'project-1')
}

test.each(['owner', 'admin'] as const)('an %s may do everything in every project', (role) => {
  expect(may(role, { access: 'private' })).toMatchObject({
    ...whole,
    manage: true,
    createProject: true,
    own: role === 'owner',
  })
})

test('a member edits open projects, and a grant can make her more, never less', () => {
  expect(may('member')).toMatchObject({ ...whole, admin: false, manage: false, shareViews: true, moderateViews: false })
  expect(may('member', {}, 'admin')).toMatchObject(whole)
  expect(may('member', {}, 'viewer')).toMatchObject({ ...whole, admin: false })
  expect(may('member', { access: 'private' }, 'viewer')).toMatchObject({ edit: false, comment: false })
  expect(may('member', { created_by: 'eve' })).toMatchObject(whole)
})

test('a guest has what she was granted', () => {
  expect(may('guest')).toMatchObject({
    edit: false,
    comment: false,
    editLabels: false,
    createProject: false,
    shareViews: false,
  })
  expect(may('guest', {}, 'commenter')).toMatchObject({ edit: false, comment: true, attach: true, admin: false })
  expect(may('guest', {}, 'editor')).toMatchObject({ edit: true, admin: false })
})

test('what is in an archived project stands still', () => {
  expect(may('owner', { archived: true })).toMatchObject({ edit: false, comment: false, admin: true })
})

test('nothing is allowed to whoever has left, nor in what is not there', () => {
  const { memory } = makeTestStore({ member: [{ id: 'ada', role: 'owner', removed: true }], project: [{}] })
  expect(Object.values(can(memory, 'project-1'))).not.toContain(true)
  expect(can(makeTestStore().memory, 'gone')).toMatchObject({ edit: false, admin: false, manage: true })
})
