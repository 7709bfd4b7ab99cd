import { grantID } from './history'
import type { Memory } from './memory'
import type { Grant, ID, Member, Project } from './types'

/** What one may do, in a project if one is named. It mirrors the server's table, which has the last word. */
export interface Can {
  /** Change tasks, delete and restore them. */
  edit: boolean
  comment: boolean
  attach: boolean
  /** Change the project and its statuses, delete it, say who may see it, remove for good, remove others' comments. */
  admin: boolean
  createProject: boolean
  editLabels: boolean
  shareViews: boolean
  /** Change shared views of others. */
  moderateViews: boolean
  import: boolean
  /** Change the workspace, its members and invitations. */
  manage: boolean
  own: boolean
}

type ProjectRole = Grant['role']
const ranks: readonly ProjectRole[] = ['viewer', 'commenter', 'editor', 'admin']

/** One's role in a project; undefined if one does not see it. */
export function projectRole(m: Memory, project: Project | undefined): ProjectRole | undefined {
  const me = m.context?.user.id ?? ''
  const role = roleOf(m)
  if (!project || !role) return undefined
  if (role === 'owner' || role === 'admin') return 'admin'
  const granted =
    m.data.get('grant', grantID(project.id, me))?.role ?? (project.created_by === me ? 'admin' : undefined)
  if (role === 'member' && (project.access === 'workspace' || !granted) && granted !== 'admin') return 'editor'
  return granted ?? 'viewer' // it is to be seen, or it would not be here
}

export function roleOf(m: Memory): Member['role'] | undefined {
  const me = m.data.get('member', m.context?.user.id ?? '')
  return me && !me.removed ? me.role : undefined
}

export function can(m: Memory, ref?: ID): Can {
  const role = roleOf(m)
  const project = ref === undefined ? undefined : m.reads.project(ref)
  const rank = ranks.indexOf(projectRole(m, project) as ProjectRole)
  const live = project !== undefined && !project.archived
  const team = role === 'owner' || role === 'admin' || role === 'member'
  const manage = role === 'owner' || role === 'admin'
  return {
    edit: live && rank >= ranks.indexOf('editor'),
    comment: live && rank >= ranks.indexOf('commenter'),
    attach: live && rank >= ranks.indexOf('commenter'),
    admin: rank >= ranks.indexOf('admin'),
    createProject: team,
    editLabels: team,
    shareViews: team,
    moderateViews: manage,
    import: team,
    manage,
    own: role === 'owner',
  }
}
