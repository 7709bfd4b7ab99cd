import { Trans, useLingui } from '@lingui/react/macro'

import { Refused } from '../../fields/Refused'
import { Button } from '../../ui/Button'
import { RadioGroup } from '../../ui/RadioGroup'
import { SettingsSection } from '../../ui/SettingsSection'
import { PickFile } from './ChooseFile'
import { ReportWords } from './ReportWords'
import type { Checklists, Report, useImport } from './useImport'

interface ReviewProps {
  it: ReturnType<typeof useImport>
  report: Report
  checklists: Checklists
}

/** What would be made, before anything is; and the word to do it. */
export function Review({ it, report, checklists }: ReviewProps) {
  const { t } = useLingui()
  const { file, busy } = it
  const { name } = report.project
  return (
    <>
      <div>
        <h2 className="text-xl font-semibold wrap-anywhere">
          {report.project.created ? (
            <Trans>This becomes the project {name}</Trans>
          ) : (
            <Trans>This goes into {name}</Trans>
          )}
        </h2>
        <p className="text-muted mt-1">
          <Trans>Nothing is made yet. Read it through, then import.</Trans>
        </p>
      </div>
      <ReportWords report={report} before />
      {file && (
        <SettingsSection title={t`Checklists`}>
          <RadioGroup
            label={t`What checklists become`}
            hideLabel
            value={checklists}
            onChange={(next) => void it.start(file, true, next)}
            options={[
              { value: 'markdown', name: t`Lists to tick in the description` },
              { value: 'subtasks', name: t`Sub-tasks, each with its own status` },
            ]}
          />
        </SettingsSection>
      )}
      <Refused of={it.refused} />
      <div className="border-line bg-panel sticky bottom-0 flex flex-wrap gap-2 border-t py-4">
        {file ? (
          <Button kind="primary" size="large" busy={busy} onClick={() => void it.start(file, false, checklists)}>
            <Trans>Import</Trans>
          </Button>
        ) : (
          <PickFile kind="primary" busy={busy} onFile={(again) => void it.start(again, false, checklists)}>
            <Trans>Choose the file again and import</Trans>
          </PickFile>
        )}
        <Button size="large" onClick={it.forget}>
          <Trans>Choose another file</Trans>
        </Button>
      </div>
    </>
  )
}
