import { describe, expect, it } from 'vitest'

import type { Task } from '../store'
import { everything, extendedTo, kept, moved, nowhere, toggled } from './cursor'
import { linesOf, type Section } from './sections'

const section = (key: string, ids: string[]): Section => ({
  key,
  heading: key,
  name: key,
  tasks: ids.map((id) => ({ id }) as Task),
})
const lines = linesOf([section('todo', ['a', 'b', 'c']), section('done', ['d'])], new Set())

describe('the cursor of a list', () => {
  it('moves over tasks, past headings, and stays at the ends', () => {
    const first = moved(nowhere, lines, 1)
    expect(first.at).toBe('todo/a')
    expect(moved(first, lines, -1).at).toBe('todo/a')
    expect(moved({ ...first, at: 'todo/c' }, lines, 1).at).toBe('done/d')
    expect(moved(first, lines, 'last').at).toBe('done/d')
    expect(moved(first, lines, 'page down').at).toBe('done/d')
    expect(moved(nowhere, lines, -1).at).toBe('done/d')
    expect(moved(nowhere, [], 1)).toEqual(nowhere)
  })

  it('selects from where extending began, to both sides', () => {
    let now = moved({ ...nowhere, at: 'todo/b' }, lines, 1, true)
    expect([...now.selected]).toEqual(['todo/b', 'todo/c'])
    now = moved(now, lines, 1, true)
    expect([...now.selected]).toEqual(['todo/b', 'todo/c', 'done/d'])
    now = extendedTo(now, lines, 'todo/a')
    expect([...now.selected]).toEqual(['todo/a', 'todo/b'])
    expect(moved(now, lines, 1).selected).toBe(now.selected)
  })

  it('toggles one line and takes all', () => {
    const one = toggled(nowhere, 'todo/b')
    expect([...one.selected]).toEqual(['todo/b'])
    expect(toggled(one, 'todo/b').selected.size).toBe(0)
    expect(everything(nowhere, lines).selected.size).toBe(4)
  })

  it('stays beside what is gone, follows what went elsewhere, and forgets what is no longer there', () => {
    const before = { at: 'todo/b', from: undefined, selected: new Set(['todo/b', 'todo/c']) }
    const gone = linesOf([section('todo', ['a', 'c']), section('done', ['d'])], new Set())
    expect(kept(before, lines, gone)).toEqual({ at: 'todo/c', from: undefined, selected: new Set(['todo/c']) })
    const elsewhere = linesOf([section('todo', ['a', 'c']), section('done', ['b', 'd'])], new Set())
    expect(kept(before, lines, elsewhere).at).toBe('done/b')
    expect(kept(before, lines, []).at).toBeUndefined()
    expect(kept(before, lines, lines)).toBe(before)
  })

  it('does not see what is folded', () => {
    const folded = linesOf([section('todo', ['a']), section('done', ['d'])], new Set(['todo']))
    expect(folded.map((l) => l.id)).toEqual(['todo', 'done', 'done/d'])
  })
})
