import { useEffect, useRef } from 'react'

import { classes } from '../../ui/classes'
import { Kbd } from '../../ui/Kbd'
import type { Entry, Section } from './entry'

interface PaletteListProps {
  id: string
  sections: readonly Section[]
  /** The place of the line that Enter chooses, counted over all sections. */
  at: number
  onPoint: (place: number) => void
  onChoose: (entry: Entry) => void
}

export function PaletteList({ id, sections, at, onPoint, onChoose }: PaletteListProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (at === 0) box.current?.scrollTo?.({ top: 0 })
    else document.getElementById(`${id}-${at}`)?.scrollIntoView?.({ block: 'nearest' })
  }, [id, at, sections])
  let place = 0
  const placed = sections.map((section) => ({
    ...section,
    entries: section.entries.map((entry) => ({ entry, place: place++ })),
  }))
  return (
    <div ref={box} id={id} role="listbox" className="min-h-0 grow overflow-y-auto overscroll-contain pb-1.5">
      {placed.map((section) => (
        <div key={section.id} role="group" aria-labelledby={`${id}-${section.id}`}>
          <div id={`${id}-${section.id}`} className="text-muted px-4 pt-2.5 pb-1 text-xs font-medium">
            {section.name}
          </div>
          {section.entries.map(({ entry, place: own }) => (
            <Line
              key={entry.id}
              id={`${id}-${own}`}
              entry={entry}
              current={own === at}
              onPoint={() => own !== at && onPoint(own)}
              onChoose={() => onChoose(entry)}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

interface LineProps {
  id: string
  entry: Entry
  current: boolean
  onPoint: () => void
  onChoose: () => void
}

function Line({ id, entry, current, onPoint, onChoose }: LineProps) {
  return (
    // The keys are those of the field, which keeps the focus.

    <div
      id={id}
      role="option"
      aria-selected={current}
      onPointerMove={onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={classes(
        'h-9 pointer-coarse:h-row-touch mx-1.5 flex items-center gap-3 rounded-md px-2.5 select-none',
        current && 'bg-hover',
      )}
    >
      {entry.icon}
      <span className="min-w-0 grow truncate">{entry.name}</span>
      {entry.hint && <span className="text-muted shrink-0 text-xs">{entry.hint}</span>}
      {entry.keys && <Kbd keys={entry.keys} className="pointer-coarse:hidden" />}
    </div>
  )
}
