import { useLingui } from '@lingui/react/macro'

/** What members may be, in words, the greatest first. */
export function useRoles() {
  const { t } = useLingui()
  return [
    { value: 'owner', name: t`Owner`, hint: t`Everything, also deleting the workspace and making owners.` },
    { value: 'admin', name: t`Administrator`, hint: t`Members, invitations, settings, and every project.` },
    { value: 'member', name: t`Member`, hint: t`Works in all projects that are open to the workspace.` },
    { value: 'guest', name: t`Guest`, hint: t`Sees only the projects that were shared with them.` },
  ] as const
}

export function useProjectRoles() {
  const { t } = useLingui()
  return [
    { value: 'admin', name: t`Project administrator` },
    { value: 'editor', name: t`Editor` },
    { value: 'commenter', name: t`Commenter` },
    { value: 'viewer', name: t`Viewer` },
  ] as const
}
