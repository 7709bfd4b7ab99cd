import { Trans, useLingui } from '@lingui/react/macro'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'

import { api, ok } from '../../api/client'
import type { components } from '../../api/schema'
import { ago, speakDay, today, useNow } from '../../dates'
import { Confirm } from '../../fields/Confirm'
import { FromServer } from '../../fields/FromServer'
import { useServer, wholeList } from '../../fields/serverList'
import { usePerson, useWorkspaces } from '../../store'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { Icon } from '../../ui/Icon'
import { SettingsLine, SettingsLines, SettingsSection } from '../../ui/SettingsSection'
import { toast } from '../../ui/Toast'
import { MadeToken } from './MadeToken'
import { NewToken } from './NewToken'
import { useScopes } from './scopes'

export type Token = components['schemas']['PersonalToken']

/** What lets programs in, in one's name. */
export function Tokens() {
  const { t } = useLingui()
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<Token>()
  const answer = useServer(['tokens'], () => wholeList((query) => ok(api.GET('/auth/tokens', { params: { query } }))))

  async function revoke(token: Token) {
    await answer.mutate(
      async (all) => {
        await ok(api.DELETE('/auth/tokens/{id}', { params: { path: { id: token.id } } }))
        return all?.filter((one) => one !== token)
      },
      { optimisticData: (all) => all?.filter((one) => one !== token) ?? [] },
    )
    toast({ text: t`${token.name} lets nobody in any more` })
  }
  const make = () => setMaking(true)
  return (
    <SettingsSection
      title={<Trans>Access tokens</Trans>}
      lead={<Trans>With a token, a program works in your name, as far as you let it. Treat it as a password.</Trans>}
      action={
        Boolean(answer.data?.length) && (
          <Button icon={<Icon of={Plus} />} onClick={make}>
            <Trans>New token</Trans>
          </Button>
        )
      }
    >
      {made && <MadeToken token={made} onDone={() => setMade(undefined)} />}
      <FromServer answer={answer}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={KeyRound} action={{ name: t`New token`, run: make }}>
              <Trans>No program works in your name.</Trans>
            </EmptyState>
          ) : (
            <SettingsLines name={t`Access tokens`}>
              {all.map((token) => (
                <TokenLine key={token.id} token={token} revoke={() => revoke(token)} />
              ))}
            </SettingsLines>
          )
        }
      </FromServer>
      {making && (
        <NewToken
          onClose={() => setMaking(false)}
          onMade={(token) => {
            setMade(token)
            void answer.mutate()
          }}
        />
      )}
    </SettingsSection>
  )
}

function TokenLine({ token, revoke }: { token: Token; revoke: () => Promise<void> }) {
  const { t, i18n } = useLingui()
  const scopes = useScopes()
  const workspaces = useWorkspaces() ?? []
  const zone = usePerson()?.timezone ?? 'UTC'
  const reader = { zone, now: useNow(), locale: i18n.locale }
  const over = token.expires_at !== null && Date.parse(token.expires_at) < reader.now
  const end =
    token.expires_at && speakDay(today(zone, Date.parse(token.expires_at)), i18n.locale, today(zone, reader.now))
  const where = token.workspaces.map((id) => workspaces.find((w) => w.id === id)?.name ?? t`a workspace you left`)
  return (
    <SettingsLine
      icon={<Icon of={KeyRound} className="text-icon" />}
      title={token.name}
      detail={[
        scopes
          .filter((s) => token.scopes.includes(s.id))
          .map((s) => s.name)
          .join(', '),
        where.length > 0 ? t`only in ${where.join(', ')}` : t`in all your workspaces`,
        over ? t`has ended` : end ? t`ends ${end}` : t`never ends`,
        token.last_used_at ? t`last used ${ago(token.last_used_at, reader)}` : t`never used`,
      ].join(' · ')}
    >
      <Confirm
        danger
        trigger={
          <Button size="small" aria-label={t`Revoke ${token.name}`}>
            <Trans>Revoke</Trans>
          </Button>
        }
        title={t`Revoke ${token.name}?`}
        confirm={t`Revoke token`}
        onConfirm={revoke}
      >
        <Trans>What uses it gets nowhere any more, within a few seconds. This can’t be undone.</Trans>
      </Confirm>
    </SettingsLine>
  )
}
