import { Trans, useLingui } from '@lingui/react/macro'
import { FileUp } from 'lucide-react'
import { useRef, useState, type DragEvent } from 'react'

import { Refused } from '../../fields/Refused'
import { Button } from '../../ui/Button'
import { classes } from '../../ui/classes'
import { Icon } from '../../ui/Icon'
import { SettingsSection } from '../../ui/SettingsSection'
import { largest } from './useImport'

/** Takes the file of a board, chosen or dropped. */
export function ChooseFile({ refused, onFile }: { refused: unknown; onFile: (file: File) => void }) {
  const { t } = useLingui()
  const { over, error, take, dropped } = useFile(onFile)
  return (
    <>
      <div>
        <h2 className="text-xl font-semibold">
          <Trans>Import your board from Trello</Trans>
        </h2>
        <p className="text-muted mt-1">
          <Trans>Nothing is made before you have seen what will come of it, and you can take it back afterwards.</Trans>
        </p>
      </div>
      <div className="flex flex-col gap-3">
        <div
          {...dropped}
          className={classes(
            'flex flex-col items-center gap-3 rounded-xl border border-dashed px-6 py-10 text-center',
            over ? 'border-focus bg-selected' : 'border-control',
          )}
        >
          <Icon of={FileUp} size={24} className="text-icon" />
          <p className="text-muted max-phone:hidden">
            <Trans>Drop the board’s JSON file here, or</Trans>
          </p>
          <PickFile onFile={take} kind="primary">
            <Trans>Choose a file</Trans>
          </PickFile>
        </div>
        {error && (
          <p role="alert" className="bg-danger-tint text-danger-text rounded-md px-3 py-2">
            {error}
          </p>
        )}
        {!error && <Refused of={refused} />}
      </div>
      <SettingsSection title={t`How to get the file`}>
        <ol className="text-muted marker:text-muted flex list-decimal flex-col gap-1 ps-5">
          <li>
            <Trans>In Trello, open the board and its menu at the top.</Trans>
          </li>
          <li>
            <Trans>Choose “Print, export, and share”, then “Export as JSON”.</Trans>
          </li>
          <li>
            <Trans>Save the page that opens as a file, and choose it here.</Trans>
          </li>
        </ol>
      </SettingsSection>
    </>
  )
}

interface PickFileProps {
  onFile: (file: File) => void
  kind?: 'primary' | 'secondary'
  busy?: boolean
  children: React.ReactNode
}

/** A button that opens the system's own way to choose a file. */
export function PickFile({ onFile, kind, busy, children }: PickFileProps) {
  const { t } = useLingui()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-label={t`File of the board`}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = '' // so that the same file can be chosen again
          if (file) onFile(file)
        }}
      />
      <Button kind={kind} busy={busy} size="large" onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  )
}

function useFile(onFile: (file: File) => void) {
  const { t } = useLingui()
  const [over, setOver] = useState(false)
  const [error, setError] = useState<string>()

  function take(file: File | undefined) {
    if (!file) return setError(t`Drop a single file: the board’s JSON.`)
    if (file.size > largest) return setError(t`${file.name} is larger than 100 MB, which is the most Rung imports.`)
    if (file.size === 0) return setError(t`${file.name} is empty. Export the board again.`)
    setError(undefined)
    onFile(file)
  }
  const dropped = {
    onDragOver: (e: DragEvent) => {
      e.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (e: DragEvent) => {
      e.preventDefault()
      setOver(false)
      take(e.dataTransfer.files.length === 1 ? e.dataTransfer.files[0] : undefined)
    },
  }
  return { over, error, take, dropped }
}
