import { useLingui } from '@lingui/react/macro'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'

import { addDays, addMonths, monthGrid, speakDay, speakMonth, weekdayNames } from '../../dates'
import { classes } from '../../ui/classes'
import { IconButton } from '../../ui/IconButton'

interface CalendarProps {
  /** Days are written 2026-12-24. */
  value: string | undefined
  today: string
  locale: string
  onPick: (day: string) => void
}

/** A month to choose a day of, by the pattern of a date grid: arrows by day and week, Page keys by month. */
export function Calendar({ value, today, locale, onPick }: CalendarProps) {
  const { t } = useLingui()
  const [at, setAt] = useState(value ?? today)
  const [moved, setMoved] = useState(false)
  const grid = useRef<HTMLTableElement>(null)
  const weeks = monthGrid(at.slice(0, 7), locale)
  const month = speakMonth(at.slice(0, 7), locale)
  useEffect(() => {
    if (moved) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }, [at, moved])
  const rtl = document.documentElement.dir === 'rtl'
  const steps: Record<string, (day: string) => string> = {
    ArrowLeft: (d) => addDays(d, rtl ? 1 : -1),
    ArrowRight: (d) => addDays(d, rtl ? -1 : 1),
    ArrowUp: (d) => addDays(d, -7),
    ArrowDown: (d) => addDays(d, 7),
    PageUp: (d) => addMonths(d, -1),
    PageDown: (d) => addMonths(d, 1),
  }
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    setMoved(true)
    setAt(step(at))
  }
  return (
    <div>
      <div className="flex items-center">
        <span aria-live="polite" className="grow ps-1 font-medium">
          {month}
        </span>
        <IconButton
          icon={rtl ? ChevronRight : ChevronLeft}
          name={t`Previous month`}
          onClick={() => setAt(addMonths(at, -1))}
        />
        <IconButton
          icon={rtl ? ChevronLeft : ChevronRight}
          name={t`Next month`}
          onClick={() => setAt(addMonths(at, 1))}
        />
      </div>
      <table
        ref={grid}
        role="grid"
        aria-label={month}
        onKeyDown={move}
        className="w-full table-fixed text-center tabular-nums"
      >
        <thead>
          <tr>
            {weekdayNames(locale).map((w) => (
              <th key={w.long} scope="col" abbr={w.long} className="text-muted h-6 text-xs font-normal">
                {w.short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day} role="gridcell" aria-selected={day === value}>
                  <button
                    type="button"
                    tabIndex={day === at ? 0 : -1}
                    aria-label={speakDay(day, locale)}
                    aria-current={day === today ? 'date' : undefined}
                    onClick={() => onPick(day)}
                    className={classes(
                      'hover:bg-hover mx-auto grid size-8 place-items-center rounded-md max-phone:size-11',
                      day.slice(0, 7) !== at.slice(0, 7) && 'text-muted',
                      day === today && 'text-accent-text font-semibold',
                      day === value && 'bg-accent text-accent-ink hover:bg-accent-hover',
                    )}
                  >
                    {Number(day.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
