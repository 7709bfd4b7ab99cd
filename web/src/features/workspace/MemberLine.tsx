import { Trans, useLingui } from '@lingui/react/macro'
import { UserMinus } from 'lucide-react'

import { Confirm } from '../../fields/Confirm'
import { Refused } from '../../fields/Refused'
import { useSending } from '../../fields/refusals'
import { useCan, useMe } from '../../store'
import { Avatar } from '../../ui/Avatar'
import { IconButton } from '../../ui/IconButton'
import { Select } from '../../ui/Select'
import { SettingsLine } from '../../ui/SettingsSection'
import { toast } from '../../ui/Toast'
import type { WorkspaceMember } from './MemberSettings'
import { useRoles } from './roles'

interface MemberLineProps {
  member: WorkspaceMember
  lastOwner: boolean
  setRole: (role: WorkspaceMember['role']) => Promise<unknown>
  remove: () => Promise<unknown>
}

/** A member: her role, and a way to take her out, as far as one may. */
export function MemberLine({ member, lastOwner, setRole, remove }: MemberLineProps) {
  const { t } = useLingui()
  const { manage, own } = useCan()
  const mine = useMe().id === member.id
  const roles = useRoles()
  const { refused, send } = useSending()
  const free = manage && !lastOwner && (own || member.role !== 'owner') // only owners unmake owners
  const role = roles.find((r) => r.value === member.role)
  return (
    <SettingsLine
      icon={<Avatar id={member.id} name={member.name} size={24} />}
      title={
        <>
          {member.name}
          {mine && (
            <span className="text-muted font-normal">
              <Trans>you</Trans>
            </span>
          )}
        </>
      }
      detail={
        <>
          {member.email}
          <Refused of={refused} />
        </>
      }
    >
      {free ? (
        <Select
          label={t`Role of ${member.name}`}
          hideLabel
          narrow
          value={member.role}
          onChange={(next) => void send(() => setRole(next))}
          options={roles.filter((r) => own || r.value !== 'owner').map(({ value, name }) => ({ value, name }))}
        />
      ) : (
        <span
          className="text-muted"
          title={lastOwner ? t`The last owner: make somebody else an owner first` : undefined}
        >
          {role?.name ?? member.role}
        </span>
      )}
      {manage && !mine && (
        <Confirm
          danger
          trigger={<IconButton icon={UserMinus} name={t`Remove ${member.name}`} disabled={!free} />}
          title={t`Remove ${member.name}?`}
          confirm={t`Remove member`}
          onConfirm={async () => {
            await remove()
            toast({ text: t`${member.name} is no member any more` })
          }}
        >
          <Trans>
            They lose all access at once. What they wrote stays, tasks stay assigned to them, and they can be invited
            again.
          </Trans>
        </Confirm>
      )}
    </SettingsLine>
  )
}
