import type { Action } from './action'
import { isStep, requestOf, requests } from './request'
import { makeTestStore } from './testStore'

const rows = {
  project: [
    {},
    { id: 'p2', key: 'TWO', statuses: [{ id: 's2', name: 'To do', category: 'todo' as const, color: '' }] },
  ],
}

function opened(tasks: object[] = [{}, {}, {}]) {
  const store = makeTestStore({
    ...rows,
    task: tasks,
    label: [{ id: 'l1' }],
    comment: [{}],
    now: () => Date.parse('2026-05-01T00:00:00Z'),
  })
  const sent: Action[] = []
  store.memory.onOp((op) => sent.push(op.action))
  return { ...store, sent, task: (id = 'task-1') => store.memory.data.get('task', id) }
}

describe('what is foretold', () => {
  test('a new task: its status, place and maker, but no number', () => {
    const { act } = opened()
    const { task } = act.createTask({ project: 'project-1', title: 'New', due: '2026-05-02' })
    expect(task).toMatchObject({
      status: 'todo',
      key: '',
      number: 0,
      created_by: 'ada',
      subscribers: ['ada'],
      due_at: '2026-05-02T23:59:59.999Z',
    })
    expect(task.position > 'task-3').toBe(false)
  })

  test('a status that completes a task, and one that opens it again', () => {
    const { act, task } = opened()
    act.updateTask('task-1', { status: 'done' })
    expect(task()?.completed_at).toBe('2026-05-01T00:00:00.000Z')
    act.updateTask('task-1', { status: 'doing' })
    expect(task()?.completed_at).toBeNull()
  })

  test('counts of sub-tasks and comments', () => {
    const { act, task } = opened()
    const { task: child } = act.createTask({ project: 'project-1', title: 'Child', parent: 'task-1' })
    act.updateTask(child.id, { status: 'done' })
    act.createComment('task-1', 'Well')
    expect(task()).toMatchObject({ child_count: 1, child_done_count: 1, comment_count: 1 })
    act.deleteTasks([child.id])
    expect(task()).toMatchObject({ child_count: 0, child_done_count: 0 })
  })

  test('a move takes sub-tasks along and finds the status that is most alike', () => {
    const { act, task } = opened([{}, { parent: 'task-1', status: 'doing' }])
    act.moveTask('task-1', { project: 'p2' })
    expect(task('task-1')).toMatchObject({ project: 'p2', status: 's2', previous_keys: ['P1-1'] })
    expect(task('task-2')).toMatchObject({ project: 'p2', status: 's2', parent: 'task-1' })
  })

  test('a label that is deleted goes from its tasks', () => {
    const { act, task } = opened([{ labels: ['l1'] }])
    act.deleteLabel('l1')
    expect(task()?.labels).toEqual([])
  })
})

