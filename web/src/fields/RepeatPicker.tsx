import { useLingui } from '@lingui/react/macro'
import { Check, CircleSlash, Repeat } from 'lucide-react'
import { useState } from 'react'

import { today, useNow } from '../dates'
import { i18n } from '../i18n/i18n'
import { repeatsIn } from '../quickadd'
import { useActions, useZone, type Task } from '../store'
import { Icon } from '../ui/Icon'
import { Picker } from '../ui/Picker'
import type { PickerFrame } from './PickerFrame'
import { useRepeatWords } from './repeatWords'

type Recurrence = NonNullable<Task['recurrence']>

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
const never = 'never'

/** How a task comes again: one of the usual ways, or typed, "every 2 weeks"; counted from its date or from when it is done. */
export function RepeatPicker({ task, ...frame }: PickerFrame & { task: Task }) {
  const { t } = useLingui()
  const act = useActions()
  const zone = useZone()
  const now = useNow()
  const say = useRepeatWords()
  const [text, setText] = useState('')
  const day = task.due?.date ?? today(zone, now)
  const basis = task.recurrence?.basis ?? 'due'
  const typed = text.trim() === '' ? undefined : repeatsIn(text, { zone, now, locale: i18n.locale })
  const usual = [
    'FREQ=DAILY',
    'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
    `FREQ=WEEKLY;BYDAY=${weekdays[new Date(`${day}T12:00Z`).getUTCDay()]}`,
    `FREQ=MONTHLY;BYMONTHDAY=${Number(day.slice(8))}`,
    'FREQ=YEARLY',
  ]
  const own = task.recurrence && !usual.includes(task.recurrence.rrule) ? [task.recurrence.rrule] : []
  const rules = [...new Set([...(typed ? [typed.rrule] : []), ...own, ...usual])]
  const wanted = text.trim().toLocaleLowerCase()
  const lines = rules
    .map((rrule) => ({
      id: rrule,
      name: say({ rrule, basis: 'due' }),
      icon: <Icon of={Repeat} className="text-icon" />,
    }))
    .filter((l) => l.id === typed?.rrule || l.name.toLocaleLowerCase().includes(wanted))
  const idle = wanted === ''
  const choose = (id: string) => {
    if (id === never) return change(null)
    if (id === 'due' || id === 'completion') return task.recurrence && change({ ...task.recurrence, basis: id })
    change({ rrule: id, basis }, typed?.rrule === id ? typed.first : day)
  }
  const change = (recurrence: Recurrence | null, first?: string) => {
    // What comes again needs a day to come again from.
    const due = recurrence && !task.due ? { due: { date: first ?? day, time: null, time_zone: null } } : {}
    act.updateTask(task.id, { recurrence, ...due })
  }
  const basisLine = (id: 'due' | 'completion', name: string) => ({
    id,
    name,
    icon: <Icon of={Check} className={basis === id ? 'text-accent-text' : 'opacity-0'} />,
  })
  return (
    <Picker
      {...frame}
      name={t`Repeat`}
      placeholder={t`every 2 weeks`}
      value={task.recurrence ? [task.recurrence.rrule] : []}
      items={[
        ...(idle && task.recurrence
          ? [{ id: never, name: t`Does not repeat`, icon: <Icon of={CircleSlash} className="text-icon" /> }]
          : []),
        ...lines,
        ...(idle && task.recurrence
          ? [basisLine('due', t`From the due date`), basisLine('completion', t`From when it is done`)]
          : []),
      ]}
      onSearch={setText}
      onChange={([id]) => id && choose(id)}
      empty={t`Nothing that can be read`}
    />
  )
}
