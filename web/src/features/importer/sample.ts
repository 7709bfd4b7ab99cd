import { t } from '@lingui/core/macro'

import { newID, type Actions } from '../../store'

/**
 * Makes a small project to try things in: eight tasks, each of which shows one of them. It is undone as one, and deleted
 * as any project.
 */
export function makeSample(act: Actions, { me, today, later }: { me: string; today: string; later: string }) {
  const project = newID()
  const [backlog, todo, doing, done] = [newID(), newID(), newID(), newID()]
  const task = (
    status: string,
    title: string,
    description: string,
    more: { priority?: number; due?: string; assignees?: string[] } = {},
  ) => ({ kind: 'task.create' as const, task: { id: newID(), project, status, title, description, ...more } })
  const made = act.all(
    {
      kind: 'project.create',
      project: {
        id: project,
        name: t`First steps`,
        color: 'violet',
        icon: '🌱',
        description: t`A place to try things. Delete it in its settings when you are done.`,
        statuses: [
          { id: backlog, name: t`Backlog`, category: 'backlog' },
          { id: todo, name: t`To do`, category: 'todo' },
          { id: doing, name: t`In progress`, category: 'doing' },
          { id: done, name: t`Done`, category: 'done' },
        ],
      },
    },
    task(
      todo,
      t`Move this task to In progress`,
      t`Drag it, or choose it with the arrow keys and press **s** to pick another status.`,
      { priority: 2, due: today, assignees: [me] },
    ),
    task(
      todo,
      t`Add a task with one line`,
      t`Press **c** anywhere and type:\n\n\`Send report tomorrow 5pm !high #finance\`\n\nThe date, the priority and the label are read while you type.`,
      { assignees: [me] },
    ),
    task(
      todo,
      t`Find anything with Ctrl K`,
      t`Projects, tasks, and everything that can be done. On a Mac it is **⌘ K**. Press **?** to see all keys.`,
    ),
    task(
      todo,
      t`Tick what is in a description`,
      t`Descriptions are Markdown. Lists can be ticked without editing:\n\n- [x] Open this task\n- [ ] Tick this line\n- [ ] Paste a picture here`,
      { priority: 3 },
    ),
    task(
      doing,
      t`See what is yours in My work`,
      t`Press **g**, then **m**. What is assigned to you in any project stands there: overdue, today, this week, later.`,
      { due: later, assignees: [me] },
    ),
    task(
      backlog,
      t`Change several tasks at once`,
      t`In the list, mark tasks with **x**, or a span with **Shift** and the arrow keys. Then press a key, such as **p** for the priority.`,
    ),
    task(
      backlog,
      t`Invite somebody`,
      t`In the workspace’s settings, by mail or by a link. You see each other’s changes at once.`,
      { priority: 4 },
    ),
    task(
      done,
      t`Take something back`,
      t`**Ctrl Z** undoes what you did last, also deleting. Nothing to do here: it is done already.`,
    ),
  )
  return { ...made, project }
}
