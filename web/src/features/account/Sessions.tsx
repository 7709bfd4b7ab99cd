import { Trans, useLingui } from '@lingui/react/macro'
import { Laptop, Smartphone, Terminal } from 'lucide-react'

import { api, ok } from '../../api/client'
import type { components } from '../../api/schema'
import { ago, speakInstant, useNow } from '../../dates'
import { FromServer } from '../../fields/FromServer'
import { Refused } from '../../fields/Refused'
import { useSending } from '../../fields/refusals'
import { useServer, wholeList } from '../../fields/serverList'
import { usePerson } from '../../store'
import { Confirm } from '../../fields/Confirm'
import { Button } from '../../ui/Button'
import { Icon } from '../../ui/Icon'
import { SettingsLine, SettingsLines, SettingsSection } from '../../ui/SettingsSection'
import { toast } from '../../ui/Toast'
import { browserOf } from './browser'

type Session = components['schemas']['Session']

/** Where one is signed in. */
export function Sessions() {
  const { t } = useLingui()
  const answer = useServer(['sessions'], () =>
    wholeList((query) => ok(api.GET('/auth/sessions', { params: { query } }))),
  )
  const others = answer.data?.filter((s) => !s.current) ?? []

  /** Ends them and strikes them from the list at once; what is refused comes back. */
  async function end(sessions: readonly Session[]) {
    const gone = new Set(sessions.map((s) => s.id))
    await answer.mutate(
      async (all) => {
        for (const id of gone) await ok(api.DELETE('/auth/sessions/{id}', { params: { path: { id } } }))
        return all?.filter((s) => !gone.has(s.id))
      },
      { optimisticData: (all) => all?.filter((s) => !gone.has(s.id)) ?? [], revalidate: true },
    )
    toast({ text: sessions.length === 1 ? t`The session has ended` : t`All other sessions have ended` })
  }
  return (
    <SettingsSection
      title={<Trans>Where you are signed in</Trans>}
      lead={<Trans>End what you do not know, and change your password then.</Trans>}
      action={
        others.length > 1 && (
          <Confirm
            trigger={
              <Button>
                <Trans>End all others</Trans>
              </Button>
            }
            title={t`End all other sessions?`}
            confirm={t`End them`}
            onConfirm={() => end(others)}
          >
            <Trans>You stay signed in here, and have to sign in again everywhere else.</Trans>
          </Confirm>
        )
      }
    >
      <FromServer answer={answer}>
        {(all) => (
          <SettingsLines name={t`Sessions`}>
            {[...all]
              .sort((a, b) => Number(b.current) - Number(a.current))
              .map((s) => (
                <SessionLine key={s.id} session={s} end={() => end([s])} />
              ))}
          </SettingsLines>
        )}
      </FromServer>
    </SettingsSection>
  )
}

function SessionLine({ session, end }: { session: Session; end: () => Promise<void> }) {
  const { t, i18n } = useLingui()
  const zone = usePerson()?.timezone ?? 'UTC'
  const reader = { zone, now: useNow(), locale: i18n.locale }
  const { busy, refused, send } = useSending()
  const { browser, system, kind } = browserOf(session.agent)
  const name = browser && system ? t`${browser} on ${system}` : (browser ?? system ?? t`Unknown browser`)
  const seen = ago(session.last_seen_at, reader)
  return (
    <SettingsLine
      icon={<Icon of={{ phone: Smartphone, program: Terminal, computer: Laptop }[kind]} className="text-icon" />}
      title={
        <>
          {name}
          {session.current && (
            <span className="bg-success-tint text-success-text rounded-full px-2 text-xs">
              <Trans>This one</Trans>
            </span>
          )}
        </>
      }
      detail={
        <>
          <span title={speakInstant(session.last_seen_at, reader)}>
            <Trans>Last used {seen}</Trans>
          </span>
          {session.address && ` · ${session.address}`}
          <Refused of={refused} />
        </>
      }
    >
      {!session.current && (
        <Button size="small" busy={busy} aria-label={t`End the session: ${name}`} onClick={() => void send(end)}>
          <Trans>End</Trans>
        </Button>
      )}
    </SettingsLine>
  )
}
