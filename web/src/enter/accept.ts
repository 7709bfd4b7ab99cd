import { basePath } from '../api/base'
import type { components } from '../api/schema'
import { ask } from './ask'
import { leaveFor } from './place'

/** Accepts an invitation as who is signed in, and goes to the workspace. */
export async function accept(token: string): Promise<'leaving'> {
  const workspace = await ask<components['schemas']['Workspace']>(
    '/invitations/' + encodeURIComponent(token) + '/accept',
    {
      method: 'POST',
      asUser: true,
    },
  )
  leaveFor(basePath() + encodeURIComponent(workspace.slug) + '/my')
  return 'leaving'
}
