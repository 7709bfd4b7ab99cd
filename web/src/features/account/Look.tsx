import { Trans, useLingui } from '@lingui/react/macro'
import { Monitor, Moon, Sun } from 'lucide-react'

import { Refused } from '../../fields/Refused'
import { useSending } from '../../fields/refusals'
import { locales, type Locale } from '../../i18n/i18n'
import { changePerson, usePerson } from '../../store'
import { SegmentedControl } from '../../ui/SegmentedControl'
import { Select } from '../../ui/Select'
import { SettingsSection } from '../../ui/SettingsSection'

const names: Record<Locale, string> = { en: 'English', de: 'Deutsch' } // each in its own words

export function Look() {
  const { t } = useLingui()
  const person = usePerson()
  const { refused, send } = useSending()
  if (!person) return null
  const spoken = locales.find((l) => l === person.locale.toLowerCase().split('-')[0]) ?? locales[0]
  return (
    <>
      <SettingsSection title={<Trans>Theme</Trans>} lead={<Trans>The same in every browser you sign in with.</Trans>}>
        <div>
          <SegmentedControl
            name={t`Theme`}
            value={person.theme}
            onChange={(theme) => void send(() => changePerson({ theme }))}
            options={[
              { value: 'light', name: t`Light`, icon: Sun },
              { value: 'dark', name: t`Dark`, icon: Moon },
              { value: 'system', name: t`As the system`, icon: Monitor },
            ]}
          />
        </div>
      </SettingsSection>
      <SettingsSection
        title={<Trans>Language</Trans>}
        lead={<Trans>Words, dates and numbers. What people have written stays as it is.</Trans>}
      >
        <Select
          label={t`Language`}
          hideLabel
          narrow
          value={spoken}
          onChange={(locale) => void send(() => changePerson({ locale }))}
          options={locales.map((l) => ({ value: l, name: names[l] }))}
        />
      </SettingsSection>
      <Refused of={refused} />
    </>
  )
}
