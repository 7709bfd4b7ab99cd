import { useLingui } from '@lingui/react/macro'
import { CalendarArrowUp, CircleCheck } from 'lucide-react'
import { useEffect, useEffectEvent, useState, type ReactNode, type RefObject } from 'react'

import { today, useNow } from '../dates'
import { useToggleDone } from '../fields/useToggleDone'
import { useStore, useZone, type Task } from '../store'
import { can } from '../store/can'
import { classes } from '../ui/classes'
import { Icon } from '../ui/Icon'
import { toast } from '../ui/Toast'
import { isTomorrow } from './later'
import type { Line } from './sections'
import { trackSwipe, type Swipe } from './swiping'

/** By touch, a line goes aside: to its end for done, to its beginning for later. Gives what shows behind it. */
export function useSwipe(
  list: RefObject<HTMLElement | null>,
  lines: readonly Line[],
  putOff: (tasks: readonly Task[]) => void,
): ReactNode {
  'use no memo' // lines are looked up when a finger lets go
  const { t } = useLingui()
  const { memory } = useStore()
  const toggleDone = useToggleDone()
  const day = today(useZone(), useNow())
  const [swipe, setSwipe] = useState<Swipe>()
  const taskOf = (id: string) => {
    const line = lines.find((l) => l.id === id)
    return line?.kind === 'task' ? line.task : undefined
  }
  const may = useEffectEvent((line: string, side: number) => {
    const task = taskOf(line)
    return task !== undefined && can(memory, task.project).edit && (side > 0 || task.completed_at === null)
  })
  const end = useEffectEvent((line: string, side: number) => {
    const task = taskOf(line)
    if (!task) return
    if (side < 0) return putOff([task])
    const done = toggleDone([task])
    if (done)
      toast({
        text: task.completed_at === null ? t`Done: ${task.title}` : t`Open again: ${task.title}`,
        undo: done.undo,
      })
  })
  useEffect(() => {
    if (!list.current) return undefined
    return trackSwipe(list.current, {
      may: (line, side) => may(line, side),
      show: setSwipe,
      end: (line, side) => end(line, side),
    })
  }, [list])
  const task = swipe && taskOf(swipe.line)
  if (!swipe || !task) return null
  const done = swipe.side > 0
  const word = done
    ? task.completed_at === null
      ? t`Done`
      : t`Open again`
    : isTomorrow(task, day)
      ? t`Tomorrow`
      : t`In a week`
  return (
    <div
      aria-hidden
      style={{ position: 'absolute', insetInline: 0, top: swipe.top, height: swipe.height }}
      className={classes(
        'flex items-center gap-2 px-4 font-medium',
        !done && 'flex-row-reverse',
        !swipe.far
          ? 'bg-well text-muted'
          : done
            ? 'bg-success-tint text-success-text'
            : 'bg-warning-tint text-warning-text',
      )}
    >
      <Icon of={done ? CircleCheck : CalendarArrowUp} />
      {word}
    </div>
  )
}
