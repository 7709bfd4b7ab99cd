import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'

import { CommitField } from '../../fields/CommitField'
import { useActions, useProjects, useWorkspace, type Project } from '../../store'

/** The letters that its tasks are called by. Former ones go on leading here. */
export function ProjectKey({ project, readOnly }: { project: Project; readOnly: boolean }) {
  const { t } = useLingui()
  const { updateProject } = useActions()
  const navigate = useNavigate()
  const workspace = useWorkspace().slug
  const others = useProjects().filter((p) => p.id !== project.id)
  const former = project.former_keys.join(', ')

  function check(key: string): string | undefined {
    if (!/^[A-Z][A-Z0-9]{1,9}$/.test(key)) return t`Use 2 to 10 letters and digits, a letter first.`
    if (others.some((p) => p.key === key || p.former_keys.includes(key))) return t`Another project has or had this key.`
    return undefined
  }
  function commit(key: string) {
    updateProject(project.id, { key })
    void navigate({
      to: '/$workspace/p/$project/settings',
      params: { workspace, project: key },
      replace: true,
      resetScroll: false,
    })
  }
  return (
    <CommitField
      label={t`Key`}
      hint={
        former
          ? t`Its tasks are called ${project.key}-1 and so on. Links with ${former} still lead here.`
          : t`Its tasks are called ${project.key}-1 and so on. Links with a former key go on working.`
      }
      autoCapitalize="characters"
      autoComplete="off"
      spellCheck={false}
      maxLength={10}
      readOnly={readOnly}
      value={project.key}
      tidy={(key) => key.trim().toUpperCase()}
      check={check}
      onCommit={commit}
    />
  )
}
