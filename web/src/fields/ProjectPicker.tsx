import { useLingui } from '@lingui/react/macro'

import { useProjects, type ID } from '../store'
import { Picker } from '../ui/Picker'
import type { PickerFrame } from './PickerFrame'
import { ProjectIcon } from './ProjectIcon'

interface ProjectPickerProps extends PickerFrame {
  value: ID | undefined
  onPick: (project: ID) => void
}

/** The projects that are not archived, in one's own order. */
export function ProjectPicker({ value, onPick, ...frame }: ProjectPickerProps) {
  const { t } = useLingui()
  const projects = useProjects().filter((p) => !p.archived)
  return (
    <Picker
      {...frame}
      name={t`Choose a project`}
      value={value ? [value] : []}
      items={projects.map((p) => ({ id: p.id, name: p.name, hint: p.key, icon: <ProjectIcon project={p} /> }))}
      onChange={([id]) => id && onPick(id)}
      empty={t`No such project`}
    />
  )
}
