import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'

import { Kbd } from './Kbd'

interface Tip {
  text: ReactNode
  keys?: string
}

const handle = Base.createHandle<Tip>()

/** Says in words what a sign means, after a moment; the keys stand beside. Needs the Kit around the app. */
export function Tooltip({ text, keys, children }: Tip & { children: ReactElement }) {
  return <Base.Trigger handle={handle} payload={{ text, keys }} delay={500} render={children} />
}

/** The one tip there is; it moves to whatever is pointed at. */
export function TooltipLayer() {
  return (
    <Base.Root handle={handle} disableHoverablePopup={false}>
      {({ payload }) => (
        <Base.Portal>
          <Base.Positioner sideOffset={6} collisionPadding={8} className="z-tip">
            <Base.Popup className="motion-menu bg-inverse text-inverse-ink flex max-w-72 items-center gap-2 rounded-md px-2 py-1 text-xs">
              {payload?.text}
              {payload?.keys && <Kbd keys={payload.keys} quiet className="text-inverse-muted" />}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      )}
    </Base.Root>
  )
}
