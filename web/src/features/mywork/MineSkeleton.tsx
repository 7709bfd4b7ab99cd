import { useDelayed } from '../../ui/delayed'
import { Skeleton } from '../../ui/Skeleton'

const widths = ['w-48', 'w-72', 'w-56', 'w-64', 'w-40', 'w-80']

/** A heading and lines, of the size that they will have. */
export function MineSkeleton() {
  const late = useDelayed(true)
  if (!late) return null
  return (
    <div aria-hidden>
      <div className="h-row pointer-coarse:h-row-touch border-line flex items-center border-y px-4">
        <Skeleton className="h-3.5 w-20" />
      </div>
      {widths.map((width) => (
        <div key={width} className="h-row pointer-coarse:h-row-touch flex items-center gap-3 px-4">
          <Skeleton className="size-4" />
          <Skeleton className={`h-3.5 ${width}`} />
          <Skeleton className="ms-auto size-5 rounded-full" />
        </div>
      ))}
    </div>
  )
}
