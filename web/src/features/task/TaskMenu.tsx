import { useLingui } from '@lingui/react/macro'
import { Ellipsis } from 'lucide-react'

import { runCommand, useCommandList } from '../../ui/commands'
import { IconButton } from '../../ui/IconButton'
import { Menu, type MenuEntry } from '../../ui/Menu'

/** What the menu offers, in its order; what is not to be done now is left out. */
const offered = [
  ['task.done', 'task.mine'],
  ['task.describe', 'task.comment', 'task.sub-task', 'task.relate', 'task.attach'],
  ['task.start', 'task.estimate', 'task.parent', 'task.repeat'],
  ['task.copy', 'task.move'],
  ['task.delete'],
]

export function TaskMenu() {
  const { t } = useLingui()
  const commands = useCommandList()
  const groups = offered.map((ids) => ids.flatMap((id) => commands.find((c) => c.id === id) ?? []))
  const items = groups
    .filter((g) => g.length > 0)
    .flatMap((g, i): MenuEntry[] => [
      ...(i > 0 ? ['line' as const] : []),
      ...g.map((c) => ({
        name: c.name,
        icon: c.icon,
        command: c.id,
        danger: c.id === 'task.delete',
        run: () => runCommand(c.id),
      })),
    ])
  return <Menu align="end" trigger={<IconButton icon={Ellipsis} name={t`What to do with this task`} />} items={items} />
}
