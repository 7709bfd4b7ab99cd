import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'

/** A time of the day, 17:00, or none; taken when the field is left or Enter is pressed. */
export function TimeField({ value, onChange }: { value: string | null; onChange: (time: string | null) => void }) {
  const { t } = useLingui()
  const [draft, setDraft] = useState(value ?? '')
  const take = () => {
    const next = draft === '' ? null : draft
    if (next !== value) onChange(next)
  }
  return (
    <input
      type="time"
      aria-label={t`Time`}
      value={draft}
      onChange={(e) => setDraft(e.target.value)}
      onBlur={take}
      onKeyDown={(e) => {
        if (e.key !== 'Enter') return
        e.preventDefault()
        take()
      }}
      className="border-control h-8 rounded-md border bg-transparent px-2 tabular-nums max-phone:h-11"
    />
  )
}
