import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'

import { Problem } from '../../api/problem'
import { useSentence } from '../../fields/refusals'
import { useCan, useLoaded } from '../../store'
import { ErrorState } from '../../ui/ErrorState'
import { NoAccess } from '../../ui/NoAccess'
import { ScreenHeader } from '../../ui/ScreenHeader'
import { ChooseFile } from './ChooseFile'
import { Failed, Result, TakenBack } from './Ended'
import { Going } from './Going'
import { Review } from './Review'
import { useImport } from './useImport'

/** Brings in a board from Trello: first it says what would be made, then it makes it. */
export default function Importer() {
  const { t } = useLingui()
  const can = useCan()
  const loaded = useLoaded()
  return (
    <>
      <ScreenHeader title={t`Import`} />
      <div className="min-h-0 grow overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-8 px-6 pt-8 pb-16 max-phone:px-4 max-phone:pt-5">
          {can.import ? <Steps /> : loaded === 'nothing' ? null : <MayNot />}
        </div>
      </div>
    </>
  )
}

function MayNot() {
  const { t } = useLingui()
  return <NoAccess text={t`Guests can’t import. Ask a member of the workspace.`} />
}

function Steps(): ReactNode {
  const { t } = useLingui()
  const sentence = useSentence()
  const it = useImport()
  const { kept, now, failure } = it
  if (it.busy && !now) return <Going title={t`Sending the file`} />
  if (!kept) return <ChooseFile refused={it.refused} onFile={(file) => void it.start(file, true)} />
  if (!now && failure)
    return (
      <ErrorState requestId={failure instanceof Problem ? failure.requestID : undefined} onRetry={it.retry}>
        {sentence(failure)}
      </ErrorState>
    )
  if (!now) return null
  if (now.state === 'failed') return <Failed it={it} now={now} />
  if (now.state === 'undone') return <TakenBack it={it} />
  if (now.state === 'undoing') return <Going title={t`Taking the import back`} progress={now.progress} leaving />
  if (now.state === 'running')
    return (
      <Going
        title={now.dry_run ? t`Reading ${kept.file}` : t`Importing ${kept.file}`}
        progress={now.progress}
        leaving={!now.dry_run}
      />
    )
  if (!now.report) return null
  return now.dry_run ? (
    <Review it={it} report={now.report} checklists={kept.checklists} />
  ) : (
    <Result it={it} report={now.report} />
  )
}
