import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { useActions, useProject, type Task } from '../../../store'
import { Button } from '../../../ui/Button'
import { usePhone } from '../../../ui/media'
import { Popover } from '../../../ui/Popover'
import { Sheet } from '../../../ui/Sheet'
import { readEstimate, useEstimateWords, type Unit } from './estimate'

interface EstimatePickerProps {
  task: Task
  anchor?: Element | null
  open: boolean
  onOpenChange: (open: boolean) => void
  onDone: () => void
}

const usual: Record<Unit, readonly number[]> = { points: [1, 2, 3, 5, 8], minutes: [15, 30, 60, 120, 240] }

/** How much work a task is, in its project's unit: typed, or one of the usual amounts. */
export function EstimatePicker({ task, anchor, open, onOpenChange, onDone }: EstimatePickerProps) {
  const { t } = useLingui()
  const phone = usePhone()
  const form = <EstimateForm task={task} onDone={onDone} />
  const name = t`Estimate`
  if (phone)
    return (
      <Sheet title={name} open={open} onOpenChange={onOpenChange}>
        {form}
      </Sheet>
    )
  return (
    <Popover anchor={anchor} name={name} open={open} onOpenChange={onOpenChange} align="start">
      {form}
    </Popover>
  )
}

function EstimateForm({ task, onDone }: { task: Task; onDone: () => void }) {
  const { t } = useLingui()
  const act = useActions()
  const unit = useProject(task.project)?.estimate_unit ?? 'points'
  const say = useEstimateWords()
  const [text, setText] = useState(task.estimate === null ? '' : String(task.estimate))
  const read = readEstimate(text, unit)
  const take = (estimate: number | null) => {
    if (estimate !== task.estimate) act.updateTask(task.id, { estimate })
    onDone()
  }
  return (
    <form
      className="flex w-60 flex-col gap-2 p-2 max-phone:w-full"
      onSubmit={(e) => {
        e.preventDefault()
        if (text.trim() === '') take(null)
        else if (read !== undefined) take(read)
      }}
    >
      <input
        autoFocus
        value={text}
        onChange={(e) => setText(e.target.value)}
        onFocus={(e) => e.target.select()}
        aria-label={unit === 'minutes' ? t`Estimate in minutes` : t`Estimate in points`}
        placeholder={unit === 'minutes' ? t`1h 30m` : t`How many points`}
        className="border-control h-8 rounded-md border bg-transparent px-2 max-phone:h-11"
      />
      <p role="status" className="text-muted min-h-4 px-1 text-xs">
        {text.trim() !== '' && (read === undefined ? <Trans>Not an amount that can be read</Trans> : say(read, unit))}
      </p>
      <div className="grid grid-cols-5 gap-1">
        {usual[unit].map((n) => (
          <Button key={n} size="small" aria-label={say(n, unit)} onClick={() => take(n)}>
            {unit === 'minutes' && n >= 60 ? t`${n / 60} h` : n}
          </Button>
        ))}
      </div>
      <div className="flex justify-between gap-2">
        <Button kind="ghost" disabled={task.estimate === null} onClick={() => take(null)}>
          <Trans>Clear</Trans>
        </Button>
        <Button kind="primary" type="submit">
          <Trans>Set</Trans>
        </Button>
      </div>
    </form>
  )
}
