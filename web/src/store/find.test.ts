import { find } from './find'
import { newID } from './ids'
import { makeTestStore } from './testStore'

test('finds by the beginnings of words, the key first, open and newest before others', () => {
  const { memory } = makeTestStore({
    project: [{}],
    task: [
      { title: 'Paint the pier', updated_at: '2026-01-02T00:00:00.000Z' },
      { title: 'Pier: paint it', completed_at: '2026-01-01T00:00:00.000Z' },
      { title: 'Paint the pilot', updated_at: '2026-01-03T00:00:00.000Z' },
      { title: 'Réparer le quai' },
    ],
  })
  const ids = (text: string, limit = 9) => find(memory.data, text, limit).map((t) => t.id)
  expect(ids('pai pi')).toEqual(['task-3', 'task-1', 'task-2'])
  expect(ids('pi')).toEqual(['task-3', 'task-1', 'task-2'])
  expect(ids('pi', 2)).toEqual(['task-3', 'task-1'])
  expect(ids('reparer')).toEqual(['task-4'])
  expect(ids('p1-2')[0]).toBe('task-2')
  expect(ids('')).toEqual([])
})

test('ids are of version 7 and rise', () => {
  const ids = Array.from({ length: 5000 }, () => newID())
  expect(ids).toEqual(ids.toSorted())
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids.slice(0, 20))
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
