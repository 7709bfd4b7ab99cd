import { begin } from '../../api/session'
import type { ID } from '../types'

type Row = Record<string, unknown> & { id: ID; version: number }
type Handler = (request: Request) => Response | Promise<Response | undefined> | undefined

const at = '2026-01-01T00:00:00.000Z'

/** A server for tests, in place of fetch: one workspace with one project, its history, and what may go wrong. */
export class TestServer {
  user = { id: 'u1', name: 'Ada', timezone: 'UTC' }
  epoch = 'e1'
  seq = 1
  tasks = new Map<ID, Row>()
  events: { seq: number }[] = []
  /** The writes that arrived, in order; those that were sent twice stand twice. */
  asked: { method: string; path: string; body: Record<string, unknown> | undefined }[] = []
  /** Answers in place of the server, as long as it gives something. */
  before: Handler = () => undefined
  /** Looks at an answer before it is passed on; a throw loses it. */
  after: (request: Request) => void = () => undefined
  streams = new Set<ReadableStreamDefaultController<Uint8Array>>()
  opened = 0
  snapshots = 0
  oldest = 0
  project: Row = {
    id: 'p1',
    key: 'WEB',
    name: 'Web',
    version: 1,
    statuses: [{ id: 's1', name: 'To do', category: 'todo', color: '' }],
    former_keys: [],
    access: 'workspace',
    archived: false,
    position: 'a',
    created_by: 'u1',
    created_at: at,
    updated_at: at,
  }

