import { useLingui } from '@lingui/react/macro'
import { Plus } from 'lucide-react'

import type { TaskField } from '../../../fields/TaskFieldPicker'
import { runCommand } from '../../../ui/commands'
import { Icon } from '../../../ui/Icon'
import { Menu } from '../../../ui/Menu'
import type { RegionProps } from '../region'
import { DateProperties } from './DateProperties'
import { MadeLines } from './MadeLines'
import { MainProperties } from './MainProperties'
import { PlaceProperties } from './PlaceProperties'
import { useMorePickers } from './useMorePickers'

interface PropertiesProps extends RegionProps {
  /** Opens the picker of a property that all lists have. */
  pick: (field: TaskField, anchor?: Element | null) => void
  placeOf: (field: string) => Element | null
  /** Whether the keys are for this task. */
  keys: boolean
}

/** All that a task is beside its words, each with what changes it. */
export function Properties({ task, beside, can, pick, placeOf, keys }: PropertiesProps) {
  const { t } = useLingui()
  const more = useMorePickers(task, { enabled: can.edit && keys, placeOf })
  const picking = can.edit ? pick : undefined
  const pickMore = can.edit ? more.pick : undefined
  const missing = more.commands.filter((c) => !c.set)
  return (
    <>
      <ul className="flex flex-wrap gap-1.5 pointer-coarse:gap-2 @3xl:flex-col @3xl:gap-0.5">
        <MainProperties task={task} pick={picking} />
        <DateProperties task={task} pick={picking} pickMore={pickMore} />
        <PlaceProperties task={task} beside={beside} pick={picking} pickMore={pickMore} />
        {can.edit && missing.length > 0 && (
          <li className="@3xl:hidden">
            <Menu
              align="start"
              trigger={
                <button
                  type="button"
                  aria-label={t`More properties`}
                  className="touch-target border-line text-muted hover:bg-hover hover:text-ink flex h-7 items-center gap-1 rounded-md border border-dashed px-2 pointer-coarse:h-9"
                >
                  <Icon of={Plus} size={14} />
                  {t`More`}
                </button>
              }
              items={missing.map((c) => ({ name: c.name, icon: c.icon, command: c.id, run: () => runCommand(c.id) }))}
            />
          </li>
        )}
      </ul>
      <MadeLines task={task} />
      {more.picker}
    </>
  )
}
