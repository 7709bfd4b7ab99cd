import { Trans, useLingui } from '@lingui/react/macro'
import { useState, type FormEvent } from 'react'

import { useActions, type Category, type Project } from '../../store'
import { Button } from '../../ui/Button'
import { Select } from '../../ui/Select'
import { StatusIcon } from '../../ui/StatusIcon'
import { TextField } from '../../ui/TextField'
import { useKinds } from './kinds'

/** Adds a status: its name, and what it counts as. It stands behind the last one of its kind. */
export function NewStatus({ project, onDone }: { project: Project; onDone: () => void }) {
  const { t } = useLingui()
  const act = useActions()
  const kinds = useKinds()
  const [name, setName] = useState('')
  const [category, setCategory] = useState<Category>('doing')
  const [tried, setTried] = useState(false)

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!name.trim()) return
    const before = project.statuses.filter((s) => s.category === category).at(-1)
    act.createStatus(project.id, { name: name.trim(), category, place: before ? { after: before.id } : 'last' })
    onDone()
  }
  return (
    <form noValidate onSubmit={submit} className="flex items-start gap-2 max-phone:flex-wrap">
      <TextField
        label={t`Name of the new status`}
        hideLabel
        placeholder={t`New status`}
        autoFocus
        maxLength={200}
        autoComplete="off"
        className="grow"
        value={name}
        onChange={(e) => setName(e.target.value)}
        onKeyDown={(e) => {
          if (e.key !== 'Escape') return
          e.stopPropagation()
          onDone()
        }}
        error={tried && !name.trim() && t`Give it a name.`}
      />
      <Select
        label={t`Counts as`}
        hideLabel
        narrow
        value={category}
        onChange={setCategory}
        options={kinds.map((k) => ({ value: k.id, name: k.name, icon: <StatusIcon category={k.id} /> }))}
      />
      <Button type="submit" kind="primary" className="h-8 pointer-coarse:h-11">
        <Trans>Add</Trans>
      </Button>
      <Button className="h-8 pointer-coarse:h-11" onClick={onDone}>
        <Trans>Cancel</Trans>
      </Button>
    </form>
  )
}
