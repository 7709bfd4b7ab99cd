import { Columns3, List, Search } from 'lucide-react'
import { useState } from 'react'

import { Checkbox } from '../Checkbox'
import { FormErrors } from '../FormErrors'
import { Icon } from '../Icon'
import { RadioGroup } from '../RadioGroup'
import { SegmentedControl } from '../SegmentedControl'
import { Select } from '../Select'
import { StatusIcon } from '../StatusIcon'
import { Switch } from '../Switch'
import { Tabs } from '../Tabs'
import { TextArea } from '../TextArea'
import { TextField } from '../TextField'
import { Case } from './Case'

export function Forms() {
  const [on, setOn] = useState(true)
  const [access, setAccess] = useState<'workspace' | 'private'>('workspace')
  const [status, setStatus] = useState<'todo' | 'doing' | 'done'>('doing')
  const [layout, setLayout] = useState<'board' | 'list'>('board')
  const [tab, setTab] = useState<'comments' | 'activity'>('comments')
  return (
    <div className="bg-panel">
      <Case name="TextField, TextArea">
        <div className="grid w-full max-w-200 gap-4 sm:grid-cols-2">
          <TextField label="Project name" placeholder="Website" hint="Everybody in the workspace sees it." />
          <TextField label="Key" defaultValue="WEB 2" error="Only letters and digits, for instance WEB2." id="key" />
          <TextField
            label="Search"
            hideLabel
            placeholder="Search"
            end={<Icon of={Search} className="text-icon me-1.5" />}
          />
          <TextField label="Disabled" disabled defaultValue="Cannot be changed" />
          <TextField label="Email" size="large" type="email" />
          <TextField label="Read only" readOnly defaultValue="https://rung.example.com" />
          <TextArea label="Description" defaultValue={'It grows\nwith every\nline\nthat is written.'} />
        </div>
      </Case>
      <Case name="FormErrors">
        <FormErrors errors={[{ field: 'key', text: 'The key has a space in it' }, { text: 'Choose who may see it' }]} />
      </Case>
      <Case name="Checkbox, Switch, RadioGroup">
        <div className="grid w-full max-w-200 gap-4 sm:grid-cols-3">
          <div className="flex flex-col gap-2">
            <Checkbox label="Checked" checked={on} onChange={setOn} />
            <Checkbox label="Not checked" hint="With a hint below" checked={!on} onChange={() => setOn(!on)} />
            <Checkbox label="Some of them" some checked={false} onChange={() => undefined} />
            <Checkbox label="Disabled" disabled checked onChange={() => undefined} />
          </div>
          <div className="flex flex-col gap-3">
            <Switch label="Email me" hint="Once a day at most" checked={on} onChange={setOn} />
            <Switch label="Show done" checked={!on} onChange={() => setOn(!on)} />
            <Switch label="Disabled" disabled checked={false} onChange={() => undefined} />
          </div>
          <RadioGroup
            label="Access"
            value={access}
            onChange={setAccess}
            options={[
              { value: 'workspace', name: 'Everybody', hint: 'All members of the workspace' },
              { value: 'private', name: 'Only those invited' },
            ]}
          />
        </div>
      </Case>
      <Case name="Select, SegmentedControl">
        <Select
          label="Status"
          value={status}
          onChange={setStatus}
          narrow
          options={(['todo', 'doing', 'done'] as const).map((s) => ({
            value: s,
            name: `Status ${s}`,
            icon: <StatusIcon category={s} />,
          }))}
        />
        <SegmentedControl
          name="Layout"
          value={layout}
          onChange={setLayout}
          options={[
            { value: 'board', name: 'Board', icon: Columns3 },
            { value: 'list', name: 'List', icon: List },
          ]}
        />
        <SegmentedControl
          name="Layout"
          value={layout}
          onChange={setLayout}
          options={[
            { value: 'board', name: 'Board', icon: Columns3, iconOnly: true },
            { value: 'list', name: 'List', icon: List, iconOnly: true },
          ]}
        />
      </Case>
      <Case name="Tabs">
        <div className="w-full max-w-140">
          <Tabs
            name="Story of the task"
            value={tab}
            onChange={setTab}
            tabs={[
              { value: 'comments', name: 'Comments', count: 12, panel: 'What was said' },
              { value: 'activity', name: 'Activity', panel: 'What was done' },
            ]}
          />
        </div>
      </Case>
    </div>
  )
}
