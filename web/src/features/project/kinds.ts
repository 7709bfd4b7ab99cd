import { useLingui } from '@lingui/react/macro'

/** What a status can count as, in words. */
export function useKinds() {
  const { t } = useLingui()
  return [
    { id: 'backlog', name: t`Backlog` },
    { id: 'todo', name: t`To do` },
    { id: 'doing', name: t`In progress` },
    { id: 'done', name: t`Done` },
    { id: 'canceled', name: t`Canceled` },
  ] as const
}
