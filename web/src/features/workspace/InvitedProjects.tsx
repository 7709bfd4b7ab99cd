import { Trans, useLingui } from '@lingui/react/macro'

import type { components } from '../../api/schema'
import { useProjects } from '../../store'
import { Checkbox } from '../../ui/Checkbox'
import { Select } from '../../ui/Select'
import { useProjectRoles } from './roles'

/** The role in each project that is to be granted, by the project's id. */
export type Granted = Readonly<Record<string, components['schemas']['InvitedGrant']['role']>>

interface InvitedProjectsProps {
  guest: boolean
  granted: Granted
  onChange: (granted: Granted) => void
}

/** Which projects come with an invitation: for guests all that they will see, for members the private ones. */
export function InvitedProjects({ guest, granted, onChange }: InvitedProjectsProps) {
  const { t } = useLingui()
  const roles = useProjectRoles()
  const projects = useProjects().filter((p) => !p.archived && (guest || p.access === 'private'))
  if (projects.length === 0) return null
  function grant(id: string, on: boolean) {
    const { [id]: _, ...rest } = granted
    onChange(on ? { ...rest, [id]: 'editor' } : rest)
  }
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1.5 font-medium">
        {guest ? <Trans>Projects they will see</Trans> : <Trans>Private projects as well</Trans>}
      </legend>
      {projects.map((p) => (
        <div key={p.id} className="flex min-h-9 items-center justify-between gap-3">
          <Checkbox label={p.name} checked={p.id in granted} onChange={(on) => grant(p.id, on)} />
          {p.id in granted && (
            <Select
              label={t`Role in ${p.name}`}
              hideLabel
              narrow
              value={granted[p.id]!}
              onChange={(role) => onChange({ ...granted, [p.id]: role })}
              options={roles}
            />
          )}
        </div>
      ))}
    </fieldset>
  )
}
