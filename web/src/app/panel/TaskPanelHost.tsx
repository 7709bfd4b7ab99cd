import { useLingui } from '@lingui/react/macro'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

import { useTask } from '../../store'
import { classes } from '../../ui/classes'
import { useCommands } from '../../ui/commands'
import { ErrorBoundary } from '../../ui/ErrorBoundary'
import { useMedia, usePhone } from '../../ui/media'
import { Sheet } from '../../ui/Sheet'
import { part, whenIdle } from '../../ui/part'
import { ResizeHandle } from '../layout/ResizeHandle'
import { narrowest, usePanelWidth } from './panelState'

const TaskPanel = part(() => import('../../features/task/TaskPanel'))

/** The task that ?task= names, beside the screen; on a phone in a sheet over it. */
export function TaskPanelHost() {
  const { task } = useSearch({ from: '/$workspace' })
  const navigate = useNavigate()
  const phone = usePhone()
  useEffect(() => whenIdle(TaskPanel.preload), [])
  const close = () => void navigate({ to: '.', search: withoutTask as never, replace: true })
  if (phone) return <PhoneTask task={task} onClose={close} />
  if (task === undefined) return null
  return <Beside task={task} onClose={close} />
}

function withoutTask({ task: _, ...rest }: Record<string, unknown>) {
  return rest
}

interface OpenTaskProps {
  task: string
  onClose: () => void
}

function Beside({ task, onClose }: OpenTaskProps) {
  const { t } = useLingui()
  const { width, widest, setWidth } = usePanelWidth()
  const over = useMedia('(max-width: 1000px)')
  const name = useTask(task)?.key ?? task
  const region = useFocusThereAndBack()
  useCommands([{ id: 'task-panel.close', name: t`Close the task`, group: t`Task`, keys: 'escape', run: onClose }])
  return (
    <aside
      ref={region}
      tabIndex={-1}
      aria-label={t`Task ${name}`}
      style={{ width }}
      className={classes(
        'motion-panel-in border-line bg-panel flex min-w-0 shrink-0 flex-col border-s outline-none',
        over ? 'shadow-dialog z-panel absolute inset-y-0 end-0 max-w-full rounded-e-lg' : 'relative',
      )}
    >
      <ResizeHandle
        name={t`Width of the task`}
        width={width}
        min={narrowest}
        max={widest}
        onWidth={setWidth}
        edge="start"
      />
      <ErrorBoundary resetKey={task}>
        <TaskPanel task={task} onClose={onClose} />
      </ErrorBoundary>
    </aside>
  )
}

/** Takes the focus when it is opened, and gives it back to where it was. */
function useFocusThereAndBack() {
  const region = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    region.current?.focus({ preventScroll: true })
    const here = region.current
    return () => {
      const lost = document.activeElement === document.body || here?.contains(document.activeElement)
      const back =
        before instanceof HTMLElement && before.isConnected && before !== document.body
          ? before
          : document.getElementById('content')
      if (lost) queueMicrotask(() => back?.focus({ preventScroll: true }))
    }
  }, [])
  return region
}

function PhoneTask({ task, onClose }: { task: string | undefined; onClose: () => void }) {
  const { t } = useLingui()
  const name = useTask(task ?? '')?.key ?? task ?? ''
  return (
    <Sheet open={task !== undefined} onOpenChange={(open) => !open && onClose()} title={t`Task ${name}`} hideTitle>
      <div className="flex h-[85dvh] flex-col">
        <ErrorBoundary resetKey={task}>
          {task !== undefined && <TaskPanel task={task} onClose={onClose} />}
        </ErrorBoundary>
      </div>
    </Sheet>
  )
}
