import type { ReactNode } from 'react'

import { Button } from '../ui/Button'
import { Refusal } from './Refusal'
import type { useSubmission } from './submitting'
import { useWait } from './waiting'

interface EnterFormProps {
  submission: ReturnType<typeof useSubmission<never>> | Omit<ReturnType<typeof useSubmission>, 'wrong'>
  action: string
  children?: ReactNode
  /** A link for a refusal: what can be done instead. */
  remedy?: (refused: unknown) => ReactNode
}

/** The fields, what was refused, and the one button. */
export function EnterForm({ submission: { bind, busy, refused }, action, children, remedy }: EnterFormProps) {
  const wait = useWait(refused)
  return (
    <form
      {...bind}
      onSubmit={wait > 0 ? (e) => e.preventDefault() : bind.onSubmit}
      className="flex flex-col gap-4"
      // Nothing typed here belongs into an address, should the page's script be gone.
      method="post"
    >
      {children}
      <Refusal of={refused} wait={wait}>
        {refused ? remedy?.(refused) : null}
      </Refusal>
      <Button
        type="submit"
        kind="primary"
        size="large"
        wide
        busy={busy}
        aria-disabled={wait > 0 || undefined}
        className={wait > 0 ? 'mt-1 opacity-50' : 'mt-1'}
      >
        {action}
      </Button>
    </form>
  )
}
