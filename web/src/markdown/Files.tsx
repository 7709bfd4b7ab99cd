import { Trans, useLingui } from '@lingui/react/macro'
import { useLayoutEffect, useState, type ReactNode } from 'react'
import { fetchable } from './links'
import { linkLook } from './PlainLink'
import type { FileShown, Surroundings } from './types'

type Resolve = Surroundings['resolveFile']

// Asks for the address of a file; null while it is not known, undefined when there is none.
function useFile(id: string, resolve: Resolve, attempt = 0): FileShown | null | undefined {
  const [file, setFile] = useState<FileShown | null | undefined>(null)
  useLayoutEffect(() => {
    let gone = false
    const keep = (found: FileShown | undefined) => {
      if (!gone) setFile(found && fetchable(found.src) ? found : undefined)
    }
    const answer = resolve?.(id)
    if (answer instanceof Promise) answer.then(keep, () => keep(undefined))
    else keep(answer)
    return () => {
      gone = true
    }
  }, [id, resolve, attempt])
  return file
}

/** A picture that belongs to the task; opened alone it is a link to itself. */
export function Picture({ id, name, resolveFile }: { id: string; name: string; resolveFile: Resolve }) {
  const { t } = useLingui()
  // A signed address may have run out before the picture came into sight: one is asked for once more.
  const [failures, setFailures] = useState(0)
  const file = useFile(id, resolveFile, Math.min(failures, 1))
  if (file === null)
    return <span className="inline-block h-24 w-40 max-w-full rounded-md bg-well" role="img" aria-label={name} />
  if (!file || failures > 1) return <Missing name={name || t`Picture`} />
  return (
    <a
      href={file.src}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="inline-block max-w-full align-bottom"
    >
      <img
        src={file.src}
        alt={name || t`Picture`}
        width={file.width}
        height={file.height}
        loading="lazy"
        decoding="async"
        className="block h-auto max-h-120 w-auto max-w-full rounded-md border border-line"
        onError={() => setFailures(failures + 1)}
      />
    </a>
  )
}

/** A link to a file that belongs to the task. */
export function FileLink({ id, resolveFile, children }: { id: string; resolveFile: Resolve; children: ReactNode }) {
  const file = useFile(id, resolveFile)
  if (!file) return <Missing name={children} />
  return (
    <a href={file.src} target="_blank" rel="noopener noreferrer nofollow" dir="auto" className={linkLook}>
      {children}
    </a>
  )
}

function Missing({ name }: { name: ReactNode }) {
  return (
    <span className="rounded-sm border border-dashed border-line-strong px-1.5 text-muted">
      {name} <Trans>(not available)</Trans>
    </span>
  )
}
