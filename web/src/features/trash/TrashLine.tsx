import { Trans, useLingui } from '@lingui/react/macro'
import { Folder, ListTodo, Paperclip, Trash2, Undo2 } from 'lucide-react'

import { addDays, ago, daysBetween, speakInstant, today, useNow } from '../../dates'
import { Confirm } from '../../fields/Confirm'
import { Refused } from '../../fields/Refused'
import { useSending } from '../../fields/refusals'
import { useCan, useMe, useProject, useRole, useTask, useZone } from '../../store'
import { Button } from '../../ui/Button'
import { Icon } from '../../ui/Icon'
import { IconButton } from '../../ui/IconButton'
import type { Thrown } from './useTrash'

const icons = { task: ListTodo, project: Folder, attachment: Paperclip }
const kept = 30 // days

interface TrashLineProps {
  item: Thrown
  onRestore: () => Promise<unknown>
  onPurge: () => Promise<unknown>
}

export function TrashLine({ item, onRestore, onPurge }: TrashLineProps) {
  const { t, i18n } = useLingui()
  const zone = useZone()
  const now = useNow()
  const reader = { zone, now, locale: i18n.locale }
  const { busy, refused, send } = useSending()
  const where = useWhere(item)
  const mayPurge = useMayPurge(item)
  const name = item.type === 'task' ? item.data.title : item.data.name
  const when = ago(item.deleted_at, reader)
  const end = addDays(today(zone, Date.parse(item.deleted_at)), kept)
  const left = new Intl.RelativeTimeFormat(i18n.locale, { numeric: 'auto' }).format(
    Math.max(0, daysBetween(today(zone, now), end)),
    'day',
  )
  return (
    <li className="border-line flex min-h-13 items-center gap-3 border-b px-4 py-2 max-phone:px-3">
      <Icon of={icons[item.type]} className="text-icon shrink-0" />
      <div className="min-w-0 grow">
        <p className="truncate">{name}</p>
        <p className="text-muted text-xs">
          {where && `${where} · `}
          <span title={speakInstant(item.deleted_at, reader)}>
            <Trans>Deleted {when}</Trans>
          </span>
          {' · '}
          <Trans>gone for good {left}</Trans>
        </p>
        <Refused of={refused} />
      </div>
      <Button busy={busy} onClick={() => void send(onRestore)} aria-label={t`Restore ${name}`}>
        <Icon of={Undo2} />
        <span className="max-phone:sr-only">
          <Trans>Restore</Trans>
        </span>
      </Button>
      {mayPurge && (
        <Confirm
          trigger={<IconButton icon={Trash2} name={t`Remove ${name} for good`} />}
          title={t`Remove “${name}” for good?`}
          confirm={t`Remove for good`}
          danger
          onConfirm={onPurge}
        >
          {item.type === 'attachment' ? (
            <Trans>The file will be deleted. Nobody can bring it back.</Trans>
          ) : (
            <Trans>It will be deleted with all that went into the trash with it. Nobody can bring it back.</Trans>
          )}
        </Confirm>
      )}
    </li>
  )
}

/** What it is a part of. */
function useWhere(item: Thrown): string {
  const task = useTask(item.type === 'attachment' ? item.data.task : '')
  const project = useProject(item.type === 'task' ? item.data.project : '')
  if (item.type === 'task') return [item.data.key, project?.name].filter(Boolean).join(' · ')
  if (item.type === 'project') return item.data.key
  return task ? `${task.key} ${task.title}` : ''
}

/** What is removed for good is the business of a project's administrators. */
function useMayPurge(item: Thrown): boolean {
  const task = useTask(item.type === 'attachment' ? item.data.task : '')
  const can = useCan(item.type === 'task' ? item.data.project : (task?.project ?? ''))
  const me = useMe().id
  const role = useRole()
  if (item.type !== 'project') return can.admin
  return role === 'owner' || role === 'admin' || item.data.created_by === me
}
