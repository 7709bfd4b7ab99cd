import { useLingui } from '@lingui/react/macro'
import { ChevronDown, X } from 'lucide-react'
import { Fragment } from 'react'

import type { ID } from '../../../store'
import { Button } from '../../../ui/Button'
import { Chip } from '../../../ui/Chip'
import { Icon } from '../../../ui/Icon'
import { IconButton } from '../../../ui/IconButton'
import { Menu } from '../../../ui/Menu'
import { AddCondition } from './AddCondition'
import { ConditionChip } from './ConditionChip'
import type { Group, Node } from './model'
import { useFilterWords } from './useFilterWords'

interface FilterGroupProps {
  group: Group
  project: ID | undefined
  onChange: (group: Group) => void
  depth?: number
}

/** The conditions of a group, one after the other, and a way to add one. Groups within have a frame of their own. */
export function FilterGroup({ group, project, onChange, depth = 0 }: FilterGroupProps) {
  const { t } = useLingui()
  const words = useFilterWords()
  const { parts, join } = group
  const put = (next: readonly Node[]) => onChange({ ...group, parts: next })
  const change = (at: number, part: Node) => put(parts.map((p, i) => (i === at ? part : p)))
  const remove = (at: number) => put(parts.filter((_, i) => i !== at))
  const between = join === 'any' ? t`or` : depth > 0 ? t`and` : ''
  return (
    <>
      {parts.map((part, i) => (
        <Fragment key={i}>
          {i > 0 && between && <span className="text-muted text-xs">{between}</span>}
          {part.kind === 'condition' ? (
            <ConditionChip
              condition={part}
              project={project}
              onChange={(c) => change(i, c)}
              onRemove={() => remove(i)}
            />
          ) : part.kind === 'other' ? (
            <Chip onRemove={() => remove(i)} removeName={t`Remove the other condition`}>{t`Another condition`}</Chip>
          ) : (
            <div
              role="group"
              aria-label={words.groups[`${part.not ? 'not ' : ''}${part.join}`]}
              className="border-line-strong bg-panel flex min-h-8 flex-wrap items-center gap-1.5 rounded-lg border border-dashed px-1 py-0.75"
            >
              <Menu
                trigger={
                  <Button size="small" kind="ghost">
                    {words.groups[`${part.not ? 'not ' : ''}${part.join}`]}
                    <Icon of={ChevronDown} size={12} />
                  </Button>
                }
                items={(['all', 'any', 'not any', 'not all'] as const).map((kind) => ({
                  name: words.groups[kind],
                  checked: kind === `${part.not ? 'not ' : ''}${part.join}`,
                  run: () =>
                    change(i, { ...part, not: kind.startsWith('not'), join: kind.endsWith('any') ? 'any' : 'all' }),
                }))}
              />
              <FilterGroup group={part} project={project} depth={depth + 1} onChange={(g) => change(i, g)} />
              <IconButton size="small" icon={X} name={t`Remove the group`} onClick={() => remove(i)} />
            </div>
          )}
        </Fragment>
      ))}
      <AddCondition
        project={project}
        depth={depth}
        first={parts.length === 0}
        onAdd={(node) => put([...parts, node])}
        onChangeLast={(node) => put([...parts.slice(0, -1), node])}
      />
    </>
  )
}
