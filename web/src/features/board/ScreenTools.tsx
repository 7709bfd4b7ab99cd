import { useLingui } from '@lingui/react/macro'
import { LayoutGrid, List, Settings2 } from 'lucide-react'
import type { ReactNode } from 'react'

import type { GroupBy, Sort, SortField } from '../../store'
import { useCommands } from '../../ui/commands'
import { IconButton } from '../../ui/IconButton'
import { Menu, type MenuEntry } from '../../ui/Menu'
import { SegmentedControl } from '../../ui/SegmentedControl'
import type { Shown } from './useShown'

interface ScreenToolsProps {
  shown: Shown
  change: (next: Partial<Shown>) => void
  /** Whether groups without tasks are shown, where that can be chosen. */
  empty: { shown: boolean; toggle: () => void } | undefined
  tools?: ReactNode
}

/** How tasks are shown: as a board or a list, grouped and sorted by what. */
export function ScreenTools({ shown, change, empty, tools }: ScreenToolsProps) {
  const { t } = useLingui()
  const other = shown.layout === 'board' ? 'list' : 'board'
  useCommands([
    {
      id: 'screen.layout',
      name: other === 'list' ? t`Show as a list` : t`Show as a board`,
      group: t`This screen`,
      keys: 'v',
      icon: other === 'list' ? List : LayoutGrid,
      run: () => change({ layout: other }),
    },
  ])
  const groups: [GroupBy | undefined, string][] = [
    ['status', t`Status`],
    ['assignee', t`Assignee`],
    ['priority', t`Priority`],
    ['label', t`Label`],
    ['due', t`Due date`],
  ]
  if (shown.layout === 'list') groups.push([undefined, t`No groups`])
  const sorts: [SortField, string][] = [
    ['position', t`Own order`],
    ['priority', t`Priority`],
    ['due', t`Due date`],
    ['created', t`Created`],
    ['updated', t`Changed`],
    ['title', t`Title`],
  ]
  const field = shown.sort.replace('-', '') as SortField
  const down = shown.sort.startsWith('-')
  const items: MenuEntry[] = [
    { heading: t`Group by` },
    ...groups.map(([by, name]) => ({ name, checked: shown.group === by, run: () => change({ group: by }) })),
    ...(empty && shown.group ? [{ name: t`Show empty groups`, checked: empty.shown, run: empty.toggle }] : []),
    'line',
    { heading: t`Sort by` },
    ...sorts.map(([by, name]) => ({ name, checked: field === by, run: () => change({ sort: by }) })),
    'line',
    {
      name: t`Descending`,
      checked: down,
      disabled: field === 'position',
      run: () => change({ sort: (down ? field : `-${field}`) as Sort }),
    },
  ]
  return (
    <>
      <SegmentedControl
        name={t`Layout`}
        value={shown.layout}
        onChange={(layout) => change({ layout })}
        options={[
          { value: 'board', name: t`Board`, icon: LayoutGrid, iconOnly: true },
          { value: 'list', name: t`List`, icon: List, iconOnly: true },
        ]}
      />
      <Menu align="end" trigger={<IconButton icon={Settings2} name={t`Group and sort`} />} items={items} />
      {tools}
    </>
  )
}
