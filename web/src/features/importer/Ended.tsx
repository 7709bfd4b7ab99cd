import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'

import { Confirm } from '../../fields/Confirm'
import { Refused } from '../../fields/Refused'
import { useProject, useWorkspace } from '../../store'
import { Button } from '../../ui/Button'
import { ErrorState } from '../../ui/ErrorState'
import { PickFile } from './ChooseFile'
import { ReportWords } from './ReportWords'
import type { Import, Report, useImport } from './useImport'

type It = ReturnType<typeof useImport>

/** What was made, the way there, and the way back. */
export function Result({ it, report }: { it: It; report: Report }) {
  const { t } = useLingui()
  const workspace = useWorkspace().slug
  const project = useProject(report.project.id ?? '')
  const navigate = useNavigate()
  const { name } = report.project
  const made = report.counts.tasks.created
  return (
    <>
      <div>
        <h2 className="text-xl font-semibold wrap-anywhere">
          <Trans>{name} is here</Trans>
        </h2>
        <p role="status" className="text-muted mt-1">
          <Plural value={made} one="# task was made." other="# tasks were made." />
        </p>
      </div>
      <Refused of={it.refused} />
      <div className="flex flex-wrap gap-2">
        {project && (
          <Button
            kind="primary"
            size="large"
            onClick={() => void navigate({ to: '/$workspace/p/$project', params: { workspace, project: project.key } })}
          >
            <Trans>Open {name}</Trans>
          </Button>
        )}
        <Button size="large" onClick={it.forget}>
          <Trans>Import another board</Trans>
        </Button>
        <Confirm
          danger
          trigger={
            <Button size="large" kind="ghost" busy={it.busy}>
              <Trans>Undo the import</Trans>
            </Button>
          }
          title={t`Undo the import?`}
          confirm={t`Undo the import`}
          onConfirm={it.undo}
        >
          <Trans>What it made goes to the trash. Tasks that you made yourself stay.</Trans>
        </Confirm>
      </div>
      <ReportWords report={report} />
    </>
  )
}

/** Why it failed, and how to go on: importing again goes on where it stopped. */
export function Failed({ it, now }: { it: It; now: Import }) {
  const { t } = useLingui()
  const { kept, file } = it
  return (
    <>
      <ErrorState title={now.dry_run ? t`The board could not be read` : t`The import stopped`}>
        {now.error?.detail ?? t`Import the file again: it goes on where it stopped.`}
      </ErrorState>
      <Refused of={it.refused} />
      <div className="flex flex-wrap justify-center gap-2">
        {file && now.dry_run ? (
          <Button
            kind="primary"
            size="large"
            busy={it.busy}
            onClick={() => void it.start(file, true, kept?.checklists)}
          >
            <Trans>Try again</Trans>
          </Button>
        ) : (
          <PickFile
            kind="primary"
            busy={it.busy}
            onFile={(again) => void it.start(again, now.dry_run, kept?.checklists)}
          >
            <Trans>Choose the file again</Trans>
          </PickFile>
        )}
        <Button size="large" onClick={it.forget}>
          <Trans>Leave it</Trans>
        </Button>
      </div>
    </>
  )
}

export function TakenBack({ it }: { it: It }) {
  return (
    <div role="status" className="flex flex-col items-start gap-4">
      <div>
        <h2 className="text-xl font-semibold">
          <Trans>The import is taken back</Trans>
        </h2>
        <p className="text-muted mt-1">
          <Trans>What it made is in the trash for 30 days. Importing the same board again brings it back.</Trans>
        </p>
      </div>
      <Button kind="primary" size="large" onClick={it.forget}>
        <Trans>Import a board</Trans>
      </Button>
    </div>
  )
}
