import type { ComponentProps, RefObject } from 'react'
import { useRef } from 'react'

import type { Chip } from '../../quickadd'
import { classes } from '../../ui/classes'

interface LineFieldProps extends Omit<ComponentProps<'input'>, 'ref' | 'value'> {
  value: string
  chips: readonly Chip[]
  field: RefObject<HTMLInputElement | null>
}

const letters = 'px-5 py-2 text-lg whitespace-pre max-phone:px-4'

/** One line of text in which the pieces that were understood are marked. The marks lie under the letters. */
export function LineField({ value, chips, field, className, ...rest }: LineFieldProps) {
  const marks = useRef<HTMLDivElement>(null)
  const follow = () => {
    if (marks.current && field.current) marks.current.scrollLeft = field.current.scrollLeft
  }
  return (
    <div className="relative min-w-0">
      <div
        ref={marks}
        aria-hidden
        className={classes(letters, 'pointer-events-none absolute inset-0 overflow-hidden text-transparent')}
      >
        {pieces(value, chips).map((piece) =>
          piece.chip ? (
            <mark key={piece.from} className="bg-selected -mx-0.5 rounded-sm px-0.5 text-transparent">
              {piece.text}
            </mark>
          ) : (
            piece.text
          ),
        )}
      </div>
      <input
        {...rest}
        ref={field}
        value={value}
        type="text"
        autoComplete="off"
        onScroll={follow}
        onKeyUp={follow}
        className={classes(letters, 'relative w-full bg-transparent outline-none', className)}
      />
    </div>
  )
}

function pieces(line: string, chips: readonly Chip[]) {
  const out: { from: number; text: string; chip: boolean }[] = []
  let at = 0
  for (const c of chips) {
    out.push({ from: at, text: line.slice(at, c.from), chip: false }, { from: c.from, text: c.text, chip: true })
    at = c.to
  }
  return [...out.filter((p) => p.text !== ''), { from: at, text: line.slice(at) + '\u200b', chip: false }]
}
