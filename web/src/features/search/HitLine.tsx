import { useLingui } from '@lingui/react/macro'

import { ago, useNow } from '../../dates'
import { Assignees } from '../../fields/Assignees'
import { DueText } from '../../fields/DueText'
import { TaskKey } from '../../fields/TaskKey'
import { useFormatLocale } from '../../i18n/formatLocale'
import { useProject, useStatus, useZone } from '../../store'
import { classes } from '../../ui/classes'
import { StatusIcon } from '../../ui/StatusIcon'
import type { Hit } from './found'
import { Marked } from './Marked'

interface HitLineProps {
  hit: Hit
  id: string
  current: boolean
  onOpen: () => void
  onPoint: () => void
}

/** A task that was found, with where in its text or in which comment. */
export function HitLine({ hit, id, current, onOpen, onPoint }: HitLineProps) {
  const { t } = useLingui()
  const { task, excerpt, comment } = hit
  const status = useStatus(task.status)
  const project = useProject(task.project)
  const reader = { zone: useZone(), now: useNow(), locale: useFormatLocale() }
  const text = excerpt?.text.replace(/\s/g, ' ') // of the same length, for the ranges
  return (
    // Keys go to the field, which says which of them is current.

    <div
      role="option"
      id={id}
      aria-selected={current}
      onClick={onOpen}
      onPointerMove={onPoint}
      className={classes(
        'hover:bg-hover flex min-h-9 cursor-default gap-2 px-4 py-2 max-phone:px-3 pointer-coarse:min-h-11',
        current && 'row-cursor bg-hover',
      )}
    >
      <span className="grid h-5 shrink-0 place-items-center">
        <StatusIcon category={status?.category ?? 'todo'} color={status?.color} name={status?.name ?? true} />
      </span>
      <TaskKey id={task.key} className="w-16 leading-5 max-phone:hidden" />
      <div className="min-w-0 grow">
        <p className={classes('truncate', task.completed_at !== null && 'text-muted')}>
          <Marked text={task.title} ranges={hit.titleRanges} />
          {project && <span className="text-muted ms-2 text-xs">{project.name}</span>}
        </p>
        {excerpt && text !== undefined && (
          <p className="text-muted mt-0.5 line-clamp-2 text-xs wrap-anywhere">
            {comment && (
              <span className="text-ink">{t`${comment.author.name}, ${ago(comment.created_at, reader)}: `}</span>
            )}
            {excerpt.before && '… '}
            <Marked text={text} ranges={excerpt.ranges} />
            {excerpt.after && ' …'}
          </p>
        )}
      </div>
      <DueText task={task} className="w-24 text-end leading-5 max-phone:hidden" />
      <span className="flex h-5 min-w-5 shrink-0 justify-end">
        <Assignees ids={task.assignees} />
      </span>
    </div>
  )
}
