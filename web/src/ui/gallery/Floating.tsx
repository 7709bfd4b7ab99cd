import { Archive, Copy, Ellipsis, Pencil, Trash2, Undo2 } from 'lucide-react'
import { useState } from 'react'

import { AlertDialog } from '../AlertDialog'
import { Avatar } from '../Avatar'
import { Button } from '../Button'
import { Dialog, DialogClose } from '../Dialog'
import { IconButton } from '../IconButton'
import { LabelDot } from '../LabelDot'
import { ContextMenu, Menu, type MenuEntry } from '../Menu'
import { Picker } from '../Picker'
import { Popover } from '../Popover'
import { Sheet } from '../Sheet'
import { StatusIcon } from '../StatusIcon'
import { TextField } from '../TextField'
import { toast } from '../Toast'
import { colorNames } from '../colors'
import { Case, people } from './Case'

const entries: MenuEntry[] = [
  { name: 'Edit title', icon: Pencil, keys: 'e' },
  {
    name: 'Status',
    icon: <StatusIcon category="doing" />,
    items: [
      { name: 'To do', icon: <StatusIcon category="todo" />, checked: false },
      { name: 'In progress', icon: <StatusIcon category="doing" />, checked: true },
      { name: 'Done', icon: <StatusIcon category="done" />, checked: false },
    ],
  },
  { name: 'Copy link', icon: Copy, keys: 'mod+shift+c' },
  'line',
  { heading: 'Put away' },
  { name: 'Archive', icon: Archive, disabled: true },
  { name: 'Delete', icon: Trash2, keys: 'mod+backspace', danger: true },
]

export function Floating() {
  const [who, setWho] = useState<string[]>(['0191b'])
  const [labels, setLabels] = useState<string[]>(['teal', 'red'])
  const [many, setMany] = useState<string[]>([])
  return (
    <div className="bg-panel">
      <Case name="Menu, ContextMenu, Popover">
        <Menu trigger={<Button>Open menu</Button>} items={entries} />
        <Menu trigger={<IconButton icon={Ellipsis} name="More" keys="mod+." />} items={entries} />
        <ContextMenu items={() => entries}>
          <div tabIndex={0} className="border-line rounded-md border border-dashed px-3 py-1">
            Right click or Shift+F10
          </div>
        </ContextMenu>
        <Popover trigger={<Button>Open popover</Button>} name="Rename" className="w-64 p-3">
          <TextField label="Name" defaultValue="Website" />
        </Popover>
      </Case>
      <Case name="Picker">
        <Picker
          trigger={<Button>Assignee</Button>}
          name="Assign to"
          items={people.map((p) => ({ ...p, icon: <Avatar {...p} />, hint: p.name === 'Lin' ? 'Guest' : undefined }))}
          value={who}
          onChange={setWho}
        />
        <Picker
          trigger={<Button>Labels</Button>}
          name="Change labels"
          multi
          items={colorNames.map((c) => ({ id: c, name: c, icon: <LabelDot color={c} /> }))}
          value={labels}
          onChange={setLabels}
          onCreate={(text) => toast({ text: `Made ${text}` })}
          createName={(text) => `Create label “${text}”`}
        />
        <Picker
          trigger={<Button>Many</Button>}
          name="One of 5,000"
          items={Array.from({ length: 5000 }, (_, n) => ({ id: String(n), name: `Task number ${n}` }))}
          value={many}
          onChange={setMany}
        />
      </Case>
      <Case name="Dialog, AlertDialog, Sheet, Toast">
        <Dialog
          trigger={<Button>Open dialog</Button>}
          title="New project"
          description="A place for the tasks of one endeavour."
          actions={
            <>
              <DialogClose>Cancel</DialogClose>
              <Button kind="primary">Create project</Button>
            </>
          }
        >
          <TextField label="Name" placeholder="Website" />
        </Dialog>
        <AlertDialog
          trigger={<Button>Delete</Button>}
          title="Delete this project?"
          confirm="Delete project"
          onConfirm={() => undefined}
        >
          Its 42 tasks go to the trash and can be restored for 30 days.
        </AlertDialog>
        <Sheet
          trigger={<Button>Open sheet</Button>}
          title="Filter"
          actions={<Button kind="primary">Show 12 tasks</Button>}
        >
          <div className="p-4">What is in the sheet</div>
        </Sheet>
        <Button
          icon={<Undo2 aria-hidden size={16} />}
          onClick={() => toast({ text: 'WEB-12 deleted', undo: () => toast({ text: 'WEB-12 is back' }) })}
        >
          Show toast
        </Button>
        <Button
          onClick={() =>
            toast({ text: 'The status could not be changed: you may only read this project.', alarm: true })
          }
        >
          Show alarm
        </Button>
      </Case>
    </div>
  )
}
