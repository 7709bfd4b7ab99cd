import type { HistoryEvent, Task } from './types'
import { makeTestStore, type TestRows } from './testStore'

const list = { filter: { field: 'project', op: 'eq', value: 'project-1' } } as const

function opened(rows: TestRows = {}) {
  const store = makeTestStore({ project: [{}], task: [{ title: 'One' }, { title: 'Two' }], ...rows })
  const { memory, act } = store
  return {
    ...store,
    act,
    task: (id = 'task-1') => memory.data.get('task', id),
    titles: () =>
      memory.queries
        .get(list)
        .tasks()
        .map((t) => t.title),
    waiting: () => memory.pending().map((op) => op.id),
  }
}

function event(seq: number, type: string, id: string, data: object, changed = Object.keys(data)): HistoryEvent {
  const actor = { type: 'user', id: 'bob', name: 'Bob' }
  const entity = type.slice(0, type.indexOf('.'))
  return {
    seq,
    id: `event-${seq}`,
    type,
    at: '2026-02-01T00:00:00.000Z',
    actor,
    entity,
    entity_id: id,
    version: seq,
    project: null,
    changed,
    data,
    request_id: '',
  }
}

const updated = (seq: number, data: Partial<Task>, id = 'task-1') => event(seq, 'task.updated', id, data)
const problem = { status: 412, code: 'version-conflict', detail: 'It has changed.', errors: [], conflicts: [] }

describe('what is confirmed', () => {
  test('follows events in their order and passes over old ones', () => {
    const { memory, task } = opened()
    expect(memory.applyEvent(updated(5, { title: 'Five' })).touched).toMatchObject([
      { kind: 'task', id: 'task-1', row: { title: 'Five', version: 5 } },
    ])
    expect(memory.applyEvent(updated(4, { title: 'Four' })).touched).toEqual([])
    expect(memory.applyEvent(updated(5, { title: 'Again' })).touched).toEqual([])
    expect(task()).toMatchObject({ title: 'Five', version: 5 })
  })

  test('gives a description for the disk and keeps none', () => {
    const { memory, task } = opened()
    const { touched } = memory.applyEvent(event(5, 'task.updated', 'task-1', { description: 'Long' }))
    expect(touched).toMatchObject([{ id: 'task-1', description: 'Long' }])
    expect(task()).not.toHaveProperty('description')
  })

  test('stays deleted whatever older things are told of it', () => {
    const { memory, task, titles } = opened()
    const before = task()!
    memory.applyEvent(event(7, 'task.deleted', 'task-1', { deleted_at: '2026-02-01T00:00:00.000Z' }))
    memory.load([{ kind: 'task', row: { ...before, version: 6 } }])
    memory.applyEvent(updated(6, { title: 'Late' }))
    expect(titles()).toEqual(['Two'])
    memory.applyEvent(event(8, 'task.restored', 'task-1', { ...before, title: 'Back' }, ['deleted_at']))
    expect(titles()).toEqual(['Back', 'Two'])
  })

  test('asks for what no event tells of a task that is back', () => {
    const { memory, task } = opened()
    const row = task()!
    expect(memory.applyEvent(event(7, 'task.restored', 'task-1', row, ['deleted_at']))).toMatchObject({
      tasks: ['task-1'],
    })
    expect(
      memory.applyEvent(
        event(8, 'task.created', 'new', { ...row, id: 'new', created_at: '2026-02-01T00:00:00.000Z' }, []),
      ).tasks,
    ).toBeUndefined()
    expect(memory.applyEvent(event(9, 'access.granted', 'p2', {})).reload).toBe('all')
    expect(memory.applyEvent({ ...event(10, 'access.granted', 'p2', {}), entity: 'project' }).reload).toBe('p2')
  })

  test('goes with a project that may not be seen any more, and can come back as it was', () => {
    const { memory, titles } = opened({ comment: [{}], view: [{ project: 'project-1' }] })
    const project = memory.data.get('project', 'project-1')!
    const { touched } = memory.applyEvent({ ...event(9, 'access.revoked', 'project-1', {}), entity: 'project' })
    expect(touched.map((t) => [t.kind, t.row])).toEqual([
      ['view', null],
      ['comment', null],
      ['task', null],
      ['task', null],
      ['project', null],
    ])
    expect(titles()).toEqual([])
    memory.beginSnapshot()
    memory.load([{ kind: 'project', row: project }])
    memory.endSnapshot(9)
    expect(memory.reads.project('P1')).toEqual(project)
  })

  test('renames the tasks of a project whose key is another', () => {
    const { memory } = opened()
    const { touched } = memory.applyEvent(event(9, 'project.updated', 'project-1', { key: 'WEB', former_keys: ['P1'] }))
    expect(touched.map((t) => (t.row as Task).key)).toEqual(['WEB', 'WEB-1', 'WEB-2'])
    expect(memory.data.task('web-2')?.title).toBe('Two')
    expect(memory.data.task('P1-2')?.title).toBe('Two')
  })

  test('is swept by a snapshot, but for what is newer than it', () => {
    const { memory, task, titles } = opened()
    const two = task('task-2')!
    memory.beginSnapshot()
    memory.applyEvent(event(11, 'task.created', 'new', { ...two, id: 'new', title: 'New' }, []))
    memory.load([
      { kind: 'task', row: two },
      { kind: 'project', row: memory.data.get('project', 'project-1')! },
    ])
    expect(memory.endSnapshot(10)).toMatchObject([
      { kind: 'member', row: null },
      { kind: 'task', id: 'task-1', row: null },
    ])
    expect(titles()).toEqual(['New', 'Two'])
  })

  test('stays as it was when a snapshot breaks off', () => {
    const { memory, titles } = opened()
    memory.beginSnapshot()
    memory.abandonSnapshot()
    memory.endSnapshot(10)
    expect(titles()).toEqual(['One', 'Two'])
  })
})

