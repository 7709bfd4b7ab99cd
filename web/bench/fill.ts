import type { components } from '../src/api/schema'
import type { Person } from '../test/browser/people'
import type { Program } from '../test/browser/program'

type Schemas = components['schemas']

export interface Filled {
  /** The key of the project with 4,000 tasks. */
  board: string
  /** A view of everything, as a list without groups. */
  view: string
  /** Views of parts of everything, no two of the same length. */
  filtered: string[]
}

const words =
  'paint pier season broken link page tide table colour buoy harbour rope report regatta lamp leaflet server'.split(' ')
/** How many tasks the projects have: 50,000 in all. */
export const large = [4000, ...Array.from({ length: 19 }, (_, i) => (i === 18 ? 46_000 - 18 * 2421 : 2421))]
/** What a small team has. */
export const small = [120, 80, 40]

/** Makes projects of so many tasks, always the same ones. */
export async function fill(program: Program, who: Person, sizes: readonly number[]): Promise<Filled> {
  const at = `/workspaces/${who.workspace.slug}`
  const ask = <T>(method: string, path: string, body: unknown) => program.call<T>(method, at + path, body, who.token)
  const labels: string[] = []
  for (const name of ['bug', 'design', 'finance', 'later'])
    labels.push((await ask<Schemas['Label']>('POST', '/labels', { name, color: 'blue' })).id)
  let n = 0
  const pick = <T>(all: readonly T[], by: number) => all[(n * by) % all.length]!
  for (const [p, size] of sizes.entries()) {
    const project = await ask<Schemas['Project']>('POST', '/projects', { name: `Project ${p + 1}`, key: `P${p + 1}` })
    for (let done = 0; done < size; done += 500) {
      const changes = Array.from({ length: Math.min(500, size - done) }, () => {
        n++
        return {
          op: 'create',
          task: {
            project: project.id,
            title: [pick(words, 3), pick(words, 5), pick(words, 7), pick(words, 11), n].join(' '),
            description:
              n % 3 ? `About the ${pick(words, 13)}.\n\n- [ ] ${pick(words, 17)}\n- [x] ${pick(words, 19)}\n` : '',
            status: pick(project.statuses, 7).id,
            priority: n % 5,
            labels: n % 2 ? [pick(labels, 3)] : [],
            assignees: n % 4 ? [] : [who.id],
            due: n % 3 ? null : `2027-0${(n % 9) + 1}-15`,
          },
        }
      })
      await ask('POST', '/tasks/batch', { changes })
    }
  }
  const view = (name: string, query: unknown) =>
    ask<Schemas['SavedView']>('POST', '/views', { name, query, layout: 'list', sort: 'created', shared: true })
  const everything = await view('Everything', {})
  const filters = [
    { field: 'priority', op: 'eq', value: 1 },
    {
      all: [
        { field: 'assignee', op: 'eq', value: 'me' },
        { field: 'due', op: 'before', value: '2027-05-01' },
      ],
    },
    { any: [{ field: 'label', op: 'eq', value: labels[0] }, { not: { field: 'completed', op: 'eq', value: true } }] },
    { field: 'title', op: 'contains', value: 'harbour' },
  ]
  const filtered: string[] = []
  for (const [i, filter] of filters.entries()) filtered.push((await view(`Filter ${i + 1}`, filter)).id)
  return { board: 'P1', view: everything.id, filtered }
}
