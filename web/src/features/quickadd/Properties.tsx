import { useLingui } from '@lingui/react/macro'
import { CalendarDays, CircleDot, Folder, SignalHigh, Tag, UserRound } from 'lucide-react'

import { AssigneePicker } from '../../fields/AssigneePicker'
import { DuePicker } from '../../fields/DuePicker'
import { LabelPicker } from '../../fields/LabelPicker'
import { PriorityPicker } from '../../fields/PriorityPicker'
import { ProjectIcon } from '../../fields/ProjectIcon'
import { ProjectPicker } from '../../fields/ProjectPicker'
import { StatusPicker } from '../../fields/StatusPicker'
import type { Chip as Piece } from '../../quickadd'
import { useMembers, useStore, type ID, type Project } from '../../store'
import { Chip } from '../../ui/Chip'
import { Icon } from '../../ui/Icon'
import { IconButton } from '../../ui/IconButton'
import { StatusIcon } from '../../ui/StatusIcon'
import { DefaultChips } from './DefaultChips'
import { dayWord, priorityWord, wordFor } from './line'
import type { Defaults } from './newTask'
import { PieceChip } from './PieceChip'

interface PropertiesProps {
  pieces: readonly Piece[]
  project: Project | undefined
  choosing: boolean
  onChoosing: (open: boolean) => void
  onProject: (project: ID) => void
  onStatus: (status: ID) => void
  defaults: Defaults
  onDefaults: (defaults: Defaults) => void
  onReplace: (piece: Piece, word: string) => void
  onAppend: (word: string) => void
  onRefuse: (piece: Piece) => void
}

/** What the task will have: the project first, then what the line says, then what the screen says; and what may be added. */
export function Properties(p: PropertiesProps) {
  const { t } = useLingui()
  const { memory } = useStore()
  const members = useMembers()
  const { pieces, project, defaults } = p
  const has = (kind: Piece['kind']) => pieces.some((c) => c.kind === kind)
  const status = project?.statuses.find((s) => s.id === defaults.status)
  const shown: Defaults = {
    ...defaults,
    ...(has('due') || has('recurrence') ? { due: undefined } : {}),
    ...(has('priority') ? { priority: undefined } : {}),
  }
  return (
    <div className="flex flex-wrap items-center gap-1.5 px-5 py-2 max-phone:px-4">
      <ProjectPicker
        value={project?.id}
        onPick={p.onProject}
        open={p.choosing}
        onOpenChange={p.onChoosing}
        trigger={
          <Chip
            icon={project ? <ProjectIcon project={project} /> : <Icon of={Folder} size={12} />}
            aria-haspopup="dialog"
            className={project ? 'text-ink' : p.choosing ? 'border-danger text-overdue' : undefined}
          >
            {project?.name ?? t`Choose a project`}
          </Chip>
        }
      />
      {status && !has('status') && project && (
        <StatusPicker
          project={project.id}
          value={status.id}
          onPick={p.onStatus}
          trigger={
            <Chip icon={<StatusIcon category={status.category} color={status.color} />} aria-haspopup="dialog">
              {status.name}
            </Chip>
          }
        />
      )}
      {pieces.map((piece) => (
        <PieceChip
          key={`${piece.kind} ${piece.text}`}
          piece={piece}
          onReplace={(word) => p.onReplace(piece, word)}
          onRefuse={() => p.onRefuse(piece)}
        />
      ))}
      <DefaultChips defaults={shown} onChange={p.onDefaults} />
      <span className="text-icon flex items-center">
        {!status && !has('status') && project && (
          <StatusPicker
            project={project.id}
            value={undefined}
            onPick={p.onStatus}
            trigger={<IconButton size="small" icon={CircleDot} name={t`Status`} />}
          />
        )}
        {!has('due') && !shown.due && (
          <DuePicker
            value={null}
            onPick={(when) => p.onAppend(dayWord(when))}
            trigger={<IconButton size="small" icon={CalendarDays} name={t`Due date`} />}
          />
        )}
        {!has('priority') && (
          <PriorityPicker
            value={undefined}
            onPick={(to) => p.onAppend(priorityWord(to))}
            trigger={<IconButton size="small" icon={SignalHigh} name={t`Priority`} />}
          />
        )}
        <AssigneePicker
          value={[]}
          onChange={([id]) => {
            const one = members.find((m) => m.id === id)
            if (one) p.onAppend(wordFor('assignee', one.name))
          }}
          trigger={<IconButton size="small" icon={UserRound} name={t`Assign to somebody`} />}
        />
        <LabelPicker
          value={[]}
          onChange={([id]) => {
            const label = memory.data.get('label', id ?? '')
            if (label) p.onAppend(wordFor('label', label.name))
          }}
          trigger={<IconButton size="small" icon={Tag} name={t`Add a label`} />}
        />
      </span>
    </div>
  )
}
