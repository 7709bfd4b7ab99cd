import { ChevronDown, CircleUser, Inbox, LayoutGrid, Plus, Search, SlidersHorizontal } from 'lucide-react'

import { AvatarStack } from '../Avatar'
import { Button } from '../Button'
import { Chip } from '../Chip'
import { classes } from '../classes'
import { Icon } from '../Icon'
import { IconButton } from '../IconButton'
import { Kbd } from '../Kbd'
import { LabelDot } from '../LabelDot'
import { PriorityIcon } from '../PriorityIcon'
import { StatusIcon, type StatusCategory } from '../StatusIcon'
import { people } from './Case'

const tasks: [number, string, StatusCategory, string, string[], string, number][] = [
  [1, 'WEB-41', 'doing', 'Sign-in loops when the session ends during a redirect', ['red bug'], 'Overdue 24 Nov', 1],
  [
    2,
    'WEB-38',
    'doing',
    'Board keeps its place when a colleague moves a card',
    ['violet board', 'teal realtime'],
    'Today',
    3,
  ],
  [3, 'WEB-36', 'todo', 'Quick add reads “next Friday 5pm” in the user’s time zone', ['sky quick add'], 'Fri', 1],
  [0, 'WEB-33', 'todo', 'Write down how a workspace is moved to another server', [], '', 0],
  [4, 'WEB-29', 'backlog', 'Nicer words when an invitation has run out', ['brown words'], '24 Dec', 1],
  [2, 'WEB-12', 'done', 'Undo for everything that deletes', ['green undo'], '', 2],
  [3, 'WEB-7', 'canceled', 'Confetti', [], '', 1],
]

/** What the tokens make of a list, a sidebar and a card: for judging them together. */
export function Likeness() {
  return (
    <div className="bg-background flex h-120 overflow-hidden">
      <nav className="border-line flex w-56 shrink-0 flex-col gap-0.5 border-e p-2 max-phone:hidden">
        <div className="flex h-9 items-center gap-2 px-2 font-semibold">
          <span className="bg-accent text-accent-ink grid size-5 place-items-center rounded-sm text-[11px]">R</span>{' '}
          Rung Labs
          <Icon of={ChevronDown} size={14} className="text-icon" />
        </div>
        {[
          [Search, 'Search', 'mod+k'],
          [CircleUser, 'My work', 'g m'],
          [Inbox, 'Inbox', ''],
          [LayoutGrid, 'Dashboard', ''],
        ].map(([icon, name, keys], place) => (
          <a
            key={name as string}
            className={classes(
              'h-item flex items-center gap-2 rounded-md px-2',
              place === 1 ? 'bg-pressed font-medium' : 'hover:bg-hover',
            )}
          >
            <Icon of={icon as typeof Inbox} className="text-icon" />
            <span className="grow">{name as string}</span>
            {keys && <Kbd keys={keys as string} quiet className="text-muted" />}
          </a>
        ))}
        <div className="text-muted px-2 pt-4 pb-1 text-xs font-medium">Projects</div>
        {['blue Website', 'green Mobile app', 'orange Office move'].map((p) => (
          <a key={p} className="h-item hover:bg-hover flex items-center gap-2 rounded-md px-2">
            <span className="grid size-4 place-items-center">
              <LabelDot color={p.split(' ')[0]} />
            </span>
            {p.slice(p.indexOf(' ') + 1)}
          </a>
        ))}
      </nav>
      <main className="bg-panel min-w-0 grow">
        <header className="h-header border-line flex items-center gap-2 border-b px-4">
          <h1 className="text-base font-semibold">Website</h1>
          <span className="grow" />
          <Chip chosen onRemove={() => undefined}>
            Assignee is me
          </Chip>
          <IconButton icon={SlidersHorizontal} name="Show as" keys="v" />
          <Button kind="primary" icon={<Icon of={Plus} />}>
            New task
          </Button>
        </header>
        {tasks.map(([priority, key, category, title, labels, due, faces], place) => (
          <div
            key={key}
            className={classes(
              'h-row border-line flex items-center gap-3 border-b px-4',
              place === 1 && 'bg-selected',
              place === 2 && 'row-cursor',
              place === 3 && 'bg-hover',
            )}
          >
            <PriorityIcon priority={priority} />
            <span className="w-key text-muted shrink-0">{key}</span>
            <StatusIcon category={category} />
            <span className={classes('min-w-0 grow truncate', category === 'canceled' && 'text-muted line-through')}>
              {title}
            </span>
            <span className="flex gap-1.5 max-phone:hidden">
              {labels.map((l) => (
                <Chip key={l} icon={<LabelDot color={l.split(' ')[0]} />}>
                  {l.slice(l.indexOf(' ') + 1)}
                </Chip>
              ))}
            </span>
            <span
              className={classes(
                'w-28 shrink-0 text-end text-xs max-phone:hidden',
                due.startsWith('Overdue') ? 'text-overdue' : 'text-muted',
              )}
            >
              {due}
            </span>
            <span className="flex w-10 shrink-0">
              <AvatarStack people={people.slice(0, faces)} />
            </span>
          </div>
        ))}
        <div className="border-line bg-floating m-4 w-card max-w-full rounded-lg border p-3">
          <div className="text-muted flex items-center gap-2 text-xs">
            <StatusIcon category="doing" /> WEB-38
          </div>
          <p className="mt-1 font-medium">Board keeps its place when a colleague moves a card</p>
          <div className="mt-2 flex items-center gap-2">
            <PriorityIcon priority={2} />
            <Chip icon={<LabelDot color="violet" />}>board</Chip>
            <span className="grow" />
            <AvatarStack people={people.slice(0, 3)} max={3} />
          </div>
        </div>
      </main>
    </div>
  )
}
