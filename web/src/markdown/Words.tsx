import { PlainLink } from './PlainLink'
import { splitAtKeys, withoutTurns } from './taskKeys'
import { targetOf } from './links'
import type { Surroundings } from './types'

/** Running text; the keys of tasks that there are become links. */
export function Words({ text, around }: { text: string; around: Surroundings }) {
  const { resolveTask, navigate } = around
  const words = withoutTurns(text)
  if (!resolveTask) return words
  return splitAtKeys(words).map((piece, at) => {
    const task = piece.key ? resolveTask(piece.text) : undefined
    const target = task && targetOf(task.href)
    if (!task || !target || target.kind !== 'inside') return piece.text
    return (
      <PlainLink key={at} target={target} title={task.title} navigate={navigate} struck={task.done}>
        {piece.text}
      </PlainLink>
    )
  })
}

/** Somebody named in a text. The name is the member's own where she is known, so that nobody can be named falsely. */
export function Mention({ id, written, around }: { id: string; written: string; around: Surroundings }) {
  const user = around.resolveUser?.(id)
  const name = user?.name ?? withoutTurns(written).replace(/^@/, '')
  return (
    <bdi className={`rounded-sm px-1 py-0.5 font-medium text-accent-text ${user?.me ? 'bg-marked' : 'bg-selected'}`}>
      @{name}
    </bdi>
  )
}