  /** Its user is signed in in this tab. */
  signIn(): this {
    begin({ access_token: 't', expires_in: 600, user: this.user } as Parameters<typeof begin>[0])
    return this
  }

  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    const path = new URL(request.url).pathname.replace(/^.*\/api\/v1/, '')
    const text = request.method === 'GET' ? '' : await request.clone().text()
    const body = text === '' ? undefined : JSON.parse(text)
    const early = await this.before(request)
    if (early) return early
    if (path === '/auth/refresh') return json({ access_token: 't', expires_in: 600, user: this.user })
    const answer = this.answer(request, path.replace(/^\/workspaces\/w1/, ''), body)
    this.after(request)
    return answer
  }

  task(id: ID, more: Record<string, unknown> = {}): Row {
    const row = {
      id,
      project: 'p1',
      status: 's1',
      title: id,
      priority: 0,
      number: 1,
      key: 'WEB-' + id,
      position: id,
      child_position: '',
      parent: null,
      assignees: [],
      labels: [],
      subscribers: [],
      previous_keys: [],
      due: null,
      due_at: null,
      start: null,
      estimate: null,
      comment_count: 0,
      attachment_count: 0,
      child_count: 0,
      child_done_count: 0,
      author: null,
      custom: null,
      external: null,
      ical_uid: null,
      recurrence: null,
      series: null,
      created_by: 'u1',
      created_at: at,
      updated_at: at,
      completed_at: null,
      deleted_at: null,
      description: '',
      ...more,
      version: this.seq,
    }
    this.tasks.set(id, row)
    return row
  }

  /** Something happens: it is a part of the history, and is told to the streams. */
  tell(type: string, id: ID, changed: string[], data: unknown, more: object = {}): void {
    const entity = type.split('.')[0]
    const event = {
      seq: this.seq,
      id: 'ev' + this.seq,
      type,
      at,
      actor: { type: 'user', id: 'u2', name: 'Bo' },
      entity,
      entity_id: id,
      version: this.seq,
      project: 'p1',
      changed,
      data,
      request_id: '',
      ...more,
    }
    this.events.push(event)
    for (const s of this.streams) s.enqueue(this.message(event))
  }

  create(id: ID, more: Record<string, unknown> = {}): Row {
    this.seq++
    const row = this.task(id, more)
    this.tell('task.created', id, [], row)
    return row
  }

  change(id: ID, patch: Record<string, unknown>): Row {
    this.seq++
    const row = { ...this.tasks.get(id)!, ...patch, version: this.seq }
    this.tasks.set(id, row)
    this.tell('task.updated', id, Object.keys(patch), patch)
    return row
  }

  /** All streams end, as when the server goes away. */
  endStreams(): void {
    for (const s of this.streams) s.close()
    this.streams.clear()
  }

  private gone = new Set<ID>()

  private message(event: { seq: number }): Uint8Array {
    return new TextEncoder().encode(`id: ${this.epoch}-${event.seq}\nevent: x\ndata: ${JSON.stringify(event)}\n\n`)
  }

  private answer(request: Request, path: string, body: Record<string, unknown> | undefined): Response {
    if (request.method !== 'GET') this.asked.push({ method: request.method, path, body })
    const done = (row: unknown, status = 200) => json(row, status, { 'Rung-Seq': `${this.epoch}-${this.seq}` })
    if (path === '/workspaces')
      return json({ items: [{ id: 'w1', slug: 'harbour', name: 'Harbour', role: 'owner' }], next_cursor: null })
    if (path === '') return done({ id: 'w1' })
    if (path === '/snapshot') return this.snapshot()
    if (path === '/events') return this.stream(request)
    if (path === '/projects') return done({ items: [this.project], next_cursor: null })
    if (path === '/tasks' && request.method === 'POST') return this.post(body!, done)
    if (path === '/tasks' || request.method === 'GET') return done({ items: [], next_cursor: null })
    const task = this.tasks.get(path.slice('/tasks/'.length))
    if (!task && request.method === 'DELETE' && this.gone.has(path.slice('/tasks/'.length)))
      return new Response(null, { status: 204 })
    if (!task) return problem(404, 'not-found')
    if (request.method === 'DELETE') {
      this.seq++
      this.tasks.delete(task.id)
      this.gone.add(task.id)
      this.tell('task.deleted', task.id, [], { deleted_at: at })
      return new Response(null, { status: 204, headers: { 'Rung-Seq': `${this.epoch}-${this.seq}` } })
    }
    const base = Number(request.headers.get('Rung-Base-Version') ?? Infinity)
    const conflicts = this.events
      .filter((e) => e.seq > base && (e as { entity_id?: ID }).entity_id === task.id)
      .flatMap((e) => (e as unknown as { changed: string[] }).changed)
      .filter((field) => field in body!)
    if (conflicts.length > 0)
      return problem(412, 'version-conflict', {
        conflicts: conflicts.map((field) => ({ field, base: '', theirs: task[field] })),
      })
    return done(this.change(task.id, body!))
  }

  private post(body: Record<string, unknown>, done: (row: unknown, status?: number) => Response): Response {
    const there = this.tasks.get(body.id as ID)
    if (there) return done(there)
    if (body.title === '')
      return problem(422, 'invalid', { errors: [{ field: 'title', message: 'must not be empty' }] })
    return done(this.create(body.id as ID, body), 201)
  }

  private snapshot(): Response {
    this.snapshots++
    const lines = [
      { epoch: this.epoch, seq: this.seq },
      { entity: 'project', data: this.project },
    ]
    const member = { id: 'u1', name: 'Ada', role: 'owner', removed: false, version: 1 }
    const all = [
      ...lines,
      { entity: 'member', data: member },
      ...[...this.tasks.values()].map((data) => ({ entity: 'task', data })),
    ]
    return new Response(all.map((l) => JSON.stringify(l) + '\n').join(''))
  }

  private stream(request: Request): Response {
    this.opened++
    const [epoch, since] = (request.headers.get('Last-Event-ID') ?? '').split('-')
    if (epoch !== this.epoch || Number(since) < this.oldest) return problem(410, 'history-gone')
    let here: ReadableStreamDefaultController<Uint8Array>
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        here = controller
        this.streams.add(controller)
        controller.enqueue(new TextEncoder().encode('retry: 2000\n\n'))
        for (const e of this.events) if (e.seq > Number(since)) controller.enqueue(this.message(e))
      },
      cancel: () => void this.streams.delete(here),
    })
    request.signal.addEventListener('abort', () => {
      if (this.streams.delete(here)) here.error(new DOMException('aborted', 'AbortError'))
    })
    return new Response(body)
  }
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
}

export function problem(status: number, code: string, more: object = {}): Response {
  const body = JSON.stringify({ type: '', title: code, status, detail: code, code, request_id: 'r', ...more })
  return new Response(body, { status, headers: { 'Content-Type': 'application/problem+json' } })
}
