import { Trans, useLingui } from '@lingui/react/macro'
import { ChevronDown, Globe } from 'lucide-react'
import { useState } from 'react'

import { useNow } from '../../dates'
import { Refused } from '../../fields/Refused'
import { useSending } from '../../fields/refusals'
import { useFormatLocale } from '../../i18n/formatLocale'
import { changePerson } from '../../store'
import { Button } from '../../ui/Button'
import { Icon } from '../../ui/Icon'
import { Picker } from '../../ui/Picker'
import { allZones, offsetOf, zoneName } from './zones'

/** In which days are read; says so when the browser is in another one. */
export function TimeZone({ zone }: { zone: string }) {
  const { t } = useLingui()
  const locale = useFormatLocale()
  const { refused, send } = useSending()
  const now = useNow()
  const [open, setOpen] = useState(false)
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const set = (timezone: string) => void send(() => changePerson({ timezone }))
  const clock = new Intl.DateTimeFormat(locale, { timeZone: zone, timeStyle: 'short' }).format(now)
  const items = open
    ? allZones().map((id) => ({
        id,
        name: zoneName(id),
        hint: offsetOf(id, now),
        keywords: id.replaceAll(/[/_]/g, ' '),
      }))
    : [{ id: zone, name: zoneName(zone) }]
  return (
    <>
      <div className="flex items-center gap-3 max-phone:flex-wrap">
        <Picker
          name={t`Time zone`}
          placeholder={t`A city, such as Lisbon`}
          open={open}
          onOpenChange={setOpen}
          value={[zone]}
          items={items}
          onChange={([next]) => next && set(next)}
          trigger={
            <Button aria-label={t`Time zone: ${zoneName(zone)}`} icon={<Icon of={Globe} className="text-icon" />}>
              {zoneName(zone)}
              <Icon of={ChevronDown} size={14} className="text-icon" />
            </Button>
          }
        />
        <span className="text-muted">
          <Trans>It is {clock} there now.</Trans>
        </span>
      </div>
      {here && here !== zone && (
        <div className="bg-warning-tint text-warning-text flex items-center justify-between gap-3 rounded-md py-2 ps-3 pe-2 max-phone:flex-wrap">
          <Trans>This browser is in {zoneName(here)}.</Trans>
          <Button size="small" onClick={() => set(here)}>
            <Trans>Use {zoneName(here)}</Trans>
          </Button>
        </div>
      )}
      <Refused of={refused} />
    </>
  )
}
