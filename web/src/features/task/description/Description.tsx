import { Trans, useLingui } from '@lingui/react/macro'
import { Pencil } from 'lucide-react'
import { useState } from 'react'

import { Markdown, useDraft } from '../../../markdown'
import { useActions, useDescription, useMe } from '../../../store'
import { Button } from '../../../ui/Button'
import { useCommands } from '../../../ui/commands'
import { Icon } from '../../../ui/Icon'
import { IconButton } from '../../../ui/IconButton'
import { announce } from '../../../ui/LiveRegion'
import { toast } from '../../../ui/Toast'
import type { RegionProps } from '../region'
import { useBaseVersion } from '../useBaseVersion'
import { useSurroundings } from '../useSurroundings'
import { DescriptionEditor } from './DescriptionEditor'

/** What there is to say about a task: read, its boxes ticked, or written. */
export function Description({ task, can }: RegionProps) {
  const { t } = useLingui()
  const act = useActions()
  const { text: saved } = useDescription(task.id)
  const key = `${useMe().id}.${task.id}.description`
  const draft = useDraft(key, saved)
  const base = useBaseVersion(key, task.version)
  const around = useSurroundings(task)
  // Not said yet, it is open where a draft waits from before.
  const [opened, setOpened] = useState<boolean>()
  const editing = can.edit && saved !== undefined && (opened ?? draft.dirty)
  const open = () => setOpened(true)
  useCommands([
    {
      id: 'task.describe',
      name: t`Write the description`,
      group: t`Task`,
      keys: 'w',
      icon: Pencil,
      enabled: can.edit,
      run: open,
    },
  ])

  const clear = () => {
    draft.clear()
    base.clear()
  }
  const save = (text: string) => {
    if (text !== saved) act.updateTask(task.id, { description: text }, { base: base.take(draft.conflict) })
    clear()
    setOpened(false)
    announce(t`Description saved`)
  }
  const discard = () => {
    const words = draft.text
    const typed = draft.dirty
    clear()
    setOpened(false)
    if (!typed) return
    const undo = () => {
      draft.change(words)
      setOpened(true)
    }
    toast({ text: t`What you wrote was thrown away`, undo })
  }

  if (editing)
    return (
      <DescriptionEditor
        task={task}
        draft={draft}
        focus={opened === true}
        onChange={(text) => {
          base.note()
          draft.change(text)
        }}
        onSave={save}
        onLeave={() => setOpened(false)}
        onDiscard={discard}
      />
    )
  const tick = (_: number, checked: boolean, text: string) => {
    act.updateTask(task.id, { description: text })
    announce(checked ? t`Ticked` : t`Not ticked any more`)
  }
  return (
    <section aria-label={t`Description`} className="group/text relative">
      {saved === undefined ? (
        <div className="h-6" />
      ) : saved.trim() === '' ? (
        can.edit && (
          <button
            type="button"
            onClick={open}
            className="text-muted hover:bg-hover -mx-2 w-[calc(100%+1rem)] rounded-md px-2 py-1.5 text-start text-base pointer-coarse:py-3"
          >
            <Trans>Add a description</Trans>
          </button>
        )
      ) : (
        <>
          <Markdown source={saved} {...around} onTick={can.edit ? tick : undefined} />
          {can.edit && (
            <>
              <IconButton
                icon={Pencil}
                name={t`Write the description`}
                command="task.describe"
                onClick={open}
                className="bg-panel border-line absolute! -top-1 end-0 border opacity-0 group-hover/text:opacity-100 focus-visible:opacity-100 pointer-coarse:hidden"
              />
              <Button
                size="small"
                icon={<Icon of={Pencil} size={12} />}
                onClick={open}
                className="text-muted mt-3 hidden! pointer-coarse:inline-flex!"
              >
                <Trans>Edit</Trans>
              </Button>
            </>
          )}
        </>
      )}
      {draft.dirty && can.edit && (
        <p className="text-muted mt-2 flex flex-wrap items-center gap-2 text-xs">
          <Trans>You have words here that are not saved.</Trans>
          <Button size="small" onClick={open}>
            <Trans>Go on writing</Trans>
          </Button>
          <Button size="small" kind="ghost" onClick={discard}>
            <Trans>Throw away</Trans>
          </Button>
        </p>
      )}
    </section>
  )
}
