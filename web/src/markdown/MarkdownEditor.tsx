import { lazy, Suspense } from 'react'
import type { MarkdownEditorProps } from './editor/props'

const Editor = lazy(() => import('./editor/Editor'))

/** The editor of Markdown, in a chunk of its own; its place is kept while it loads. */
export function MarkdownEditor(props: MarkdownEditorProps) {
  return (
    <Suspense
      fallback={
        <div aria-busy className="min-h-34 rounded-lg border border-control bg-panel px-3 pt-12 text-base/6 text-muted">
          {props.value.slice(0, 2000) || props.placeholder}
        </div>
      }
    >
      <Editor {...props} />
    </Suspense>
  )
}
