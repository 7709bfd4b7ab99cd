import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Tags, Trash2 } from 'lucide-react'
import { useState, type FormEvent } from 'react'

import { ColorButton } from '../../fields/ColorField'
import { CommitField } from '../../fields/CommitField'
import { useActions, useCan, useCount, useLabels, type Label } from '../../store'
import { Button } from '../../ui/Button'
import { colorNames } from '../../ui/colors'
import { IconButton } from '../../ui/IconButton'
import { LabelDot } from '../../ui/LabelDot'
import { Notice } from '../../ui/Notice'
import { SettingsSection } from '../../ui/SettingsSection'
import { TextField } from '../../ui/TextField'
import { toast } from '../../ui/Toast'

/** The labels that all tasks of the workspace share. */
export function LabelSettings() {
  const { t } = useLingui()
  const labels = useLabels()
  const { editLabels } = useCan()
  return (
    <SettingsSection title={<Trans>Labels</Trans>} lead={<Trans>The same in all projects of the workspace.</Trans>}>
      {editLabels && <NewLabel labels={labels} />}
      {labels.length === 0 ? (
        <Notice icon={Tags} text={<Trans>No labels yet.</Trans>} />
      ) : (
        <ul aria-label={t`Labels`} className="border-line-strong divide-line divide-y rounded-lg border">
          {labels.map((l) => (
            <LabelLine key={l.id} label={l} labels={labels} editable={editLabels} />
          ))}
        </ul>
      )}
    </SettingsSection>
  )
}

/** Whether another label has the name, in any case of letters. */
const taken = (labels: readonly Label[], name: string, but?: string) =>
  labels.some((l) => l.id !== but && l.name.toLowerCase() === name.trim().toLowerCase())

function NewLabel({ labels }: { labels: readonly Label[] }) {
  const { t } = useLingui()
  const act = useActions()
  const next = colorNames[1 + (labels.length % (colorNames.length - 1))]!
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<string>()
  const [error, setError] = useState<string>()

  function submit(event: FormEvent) {
    event.preventDefault()
    const wrong = !name.trim()
      ? t`Give it a name.`
      : taken(labels, name)
        ? t`There is a label with this name.`
        : undefined
    setError(wrong)
    if (wrong) return
    act.createLabel({ name: name.trim(), color: chosen ?? next })
    setName('')
    setChosen(undefined)
  }
  return (
    <form noValidate onSubmit={submit} className="flex items-start gap-2">
      <span className="grid h-8 place-items-center pointer-coarse:h-11">
        <ColorButton label={t`Colour of the new label`} value={chosen ?? next} onChange={setChosen} />
      </span>
      <TextField
        label={t`New label`}
        hideLabel
        placeholder={t`New label`}
        maxLength={50}
        className="grow"
        autoComplete="off"
        value={name}
        onChange={(e) => setName(e.target.value)}
        error={error}
      />
      <Button type="submit" className="h-8 pointer-coarse:h-11">
        <Trans>Add</Trans>
      </Button>
    </form>
  )
}

function LabelLine({ label, labels, editable }: { label: Label; labels: readonly Label[]; editable: boolean }) {
  const { t } = useLingui()
  const act = useActions()
  const count = useCount({ filter: { field: 'label', op: 'eq', value: label.id } })
  const used = (
    <span className="text-muted w-16 shrink-0 text-end text-xs">
      <Plural value={count} one="# task" other="# tasks" />
    </span>
  )
  if (!editable)
    return (
      <li className="h-row flex items-center gap-3 px-3">
        <LabelDot color={label.color} />
        <span className="grow truncate">{label.name}</span>
        {used}
      </li>
    )
  return (
    <li className="flex items-center gap-2 py-1.5 ps-1.5 pe-2">
      <ColorButton
        label={t`Colour of ${label.name}`}
        value={label.color}
        onChange={(color) => act.updateLabel(label.id, { color })}
      />
      <CommitField
        quiet
        label={t`Name of ${label.name}`}
        hideLabel
        maxLength={50}
        className="min-w-0 grow"
        value={label.name}
        check={(name) =>
          !name ? t`Give it a name.` : taken(labels, name, label.id) ? t`There is a label with this name.` : undefined
        }
        onCommit={(name) => void act.updateLabel(label.id, { name })}
      />
      {used}
      <IconButton
        icon={Trash2}
        name={t`Delete ${label.name}`}
        onClick={() => {
          const { undo } = act.deleteLabel(label.id)
          toast({ text: t`${label.name} is deleted`, undo })
        }}
      />
    </li>
  )
}
