import { useLingui } from '@lingui/react/macro'

import { useStore } from '../../store'
import { classes } from '../../ui/classes'
import { SegmentedControl } from '../../ui/SegmentedControl'
import { TextArea } from '../../ui/TextArea'
import { fieldName, valueWords, type Conflict } from './conflict'
import { differences, type Piece } from './differences'

/** What stays of a field. */
export type Choice = { of: 'mine' | 'theirs' } | { of: 'merged'; text: string }

interface ConflictFieldProps {
  conflict: Conflict
  choice: Choice
  onChoice: (choice: Choice) => void
}

/** One field of a conflict: before, theirs and mine side by side, and what is to stay. */
export function ConflictField({ conflict: c, choice, onChoice }: ConflictFieldProps) {
  const { t } = useLingui()
  const { memory } = useStore()
  const words = (value: unknown) => valueWords(c.field, value, memory)
  const name = fieldName(c.field)
  const base = words(c.base)
  const options = [
    { value: 'mine' as const, name: t`Keep mine` },
    { value: 'theirs' as const, name: t`Keep theirs` },
    ...(c.text ? [{ value: 'merged' as const, name: t`Write it anew` }] : []),
  ]
  function choose(of: Choice['of']) {
    onChoice(of === 'merged' ? { of, text: String(choice.of === 'theirs' ? c.theirs : c.mine) } : { of })
  }
  return (
    <section aria-label={name}>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">{name}</h3>
        <SegmentedControl name={t`What stays of ${name}`} value={choice.of} onChange={choose} options={options} />
      </div>
      <div className="grid gap-2 phone:grid-cols-3">
        <Version name={t`Before`} pieces={[{ kind: 'same', text: base }]} />
        <Version
          name={t`Theirs`}
          pieces={c.text ? differences(base, words(c.theirs)) : plain(words(c.theirs))}
          chosen={choice.of === 'theirs'}
        />
        <Version
          name={t`Mine`}
          pieces={c.text ? differences(base, words(c.mine)) : plain(words(c.mine))}
          chosen={choice.of === 'mine'}
        />
      </div>
      {choice.of === 'merged' && (
        <TextArea
          label={t`${name}, written anew`}
          hideLabel
          autoFocus
          rows={c.field === 'title' ? 1 : 5}
          className="mt-2"
          value={choice.text}
          onChange={(e) => onChoice({ of: 'merged', text: e.target.value })}
        />
      )}
    </section>
  )
}

const plain = (text: string): Piece[] => [{ kind: 'same', text }]

function Version({ name, pieces, chosen }: { name: string; pieces: Piece[]; chosen?: boolean }) {
  return (
    <figure className={classes('min-w-0 rounded-md border', chosen ? 'border-focus' : 'border-line')}>
      <figcaption className="text-muted px-2.5 pt-1.5 text-xs font-medium">{name}</figcaption>
      <blockquote className="max-h-48 overflow-y-auto px-2.5 pt-0.5 pb-2 wrap-anywhere whitespace-pre-wrap select-text">
        {pieces.map(({ kind, text }, i) =>
          kind === 'same' ? (
            text
          ) : kind === 'new' ? (
            <ins key={i} className="bg-success-tint text-success-text no-underline">
              {text}
            </ins>
          ) : (
            <del key={i} className="bg-danger-tint text-danger-text">
              {text}
            </del>
          ),
        )}
      </blockquote>
    </figure>
  )
}
