import { useLingui } from '@lingui/react/macro'

import { useLoaded } from '../../store'
import { part } from '../../ui/part'
import { BoardSkeleton } from './BoardSkeleton'
import { TaskScreen } from './TaskScreen'
import type { Shown } from './useShown'

const SaveView = part(async () => ({ default: (await import('./SaveView')).SaveView }))

const own: Shown = { layout: 'list', group: undefined, sort: '-updated', filter: {} }

/** Every task of a workspace, what changed last first. */
export default function AllScreen() {
  const { t } = useLingui()
  if (useLoaded() === 'nothing') return <BoardSkeleton />
  return (
    <TaskScreen
      name={t`All tasks`}
      base={{}}
      own={own}
      keep={(shown) => <SaveView shown={shown} project={undefined} />}
    />
  )
}
