import { Trans, useLingui } from '@lingui/react/macro'

import { ColorField } from '../../fields/ColorField'
import { CommitField } from '../../fields/CommitField'
import { ProjectIcon } from '../../fields/ProjectIcon'
import { useActions, type Project } from '../../store'
import { SegmentedControl } from '../../ui/SegmentedControl'
import { SettingsSection } from '../../ui/SettingsSection'
import { ProjectKey } from './ProjectKey'

interface ProjectGeneralProps {
  project: Project
  readOnly: boolean
}

export function ProjectGeneral({ project, readOnly }: ProjectGeneralProps) {
  const { t } = useLingui()
  const { updateProject } = useActions()
  return (
    <SettingsSection title={<Trans>General</Trans>}>
      <CommitField
        label={t`Name`}
        maxLength={200}
        autoComplete="off"
        readOnly={readOnly}
        value={project.name}
        check={(name) => (name ? undefined : t`Give it a name.`)}
        onCommit={(name) => void updateProject(project.id, { name })}
      />
      <ProjectKey project={project} readOnly={readOnly} />
      <CommitField
        lines
        label={t`Description`}
        placeholder={readOnly ? undefined : t`What it is for, and where it stands`}
        maxLength={10_000}
        readOnly={readOnly}
        value={project.description}
        onCommit={(description) => void updateProject(project.id, { description })}
      />
      {!readOnly && <Signs project={project} />}
      <EstimateUnit project={project} readOnly={readOnly} />
    </SettingsSection>
  )
}

function Signs({ project }: { project: Project }) {
  const { t } = useLingui()
  const { updateProject } = useActions()
  return (
    <div className="flex flex-wrap gap-x-8 gap-y-4">
      <ColorField
        label={t`Colour`}
        value={project.color}
        onChange={(color) => void updateProject(project.id, { color })}
      />
      <div className="flex items-end gap-2">
        <CommitField
          label={t`Emoji instead`}
          placeholder={t`None`}
          className="w-32"
          maxLength={16}
          autoComplete="off"
          value={project.icon}
          check={(icon) =>
            icon === '' || /^\p{Extended_Pictographic}/u.test(icon) || [...icon].length <= 2
              ? undefined
              : t`Use one emoji, or up to two letters.`
          }
          onCommit={(icon) => void updateProject(project.id, { icon })}
        />
        <span className="grid size-8 place-items-center">
          <ProjectIcon project={project} />
        </span>
      </div>
    </div>
  )
}

function EstimateUnit({ project, readOnly }: ProjectGeneralProps) {
  const { t } = useLingui()
  const { updateProject } = useActions()
  return (
    <div className="flex flex-col items-start gap-1.5">
      <span className="font-medium">
        <Trans>Estimates are in</Trans>
      </span>
      {readOnly ? (
        <span className="text-muted">{project.estimate_unit === 'points' ? t`Points` : t`Minutes`}</span>
      ) : (
        <SegmentedControl
          name={t`Estimates are in`}
          value={project.estimate_unit}
          onChange={(estimate_unit) => void updateProject(project.id, { estimate_unit })}
          options={[
            { value: 'points', name: t`Points` },
            { value: 'minutes', name: t`Minutes` },
          ]}
        />
      )}
    </div>
  )
}
