import fc from 'fast-check'

import type { Filter, Sort } from '../../src/store/types'

export const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Cairo',
  'America/Santiago',
  'Asia/Beirut',
  'Australia/Lord_Howe',
]

const words = [
  'Report',
  'report',
  'ÉCLAIRS',
  'éclair',
  'Straße',
  'strasse',
  'İstanbul',
  'istanbul',
  'ΣΟΦΟΣ',
  'σοφος',
  'ﬁx',
  'fix',
]
words.push(
  'Ａ',
  '😀',
  '東京タワー',
  '京都',
  'タワー',
  'กรุงเทพ',
  'привет',
  'Привёт',
  'Йод',
  'иод',
  'C++',
  'a_b',
  '100%',
  'x\\y',
  'ǅ',
  'Å',
)
words.push(
  'שָׁלוֹם',
  'ｶﾞｷﾞ',
  '한국어',
  'rés',
  'Zoë',
  'na\u0308hen',
  'nähen',
  'it’s',
  "don't",
  'ʻokina',
  'æther',
  'Łódź',
  '𝔘nicode',
  'tail',
)

const first = (word: string, n: number) => Array.from(word).slice(0, n).join('')

export const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((w) => w.join(' '))

// around changes of clocks, some of them at midnight, and around today
const turns = [
  '2026-03-29',
  '2026-10-25',
  '2026-03-08',
  '2026-11-01',
  '2026-04-24',
  '2026-09-06',
  '2026-04-05',
  '0002-01-03',
  '9998-12-30',
]

export const day = fc.oneof(
  fc.constantFrom(...turns),
  fc.integer({ min: -9, max: 9 }).map((n) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10)),
)

export const when = fc.record({
  date: day,
  time: fc.option(fc.constantFrom('00:00', '00:30', '02:30', '12:00', '23:59')),
  time_zone: fc.option(fc.constantFrom(...zones)),
})

/** Without zones whose clocks jump over midnight. */
export const plainWhen = when.filter(
  (w) => !['Africa/Cairo', 'America/Santiago', 'Asia/Beirut'].includes(w.time_zone ?? ''),
)

export const sort: fc.Arbitrary<Sort | undefined> = fc.option(
  fc
    .tuple(fc.constantFrom('', '-'), fc.constantFrom('position', 'due', 'priority', 'created', 'updated', 'title'))
    .map(([sign, field]) => (sign + field) as Sort),
  { nil: undefined },
)

/** What a filter can name. */
export interface Named {
  projects: string[]
  statuses: string[]
  people: string[]
  labels: string[]
  parents: string[]
}

const moment = fc.oneof(
  day,
  fc.integer({ min: -9, max: 9 }).map((n) => (n === 0 ? 'today' : `today${n > 0 ? '+' : ''}${n}`)),
  fc.integer({ min: -9e8, max: 9e8 }).map((n) => new Date(Date.now() + n).toISOString()),
)

export function filters(n: Named): fc.Arbitrary<Filter> {
  const ids = (field: Filter['field'], values: string[]): fc.Arbitrary<Filter> =>
    fc.oneof(
      fc.constantFrom(...values).map((value): Filter => ({ field, op: 'eq', value })),
      fc.array(fc.constantFrom(...values), { maxLength: 3 }).map((value): Filter => ({ field, op: 'in', value })),
    )
  const set = (...fields: Filter['field'][]): fc.Arbitrary<Filter> =>
    fc.record({ field: fc.constantFrom(...fields), op: fc.constant('is_set' as const), value: fc.boolean() })
  const leaf: fc.Arbitrary<Filter> = fc.oneof(
    ids('project', n.projects),
    ids('status', n.statuses),
    ids('assignee', [...n.people, 'me', 'none']),
    ids('label', [...n.labels, 'none']),
    ids('parent', [...n.parents, 'none']),
    ids('category', ['backlog', 'todo', 'doing', 'done', 'canceled']),
    fc.subarray([0, 1, 2, 3, 4]).map((value): Filter => ({ field: 'priority', op: 'in', value })),
    set('assignee', 'label', 'parent', 'due', 'completed', 'external'),
    fc.boolean().map((value): Filter => ({ field: 'completed', op: 'eq', value })),
    fc.record({
      field: fc.constantFrom('due', 'created', 'updated', 'completed'),
      op: fc.constantFrom('before', 'after'),
      value: moment,
    }) as fc.Arbitrary<Filter>,
    fc.record({
      field: fc.constantFrom('due', 'created', 'completed'),
      op: fc.constant('eq'),
      value: day,
    }) as fc.Arbitrary<Filter>,
    fc
      .constantFrom('trello:1', 'trello', 'jira:a:b', 'jira')
      .map((value): Filter => ({ field: 'external', op: 'eq', value })),
    fc.record({
      field: fc.constantFrom('title', 'text'),
      op: fc.constant('contains'),
      value: text,
    }) as fc.Arbitrary<Filter>,
    fc
      .constantFrom(...words.flatMap((w) => [w, first(w, 2)]))
      .map((value): Filter => ({ field: 'text', op: 'contains', value })),
    fc
      .constantFrom(...words.flatMap((w) => [w, first(w, 1)]))
      .map((value): Filter => ({ field: 'title', op: 'contains', value })),
  )
  const { tree } = fc.letrec<{ tree: Filter }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('tree'), { maxLength: 3 }) }),
      fc.record({ not: tie('tree') }),
      fc.record({
        all: fc.array(tie('tree'), { maxLength: 2 }),
        any: fc.array(tie('tree'), { maxLength: 2 }),
        not: tie('tree'),
      }),
    ),
  }))
  return tree
}
