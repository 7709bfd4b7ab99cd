import { colorNames } from '../colors'
import { LabelDot } from '../LabelDot'
import { Case } from './Case'

const surfaces = ['background', 'panel', 'floating', 'hover', 'pressed', 'selected', 'marked', 'well', 'inverse']
const words = [
  'ink',
  'muted',
  'accent-text',
  'danger-text',
  'warning-text',
  'success-text',
  'overdue',
  'icon',
  'control',
]

export function Colors() {
  return (
    <div className="bg-panel">
      <Case name="Surfaces and words on them">
        {surfaces.map((surface) => (
          <div key={surface} className="border-line rounded-lg border p-3" style={{ background: `var(--${surface})` }}>
            <b className="font-semibold">{surface}</b>
            {words.map((word) => (
              <div key={word} style={{ color: `var(--${word})` }}>
                {word}
              </div>
            ))}
          </div>
        ))}
      </Case>
      <Case name="Labels">
        {colorNames.map((c) => (
          <span key={c} className="inline-flex items-center gap-1.5">
            <LabelDot color={c} /> {c}
          </span>
        ))}
      </Case>
      <Case name="Type">
        {['text-xs', 'text-sm', 'text-base', 'text-lg', 'text-xl'].map((size) => (
          <span key={size} className={size}>
            {size} <span className="font-medium">500</span> <span className="font-semibold">600 0123</span>
          </span>
        ))}
      </Case>
    </div>
  )
}
