import { Trans, useLingui } from '@lingui/react/macro'
import { useDeferredValue, useEffect, useState } from 'react'
import Rendered from '../Rendered'
import type { MarkdownEditorProps } from './props'

// Up to this length a text is read between two key presses; a longer one is read when the typing pauses.
const short = 20_000
const pause = 400

/** What the source becomes. Drawn after what is typed, so that typing never waits for it. */
export function Preview({ value, ...around }: MarkdownEditorProps) {
  const { t } = useLingui()
  const source = usePaused(useDeferredValue(value))
  const { resolveFile, resolveTask, resolveUser, navigate } = around
  return (
    <section
      aria-label={t`Preview`}
      className="max-h-[60vh] min-h-24 min-w-0 overflow-y-auto px-3 py-2 @2xl:border-s @2xl:border-line"
    >
      {source.trim() === '' ? (
        <p className="text-muted">
          <Trans>Nothing written yet.</Trans>
        </p>
      ) : (
        <Rendered source={source} {...{ resolveFile, resolveTask, resolveUser, navigate }} />
      )}
    </section>
  )
}

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), pause)
    return () => clearTimeout(timer)
  }, [text])
  return text.length <= short ? text : paused
}
