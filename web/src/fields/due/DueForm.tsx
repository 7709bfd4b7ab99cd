import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { addDays, speak, today, useNow } from '../../dates'
import { parseWhen } from '../../quickadd'
import { useFormatLocale } from '../../i18n/formatLocale'
import { useZone, type When } from '../../store'
import { Button } from '../../ui/Button'
import { Calendar } from './Calendar'
import { TimeField } from './TimeField'

interface DueFormProps {
  name: string
  value: When | null
  onPick: (when: When | null) => void
}

/** Says a day in words, or chooses it: the usual ones, the calendar, and a time. */
export function DueForm({ name, value, onPick }: DueFormProps) {
  const { t } = useLingui()
  const zone = useZone()
  const now = useNow()
  const locale = useFormatLocale()
  const [text, setText] = useState('')
  const [time, setTime] = useState(value?.time ?? null)
  const day = today(zone, now)
  const read = text === '' ? undefined : parseWhen(text, { zone, now, locale })
  const on = (date: string): When => ({ date, time, time_zone: time === null ? null : (value?.time_zone ?? zone) })
  const weekday = new Date(`${day}T12:00Z`).getUTCDay()
  const usual = [
    { name: t`Today`, date: day },
    { name: t`Tomorrow`, date: addDays(day, 1) },
    { name: t`Next week`, date: addDays(day, (8 - weekday) % 7 || 7) },
  ]
  return (
    <form
      className="flex w-64 flex-col gap-2 p-2 max-phone:w-full"
      onSubmit={(e) => {
        e.preventDefault()
        if (read) onPick(read)
      }}
    >
      <input
        autoFocus
        value={text}
        onChange={(e) => setText(e.target.value)}
        aria-label={name}
        placeholder={t`tomorrow 5pm, fri, 24 dec`}
        className="border-control h-8 rounded-md border bg-transparent px-2 max-phone:h-11"
      />
      {read && (
        <Button type="submit" kind="primary">
          {speak(read, { zone, now, locale })}
        </Button>
      )}
      {text !== '' && !read && (
        <p role="status" className="text-muted px-1 text-xs">
          <Trans>No day that can be read</Trans>
        </p>
      )}
      <div className="flex gap-1">
        {usual.map((u) => (
          <Button key={u.date} size="small" className="grow" onClick={() => onPick(on(u.date))}>
            {u.name}
          </Button>
        ))}
      </div>
      <Calendar value={value?.date} today={day} locale={locale} onPick={(date) => onPick(on(date))} />
      <div className="flex items-center gap-2">
        <TimeField
          value={time}
          onChange={(next) => {
            setTime(next)
            if (value)
              onPick({ date: value.date, time: next, time_zone: next === null ? null : (value.time_zone ?? zone) })
          }}
        />
        <span className="grow" />
        {value && (
          <Button kind="ghost" onClick={() => onPick(null)}>
            <Trans>Clear</Trans>
          </Button>
        )}
      </div>
    </form>
  )
}
