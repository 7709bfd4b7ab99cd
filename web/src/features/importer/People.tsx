import { Plural, Trans, useLingui } from '@lingui/react/macro'

import { useMembers } from '../../store'
import { Avatar } from '../../ui/Avatar'
import { SettingsLine, SettingsLines, SettingsSection } from '../../ui/SettingsSection'
import type { Report } from './useImport'

/** Whom the people of the board were taken for. */
export function People({ people }: { people: Report['people'] }) {
  const { t } = useLingui()
  const members = useMembers()
  const how = {
    email: t`by the e-mail address`,
    name: t`by the name`,
    username: t`by the user name`,
    '': '',
  }
  const unknown = people.filter((p) => p.user === null).length
  return (
    <SettingsSection
      title={t`People`}
      lead={
        unknown > 0 && (
          <Trans>Names that no member fits stay as text. Invite people before you import, and they are found.</Trans>
        )
      }
    >
      <SettingsLines name={t`People`}>
        {people.map((p) => {
          const member = members.find((m) => m.id === p.user)
          return (
            <SettingsLine
              key={p.username}
              icon={<Avatar id={p.user ?? p.username} name={p.name || p.username} size={24} />}
              title={p.name || p.username}
              detail={<Plural value={p.tasks} one="# task is assigned" other="# tasks are assigned" />}
            >
              {p.user === null ? (
                <span className="text-muted">
                  <Trans>No member fits</Trans>
                </span>
              ) : (
                <span className="text-end">
                  {member?.name ?? t`A member`}
                  <span className="text-muted block text-xs">{how[p.by]}</span>
                </span>
              )}
            </SettingsLine>
          )
        })}
      </SettingsLines>
    </SettingsSection>
  )
}
