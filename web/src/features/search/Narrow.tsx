import { useLingui } from '@lingui/react/macro'
import { ChevronDown } from 'lucide-react'

import { ProjectIcon } from '../../fields/ProjectIcon'
import { useLabels, useMembers, useProjects, type Category } from '../../store'
import { Avatar } from '../../ui/Avatar'
import { Chip } from '../../ui/Chip'
import { Icon } from '../../ui/Icon'
import { LabelDot } from '../../ui/LabelDot'
import { Picker, type PickerItem } from '../../ui/Picker'
import { StatusIcon } from '../../ui/StatusIcon'
import type { Narrowing } from './narrowing'

interface NarrowProps {
  value: Narrowing
  onChange: (next: Narrowing) => void
}

/** What a search is narrowed by, each a button that tells what is chosen. */
export function Narrow({ value, onChange }: NarrowProps) {
  const { t } = useLingui()
  const projects = useProjects().map((p) => ({ id: p.id, name: p.name, icon: <ProjectIcon project={p} /> }))
  const people = useMembers().map((m) => ({
    id: m.id,
    name: m.name,
    icon: <Avatar id={m.id} name={m.name} size={16} />,
  }))
  const labels = useLabels().map((l) => ({ id: l.id, name: l.name, icon: <LabelDot color={l.color} /> }))
  const names: Record<Category, string> = {
    backlog: t`Backlog`,
    todo: t`To do`,
    doing: t`In progress`,
    done: t`Done`,
    canceled: t`Canceled`,
  }
  const categories = (Object.keys(names) as Category[]).map((id) => ({
    id,
    name: names[id],
    icon: <StatusIcon category={id} />,
  }))
  const set = (field: 'project' | 'assignee' | 'category' | 'label') => (ids: readonly string[]) =>
    onChange({ ...value, [field]: ids })
  return (
    <div role="group" aria-label={t`Narrow the search`} className="flex flex-wrap items-center gap-2">
      <Choice name={t`Project`} items={projects} value={value.project} onChange={set('project')} />
      <Choice name={t`Status`} items={categories} value={value.category} onChange={set('category')} />
      <Choice name={t`Assignee`} items={people} value={value.assignee} onChange={set('assignee')} />
      {labels.length > 0 && <Choice name={t`Label`} items={labels} value={value.label} onChange={set('label')} />}
      <Chip
        chosen={value.completed}
        aria-pressed={value.completed}
        onClick={() => onChange({ ...value, completed: !value.completed })}
      >
        {t`Also completed`}
      </Chip>
    </div>
  )
}

interface ChoiceProps {
  name: string
  items: readonly PickerItem[]
  value: readonly string[]
  onChange: (ids: readonly string[]) => void
}

function Choice({ name, items, value, onChange }: ChoiceProps) {
  const { t } = useLingui()
  const chosen = items.filter((i) => value.includes(i.id))
  const said = chosen.length === 0 ? name : chosen.length === 1 ? chosen[0]!.name : `${name}: ${chosen.length}`
  return (
    <Picker
      name={name}
      multi
      items={items}
      value={value}
      onChange={onChange}
      empty={t`Nothing matches`}
      trigger={
        <button
          type="button"
          aria-label={chosen.length > 0 ? `${name}: ${chosen.map((c) => c.name).join(', ')}` : name}
          className={`border-line hover:bg-hover data-popup-open:bg-pressed pointer-coarse:h-9 inline-flex h-6 max-w-48 items-center gap-1.5 rounded-full border px-2 text-xs ${chosen.length > 0 ? 'bg-selected text-accent-text' : 'text-muted'}`}
        >
          {chosen.length === 1 && chosen[0]!.icon}
          <span className="truncate">{said}</span>
          <Icon of={ChevronDown} size={12} />
        </button>
      }
    />
  )
}
