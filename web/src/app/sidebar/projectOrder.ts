import { changePerson, usePerson, useProjects, useWorkspace, type ID, type Project } from '../../store'

const nameOf = (workspace: ID) => `projects.${workspace}`

/** Projects in the order of the ids; those that it does not name follow in the order that they have. */
export function inOrder(projects: readonly Project[], ids: readonly ID[]): Project[] {
  const places = new Map(ids.map((id, i) => [id, i]))
  const place = (p: Project) => places.get(p.id) ?? ids.length
  return [...projects].sort((a, b) => place(a) - place(b))
}

/** The list with one of its ids at another place. */
export function moved(ids: readonly ID[], id: ID, to: number): ID[] {
  const rest = ids.filter((other) => other !== id)
  rest.splice(Math.max(0, to), 0, id)
  return rest
}

/** The projects in one's own order, the archived ones apart, and a way to change that order. */
export function useOrderedProjects() {
  const workspace = useWorkspace()
  const kept = usePerson()?.settings[nameOf(workspace.id)]
  const all = inOrder(useProjects(), kept?.split(',') ?? [])
  const live = all.filter((p) => !p.archived)
  const archived = all.filter((p) => p.archived)

  /** Shows at once, and is the same in every browser of hers. */
  function move(id: ID, to: number): void {
    const ids = [
      ...moved(
        live.map((p) => p.id),
        id,
        to,
      ),
      ...archived.map((p) => p.id),
    ]
    void changePerson({ settings: { [nameOf(workspace.id)]: ids.join(',') } }).catch(() => undefined)
  }
  return { live, archived, move }
}
