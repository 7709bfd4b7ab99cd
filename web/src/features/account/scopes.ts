import { useLingui } from '@lingui/react/macro'

/** What a token may be used for, in words. None of them includes another. */
export function useScopes() {
  const { t } = useLingui()
  return [
    { id: 'read', name: t`Read`, hint: t`See what you can see: tasks, comments, files, people.` },
    { id: 'write', name: t`Write`, hint: t`Make, change and delete tasks, comments, projects, labels and views.` },
    { id: 'admin', name: t`Manage`, hint: t`Change workspaces, their members and invitations.` },
    { id: 'import', name: t`Import`, hint: t`Bring in boards, with their authors and dates.` },
  ] as const
}
