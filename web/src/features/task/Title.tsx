import { Trans, useLingui } from '@lingui/react/macro'
import { useRef, type KeyboardEvent } from 'react'

import { useDraft } from '../../markdown'
import { useActions, useMe } from '../../store'
import { Button } from '../../ui/Button'
import { classes } from '../../ui/classes'
import { useCommands } from '../../ui/commands'
import { OthersLine } from './OthersLine'
import type { RegionProps } from './region'
import { useBaseVersion } from './useBaseVersion'

const longest = 1000
const look = 'text-xl font-semibold wrap-anywhere'

/** The title, changed where it stands: Enter and leaving it keep what was typed, Escape does not. */
export function Title({ task, beside, can }: RegionProps) {
  const { t } = useLingui()
  const done = task.completed_at !== null
  if (!can.edit) return <h2 className={classes(look, done && 'text-muted')}>{task.title}</h2>
  return (
    <div>
      {beside && <h2 className="sr-only">{task.title || t`Task without a title`}</h2>}
      <TitleField task={task} done={done} />
    </div>
  )
}

function TitleField({ task, done }: { task: RegionProps['task']; done: boolean }) {
  const { t } = useLingui()
  const act = useActions()
  const key = `${useMe().id}.${task.id}.title`
  const draft = useDraft(key, task.title)
  const base = useBaseVersion(key, task.version)
  const field = useRef<HTMLTextAreaElement>(null)
  useCommands([
    { id: 'task.rename', name: t`Change the title`, group: t`Task`, keys: 'r', run: () => field.current?.select() },
  ])

  const keep = () => {
    const title = draft.text.replace(/\s+/g, ' ').trim()
    if (title !== '' && title !== task.title) act.updateTask(task.id, { title }, { base: base.take(draft.conflict) })
    drop()
  }
  const drop = () => {
    draft.clear()
    base.clear()
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      event.preventDefault()
      event.currentTarget.blur()
      focusPanel(event.currentTarget)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      drop()
      // Left once it shows the saved title again, or leaving would keep what was typed.
      queueMicrotask(() => focusPanel(field.current))
    }
  }
  return (
    <>
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        value={draft.text}
        maxLength={longest}
        aria-label={t`Title`}
        aria-keyshortcuts="R"
        enterKeyHint="done"
        onChange={(event) => {
          base.note()
          draft.change(event.target.value.replace(/[\r\n]+/g, ' '))
        }}
        onBlur={() => draft.dirty && keep()}
        onKeyDown={press}
        className={classes(
          look,
          'autogrow hover:bg-hover focus:bg-transparent -mx-2 block w-[calc(100%+1rem)] resize-none rounded-md bg-transparent px-2 py-0.5 pointer-coarse:text-xl!',
          done && 'text-muted',
        )}
      />
      {draft.restored && <RestoredLine onKeep={keep} onDrop={drop} />}
      {draft.conflict && <OthersLine task={task} field="title" now={task.title} onTake={drop} />}
    </>
  )
}

/** A title that was typed before the page was loaded anew is not saved until one says so. */
function RestoredLine({ onKeep, onDrop }: { onKeep: () => void; onDrop: () => void }) {
  return (
    <p className="text-muted mt-1 flex flex-wrap items-center gap-2 text-xs">
      <Trans>This title is not saved.</Trans>
      <Button size="small" onClick={onKeep}>
        <Trans>Save</Trans>
      </Button>
      <Button size="small" kind="ghost" onClick={onDrop}>
        <Trans>Throw away</Trans>
      </Button>
    </p>
  )
}

/** From a field to what is around it, so that keys are for the task again. */
export function focusPanel(from: HTMLElement | null) {
  const around = from?.closest<HTMLElement>('aside[tabindex], main')
  from?.blur()
  around?.focus({ preventScroll: true })
}
