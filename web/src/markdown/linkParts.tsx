import type { ReactNode } from 'react'
import { FileLink, Picture } from './Files'
import { targetOf } from './links'
import { PlainLink } from './PlainLink'
import { wordsOf, type Part } from './tree'
import type { Surroundings } from './types'
import { Mention } from './Words'

/** A link, a mention or a file; `inner` is what stands in it. */
export function showLink(part: Part, key: number, around: Surroundings, inner: ReactNode[]): ReactNode {
  const target = targetOf(String(part.token.attrGet('href') ?? ''))
  if (!target) return inner
  if (target.kind === 'user') return <Mention key={key} id={target.id} written={wordsOf(part.parts)} around={around} />
  if (target.kind === 'file')
    return (
      <FileLink key={key} id={target.id} resolveFile={around.resolveFile}>
        {inner}
      </FileLink>
    )
  if (target.kind === 'upload') return showHeld(key, inner)
  const title = String(part.token.attrGet('title') ?? '') || undefined
  return (
    <PlainLink key={key} target={target} title={title} navigate={around.navigate}>
      {inner}
    </PlainLink>
  )
}

/** A picture of the task's own, or a link to one that is elsewhere. */
export function showImage(part: Part, key: number, around: Surroundings): ReactNode {
  const target = targetOf(String(part.token.attrGet('src') ?? ''))
  const name = wordsOf(part.parts)
  if (target?.kind === 'file') return <Picture key={key} id={target.id} name={name} resolveFile={around.resolveFile} />
  if (target?.kind === 'upload') return showHeld(key, name)
  // No picture is fetched from elsewhere: who wrote it would learn who reads it.
  if (target?.kind === 'outside' || target?.kind === 'inside')
    return (
      <PlainLink key={key} target={target} navigate={around.navigate}>
        {name || target.href}
      </PlainLink>
    )
  return name
}

function showHeld(key: number, words: ReactNode): ReactNode {
  return (
    <span key={key} className="text-muted italic">
      {words}
    </span>
  )
}
