import { Trans, useLingui } from '@lingui/react/macro'

import { useActions, type Project } from '../../store'
import { RadioGroup } from '../../ui/RadioGroup'
import { SettingsSection } from '../../ui/SettingsSection'
import { ProjectMembers } from './ProjectMembers'

/** Who sees the project, and what they may do in it. */
export function AccessSettings({ project, readOnly }: { project: Project; readOnly: boolean }) {
  const { t } = useLingui()
  const { updateProject } = useActions()
  const words = {
    workspace: {
      name: t`The whole workspace`,
      hint: t`All members work in it. Guests see it if they are added below.`,
    },
    private: { name: t`Only those added below`, hint: t`Owners and administrators of the workspace see it too.` },
  }
  return (
    <SettingsSection title={<Trans>Access</Trans>}>
      {readOnly ? (
        <p>{words[project.access].name}</p>
      ) : (
        <RadioGroup
          label={t`Who can see this project`}
          value={project.access}
          onChange={(access) => void updateProject(project.id, { access })}
          options={[
            { value: 'workspace', ...words.workspace },
            { value: 'private', ...words.private },
          ]}
        />
      )}
      <ProjectMembers project={project} readOnly={readOnly} />
    </SettingsSection>
  )
}
