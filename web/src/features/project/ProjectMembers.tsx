import { Trans, useLingui } from '@lingui/react/macro'
import { UserPlus } from 'lucide-react'

import { api, ok } from '../../api/client'
import type { components } from '../../api/schema'
import { FromServer } from '../../fields/FromServer'
import { Refused } from '../../fields/Refused'
import { useSending } from '../../fields/refusals'
import { useServer, wholeList } from '../../fields/serverList'
import { useMembers, useWorkspace, type Project } from '../../store'
import { Avatar } from '../../ui/Avatar'
import { Button } from '../../ui/Button'
import { Icon } from '../../ui/Icon'
import { Picker } from '../../ui/Picker'
import { SettingsLines } from '../../ui/SettingsSection'
import { toast } from '../../ui/Toast'
import { GrantLine } from './GrantLine'

export type Grant = components['schemas']['Grant']

/** Those who were given a role in the project. */
export function ProjectMembers({ project, readOnly }: { project: Project; readOnly: boolean }) {
  const { t } = useLingui()
  const members = useMembers()
  const { answer, grant, revoke } = useGrants(project)
  const { refused, send } = useSending()
  const granted = new Set(answer.data?.map((g) => g.user))
  const others = members.filter((m) => !granted.has(m.id))

  async function remove(g: Grant, name: string) {
    const done = await send(() => revoke(g.user))
    if (done)
      toast({ text: t`${name} is removed from the project`, undo: () => void send(() => grant(g.user, g.role)) })
  }
  return (
    <>
      <FromServer answer={answer} lines={2}>
        {(all) =>
          all.length === 0 ? (
            <p className="text-muted">
              <Trans>Nobody has a role of their own in this project.</Trans>
            </p>
          ) : (
            <SettingsLines name={t`Members of the project`}>
              {all.map((g) => {
                const name = members.find((m) => m.id === g.user)?.name ?? t`Former member`
                return (
                  <GrantLine
                    key={g.user}
                    grant={g}
                    name={name}
                    readOnly={readOnly}
                    setRole={(role) => void send(() => grant(g.user, role))}
                    remove={() => void remove(g, name)}
                  />
                )
              })}
            </SettingsLines>
          )
        }
      </FromServer>
      <Refused of={refused} />
      {!readOnly && answer.data && others.length > 0 && (
        <div>
          <Picker
            name={t`Add to the project`}
            value={[]}
            items={others.map((m) => ({ id: m.id, name: m.name, icon: <Avatar id={m.id} name={m.name} /> }))}
            onChange={([user]) => user && void send(() => grant(user, 'editor'))}
            trigger={
              <Button icon={<Icon of={UserPlus} />}>
                <Trans>Add somebody</Trans>
              </Button>
            }
          />
        </div>
      )}
    </>
  )
}

function useGrants(project: Project) {
  const { id: ws } = useWorkspace()
  const path = { ws, project: project.id }
  const answer = useServer(['project members', ws, project.id], () =>
    wholeList((query) => ok(api.GET('/workspaces/{ws}/projects/{project}/members', { params: { path, query } }))),
  )
  const at = (user: string) => ({ params: { path: { ...path, user } } })
  const without = (all: readonly Grant[] | undefined, user: string) => (all ?? []).filter((g) => g.user !== user)
  const replaced = (all: readonly Grant[] | undefined, next: Grant) =>
    all?.some((g) => g.user === next.user) ? all.map((g) => (g.user === next.user ? next : g)) : [...(all ?? []), next]
  return {
    answer,
    grant: (user: string, role: Grant['role']) =>
      answer.mutate(
        async (all) =>
          replaced(
            all,
            await ok(api.PUT('/workspaces/{ws}/projects/{project}/members/{user}', { ...at(user), body: { role } })),
          ),
        { optimisticData: (all) => replaced(all, { project: project.id, user, role, version: 0 }), revalidate: false },
      ),
    revoke: (user: string) =>
      answer.mutate(
        async (all) => {
          await ok(api.DELETE('/workspaces/{ws}/projects/{project}/members/{user}', at(user)))
          return without(all, user)
        },
        { optimisticData: (all) => without(all, user), revalidate: false },
      ),
  }
}
