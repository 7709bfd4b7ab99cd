import { useLingui } from '@lingui/react/macro'
import { useEffect, useRef, type ReactNode } from 'react'

import { useTaskActions } from '../../fields/useTaskActions'
import { useAddress } from '../../lists/address'
import { useCan, type Task } from '../../store'
import { ErrorBoundary } from '../../ui/ErrorBoundary'
import { AddMore } from './AddMore'
import { Description } from './description/Description'
import { Files } from './files/Files'
import { Properties } from './properties/Properties'
import { Relations } from './relations/Relations'
import { Story } from './story/Story'
import { SubTasks } from './subtasks/SubTasks'
import { Title } from './Title'
import { useListFocus } from './useListFocus'

interface TaskViewProps {
  task: Task
  /** It stands beside a list, which has keys of its own while the focus is there. */
  beside?: boolean
  /** Called when it was put into the trash from here. */
  onGone: () => void
}

/** A task whole: in one column where there is little room, with its properties at the side where there is more. */
export function TaskView({ task, beside = false, onGone }: TaskViewProps) {
  const { t } = useLingui()
  const box = useRef<HTMLDivElement>(null)
  const address = useAddress()
  const can = useCan(task.project)
  const elsewhere = useListFocus(box) && beside
  const placeOf = (field: string) => toProperty(box.current, field)
  const actions = useTaskActions(elsewhere ? [] : [task], { anchor: placeOf, address: address.task, onDeleted: onGone })
  const region = { task, beside, can }
  useEditorSoon(can.comment)
  return (
    <div ref={box} className="@container relative min-h-0 grow overflow-y-auto overscroll-contain scroll-pb-6">
      <article
        aria-label={task.title}
        className="mx-auto grid max-w-260 grid-cols-[minmax(0,1fr)] px-4 pt-5 pb-16 @3xl:grid-cols-[minmax(0,1fr)_15rem] @3xl:grid-rows-[auto_1fr] @3xl:gap-x-12 @3xl:px-10 @3xl:pt-8"
      >
        <Region>
          <Title {...region} />
        </Region>
        <section
          aria-label={t`Properties`}
          className="mt-3 @3xl:col-start-2 @3xl:row-span-2 @3xl:row-start-1 @3xl:mt-0"
        >
          <Region>
            <Properties {...region} pick={actions.pick} placeOf={placeOf} keys={!elsewhere} />
          </Region>
        </section>
        <div className="flex min-w-0 flex-col gap-7 pt-5 @3xl:col-start-1 @3xl:pt-4">
          <Region>
            <Description {...region} />
          </Region>
          <AddMore task={task} />
          <Region>
            <SubTasks {...region} />
          </Region>
          <Region>
            <Relations {...region} />
          </Region>
          <Region>
            <Files {...region} drop={box} />
          </Region>
          <Region>
            <Story {...region} />
          </Region>
        </div>
      </article>
      {actions.picker}
    </div>
  )
}

const soon = 1000

/** Fetches the editor before it is asked for, so that it is there when somebody begins to write. */
function useEditorSoon(wanted: boolean) {
  useEffect(() => {
    if (!wanted) return
    const timer = setTimeout(() => void import('../../markdown/editor/Editor').catch(() => undefined), soon)
    return () => clearTimeout(timer)
  }, [wanted])
}

/** What breaks in one part leaves the others in use. */
function Region({ children }: { children: ReactNode }) {
  return <ErrorBoundary>{children}</ErrorBoundary>
}

/**
 * Where the picker of a property opens that a key has asked for: at its button, or, while that is not drawn, at the first.
 * It takes the focus, so that it has it again when the picker is closed.
 */
function toProperty(box: Element | null, field: string): Element | null {
  const own = box?.querySelector<HTMLElement>(`[data-property="${field}"] button`)
  const shown = own?.getClientRects().length ? own : box?.querySelector<HTMLElement>('[data-property] button')
  shown?.focus()
  return shown ?? null
}
