import { lazy, Suspense } from 'react'
import type { MarkdownProps } from './types'

const Rendered = lazy(() => import('./Rendered'))

/** A text in Markdown. Until the reader of Markdown is loaded its source stands there, so that one can begin to read. */
export function Markdown(props: MarkdownProps) {
  return (
    <Suspense
      fallback={
        <div dir="auto" className={`text-base/6 wrap-anywhere whitespace-pre-wrap text-ink ${props.className ?? ''}`}>
          {props.source.slice(0, 20_000)}
        </div>
      }
    >
      <Rendered {...props} />
    </Suspense>
  )
}
