import { useLingui } from '@lingui/react/macro'

/** The priorities, from the most urgent to none, as menus list them. */
export const priorities = [1, 2, 3, 4, 0] as const

/** What the priorities are called, by their number. */
export function usePriorityNames(): readonly string[] {
  const { t } = useLingui()
  return [t`No priority`, t`Urgent`, t`High`, t`Medium`, t`Low`]
}

/** The value that all things share, undefined if they differ or there are none. */
export function shared<T, V>(things: readonly T[], of: (thing: T) => V): V | undefined {
  const [first, ...rest] = things.map(of)
  return rest.every((v) => v === first) ? first : undefined
}

/** The ids that all lists hold. */
export function common(lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...rest] = lists
  return first.filter((id) => rest.every((l) => l.includes(id)))
}
