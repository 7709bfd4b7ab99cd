import { useLingui } from '@lingui/react/macro'

import { classes } from '../../ui/classes'
import { useDelayed } from '../../ui/delayed'
import { usePhone } from '../../ui/media'
import { Skeleton } from '../../ui/Skeleton'
import { useSidebar } from './sidebarState'

/** The frame before anything of the workspace is known, in the geometry that it will have. */
export function FrameSkeleton() {
  const { t } = useLingui()
  const phone = usePhone()
  const { width, collapsed } = useSidebar()
  const slow = useDelayed(true)
  const aside = !phone && !collapsed
  return (
    <div className="bg-background flex h-dvh flex-col" role="status" aria-label={t`Opening the workspace`}>
      <div className="flex min-h-0 grow">
        {aside && (
          <div className="flex shrink-0 flex-col px-2" style={{ width }}>
            <div className="flex h-13 items-center gap-2 px-2">{slow && <Line width="w-28" sign="size-5" />}</div>
            {slow && ['w-16', 'w-14', 'w-20', 'w-18'].map((w) => <Item key={w} width={w} />)}
            {slow && <div className="mt-10" />}
            {slow && ['w-24', 'w-32', 'w-20'].map((w) => <Item key={w} width={w} />)}
          </div>
        )}
        <div
          className={classes(
            'bg-panel grow',
            !phone && 'border-line my-2 me-2 rounded-lg border',
            collapsed && !phone && 'ms-2',
          )}
        >
          <div className="h-header border-line flex items-center border-b px-4">
            {slow && <Skeleton className="h-3 w-32" />}
          </div>
        </div>
      </div>
      {phone && <div className="border-line h-14 shrink-0 border-t pb-[env(safe-area-inset-bottom)]" />}
    </div>
  )
}

const Item = ({ width }: { width: string }) => (
  <div className="h-item flex items-center gap-2 px-2">
    <Line width={width} sign="size-4" />
  </div>
)

const Line = ({ width, sign }: { width: string; sign: string }) => (
  <>
    <Skeleton className={sign} />
    <Skeleton className={`h-3 ${width}`} />
  </>
)
