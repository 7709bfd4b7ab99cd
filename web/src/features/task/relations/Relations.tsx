import { useLingui } from '@lingui/react/macro'
import { Link2, Plus } from 'lucide-react'
import { useId, useRef, useState } from 'react'

import { useActions, useRelations, useStore, type Relation } from '../../../store'
import { useCommands } from '../../../ui/commands'
import { IconButton } from '../../../ui/IconButton'
import { toast } from '../../../ui/Toast'
import type { RegionProps } from '../region'
import { SectionHead } from '../SectionHead'
import { AddRelation } from './AddRelation'
import { kinds, seenFrom, useKindNames } from './kinds'
import { RelationLine } from './RelationLine'

/** What this task holds up and is held up by, and what else it has to do with. */
export function Relations({ task, beside, can }: RegionProps) {
  const { t } = useLingui()
  const heading = useId()
  const act = useActions()
  const { memory } = useStore()
  const names = useKindNames()
  const relations = useRelations(task.id)
  const [adding, setAdding] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  useCommands([
    {
      id: 'task.relate',
      name: t`Relate to another task`,
      group: t`Task`,
      keys: 'shift+r',
      icon: Link2,
      enabled: can.edit,
      run: () => setAdding(true),
    },
  ])
  const seen = relations.map((relation) => ({ relation, ...seenFrom(task.id, relation) }))
  const remove = (relation: Relation, title: string) => {
    const { undo } = act.unrelate(relation)
    toast({ text: t`Not related to “${title}” any more`, undo })
  }
  const close = () => {
    setAdding(false)
    requestAnimationFrame(() => place.current?.querySelector('button')?.focus())
  }
  if (relations.length === 0 && !adding) return null
  return (
    <section aria-labelledby={heading} ref={place}>
      <SectionHead
        id={heading}
        name={t`Relations`}
        action={
          can.edit && (
            <IconButton
              icon={Plus}
              name={t`Relate to another task`}
              command="task.relate"
              onClick={() => setAdding(true)}
            />
          )
        }
      />
      {kinds.map((kind) => {
        const those = seen.filter((s) => s.kind === kind)
        if (those.length === 0) return null
        return (
          <div key={kind} className="mt-1">
            <h3 className="text-muted text-xs">{names[kind]}</h3>
            <ul className="-mx-2">
              {those.map(({ relation, other }) => {
                const there = memory.data.get('task', other)
                return (
                  there && (
                    <RelationLine
                      key={relation.id}
                      id={other}
                      beside={beside}
                      holding={kind === 'blocked'}
                      onRemove={can.edit ? () => remove(relation, there.title) : undefined}
                    />
                  )
                )
              })}
            </ul>
          </div>
        )
      })}
      {adding && can.edit && (
        <AddRelation task={task} taken={seen.map((s) => s.other)} anchor={place} onClose={close} />
      )}
    </section>
  )
}
