import { useLingui } from '@lingui/react/macro'
import { useId, useState, type ReactNode } from 'react'

import { Button } from '../../ui/Button'

interface ChartedProps {
  title: string
  chart: ReactNode
  /** The same numbers, to be read; always there for screen readers. */
  table: ReactNode
}

/** A chart and the table behind it. */
export function Charted({ title, chart, table }: ChartedProps) {
  const { t } = useLingui()
  const [asTable, setAsTable] = useState(false)
  return (
    <Part
      title={title}
      action={
        <Button kind="ghost" size="small" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? t`Show the chart` : t`Show as a table`}
        </Button>
      }
    >
      {asTable ? (
        <div className="max-h-80 overflow-y-auto">{table}</div>
      ) : (
        <>
          {chart}
          <div className="sr-only">{table}</div>
        </>
      )}
    </Part>
  )
}

export function Part({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="bg-panel border-line relative min-w-0 rounded-lg border p-4 max-phone:p-3">
      <div className="mb-3 flex min-h-7 items-center justify-between gap-2">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {action}
      </div>
      {children}
    </section>
  )
}
