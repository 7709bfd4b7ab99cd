import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'

import { ColorField } from '../../fields/ColorField'
import { useActions, useProjects, useWorkspace } from '../../store'
import { Button } from '../../ui/Button'
import { colorNames } from '../../ui/colors'
import { Dialog } from '../../ui/Dialog'
import { TextField } from '../../ui/TextField'
import { freeKey, keyFrom } from './projectKey'

/** Makes a project: its name, the letters of its keys, its colour. */
export default function NewProject({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const act = useActions()
  const navigate = useNavigate()
  const workspace = useWorkspace().slug
  const projects = useProjects()
  const taken = new Set(projects.flatMap((p) => [p.key, ...p.former_keys]))
  const [name, setName] = useState('')
  const [own, setOwn] = useState<string>()
  const [color, setColor] = useState<string>(colorNames[1 + (projects.length % (colorNames.length - 1))]!)
  const [tried, setTried] = useState(false)
  const key = own ?? freeKey(keyFrom(name), taken)
  const nameError = name.trim() ? undefined : t`Give it a name.`
  const keyError = !/^[A-Z][A-Z0-9]{1,9}$/.test(key)
    ? t`Use 2 to 10 letters and digits, a letter first.`
    : taken.has(key)
      ? t`Another project has this key.`
      : undefined

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (nameError || keyError) return
    act.createProject({ name: name.trim(), key, color })
    onClose()
    void navigate({ to: '/$workspace/p/$project', params: { workspace, project: key } })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title={t`New project`}
      actions={
        <Button type="submit" form="new-project" kind="primary">
          <Trans>Make project</Trans>
        </Button>
      }
    >
      <form id="new-project" noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t`Name`}
          autoFocus
          maxLength={100}
          value={name}
          onChange={(e) => setName(e.target.value)}
          error={tried && nameError}
        />
        <TextField
          label={t`Key`}
          hint={t`Its tasks are called ${key || 'WEB'}-1, ${key || 'WEB'}-2 and so on.`}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          maxLength={10}
          value={key}
          onChange={(e) => setOwn(e.target.value.toUpperCase())}
          error={(tried || own !== undefined) && keyError}
        />
        <ColorField label={t`Colour`} value={color} onChange={setColor} />
      </form>
    </Dialog>
  )
}
