import { basePath } from '../api/base'
import { api, ok } from '../api/client'
import { leaveFor } from './place'

/** Accepts an invitation as who is signed in, and goes to the workspace. */
export async function accept(token: string): Promise<'leaving'> {
  const workspace = await ok(api.POST('/invitations/{token}/accept', { params: { path: { token } } }))
  leaveFor(basePath() + encodeURIComponent(workspace.slug) + '/my')
  return 'leaving'
}
