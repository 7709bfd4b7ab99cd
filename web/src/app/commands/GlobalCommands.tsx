import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import {
  Command as CommandIcon,
  FolderPlus,
  Keyboard,
  LogOut,
  Monitor,
  Moon,
  PanelLeft,
  Plus,
  Redo2,
  Search,
  SquarePen,
  Sun,
  Undo2,
} from 'lucide-react'
import { useEffect, useState } from 'react'

import { end } from '../../api/session'
import { changePerson, useActions, useCan, useWorkspace } from '../../store'
import { unsent } from '../../store/open'
import { isTyping, releaseKeys, useCommands, type Command } from '../../ui/commands'
import { usePhone } from '../../ui/media'
import { toast } from '../../ui/Toast'
import { toggleSidebar } from '../layout/sidebarState'
import { part, whenIdle } from '../../ui/part'
import { Palette, PaletteHost } from './PaletteHost'
import { SignOutQuestion } from './SignOutQuestion'
import { useGoCommands } from './useGoCommands'

const QuickAdd = part(() => import('../../features/quickadd/QuickAdd'))
const Shortcuts = part(() => import('./Shortcuts'))
const NewProject = part(() => import('./NewProject'))

/** What opens by a key is there at once. */
function preload() {
  for (const one of [Palette, QuickAdd, Shortcuts]) one.preload()
}

type Open = 'palette' | 'quick-add' | 'shortcuts' | 'project' | 'sign-out'

/** What can be done from everywhere in a workspace, and the dialogs for it. */
export function GlobalCommands() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const workspace = useWorkspace().slug
  const act = useActions()
  const can = useCan()
  const phone = usePhone()
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  useEffect(() => whenIdle(preload), [])

  function undo(event: KeyboardEvent | undefined, back: () => boolean, done: string) {
    if (event && isTyping(event.target)) return false // a field has its own
    if (back()) toast({ text: done })
    return undefined
  }
  const theme = (to: 'light' | 'dark' | 'system') => () => void changePerson({ theme: to }).catch(() => undefined)
  const look = t`Look`
  const work = t`Work`
  const commands: Command[] = [
    {
      id: 'palette.open',
      name: t`Search and commands`,
      group: work,
      keys: 'mod+k',
      icon: CommandIcon,
      run: () => setOpen('palette'),
    },
    {
      id: 'task.quick-add',
      name: t`Add a task`,
      group: work,
      keys: 'c',
      icon: SquarePen,
      run: () => setOpen('quick-add'),
    },
    {
      id: 'search.open',
      name: t`Search tasks and comments`,
      group: work,
      keys: '/',
      icon: Search,
      run: () => void navigate({ to: '/$workspace/search', params: { workspace } }),
    },
    {
      id: 'edit.undo',
      name: t`Undo`,
      group: work,
      keys: 'mod+z',
      icon: Undo2,
      run: (e) => undo(e, act.undoLast, t`Undone`),
    },
    {
      id: 'edit.redo',
      name: t`Redo`,
      group: work,
      keys: ['mod+shift+z', 'mod+y'],
      icon: Redo2,
      run: (e) => undo(e, act.redoLast, t`Done again`),
    },
    {
      id: 'project.new',
      name: t`New project`,
      group: work,
      icon: FolderPlus,
      enabled: can.createProject,
      run: () => setOpen('project'),
    },
    { id: 'workspace.new', name: t`New workspace`, group: work, icon: Plus, run: () => void navigate({ to: '/new' }) },
    {
      id: 'sidebar.toggle',
      name: t`Show or hide the sidebar`,
      group: look,
      keys: ['[', 'mod+\\'],
      icon: PanelLeft,
      enabled: !phone,
      run: toggleSidebar,
    },
    { id: 'theme.light', name: t`Use the light theme`, group: look, icon: Sun, run: theme('light') },
    { id: 'theme.dark', name: t`Use the dark theme`, group: look, icon: Moon, run: theme('dark') },
    { id: 'theme.system', name: t`Use the theme of the system`, group: look, icon: Monitor, run: theme('system') },
    {
      id: 'shortcuts.open',
      name: t`Keyboard shortcuts`,
      group: t`Help`,
      keys: '?',
      icon: Keyboard,
      run: () => setOpen('shortcuts'),
    },
    {
      id: 'session.end',
      name: t`Sign out`,
      group: t`Account`,
      icon: LogOut,
      run: () => void signOut(() => setOpen('sign-out')),
    },
  ]
  useCommands([...useGoCommands(), ...commands])
  useEffect(releaseKeys, [])
  return (
    <>
      <PaletteHost open={open === 'palette'} onClose={close} />
      {open === 'quick-add' && <QuickAdd open onClose={close} />}
      {open === 'shortcuts' && <Shortcuts onClose={close} />}
      {open === 'project' && <NewProject onClose={close} />}
      {open === 'sign-out' && <SignOutQuestion onClose={close} />}
    </>
  )
}

/** Signs out once what is on its way has arrived, for two seconds at most; what still waits then is asked about. */
async function signOut(ask: () => void): Promise<void> {
  for (let tries = 0; tries < 20 && unsent() > 0 && navigator.onLine; tries++)
    await new Promise((r) => setTimeout(r, 100))
  if (unsent() > 0) ask()
  else await end()
}
