import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'

/** A title being changed in its line: Enter and leaving keep it, Escape does not. */
export function TitleField({ title, onDone }: { title: string; onDone: (title: string | undefined) => void }) {
  const { t } = useLingui()
  const [text, setText] = useState(title)
  const keep = () => onDone(text.trim() === '' ? undefined : text.trim())
  return (
    <input
      autoFocus
      value={text}
      aria-label={t`Title`}
      maxLength={1000}
      onChange={(e) => setText(e.target.value)}
      onFocus={(e) => e.target.select()}
      onBlur={keep}
      onClick={(e) => e.stopPropagation()}
      onKeyDown={(e) => {
        if (e.nativeEvent.isComposing) return
        e.stopPropagation()
        if (e.key === 'Enter') keep()
        else if (e.key === 'Escape') onDone(undefined)
      }}
      className="border-accent -mx-1.5 h-7 w-full rounded-sm border bg-transparent px-1 outline-none"
    />
  )
}
