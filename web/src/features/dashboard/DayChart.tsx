import { useLingui } from '@lingui/react/macro'
import { useState, type KeyboardEvent, type PointerEvent } from 'react'

import { speakDay } from '../../dates'
import { announce } from '../../ui/LiveRegion'
import type { Stats } from './stats'

const width = 720
const height = 160
const base = 140 // where the columns stand
const top = 12

/** Columns for what was completed a day, a line with dots for what was created: told apart by shape as well as colour. */
export function DayChart({ days, until }: { days: Stats['days']; until: string }) {
  const { t, i18n } = useLingui()
  const [at, setAt] = useState<number>()
  const rtl = document.documentElement.dir === 'rtl'
  const most = niceMost(Math.max(1, ...days.flatMap((d) => [d.created, d.completed])))
  const step = width / days.length
  const x = (i: number) => (rtl ? width - (i + 0.5) * step : (i + 0.5) * step)
  const y = (n: number) => base - (n / most) * (base - top)
  const said = (i: number) => {
    const d = days[i]!
    return t`${speakDay(d.date, i18n.locale, until)}: ${d.created} created, ${d.completed} completed`
  }
  const go = (i: number) => {
    setAt(i)
    announce(said(i))
  }
  const key = (e: KeyboardEvent) => {
    const now = at ?? days.length - 1
    const forward = rtl ? 'ArrowLeft' : 'ArrowRight'
    const back = rtl ? 'ArrowRight' : 'ArrowLeft'
    if (e.key === forward) go(at === undefined ? now : Math.min(now + 1, days.length - 1))
    else if (e.key === back) go(at === undefined ? now : Math.max(now - 1, 0))
    else if (e.key === 'Home') go(0)
    else if (e.key === 'End') go(days.length - 1)
    else if (e.key === 'Escape' && at !== undefined) setAt(undefined)
    else return
    e.preventDefault()
    e.stopPropagation()
  }
  const point = (e: PointerEvent) => {
    const box = e.currentTarget.getBoundingClientRect()
    const along = (e.clientX - box.left) / box.width
    const i = Math.floor((rtl ? 1 - along : along) * days.length)
    setAt(Math.min(Math.max(i, 0), days.length - 1))
  }
  const created = days.reduce((n, d) => n + d.created, 0)
  const completed = days.reduce((n, d) => n + d.completed, 0)
  return (
    // A chart is read by arrow keys, day by day; there is no role for that.

    <div
      tabIndex={0}
      role="group"
      aria-roledescription={t`chart`}
      aria-label={t`In ${days.length} days ${created} created and ${completed} completed. Arrow keys tell each day.`}
      onKeyDown={key}
      onBlur={() => setAt(undefined)}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={(e) => e.pointerType === 'mouse' && setAt(undefined)}
      className="rounded-md"
    >
      <p
        aria-hidden
        className="text-muted flex h-5 flex-wrap items-center gap-x-4 overflow-hidden text-xs tabular-nums"
      >
        {at === undefined ? (
          <>
            <span className="flex items-center gap-1.5">
              <span className="size-2.5 rounded-full border-2" style={{ borderColor: 'var(--label-orange)' }} />
              {t`Created`}
            </span>
            <span className="flex items-center gap-1.5">
              <span className="size-2.5 rounded-[2px]" style={{ background: 'var(--label-blue)' }} />
              {t`Completed`}
            </span>
          </>
        ) : (
          <span className="text-ink">{said(at)}</span>
        )}
      </p>
      <svg aria-hidden viewBox={`0 0 ${width} ${height}`} className="block w-full touch-pan-y">
        {[0, most / 2, most].map((n) => (
          <line key={n} x1={0} x2={width} y1={y(n)} y2={y(n)} stroke="var(--line)" />
        ))}
        <text x={rtl ? width : 0} y={y(most) - 3} fontSize={11} fill="var(--muted)">
          {most}
        </text>
        {at !== undefined && <rect x={x(at) - step / 2} y={top} width={step} height={base - top} fill="var(--hover)" />}
        {days.map((d, i) => (
          <rect
            key={d.date}
            x={x(i) - step * 0.3}
            y={y(d.completed)}
            width={step * 0.6}
            height={base - y(d.completed)}
            rx={2}
            fill="var(--label-blue)"
          />
        ))}
        <polyline
          points={days.map((d, i) => `${x(i)},${y(d.created)}`).join(' ')}
          fill="none"
          stroke="var(--label-orange)"
          strokeWidth={2}
          strokeLinejoin="round"
        />
        {days.map((d, i) => (
          <circle
            key={d.date}
            cx={x(i)}
            cy={y(d.created)}
            r={i === at ? 5 : 3}
            fill="var(--panel)"
            stroke="var(--label-orange)"
            strokeWidth={2}
          />
        ))}
      </svg>
      <p aria-hidden className="text-muted flex justify-between text-xs">
        {[0, Math.floor(days.length / 2), days.length - 1].map((i) => (
          <span key={i}>{days[i] && speakDay(days[i].date, i18n.locale, until)}</span>
        ))}
      </p>
    </div>
  )
}

/** The next number above that halves well. */
function niceMost(n: number): number {
  const scale = 10 ** Math.floor(Math.log10(n))
  return Math.max(
    2,
    [1, 2, 4, 6, 8, 10].map((m) => m * scale).find((m) => m >= n)!,
  )
}
