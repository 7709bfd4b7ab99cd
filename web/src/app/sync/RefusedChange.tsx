import { Trans, useLingui } from '@lingui/react/macro'

import { copyText } from '../../fields/copy'
import { useActions, type Refused } from '../../store'
import { Button } from '../../ui/Button'
import { toast } from '../../ui/Toast'
import { changeName, wordsIn } from './changeWords'
import { useRepair } from './repair'
import { isConflict, useNames } from './useChanges'

/** A change that was refused: what it was, her words, why, and what can be done about it. */
export function RefusedChange({ refused }: { refused: Refused }) {
  const { t } = useLingui()
  const act = useActions()
  const { retry, compare } = useRepair()
  const names = useNames()
  const { op, problem } = refused
  const conflict = isConflict(refused)
  const words = wordsIn(op.action)
  async function copy() {
    toast({ text: (await copyText(words)) ? t`Copied` : t`The browser does not allow copying` })
  }
  return (
    <li className="py-2">
      <p className="font-medium wrap-anywhere">{changeName(op.action, names)}</p>
      <p className="text-danger-text text-xs wrap-anywhere">
        {conflict ? t`Somebody else changed the same meanwhile.` : problem.detail}
      </p>
      {words && (
        <p className="border-line-strong text-muted mt-1.5 max-h-32 overflow-y-auto border-s-2 ps-2 wrap-anywhere whitespace-pre-wrap select-text">
          {words}
        </p>
      )}
      <div className="mt-2 flex flex-wrap gap-1.5">
        {conflict ? (
          <Button size="small" onClick={() => compare(op.id)}>
            <Trans>Compare</Trans>
          </Button>
        ) : (
          <Button size="small" onClick={() => void retry(op.id)}>
            <Trans>Try again</Trans>
          </Button>
        )}
        {words && (
          <Button size="small" onClick={() => void copy()}>
            <Trans>Copy</Trans>
          </Button>
        )}
        <Button size="small" kind="ghost" onClick={() => act.dismiss(op.id)}>
          <Trans>Dismiss</Trans>
        </Button>
      </div>
    </li>
  )
}
