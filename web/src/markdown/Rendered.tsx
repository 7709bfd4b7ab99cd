import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { parse } from './parse'
import { showPart } from './parts'
import { tick } from './tick'
import { countOf, treeOf, type Part } from './tree'
import type { MarkdownProps } from './types'

// How much of a very long text is drawn at first and with each further step.
const step = 2500

/** A text in GitHub-flavoured Markdown, drawn without any HTML of its own. */
export default function Rendered({ source, className, onTick, ...rest }: MarkdownProps) {
  const [allowed, setAllowed] = useState(step)
  const tickBox = (index: number, checked: boolean) => onTick?.(index, checked, tick(source, index, checked))
  const around = { ...rest, onTick: onTick && tickBox }
  const { shown, more } = cut(treeOf(parse(source)), allowed)
  return (
    <div className={`flex flex-col gap-3 text-base/6 wrap-anywhere text-ink ${className ?? ''}`}>
      {shown.map((part, at) => showPart(part, at, around, source))}
      {more && (
        <button
          type="button"
          className="self-start rounded-md border border-line-strong px-3 py-1 text-sm hover:bg-hover"
          onClick={() => setAllowed(allowed + step)}
        >
          <Trans>Show more</Trans>
        </button>
      )}
    </div>
  )
}

function cut(parts: Part[], allowed: number): { shown: Part[]; more: boolean } {
  let left = allowed
  const shown: Part[] = []
  for (const part of parts) {
    if (left <= 0) return { shown, more: true }
    left -= countOf([part])
    shown.push(part)
  }
  return { shown, more: false }
}
