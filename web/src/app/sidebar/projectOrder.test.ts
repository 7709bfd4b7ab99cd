import { makeTestStore } from '../../store'
import { inOrder, moved } from './projectOrder'

const projects = makeTestStore({
  project: [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }],
}).memory.reads.projects()
const order = (ids: string[]) => inOrder(projects, ids).map((p) => p.id)

test('projects follow the order that she made; those it does not name come behind as they are', () => {
  expect(order([])).toEqual(['a', 'b', 'c', 'd'])
  expect(order(['c', 'a'])).toEqual(['c', 'a', 'b', 'd'])
  expect(order(['gone', 'd', ''])).toEqual(['d', 'a', 'b', 'c'])
})

test('an id is taken to another place, at the ends at most', () => {
  expect(moved(['a', 'b', 'c'], 'a', 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b'])
  expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 'b', 9)).toEqual(['a', 'c', 'b'])
})
