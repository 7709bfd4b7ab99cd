import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'

import { Avatar } from '../../ui/Avatar'
import { IconButton } from '../../ui/IconButton'
import { Select } from '../../ui/Select'
import { SettingsLine } from '../../ui/SettingsSection'
import type { Grant } from './ProjectMembers'

interface GrantLineProps {
  grant: Grant
  name: string
  readOnly: boolean
  setRole: (role: Grant['role']) => void
  remove: () => void
}

/** Somebody's role in the project. */
export function GrantLine({ grant, name, readOnly, setRole, remove }: GrantLineProps) {
  const { t } = useLingui()
  const words = {
    admin: { name: t`Administrator`, hint: t`also these settings` },
    editor: { name: t`Editor`, hint: t`makes and changes tasks` },
    commenter: { name: t`Commenter`, hint: t`reads and comments` },
    viewer: { name: t`Viewer`, hint: t`reads` },
  }
  return (
    <SettingsLine icon={<Avatar id={grant.user} name={name} size={24} />} title={name}>
      {readOnly ? (
        <span className="text-muted">{words[grant.role].name}</span>
      ) : (
        <>
          <Select
            label={t`Role of ${name}`}
            hideLabel
            narrow
            value={grant.role}
            onChange={setRole}
            options={(['admin', 'editor', 'commenter', 'viewer'] as const).map((role) => ({
              value: role,
              ...words[role],
            }))}
          />
          <IconButton icon={X} name={t`Remove ${name} from the project`} onClick={remove} />
        </>
      )}
    </SettingsLine>
  )
}