describe('undo', () => {
  test('gives fields back what they had, and leaves others alone', () => {
    const { act, task } = opened([{ title: 'Old', labels: ['x'], assignees: [] }])
    const { undo } = act.updateTask('task-1', { title: 'New', labels: ['l1'], assignees_add: ['bob'] })
    act.updateTask('task-1', { priority: 2, labels_add: ['other'] })
    undo()
    undo()
    expect(task()).toMatchObject({ title: 'Old', priority: 2, assignees: [] })
    expect(task()?.labels.toSorted()).toEqual(['other', 'x'])
  })

  test('puts a task back where it was', () => {
    const { act, memory } = opened()
    const order = () =>
      memory.queries
        .get({ sort: 'position' })
        .tasks()
        .map((t) => t.id)
    act.updateTask('task-2', { place: 'last' })
    expect(order()).toEqual(['task-1', 'task-3', 'task-2'])
    act.undoLast()
    expect(order()).toEqual(['task-1', 'task-2', 'task-3'])
    act.redoLast()
    expect(order()).toEqual(['task-1', 'task-3', 'task-2'])
  })

  test('takes back several at once, and asks for each restored task by itself', () => {
    const { act, memory, sent } = opened()
    act.deleteTasks(['task-1', 'task-2'])
    expect(memory.queries.get({}).tasks()).toHaveLength(1)
    expect(act.undoLast()).toBe(true)
    expect(memory.queries.get({}).tasks()).toHaveLength(3)
    expect(act.undoLast()).toBe(false)
    expect(sent.map((a) => a.kind)).toEqual(['batch', 'task.restore', 'task.restore'])
  })

  test('brings back a deleted tree after the server has confirmed that it went', () => {
    const { act, memory, task } = opened([{}, { parent: 'task-1' }])
    act.deleteTasks(['task-1'])
    for (const [i, id] of ['task-1', 'task-2'].entries()) {
      memory.applyEvent({
        seq: 5 + i,
        id: '',
        type: 'task.deleted',
        at: '',
        actor: { type: 'user', id: 'ada', name: '' },
        entity: 'task',
        entity_id: id,
        version: 5 + i,
        project: 'project-1',
        changed: ['deleted_at'],
        data: { deleted_at: '2026-05-01T00:00:01.000Z' },
        request_id: '',
      })
    }
    memory.settle(memory.pending()[0]!.id, [], 6)
    act.undoLast()
    expect(task('task-2')).toMatchObject({ parent: 'task-1', deleted_at: null })
    expect(task('task-1')).toMatchObject({ child_count: 1 })
  })

  test('makes a deleted label, comment and view again', () => {
    const { act, memory, task } = opened([{ labels: ['l1'] }])
    act.deleteLabel('l1')
    act.undoLast()
    expect(memory.reads.labels()).toMatchObject([{ name: 'Label 1' }])
    expect(task()?.labels).toEqual([memory.reads.labels()[0]!.id])
    act.deleteComment('comment-1')
    act.undoLast()
    expect(memory.reads.comments('task-1')).toMatchObject([{ body: 'Well said.' }])
  })

  test('gives back a status with its tasks', () => {
    const { act, memory, task } = opened([{ status: 'doing' }])
    act.deleteStatus('project-1', 'doing', 'done')
    expect(task()).toMatchObject({ status: 'done' })
    act.undoLast()
    expect(memory.reads.projects()[0]!.statuses.map((s) => s.id)).toEqual(['backlog', 'todo', 'doing', 'done'])
    expect(task()).toMatchObject({ status: 'doing', completed_at: null })
  })
})

test('what changes nothing is not sent', () => {
  const { act, sent } = opened([{ title: 'Same' }])
  act.updateTask('task-1', { title: 'Same', labels: [] })
  expect(sent).toEqual([])
})

describe('requests', () => {
  test('say which version of a text was seen', () => {
    const { act, memory } = opened([{ version: 7 }])
    act.updateTask('task-1', { title: 'New' })
    act.updateTask('task-1', { priority: 1 })
    const [title, priority] = memory.pending().map((op) => requestOf(op.action))
    expect(title).toEqual({
      method: 'PATCH',
      path: '/tasks/task-1',
      body: { title: 'New' },
      headers: { 'Content-Type': 'application/merge-patch+json', 'Rung-Base-Version': '7' },
    })
    expect(priority!.headers).not.toHaveProperty('Rung-Base-Version')
  })

  test('are as few as they can be, each a batch of 500 at most', () => {
    const updates = Array.from({ length: 501 }, (_, i): Action => ({
      kind: 'task.update',
      id: `t${i}`,
      patch: { priority: 1 },
    }))
    const restore: Action = { kind: 'task.restore', id: 't' }
    const out = requests([...updates, restore, { kind: 'task.delete', id: 'x' }])
    expect(out.map((a) => (a.kind === 'batch' ? a.actions.length : a.kind))).toEqual([
      500,
      'task.update',
      'task.restore',
      'task.delete',
    ])
    expect(isStep(restore)).toBe(false)
    expect(requestOf(out[0]!)).toMatchObject({ method: 'POST', path: '/tasks/batch' })
  })
})
