import { Trans, useLingui } from '@lingui/react/macro'
import { Plus } from 'lucide-react'
import { useState } from 'react'

import { useReorder } from '../../fields/useReorder'
import { useActions, useCount, type Project, type Status } from '../../store'
import { Button } from '../../ui/Button'
import { classes } from '../../ui/classes'
import { Icon } from '../../ui/Icon'
import { announce } from '../../ui/LiveRegion'
import { SettingsSection } from '../../ui/SettingsSection'
import { StatusIcon } from '../../ui/StatusIcon'
import { toast } from '../../ui/Toast'
import { DeleteStatus } from './DeleteStatus'
import { NewStatus } from './NewStatus'
import { StatusLine } from './StatusLine'

const height = 44

/** The columns of a project's board, in their order. */
export function StatusSettings({ project, readOnly }: { project: Project; readOnly: boolean }) {
  const { t } = useLingui()
  const act = useActions()
  const { statuses } = project
  const [making, setMaking] = useState(false)
  const [deleting, setDeleting] = useState<Status>()
  const { itemProps, dragging } = useReorder(
    statuses.map((s) => s.id),
    height,
    moveTo,
  )

  function moveTo(id: string, to: number) {
    const others = statuses.filter((s) => s.id !== id)
    const status = statuses.find((s) => s.id === id)
    if (!status || to < 0 || to >= statuses.length) return
    const before = others[to - 1]
    act.updateStatus(project.id, id, { place: before ? { after: before.id } : 'first' })
    announce(t`${status.name}: place ${to + 1} of ${statuses.length}`)
  }
  function remove(status: Status, to?: string) {
    const { undo } = act.deleteStatus(project.id, status.id, to)
    toast({ text: t`${status.name} is deleted`, undo })
    setDeleting(undefined)
  }
  return (
    <SettingsSection
      title={<Trans>Statuses</Trans>}
      lead={<Trans>The columns of the board, in their order, and what each of them counts as.</Trans>}
    >
      <ul
        aria-label={t`Statuses`}
        className={classes('border-line-strong divide-line divide-y rounded-lg border', dragging && 'cursor-grabbing')}
      >
        {statuses.map((status, place) =>
          readOnly ? (
            <li key={status.id} className="flex h-11 items-center gap-3 px-3">
              <StatusIcon category={status.category} color={status.color} name />
              {status.name}
            </li>
          ) : (
            <StatusLine
              key={status.id}
              project={project}
              status={status}
              place={place}
              drag={itemProps(status.id, place)}
              dragging={dragging}
              moveTo={(to) => moveTo(status.id, to)}
              remove={() => setDeleting(status)}
            />
          ),
        )}
      </ul>
      {making && <NewStatus project={project} onDone={() => setMaking(false)} />}
      {!readOnly && !making && (
        <div>
          <Button icon={<Icon of={Plus} />} onClick={() => setMaking(true)}>
            <Trans>Add a status</Trans>
          </Button>
        </div>
      )}
      {deleting && (
        <AskWhere project={project} status={deleting} remove={remove} onClose={() => setDeleting(undefined)} />
      )}
    </SettingsSection>
  )
}

interface AskWhereProps {
  project: Project
  status: Status
  remove: (status: Status, to?: string) => void
  onClose: () => void
}

function AskWhere({ project, status, remove, onClose }: AskWhereProps) {
  const count = useCount({ filter: { field: 'status', op: 'eq', value: status.id } })
  const others = project.statuses.filter((s) => s.id !== status.id)
  const place = project.statuses.findIndex((s) => s.id === status.id)
  return (
    <DeleteStatus
      status={status}
      count={count}
      others={others}
      like={others.find((s) => s.category === status.category) ?? others[Math.max(0, place - 1)]}
      onDelete={(to) => remove(status, to)}
      onClose={onClose}
    />
  )
}
