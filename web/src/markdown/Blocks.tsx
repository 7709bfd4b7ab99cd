import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { TaskMark } from './parse'
import type { Surroundings } from './types'

/** What may be wider than the page: it scrolls by itself, with the arrow keys too. */
export function Scrolled({ what, children }: { what: 'table' | 'code'; children: ReactNode }) {
  const { t } = useLingui()
  const name = what === 'table' ? t`Table` : t`Code`
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div role="group" aria-label={name} tabIndex={0} className="max-w-full overflow-x-auto rounded-md">
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
    <li dir="auto" className="relative -ms-6 list-none ps-6 [&>*+*]:mt-1">
      <label className="absolute start-0 top-0 grid size-6 place-items-center pointer-coarse:-start-2.5 pointer-coarse:-top-2.5 pointer-coarse:size-11">
        <input
          type="checkbox"
          className="m-0 size-4 accent-accent"
          aria-label={words}
          checked={task.checked}
          disabled={!onTick}
          onChange={(event) => onTick?.(task.index, event.target.checked)}
        />
      </label>
      {children}
    </li>
  )
}
