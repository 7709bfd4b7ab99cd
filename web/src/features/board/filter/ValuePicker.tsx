import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import type { PickerFrame } from '../../../fields/PickerFrame'
import { useNow } from '../../../dates'
import { i18n } from '../../../i18n/i18n'
import { useZone, type ID } from '../../../store'
import { Picker, type PickerItem } from '../../../ui/Picker'
import { isDay, isText, type Condition, type Value } from './model'
import { useFilterWords } from './useFilterWords'
import { useValues } from './useValues'

interface ValuePickerProps extends PickerFrame {
  condition: Condition
  project: ID | undefined
  onChange: (values: readonly Value[]) => void
}

/** Chooses what a field is compared with: of a list, as a day in words, or as a text. */
export function ValuePicker({ condition: { field, values }, project, onChange, ...frame }: ValuePickerProps) {
  const { t } = useLingui()
  const { items } = useValues(field, project)
  const words = useFilterWords()
  const days = useDays(items)
  const name = words.fields[field]
  if (isText(field))
    return (
      <Picker
        {...frame}
        name={name}
        placeholder={typeof values[0] === 'string' && values[0] !== '' ? values[0] : t`Type a word`}
        items={[]}
        value={[]}
        onChange={() => undefined}
        onCreate={(text) => onChange([text.slice(0, 100)])}
        createName={(text) => t`Contains “${text}”`}
        empty={t`Type what it contains`}
      />
    )
  if (isDay(field))
    return (
      <Picker
        {...frame}
        name={name}
        placeholder={t`24 dec, 3 days ago, next friday`}
        items={days.items}
        onSearch={days.search}
        value={values.map(String)}
        onChange={([day]) => day !== undefined && onChange([day])}
        empty={t`No day that can be read`}
      />
    )
  const typed = (id: string): Value => (field === 'priority' ? Number(id) : id)
  return (
    <Picker
      {...frame}
      multi
      name={name}
      items={items}
      value={values.map(String)}
      onChange={(ids) => onChange(ids.map(typed))}
      empty={t`Nothing found`}
    />
  )
}

/** Days as they are typed; what reads other words than numbers is fetched when somebody types. */
function useDays(usual: readonly PickerItem[]) {
  const words = useFilterWords()
  const zone = useZone()
  const now = useNow()
  const [found, setFound] = useState<readonly PickerItem[]>()
  function search(text: string) {
    const typed = text.trim()
    const item = (id: string): PickerItem => ({ id, name: words.day(id) })
    const number = /^(\d{1,4})\b/.exec(typed)?.[1]
    const close = usual.filter((u) => u.name.toLocaleLowerCase().includes(typed.toLocaleLowerCase()))
    if (typed === '') return setFound(undefined)
    if (number && !/^\d+[./-]/.test(typed)) {
      const past = /ago|past|vor/i.test(typed)
      setFound(past ? [item(`today-${number}`)] : [item(`today+${number}`), item(`today-${number}`)])
    } else setFound(close)
    void import('../../../quickadd').then(({ parseWhen, readingLocale }) => {
      const when = parseWhen(typed, { zone, now, locale: readingLocale(i18n.locale) })
      if (when) setFound((list) => [item(when.date), ...(list ?? []).filter((i) => i.id !== when.date)])
    })
  }
  return { items: found ?? usual, search }
}
