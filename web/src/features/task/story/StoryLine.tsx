import { useLingui } from '@lingui/react/macro'

import { Avatar } from '../../../ui/Avatar'
import { Instant } from '../properties/MadeLines'
import type { Told } from './story'

/** Who changed what, in a quiet line. */
export function StoryLine({ line }: { line: Told }) {
  const { t } = useLingui()
  const name = line.actor.name || t`Somebody`
  return (
    <li className="text-muted flex min-w-0 items-start gap-2 ps-3 text-xs">
      <Avatar id={line.actor.user ?? line.actor.id} name={name} size={16} />
      <span className="min-w-0 wrap-anywhere">
        <span className="text-ink font-medium">{name}</span> {line.words.join(', ')}
        <span aria-hidden> · </span>
        <Instant at={line.at} className="whitespace-nowrap" />
      </span>
    </li>
  )
}
