import { suggestionsFor, triggerAt } from './completion'

describe('what is being named', () => {
  test.each([
    ['@', 'member', '', 0],
    ['hi @ad', 'member', 'ad', 3],
    ['(@Ada B', 'member', 'Ada B', 1],
    ['x\n@é', 'member', 'é', 2],
    ['#', 'task', '', 0],
    ['see #send rep', 'task', 'send rep', 4],
    ['see WEB-', 'task', 'WEB-', 4],
    ['see WEB-12', 'task', 'WEB-12', 4],
  ])('%j', (text, kind, query, from) => {
    expect(triggerAt(text, text.length)).toEqual({ kind, query, from })
  })
  test.each(['a@b', 'word', '# heading', 'xWEB-1', 'x#y', '@ada and then more', ''])('nothing in %j', (text) => {
    expect(triggerAt(text, text.length)).toBeUndefined()
  })
})

test('a name cannot break out of its mention', () => {
  const members = () => [{ id: 'u1', name: 'A](x) [`*_<b>' }]
  const [one] = suggestionsFor({ kind: 'member', query: '', from: 0 }, { members })
  expect(one?.insert).toBe('[@A\\](x) \\[\\`\\*\\_\\<b>](rung:user/u1) ')
})

test('tasks are put in by their key', () => {
  const tasks = () => [{ key: 'WEB-12', title: 'Send report' }]
  const [one] = suggestionsFor({ kind: 'task', query: 'rep', from: 0 }, { tasks })
  expect(one).toEqual({ id: 'WEB-12', label: 'WEB-12', detail: 'Send report', insert: 'WEB-12 ' })
})

test('without a source nothing is suggested', () => {
  expect(suggestionsFor({ kind: 'member', query: '', from: 0 }, {})).toEqual([])
})
