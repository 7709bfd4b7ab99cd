import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { classes } from '../ui/classes'

interface AddTaskProps {
  onAdd: (title: string) => void
  onClose: () => void
  /** In place of the usual question. */
  placeholder?: string
  /** In a row of a list, and not over the cards of a column. */
  inLine?: boolean
  className?: string
}

/** A new task in place: Enter adds it and is ready for the next, Escape closes, leaving adds what was typed. */
export function AddTask({ onAdd, onClose, placeholder, inLine, className }: AddTaskProps) {
  const { t } = useLingui()
  const [title, setTitle] = useState('')
  const add = () => {
    if (title.trim() !== '') onAdd(title.trim())
    setTitle('')
  }
  return (
    <input
      autoFocus
      value={title}
      aria-label={t`Title of the new task`}
      placeholder={placeholder ?? t`What is to be done?`}
      maxLength={1000}
      enterKeyHint="done"
      onChange={(e) => setTitle(e.target.value)}
      onBlur={(e) => {
        if (e.relatedTarget?.closest('[data-adding], [role=dialog]')) return // to say more of the same task
        add()
        onClose()
      }}
      onKeyDown={(e) => {
        if (e.nativeEvent.isComposing) return
        if (e.key === 'Enter') add()
        else if (e.key === 'Escape') {
          e.stopPropagation()
          setTitle('')
          onClose()
        }
      }}
      className={classes(
        'bg-panel border-accent w-full border px-3 outline-none',
        inLine ? 'h-7 rounded-md' : 'mb-2 h-10 rounded-lg',
        className,
      )}
    />
  )
}
