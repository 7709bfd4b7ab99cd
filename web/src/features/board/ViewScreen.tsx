import { useParams } from '@tanstack/react-router'

import { useLoaded, useView, type GroupBy, type Sort } from '../../store'
import { part } from '../../ui/part'
import { NoAccess } from '../../ui/NoAccess'
import { BoardSkeleton } from './BoardSkeleton'
import { TaskScreen } from './TaskScreen'

const SaveView = part(async () => ({ default: (await import('./SaveView')).SaveView }))
const ViewMenu = part(async () => ({ default: (await import('./ViewMenu')).ViewMenu }))

/** A saved view: what it keeps is the screen's own, and the address says what is other now. */
export default function ViewScreen() {
  const { view: id } = useParams({ strict: false }) as { view: string }
  const view = useView(id)
  const loaded = useLoaded()
  if (!view) return loaded === 'all' ? <NoAccess /> : <BoardSkeleton />
  const project = view.project ?? undefined
  return (
    <TaskScreen
      key={view.id}
      name={view.name}
      base={project ? { field: 'project', op: 'eq', value: project } : {}}
      own={{
        layout: view.layout === 'board' ? 'board' : 'list',
        group: (view.group_by || undefined) as GroupBy | undefined,
        sort: (view.sort || 'position') as Sort,
        filter: view.query,
      }}
      project={project}
      tools={<ViewMenu view={view} />}
      keep={(shown) => <SaveView shown={shown} project={project} view={view} />}
    />
  )
}
