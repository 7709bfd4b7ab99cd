import { Trans, useLingui } from '@lingui/react/macro'

import { api, ok } from '../../api/client'
import { CommitField } from '../../fields/CommitField'
import { FromServer } from '../../fields/FromServer'
import { useServer } from '../../fields/serverList'
import { noteWorkspace, useCan, useWorkspace } from '../../store'
import { SettingsSection } from '../../ui/SettingsSection'
import { AddressField } from './AddressField'
import { UsageLine } from './UsageLine'

/** The name of the workspace, its address, and how much of what it may have is used. */
export function GeneralSettings() {
  const { t, i18n } = useLingui()
  const workspace = useWorkspace()
  const { manage } = useCan()
  const path = { ws: workspace.id }
  const answer = useServer(['workspace', workspace.id], () => ok(api.GET('/workspaces/{ws}', { params: { path } })))

  async function change(body: { name?: string; slug?: string }) {
    const headers = { 'Content-Type': 'application/merge-patch+json' }
    const now = await ok(api.PATCH('/workspaces/{ws}', { params: { path }, body, headers }))
    noteWorkspace(now)
    await answer.mutate()
  }
  return (
    <>
      <SettingsSection
        title={<Trans>Name and address</Trans>}
        lead={!manage && <Trans>Owners and administrators of the workspace can change these.</Trans>}
      >
        <CommitField
          label={t`Name`}
          maxLength={100}
          autoComplete="organization"
          readOnly={!manage}
          value={workspace.name}
          check={(name) => (name ? undefined : t`Give it a name.`)}
          onCommit={(name) => change({ name })}
        />
        <AddressField slug={workspace.slug} readOnly={!manage} onChange={(slug) => change({ slug })} />
      </SettingsSection>
      <SettingsSection
        title={<Trans>Usage</Trans>}
        lead={<Trans>What there may be is set by whoever runs this installation.</Trans>}
      >
        <FromServer answer={answer}>
          {({ usage, limits }) => (
            <div className="flex flex-col gap-4">
              <UsageLine name={t`Members`} used={usage?.members} most={limits?.members} />
              <UsageLine name={t`Projects`} used={usage?.projects} most={limits?.projects} />
              <UsageLine
                name={t`Files`}
                used={usage?.storage}
                most={limits?.storage}
                say={(bytes) => saidBytes(bytes, i18n.locale)}
              />
            </div>
          )}
        </FromServer>
      </SettingsSection>
    </>
  )
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** So many bytes in the unit that one reads best: "1.2 GB". */
export function saidBytes(bytes: number, locale: string): string {
  let n = bytes
  let unit = 0
  while (n >= 1024 && unit < units.length - 1) {
    n /= 1024
    unit++
  }
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[unit]!,
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: n < 10 && unit > 0 ? 1 : 0,
  }).format(n)
}
