import { colorFor } from '../../ui/Avatar'

/** A workspace's letter on its colour. Silent, for the name stands beside it. */
export function WorkspaceSign({ id, name }: { id: string; name: string }) {
  return (
    <span
      aria-hidden
      className="text-avatar-ink grid size-5 shrink-0 place-items-center rounded-sm text-[11px] leading-none font-semibold"
      style={{ background: `var(--avatar-${colorFor(id)})` }}
    >
      {([...name.trim()][0] ?? '?').toLocaleUpperCase()}
    </span>
  )
}
