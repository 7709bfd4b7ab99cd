import { useLingui } from '@lingui/react/macro'
import { Plus } from 'lucide-react'
import { useState } from 'react'

import { today, useNow } from '../../dates'
import type { Section } from '../../lists/sections'
import { TaskList } from '../../lists/TaskList'
import { useActions, useZone, type Group, type GroupBy, type NewTask, type Sort, type Task } from '../../store'
import { useCommands } from '../../ui/commands'
import { IconButton } from '../../ui/IconButton'
import { AddTask } from '../../lists/AddTask'
import { useHeadings } from './GroupHeading'
import { defaultsFor } from './grouping'
import { ListDrag } from './drag/ListDrag'
import { TitleField } from './TitleField'
import { useMoveCommands } from './useMoveCommands'
import { useMoves } from './useMoves'
import { useStatusKeys } from './useStatusKeys'

interface GroupedListProps {
  groups: readonly Group[]
  by: GroupBy
  /** All in one, where nothing is grouped. */
  flat?: readonly Task[]
  sort: Sort
  name: string
  canEdit: boolean
  onAdd?: (title: string, defaults: Partial<NewTask>) => void
  onOpen: (task: Task) => void
  address: (task: Task) => string
  opened: string | undefined
}

export function GroupedList(props: GroupedListProps) {
  const { groups, by, flat, sort, name, canEdit, onAdd, onOpen, address, opened } = props
  const { t } = useLingui()
  const act = useActions()
  const heading = useHeadings(by)
  const day = today(useZone(), useNow())
  const [editing, setEditing] = useState<string>()
  const [adding, setAdding] = useState<string>()
  const moves = useMoves(groups, by, sort, (key) => heading(key).name)
  const sections: Section[] = groups.map((g) => {
    const { name: called, icon } = heading(g.key)
    return {
      key: g.key,
      name: called,
      tasks: g.tasks,
      heading: (
        <span className="flex items-center gap-2">
          {icon}
          {called}
        </span>
      ),
      extra: adding === g.key && onAdd && (
        <AddTask
          key={adding}
          inLine
          onAdd={(title) => onAdd(title, defaultsFor(by, adding, day))}
          onClose={() => setAdding(undefined)}
        />
      ),
      tools: onAdd && canEdit && (
        <IconButton size="small" icon={Plus} name={t`Add a task to ${called}`} onClick={() => setAdding(g.key)} />
      ),
    }
  })
  const shown: readonly Section[] = flat ? [{ key: 'all', name: '', heading: null, tasks: flat }] : sections
  return (
    <div className="relative flex min-h-0 grow flex-col">
      <TaskList
        sections={shown}
        name={name}
        onOpen={onOpen}
        address={address}
        opened={opened}
        title={(task) =>
          editing === task.id ? (
            <TitleField
              title={task.title}
              onDone={(title) => {
                if (title !== undefined && title !== task.title)
                  act.updateTask(task.id, { title }, { base: task.version })
                setEditing(undefined)
              }}
            />
          ) : undefined
        }
      >
        {(list) => (
          <>
            <ListDrag list={list} enabled={canEdit && !flat} drop={moves.drop} />
            <Editing at={list.cursor.targets[0]} enabled={canEdit} onEdit={setEditing} />
            <Moving list={list} step={moves.step} enabled={canEdit && !flat} />
          </>
        )}
      </TaskList>
    </div>
  )
}

function Editing({ at, enabled, onEdit }: { at: Task | undefined; enabled: boolean; onEdit: (id: string) => void }) {
  const { t } = useLingui()
  useCommands([
    {
      id: 'list.rename',
      name: t`Change the title`,
      group: t`Lists`,
      keys: ['f2', 'r'],
      enabled: enabled && at !== undefined,
      run: () => at && onEdit(at.id),
    },
  ])
  return null
}

type Listed = Parameters<NonNullable<Parameters<typeof TaskList>[0]['children']>>[0]

function Moving({
  list,
  step,
  enabled,
}: {
  list: Listed
  step: ReturnType<typeof useMoves>['step']
  enabled: boolean
}) {
  const line = list.lines.find((l) => l.id === list.cursor.at)
  useStatusKeys(list.cursor.targets)
  useMoveCommands({ task: line?.kind === 'task' ? line.task : undefined, from: line?.section.key, step, enabled })
  return null
}
