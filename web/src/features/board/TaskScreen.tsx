import { useLingui } from '@lingui/react/macro'
import { useLocation, useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { useAddress } from '../../lists/address'
import {
  useActions,
  useCan,
  useGroups,
  useTask,
  useTasks,
  type Filter,
  type GroupBy,
  type ID,
  type NewTask,
  type Task,
} from '../../store'
import { part, useSoon } from '../../ui/part'
import { ScreenHeader } from '../../ui/ScreenHeader'
import { Board } from './Board'
import { useAllKeys, withEmpty } from './emptyGroups'
import { NothingHere } from './NothingHere'
import { useKept } from './useKept'
import { useShown, type Shown } from './useShown'

const FilterBar = part(async () => ({ default: (await import('./filter/FilterBar')).FilterBar }))
const ScreenTools = part(async () => ({ default: (await import('./ScreenTools')).ScreenTools }))
const GroupedList = part(async () => ({ default: (await import('./GroupedList')).GroupedList }))

interface TaskScreenProps {
  name: string
  icon?: ReactNode
  /** What the screen is about whatever is filtered, such as one project. */
  base: Filter
  own: Shown
  /** The project that new tasks belong to. */
  project?: ID
  tools?: ReactNode
  /** Offers to keep what is shown; it gets how it is shown now. */
  keep?: (shown: Shown) => ReactNode
}

/** Tasks as a board or a list, filtered, sorted and grouped by what the address says. */
export function TaskScreen({ name, icon, base, own, project, tools, keep }: TaskScreenProps) {
  const { t } = useLingui()
  useSoon(GroupedList)
  const { shown, changed, change, reset } = useShown(own)
  const by: GroupBy = shown.group ?? 'status'
  const query = { filter: { all: [base, shown.filter] }, sort: shown.sort }
  const flat = useTasks(query)
  const found = useGroups(query, by)
  const [showEmpty, setShowEmpty] = useKept('board.empty', false)
  const keys = useAllKeys(by)
  const groups = showEmpty && keys ? withEmpty(found, keys) : found
  const can = useCan(project)
  const act = useActions()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const { task: openKey } = useSearch({ strict: false }) as { task?: string }
  const opened = useTask(openKey ?? '')?.id
  const address = useAddress()
  const open = (task: Task) =>
    void navigate({ to: '.', search: (s: object) => ({ ...s, task: task.key || task.id }) as never })
  const add = project
    ? (text: string, defaults: Partial<NewTask>) => void act.createTask({ project, title: text, ...defaults })
    : undefined
  const canEdit = project === undefined || can.edit
  const empty = flat.length === 0
  const shared = {
    groups,
    by,
    sort: shown.sort,
    name,
    canEdit,
    onOpen: open,
    onAdd: add,
    address: address.task,
    opened,
  }
  return (
    <>
      <ScreenHeader
        title={name}
        icon={icon}
        actions={
          <ScreenTools
            shown={shown}
            change={change}
            empty={keys && { shown: showEmpty, toggle: () => setShowEmpty(!showEmpty) }}
            tools={tools}
          />
        }
      />
      <div className="min-h-10 shrink-0 max-phone:min-h-15">
        <FilterBar
          filter={shown.filter}
          project={project}
          onChange={(filter) => change({ filter })}
          end={changed && keep ? keep(shown) : undefined}
          onReset={changed ? reset : undefined}
        />
      </div>
      {empty && !(shown.layout === 'board' && project) ? (
        <NothingHere filtered={JSON.stringify(shown.filter) !== JSON.stringify(own.filter)} onClear={reset} />
      ) : shown.layout === 'board' ? (
        <Board {...shared} key={by} keep={pathname} />
      ) : (
        <GroupedList {...shared} flat={shown.group === undefined ? flat : undefined} />
      )}
      <span className="sr-only" role="status">
        {empty ? t`Nothing matches` : ''}
      </span>
    </>
  )
}
