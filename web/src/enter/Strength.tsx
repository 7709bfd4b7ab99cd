import { Plural, Trans } from '@lingui/react/macro'

import { classes } from '../ui/classes'
import { shortest, strengthOf } from './judging'

const steps = { short: 0, weak: 1, fine: 2, strong: 3 }
const colours = { short: '', weak: 'bg-status-doing', fine: 'bg-status-done', strong: 'bg-status-done' }

/** A calm word and three strokes about a new password. */
export function Strength({ password }: { password: string }) {
  const is = strengthOf(password)
  const missing = shortest - [...password].length
  return (
    <span className="flex items-center justify-between gap-3">
      <span>
        {!password && <Trans>At least 8 characters. A few words are best.</Trans>}
        {password && is === 'short' && <Plural value={missing} one="One more character" other="# more characters" />}
        {is === 'weak' && <Trans>Easy to guess. A few more words make it strong.</Trans>}
        {is === 'fine' && <Trans>Good</Trans>}
        {is === 'strong' && <Trans>Strong</Trans>}
      </span>
      {password && (
        <span aria-hidden className="flex shrink-0 gap-1">
          {[1, 2, 3].map((step) => (
            <span
              key={step}
              className={classes('h-1 w-5 rounded-full', step <= steps[is] ? colours[is] : 'bg-line-strong')}
            />
          ))}
        </span>
      )}
    </span>
  )
}
