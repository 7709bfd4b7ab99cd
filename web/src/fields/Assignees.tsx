import { useMembers, type ID } from '../store'
import { AvatarStack } from '../ui/Avatar'

/** Who a task is assigned to, as one face and a number. */
export function Assignees({ ids, max = 1 }: { ids: readonly ID[]; max?: number }) {
  const members = useMembers()
  const people = ids.flatMap((id) => members.find((m) => m.id === id) ?? [])
  return <AvatarStack people={people} max={max} />
}
