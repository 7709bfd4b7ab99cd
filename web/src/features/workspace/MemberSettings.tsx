import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { UserPlus } from 'lucide-react'

import { api, ok } from '../../api/client'
import type { components } from '../../api/schema'
import { FromServer } from '../../fields/FromServer'
import { useServer, wholeList } from '../../fields/serverList'
import { useCan, useMe, useMembers, useWorkspace } from '../../store'
import { Button } from '../../ui/Button'
import { Icon } from '../../ui/Icon'
import { SettingsLines, SettingsSection } from '../../ui/SettingsSection'
import { MemberLine } from './MemberLine'
import { useRoles } from './roles'

export type WorkspaceMember = components['schemas']['Member']

/** Who is in the workspace, and as what. */
export function MemberSettings() {
  const { t } = useLingui()
  const { id: ws, slug } = useWorkspace()
  const me = useMe().id
  const { manage } = useCan()
  const navigate = useNavigate()
  // Asked again when the history tells of another role or member.
  const known = useMembers()
    .map((m) => `${m.id} ${m.role} ${m.name}`)
    .join('\n')
  const answer = useServer(['members', ws, known], () =>
    wholeList((query) => ok(api.GET('/workspaces/{ws}/members', { params: { path: { ws }, query } }))),
  )
  const at = (user: string) => ({ params: { path: { ws, user } } })

  const setRole = (member: WorkspaceMember, role: WorkspaceMember['role']) =>
    answer.mutate(
      async (all) => {
        const headers = { 'Content-Type': 'application/merge-patch+json' }
        const now = await ok(
          api.PATCH('/workspaces/{ws}/members/{user}', { ...at(member.id), body: { role }, headers }),
        )
        return all?.map((m) => (m.id === now.id ? now : m))
      },
      { optimisticData: (all) => all?.map((m) => (m.id === member.id ? { ...m, role } : m)) ?? [], revalidate: false },
    )
  const remove = (member: WorkspaceMember) =>
    answer.mutate(
      async (all) => {
        await ok(api.DELETE('/workspaces/{ws}/members/{user}', at(member.id)))
        return all?.filter((m) => m.id !== member.id)
      },
      { revalidate: false },
    )
  return (
    <>
      <SettingsSection
        title={answer.data ? <Plural value={answer.data.length} one="# member" other="# members" /> : t`Members`}
        lead={<RoleLead manage={manage} />}
        action={
          manage && (
            <Button
              icon={<Icon of={UserPlus} />}
              onClick={() =>
                void navigate({
                  to: '/$workspace/settings/$section',
                  params: { workspace: slug, section: 'invitations' },
                })
              }
            >
              <Trans>Invite</Trans>
            </Button>
          )
        }
      >
        <FromServer answer={answer}>
          {(all) => (
            <SettingsLines name={t`Members`}>
              {[...all]
                .sort((a, b) => Number(b.id === me) - Number(a.id === me) || a.name.localeCompare(b.name))
                .map((m) => (
                  <MemberLine
                    key={m.id}
                    member={m}
                    lastOwner={m.role === 'owner' && all.filter((o) => o.role === 'owner').length === 1}
                    setRole={(role) => setRole(m, role)}
                    remove={() => remove(m)}
                  />
                ))}
            </SettingsLines>
          )}
        </FromServer>
      </SettingsSection>
      <RoleWords />
    </>
  )
}

function RoleLead({ manage }: { manage: boolean }) {
  return manage ? (
    <Trans>A workspace always has an owner: the last one can’t leave or take another role.</Trans>
  ) : (
    <Trans>Owners and administrators change roles and invite others.</Trans>
  )
}

function RoleWords() {
  const roles = useRoles()
  return (
    <SettingsSection title={<Trans>What the roles may do</Trans>}>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1.5">
        {roles.map((r) => (
          <div key={r.value} className="contents">
            <dt className="font-medium">{r.name}</dt>
            <dd className="text-muted">{r.hint}</dd>
          </div>
        ))}
      </dl>
    </SettingsSection>
  )
}
