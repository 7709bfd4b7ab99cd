import { Plural, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { Avatar } from '../../../ui/Avatar'
import { Instant } from '../properties/MadeLines'
import type { Told } from './story'

const most = 3

/** Who changed what, in a quiet line; much at once is folded. */
export function StoryLine({ line }: { line: Told }) {
  const { t } = useLingui()
  const name = line.actor.name || t`Somebody`
  const [whole, setWhole] = useState(false)
  const words = whole || line.words.length <= most ? line.words : line.words.slice(0, most - 1)
  const rest = line.words.length - words.length
  return (
    <li className="text-muted flex min-w-0 items-start gap-2 ps-3 text-xs">
      <Avatar id={line.actor.user ?? line.actor.id} name={name} size={16} />
      <span className="min-w-0 wrap-anywhere">
        <span className="text-ink font-medium">{name}</span> {words.join(', ')}
        {rest > 0 && (
          <>
            {', '}
            <button
              type="button"
              onClick={() => setWhole(true)}
              className="hover:text-ink underline underline-offset-2"
            >
              <Plural value={rest} one="# more" other="# more" />
            </button>
          </>
        )}
        <span aria-hidden> · </span>
        <Instant at={line.at} className="whitespace-nowrap" />
      </span>
    </li>
  )
}
