import { useLingui } from '@lingui/react/macro'
import { CalendarDays, CalendarClock, Repeat } from 'lucide-react'

import { isOverdue, speak, speakFull, useNow } from '../../../dates'
import type { TaskField } from '../../../fields/TaskFieldPicker'
import { useFormatLocale } from '../../../i18n/formatLocale'
import { useZone, type Task, type When } from '../../../store'
import { classes } from '../../../ui/classes'
import { Icon } from '../../../ui/Icon'
import { Property } from './Property'
import { useRepeatWords } from '../../../fields/repeatWords'
import type { MoreField } from './useMorePickers'

interface DatePropertiesProps {
  task: Task
  pick?: (field: TaskField, anchor: Element) => void
  pickMore?: (field: MoreField, anchor: Element) => void
}

/** At the first line of words that need two. */
const first = '@3xl:mt-[5px] @3xl:self-start pointer-coarse:@3xl:mt-[9px]'

/** When it is due, when it begins, how it comes again. */
export function DateProperties({ task, pick, pickMore }: DatePropertiesProps) {
  const { t } = useLingui()
  const zone = useZone()
  const locale = useFormatLocale()
  const now = useNow()
  const late = isOverdue(task, zone, now)
  const repeat = useRepeatWords()(task.recurrence)
  const say = (when: When) => speak(when, { zone, now, locale })
  const due = task.due && (late ? t`Overdue, ${say(task.due)}` : say(task.due))
  return (
    <>
      <Property
        id="due"
        name={t`Due`}
        set={task.due !== null}
        always
        command="task.due"
        onPick={pick && ((anchor) => pick('due', anchor))}
      >
        <Icon of={CalendarDays} className={classes(first, late ? 'text-overdue' : 'text-icon')} />
        <Day when={task.due} words={due ?? t`Add a due date`} late={late} />
      </Property>
      <Property
        id="start"
        name={t`Start`}
        set={task.start !== null}
        command="task.start"
        onPick={pickMore && ((anchor) => pickMore('start', anchor))}
      >
        <Icon of={CalendarClock} className="text-icon" />
        <span className="@3xl:hidden">{t`From`}</span>
        <Day when={task.start} words={task.start ? say(task.start) : t`Add a start date`} />
      </Property>
      <Property
        id="repeat"
        name={t`Repeats`}
        set={task.recurrence !== null}
        command="task.repeat"
        onPick={pickMore && ((anchor) => pickMore('repeat', anchor))}
      >
        <Icon of={Repeat} className={classes(first, 'text-icon')} />
        <span className="min-w-0 py-[3px]">{repeat || t`Does not repeat`}</span>
      </Property>
    </>
  )
}

function Day({ when, words, late }: { when: When | null; words: string; late?: boolean }) {
  const zone = useZone()
  const locale = useFormatLocale()
  if (!when) return <span className="truncate">{words}</span>
  return (
    <time
      dateTime={when.time ? `${when.date}T${when.time}` : when.date}
      title={speakFull(when, { zone, locale })}
      className={classes('min-w-0 py-[3px]', late && 'text-overdue')}
    >
      {words}
    </time>
  )
}