describe('a change that waits', () => {
  test('shows at once, and is rolled back when it is refused', async () => {
    const { memory, act, task, waiting } = opened()
    const before = task()
    const { saved } = act.updateTask('task-1', { title: 'Mine', priority: 1 })
    expect(task()).toMatchObject({ title: 'Mine', priority: 1 })
    memory.refuse(waiting()[0]!, problem)
    expect(task()).toBe(before)
    expect(memory.sync.refused).toMatchObject([{ problem: { code: 'version-conflict' } }])
    await expect(saved).rejects.toEqual(problem)
  })

  test('holds its fields, and lets others through', () => {
    const { memory, act, task } = opened()
    act.updateTask('task-1', { title: 'Mine' })
    memory.applyEvent(updated(5, { title: 'Theirs', priority: 2 }))
    expect(task()).toMatchObject({ title: 'Mine', priority: 2 })
    expect(memory.confirmed('task', 'task-1')).toMatchObject({ title: 'Theirs' })
  })

  test('keeps the place that it was given', () => {
    const { memory, act, task } = opened({ task: [{}, {}, {}] })
    act.updateTask('task-3', { place: { after: 'task-1' } })
    const at = task('task-3')!.position
    memory.applyEvent(updated(5, { position: '0000000000001' }, 'task-2'))
    memory.applyEvent(updated(6, { title: 'Other' }, 'task-1'))
    expect(task('task-3')!.position).toBe(at)
  })

  test('is the same row as long as nothing in it changes', () => {
    const { memory, act, task } = opened()
    act.updateTask('task-1', { title: 'Mine' })
    const shown = task()
    memory.applyEvent(updated(5, { title: 'Theirs' }, 'task-2'))
    expect(task()).toBe(shown)
  })

  test('is confirmed by an answer and then by the event', async () => {
    const { memory, act, task, waiting } = opened()
    const { saved } = act.updateTask('task-1', { priority: 3 })
    const row = { ...memory.confirmed('task', 'task-1')!, priority: 3, version: 7 }
    expect(memory.settle(waiting()[0]!, [{ kind: 'task', row }], 7)).toMatchObject([
      { id: 'task-1', row: { version: 7 } },
    ])
    await saved
    expect(waiting()).toEqual([])
    expect(task()).toMatchObject({ priority: 3, version: 7 })
    memory.applyEvent(updated(7, { priority: 3 }))
    memory.applyEvent(updated(8, { priority: 4 }))
    expect(task()).toMatchObject({ priority: 4, version: 8 })
  })

  test('is confirmed by the event and then by an answer', () => {
    const { memory, act, task, waiting } = opened()
    act.updateTask('task-1', { priority: 3 })
    memory.applyEvent(updated(7, { priority: 3 }))
    memory.applyEvent(updated(8, { priority: 4 }))
    expect(task()).toMatchObject({ priority: 3 })
    memory.settle(waiting()[0]!, [{ kind: 'task', row: { ...task()!, priority: 3, version: 7 } }], 7)
    expect(task()).toMatchObject({ priority: 4, version: 8 })
  })

  test('counts sub-tasks once, whichever of answer and event comes first', () => {
    for (const eventFirst of [true, false]) {
      const { memory, act, task, waiting } = opened()
      const { task: child } = act.createTask({ project: 'project-1', title: 'Child', parent: 'task-1' })
      const row: Task = { ...child, number: 3, key: 'P1-3', version: 5 }
      const counts: (number | undefined)[] = [task()?.child_count]
      const tell = () =>
        memory.together(() => {
          memory.applyEvent(event(5, 'task.created', child.id, row, []))
          memory.applyEvent(updated(6, { child_count: 1 }))
        })
      const answer = () => memory.settle(waiting()[0]!, [{ kind: 'task', row }], 6)
      for (const step of eventFirst ? [tell, answer] : [answer, tell]) {
        step()
        counts.push(task()?.child_count)
      }
      expect(counts).toEqual([1, 1, 1])
      expect(memory.data.task('P1-3')).toEqual(row)
    }
  })

  test('does not bring back what went meanwhile', () => {
    const { memory, act, titles, waiting } = opened({ task: [{}] })
    act.updateTask('task-1', { title: 'Mine' })
    const row = { ...memory.confirmed('task', 'task-1')!, title: 'Mine', version: 5 }
    memory.applyEvent(event(6, 'task.deleted', 'task-1', {}))
    memory.settle(waiting()[0]!, [{ kind: 'task', row }], 5)
    expect(titles()).toEqual([])
  })

  test('stays on top of earlier ones that are confirmed', () => {
    const { memory, act, task, waiting } = opened()
    act.updateTask('task-1', { title: 'First' })
    act.updateTask('task-1', { title: 'Second' })
    const [first, second] = waiting()
    memory.settle(first!, [{ kind: 'task', row: { ...task()!, title: 'First', version: 5 } }], 5)
    expect(task()?.title).toBe('Second')
    memory.applyEvent(updated(5, { title: 'First' }))
    expect(task()?.title).toBe('Second')
    memory.refuse(second!, problem)
    expect(task()?.title).toBe('First')
  })

  test('comes from another tab without being sent from here', () => {
    const { memory, act, task } = opened()
    const sent: string[] = []
    memory.onOp((op) => sent.push(op.id))
    const op = {
      id: 'op',
      at: 0,
      action: { kind: 'task.update', id: 'task-1', patch: { title: 'There' } },
      inverse: null,
    } as const
    memory.enqueue(op)
    memory.enqueue(op)
    expect(task()?.title).toBe('There')
    expect(sent).toEqual([])
    act.updateTask('task-1', { title: 'Here' })
    expect(sent).toEqual(
      memory
        .pending()
        .slice(1)
        .map((o) => o.id),
    )
  })

  test('can wait for what is not here yet', () => {
    const { memory, titles } = opened({ task: [] })
    memory.enqueue({
      id: 'op',
      at: 0,
      action: { kind: 'task.update', id: 'late', patch: { title: 'Mine' } },
      inverse: null,
    })
    memory.applyEvent(event(5, 'task.created', 'late', { ...opened().task()!, id: 'late' }, []))
    expect(titles()).toEqual(['Mine'])
  })

  test('goes with all else when everything is cleared', () => {
    const { memory, act } = opened()
    act.createTask({ project: 'project-1', title: 'New' })
    memory.clear()
    expect([...memory.data.all('task')]).toEqual([])
    expect(memory.pending()).toEqual([])
    expect(memory.loaded).toBe('nothing')
  })
})

test('a description is the waiting one, then the one on the disk', async () => {
  const { memory, act, waiting } = opened({ task: [{ description: 'Old' }] })
  expect(memory.texts.get('task-1')).toBeUndefined()
  await Promise.resolve()
  await Promise.resolve()
  expect(memory.texts.get('task-1')).toBe('Old')
  act.updateTask('task-1', { description: 'New' })
  expect(memory.waiting.description('task-1')).toBe('New')
  memory.refuse(waiting()[0]!)
  expect(memory.waiting.description('task-1')).toBeUndefined()
})
