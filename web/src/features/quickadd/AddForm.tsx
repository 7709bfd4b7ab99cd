import { Trans, useLingui } from '@lingui/react/macro'
import { AlignLeft } from 'lucide-react'
import { useRef, useState } from 'react'

import { useDraft } from '../../markdown/useDraft'
import type { Chip } from '../../quickadd'
import { useMe, useWorkspace, type ID } from '../../store'
import { Button } from '../../ui/Button'
import { useCommands } from '../../ui/commands'
import { IconButton } from '../../ui/IconButton'
import { Kbd } from '../../ui/Kbd'
import { appended, replaced, wordFor } from './line'
import { Properties } from './Properties'
import { Several } from './Several'
import { TaskLine } from './TaskLine'
import { useAdding } from './useAdding'
import { useReading } from './useReading'
import { useScreenDefaults, useTargets } from './useScreen'

/** A task in one line: read while it is written, kept until it is added. */
export function AddForm({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const name = `${useMe().id}.${useWorkspace().id}.new`
  const draft = useDraft(`${name}.title`, '')
  const body = useDraft(`${name}.description`, '')
  const [defaults, setDefaults] = useState(useScreenDefaults())
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set())
  const [described, setDescribed] = useState(body.text !== '')
  const [choosing, setChoosing] = useState(false)
  const [several, setSeveral] = useState<readonly string[]>()
  const field = useRef<HTMLInputElement>(null)
  const { targets, last, remember } = useTargets()
  const read = useReading(targets, targets.some((p) => p.id === defaults.project) ? defaults.project : last)
  const add = useAdding(read, defaults)
  const line = draft.text
  const { parsed, project } = read(line, refused)

  function write(next: string) {
    draft.change(next)
    setRefused((now) => new Set([...now].filter((text) => next.includes(text))))
  }
  function refuse(chip: Chip) {
    setRefused((now) => new Set(now).add(chip.text))
    field.current?.focus()
  }
  function finish(stay: boolean) {
    draft.clear()
    body.clear()
    setRefused(new Set())
    setDescribed(false)
    if (project) remember(project.id)
    if (stay) field.current?.focus()
    else onClose()
  }
  function submit(stay: boolean) {
    if (line.trim() === '') return
    if (add([{ line, refused, description: body.text }])) finish(stay)
    else setChoosing(true)
  }
  function choose(id: ID) {
    const to = targets.find((p) => p.id === id)
    const piece = parsed.chips.find((c) => c.kind === 'project')
    if (to && piece) write(replaced(line, piece, wordFor('project', to.key)))
    else setDefaults({ ...defaults, project: id })
    remember(id)
  }
  const describe = () => setDescribed(true)
  useCommands([
    { id: 'quick-add.describe', name: t`Add a description`, keys: 'mod+shift+d', hidden: true, run: describe },
  ])
  if (targets.length === 0)
    return (
      <p className="text-muted px-5 py-6">
        <Trans>There is no project that you can add tasks to.</Trans>
      </p>
    )
  return (
    <>
      <TaskLine
        line={line}
        chips={parsed.chips}
        refused={refused}
        targets={targets}
        project={project}
        field={field}
        onChange={write}
        onRefuse={refuse}
        onSeveral={setSeveral}
        onEnter={submit}
        onFurther={describe}
      />
      {described && (
        <textarea
          autoFocus
          value={body.text}
          aria-label={t`Description`}
          placeholder={t`Description`}
          onChange={(e) => body.change(e.target.value)}
          onKeyDown={(e) => {
            if (e.key !== 'Enter' || !(e.metaKey || e.ctrlKey) || e.nativeEvent.isComposing) return
            e.preventDefault()
            submit(true)
          }}
          className="autogrow max-h-60 min-h-16 w-full resize-none bg-transparent px-5 pb-2 text-base outline-none max-phone:px-4"
        />
      )}
      {several ? (
        <Several
          lines={several}
          read={read}
          onAdd={() => {
            if (add(several.map((one) => ({ line: one })))) onClose()
            else setChoosing(true)
          }}
          onOne={() => {
            write(appended(line, several.join(' ')))
            setSeveral(undefined)
          }}
        />
      ) : null}
      <Properties
        pieces={parsed.chips}
        project={project}
        choosing={choosing}
        onChoosing={setChoosing}
        onProject={choose}
        onStatus={(status) => setDefaults({ ...defaults, status })}
        defaults={defaults}
        onDefaults={setDefaults}
        onReplace={(piece, word) => write(replaced(line, piece, word))}
        onAppend={(word) => write(appended(line, word))}
        onRefuse={refuse}
      />
      <div className="border-line flex items-center gap-3 border-t px-5 py-2.5 max-phone:px-4">
        <IconButton
          icon={AlignLeft}
          name={t`Add a description`}
          command="quick-add.describe"
          pressed={described}
          onClick={describe}
        />
        <span className="grow" />
        <span className="text-muted flex items-center gap-1.5 text-xs pointer-coarse:hidden">
          <Kbd keys="shift+enter" />
          <Trans>and another one</Trans>
        </span>
        <Button kind="primary" disabled={line.trim() === ''} onClick={() => submit(false)}>
          <Trans>Add task</Trans>
        </Button>
      </div>
    </>
  )
}
