import { useLingui } from '@lingui/react/macro'
import { useState, type ComponentProps, type KeyboardEvent } from 'react'

import { classes } from '../ui/classes'
import { announce } from '../ui/LiveRegion'
import { TextArea } from '../ui/TextArea'
import { TextField } from '../ui/TextField'
import { useSentence } from './refusals'

interface CommitFieldProps extends Pick<
  ComponentProps<typeof TextField>,
  | 'label'
  | 'hint'
  | 'maxLength'
  | 'autoComplete'
  | 'autoCapitalize'
  | 'spellCheck'
  | 'placeholder'
  | 'hideLabel'
  | 'readOnly'
> {
  value: string
  /** Saves it; a promise that is broken says at the field why, and keeps the words. */
  onCommit: (text: string) => unknown
  /** What is wrong with a text, if something is. */
  check?: (text: string) => string | undefined
  /** What is kept of a text, such as without spaces around it. */
  tidy?: (text: string) => string
  lines?: boolean
  /** Looks like plain words until one points at it: for lists of names. */
  quiet?: boolean
  className?: string
}

/** A text that is saved when one leaves it or presses Enter. Escape brings back what was there. */
export function CommitField({
  value,
  onCommit,
  check,
  tidy = trimmed,
  lines,
  quiet,
  className,
  ...field
}: CommitFieldProps) {
  const { t } = useLingui()
  const sentence = useSentence()
  const [draft, setDraft] = useState<string>()
  const [error, setError] = useState<string>()

  async function commit() {
    if (draft === undefined) return
    const text = tidy(draft)
    if (text === value) return back()
    const wrong = check?.(text)
    setError(wrong)
    if (wrong) return
    try {
      await onCommit(text)
      announce(t`Saved`)
      setDraft(undefined)
    } catch (e) {
      setError(sentence(e))
    }
  }
  function back() {
    setDraft(undefined)
    setError(undefined)
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && (!lines || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void commit()
    }
    if (event.key === 'Escape' && draft !== undefined) {
      event.preventDefault()
      event.stopPropagation()
      back()
    }
  }
  const props = {
    ...field,
    className: classes(quiet && quietLook, className),
    value: draft ?? value,
    error,
    onChange: (event: { target: { value: string } }) => setDraft(event.target.value),
    onBlur: () => void commit(),
    onKeyDown,
  }
  return lines ? <TextArea {...(props as ComponentProps<typeof TextArea>)} /> : <TextField {...props} />
}

const quietLook = '[&_input]:border-transparent [&_input]:bg-transparent [&_input:hover]:border-control'

const trimmed = (text: string) => text.trim()
