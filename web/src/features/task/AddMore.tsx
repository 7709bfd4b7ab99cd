import { useLingui } from '@lingui/react/macro'
import { Link2, ListPlus, Paperclip } from 'lucide-react'

import { useAttachments, useChildren, useRelations, type Task } from '../../store'
import { Button } from '../../ui/Button'
import { runCommand, useCommandList } from '../../ui/commands'
import { Icon } from '../../ui/Icon'
import { Tooltip } from '../../ui/Tooltip'

/** Ways to what a task can have and does not have yet: a part that is empty draws nothing else. */
export function AddMore({ task }: { task: Task }) {
  const { t } = useLingui()
  const commands = useCommandList()
  const parts = [
    { id: 'task.sub-task', name: t`Sub-task`, icon: ListPlus, any: useChildren(task.id).length > 0 },
    { id: 'task.relate', name: t`Relate`, icon: Link2, any: useRelations(task.id).length > 0 },
    { id: 'task.attach', name: t`Attach`, icon: Paperclip, any: useAttachments(task.id).length > 0 },
  ]
  const offered = parts.flatMap((part) => {
    const command = commands.find((c) => c.id === part.id)
    return part.any || !command ? [] : [{ ...part, command }]
  })
  if (offered.length === 0) return null
  return (
    <div className="-mx-2 -my-3 flex flex-wrap gap-1 pointer-coarse:gap-3">
      {offered.map(({ id, name, icon, command }) => (
        <Tooltip key={id} text={command.name} keys={String(command.keys)}>
          <Button
            kind="ghost"
            size="small"
            aria-label={command.name}
            icon={<Icon of={icon} size={14} />}
            onClick={() => runCommand(id)}
            className="text-muted hover:text-ink"
          >
            {name}
          </Button>
        </Tooltip>
      ))}
    </div>
  )
}
