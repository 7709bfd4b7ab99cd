import { useDelayed } from '../../ui/delayed'
import { Skeleton } from '../../ui/Skeleton'

/** Columns and cards of the size that they will have. */
export function BoardSkeleton() {
  const late = useDelayed(true)
  if (!late) return null
  return (
    <div className="flex gap-4 overflow-hidden p-3" aria-hidden>
      {[3, 4, 2, 1].map((cards, column) => (
        <div key={column} className="w-card flex shrink-0 flex-col gap-2">
          <Skeleton className="my-3 h-5 w-24" />
          {Array.from({ length: cards }, (_, i) => (
            <Skeleton key={i} className="h-20 w-full rounded-lg" />
          ))}
        </div>
      ))}
    </div>
  )
}
