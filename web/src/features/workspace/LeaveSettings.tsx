import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import { api, ok } from '../../api/client'
import { Confirm } from '../../fields/Confirm'
import { loadPerson, useCan, useMe, useMembers, useWorkspace } from '../../store'
import { Button } from '../../ui/Button'
import { SettingsSection } from '../../ui/SettingsSection'
import { TextField } from '../../ui/TextField'
import { toast } from '../../ui/Toast'

/** Going, and making an end of the workspace. */
export function LeaveSettings() {
  return (
    <>
      <Leave />
      <DeleteWorkspace />
    </>
  )
}

/** To another workspace, when this one is not one's own any more. */
function useGoneFrom() {
  const navigate = useNavigate()
  return async (words: string) => {
    await loadPerson().catch(() => undefined) // the list of workspaces is asked for again anyway
    toast({ text: words })
    await navigate({ to: '/' })
  }
}

function Leave() {
  const { t } = useLingui()
  const { id: ws, name } = useWorkspace()
  const user = useMe().id
  const { own } = useCan()
  const owners = useMembers().filter((m) => m.role === 'owner').length
  const gone = useGoneFrom()
  const last = own && owners === 1
  return (
    <SettingsSection
      title={<Trans>Leave</Trans>}
      lead={
        last ? (
          <Trans>You are the last owner. Make somebody else an owner before you leave, or delete the workspace.</Trans>
        ) : (
          <Trans>You lose access at once. What you wrote stays; to come back you need an invitation.</Trans>
        )
      }
    >
      <div>
        <Confirm
          danger
          trigger={
            <Button disabled={last}>
              <Trans>Leave workspace</Trans>
            </Button>
          }
          title={t`Leave ${name}?`}
          confirm={t`Leave workspace`}
          onConfirm={async () => {
            await ok(api.DELETE('/workspaces/{ws}/members/{user}', { params: { path: { ws, user } } }))
            await gone(t`You have left ${name}`)
          }}
        >
          <Trans>You lose access to everything in it at once.</Trans>
        </Confirm>
      </div>
    </SettingsSection>
  )
}

function DeleteWorkspace() {
  const { t } = useLingui()
  const { id: ws, name } = useWorkspace()
  const { own } = useCan()
  const gone = useGoneFrom()
  const [typed, setTyped] = useState('')
  if (!own) return null
  return (
    <SettingsSection
      title={<Trans>Delete</Trans>}
      lead={<Trans>All its projects, tasks and files, for everybody. This can’t be undone.</Trans>}
    >
      <TextField
        label={t`Type the name of the workspace to go on: ${name}`}
        autoComplete="off"
        className="max-w-90"
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
      />
      <div>
        <Confirm
          danger
          trigger={
            <Button kind="danger" disabled={typed.trim() !== name.trim()}>
              <Trans>Delete workspace</Trans>
            </Button>
          }
          title={t`Delete ${name}?`}
          confirm={t`Delete workspace`}
          onConfirm={async () => {
            await ok(api.DELETE('/workspaces/{ws}', { params: { path: { ws } } }))
            await gone(t`${name} is deleted`)
          }}
        >
          <Trans>Everybody loses access at once, and nothing of it comes back.</Trans>
        </Confirm>
      </div>
    </SettingsSection>
  )
}
