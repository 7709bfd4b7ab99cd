import type { ReactNode } from 'react'

/** One part, its name above. */
export function Case({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="border-line flex flex-col gap-3 border-b px-4 py-4">
      <h2 className="text-muted text-xs font-medium">{name}</h2>
      <div className="flex flex-wrap items-center gap-3">{children}</div>
    </section>
  )
}

export const people = [
  { id: '0191a', name: 'Ada Lovelace' },
  { id: '0191b', name: 'Grace Hopper' },
  { id: '0191c', name: 'Katherine Johnson' },
  { id: '0191d', name: 'Hedy Lamarr' },
  { id: '0191e', name: 'Zoë Quinn' },
  { id: '0191f', name: 'Lin' },
]
