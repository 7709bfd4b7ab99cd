import { useLingui } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import type { TaskMark } from './parse'
import type { Surroundings } from './types'

/** What may be wider than the page: it scrolls by itself, with the arrow keys too. */
export function Scrolled({ what, children }: { what: 'table' | 'code'; children: ReactNode }) {
  const { t } = useLingui()
  const name = what === 'table' ? t`Table` : t`Code`
  return (
    <div
      role="group"
      aria-label={name}

      tabIndex={0}
      className={`max-w-full overflow-x-auto ${what === 'code' ? 'rounded-md' : ''}`}
    >
      {children}
    </div>
  )
}

interface TaskItemProps {
  task: TaskMark
  words: string
  onTick: Surroundings['onTick']
  children: ReactNode
}

/** A list item with a box in place of its bullet. */
export function TaskItem({ task, words, onTick, children }: TaskItemProps) {
  return (
    <li dir="auto" className="relative -ms-6 list-none ps-6 pointer-coarse:py-2.5">
      <label className="absolute -start-1 top-0 grid size-6 place-items-center pointer-coarse:-start-3.5 pointer-coarse:size-11">
        <input
          type="checkbox"
          className="peer col-start-1 row-start-1 m-0 size-4 appearance-none rounded-sm border border-control bg-panel checked:border-accent checked:bg-accent disabled:opacity-60"
          aria-label={words}
          checked={task.checked}
          disabled={!onTick}
          onChange={(event) => onTick?.(task.index, event.target.checked)}
        />
        <Check
          size={12}
          strokeWidth={3}
          aria-hidden
          className="pointer-events-none invisible col-start-1 row-start-1 text-accent-ink peer-checked:visible"
        />
      </label>
      <div className="flex flex-col gap-1">{children}</div>
    </li>
  )
}
