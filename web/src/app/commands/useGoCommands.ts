import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'

import { useWorkspace } from '../../store'
import type { Command } from '../../ui/commands'
import { addressOf, places } from '../places'
import { useOrderedProjects } from '../sidebar/projectOrder'

const counted = 9

/** Going to the screens that are always there, and to the first projects by their number. */
export function useGoCommands(): Command[] {
  const { t, i18n } = useLingui()
  const navigate = useNavigate()
  const workspace = useWorkspace().slug
  const { live } = useOrderedProjects()
  const group = t`Go to`
  return [
    ...Object.values(places).map((place): Command => ({
      id: place.id,
      name: i18n._(place.name),
      group,
      keys: place.keys,
      icon: place.icon,
      run: () => void navigate(addressOf(place, workspace)),
    })),
    // The palette finds projects by themselves.
    ...live.slice(0, counted).map((project, i): Command => ({
      id: `go.project.${i + 1}`,
      name: project.name,
      group: t`Go to a project`,
      keys: `g ${i + 1}`,
      run: () => void navigate({ to: '/$workspace/p/$project', params: { workspace, project: project.key } }),
    })),
  ]
}
