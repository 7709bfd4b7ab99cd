import { useLingui } from '@lingui/react/macro'
import { ArrowDown, ArrowUp, Ellipsis, GripVertical, PaintBucket, Trash2 } from 'lucide-react'
import type { KeyboardEvent } from 'react'

import { ColorButton } from '../../fields/ColorField'
import { CommitField } from '../../fields/CommitField'
import type { useReorder } from '../../fields/useReorder'
import { useActions, type Project, type Status } from '../../store'
import { classes } from '../../ui/classes'
import { Icon } from '../../ui/Icon'
import { IconButton } from '../../ui/IconButton'
import { Menu } from '../../ui/Menu'
import { StatusIcon } from '../../ui/StatusIcon'
import { useKinds } from './kinds'

interface StatusLineProps {
  project: Project
  status: Status
  place: number
  drag: ReturnType<ReturnType<typeof useReorder>['itemProps']>
  dragging: boolean
  moveTo: (place: number) => void
  remove: () => void
}

/** A status: its name, colour and kind can be changed in place, its place by its handle or by Alt with the arrows. */
export function StatusLine({ project, status, place, drag, dragging, moveTo, remove }: StatusLineProps) {
  const { t } = useLingui()
  const act = useActions()
  const kinds = useKinds()
  const last = project.statuses.length - 1
  const change = (patch: Parameters<typeof act.updateStatus>[2]) => void act.updateStatus(project.id, status.id, patch)
  const kind = kinds.find((k) => k.id === status.category)?.name ?? status.category

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!step || !event.altKey) return
    event.preventDefault()
    moveTo(place + step)
  }
  return (
    <li
      onKeyDown={onKeyDown}
      style={drag.style}
      data-dragged={drag['data-dragged']}
      className={classes(
        'bg-panel flex h-11 pointer-coarse:h-13 items-center gap-1 ps-1 pe-2 first:rounded-t-lg last:rounded-b-lg',
        dragging && 'transition-transform',
        drag['data-dragged'] && 'bg-floating shadow-floating z-sticky relative rounded-lg transition-none',
      )}
    >
      <button
        type="button"
        aria-label={t`Move ${status.name}: Alt with the arrow keys`}
        title={t`Drag to another place`}
        onPointerDown={drag.onPointerDown}
        onClickCapture={drag.onClickCapture}
        className="text-icon hover:text-ink grid size-6 shrink-0 cursor-grab place-items-center rounded-sm pointer-coarse:hidden"
      >
        <Icon of={GripVertical} size={14} />
      </button>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={t`Kind of ${status.name}: ${kind}`}
            title={kind}
            className="touch-target hover:bg-hover data-popup-open:bg-pressed grid size-7 shrink-0 place-items-center rounded-md"
          >
            <StatusIcon category={status.category} color={status.color} />
          </button>
        }
        items={[
          { heading: t`Counts as` },
          ...kinds.map((k) => ({
            name: k.name,
            icon: <StatusIcon category={k.id} />,
            checked: k.id === status.category,
            run: () => change({ category: k.id }),
          })),
        ]}
      />
      <CommitField
        quiet
        label={t`Name of ${status.name}`}
        hideLabel
        maxLength={200}
        className="min-w-0 grow"
        autoComplete="off"
        value={status.name}
        check={(name) => (name ? undefined : t`Give it a name.`)}
        onCommit={(name) => change({ name })}
      />
      <ColorButton label={t`Colour of ${status.name}`} value={status.color} onChange={(color) => change({ color })} />
      <Menu
        align="end"
        trigger={<IconButton icon={Ellipsis} name={t`More for ${status.name}`} />}
        items={[
          { name: t`Move up`, icon: ArrowUp, keys: 'alt+arrowup', disabled: place === 0, run: () => moveTo(place - 1) },
          {
            name: t`Move down`,
            icon: ArrowDown,
            keys: 'alt+arrowdown',
            disabled: place === last,
            run: () => moveTo(place + 1),
          },
          ...(status.color
            ? [{ name: t`Take its colour away`, icon: PaintBucket, run: () => change({ color: '' }) }]
            : []),
          'line',
          {
            name: last === 0 ? t`A project needs a status` : t`Delete`,
            icon: Trash2,
            danger: true,
            disabled: last === 0,
            run: remove,
          },
        ]}
      />
    </li>
  )
}
