import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import type { Loaded } from '../../src/store/engine'
import type { HistoryEvent } from '../../src/store/types'

/** The program, running on a database of its own. */
export class Server {
  private constructor(
    readonly address: string,
    private readonly child: ChildProcess,
    private readonly dir: string,
  ) {}

  static async start(): Promise<Server> {
    const dir = mkdtempSync(join(tmpdir(), 'rung-data-'))
    const env = {
      ...process.env,
      RUNG_DATA: dir,
      RUNG_ADDR: '127.0.0.1:0',
      RUNG_ADMIN_ADDR: '127.0.0.1:0',
      RUNG_SIGNUP: 'open',
    }
    const child = spawn(process.env.TEST_BINARY!, ['serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    const address = await new Promise<string>((serves, fails) => {
      createInterface({ input: child.stderr })
        .on('line', (line) => {
          const said = JSON.parse(line) as { address?: string; level: string }
          if (said.address) serves(said.address)
          if (said.level === 'ERROR') console.error(line)
        })
        .on('close', () => fails(new Error('The program ended before it served.')))
    })
    return new Server(address, child, dir)
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.child.once('exit', done))
    this.child.kill()
    await ended
    rmSync(this.dir, { recursive: true })
  }

  /** Registers somebody and gives her token, which may do everything. */
  async register(name: string): Promise<Person> {
    const email = `${name.toLowerCase()}@example.com`
    const made = await call(this.address, 'POST', '/auth/register', { email, password: 'a long enough secret', name })
    const { access_token, user, workspace } = made.body as {
      access_token: string
      user: { id: string }
      workspace: { id: string }
    }
    const scopes = ['read', 'write', 'admin', 'import']
    const token = await call(this.address, 'POST', '/auth/tokens', { name: 'test', scopes }, access_token)
    const { token: secret } = token.body as { token: string }
    return new Person(this.address, user.id, name, access_token, secret, workspace.id)
  }
}

export interface Answer {
  status: number
  seq: number
  body: unknown
}

async function call(
  address: string,
  method: string,
  path: string,
  body?: unknown,
  token?: string,
  headers: object = {},
): Promise<Answer> {
  const answer = await fetch(address + '/api/v1' + path, {
    method,
    headers: {
      ...(token ? { Authorization: 'Bearer ' + token } : {}),
      ...(body === undefined
        ? {}
        : { 'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const seq = Number(answer.headers.get('Rung-Seq')?.replace(/^.*-/, '') ?? 0)
  const isOne =
    /json/.test(answer.headers.get('Content-Type') ?? '') && !/ndjson/.test(answer.headers.get('Content-Type') ?? '')
  return { status: answer.status, seq, body: isOne ? JSON.parse(text) : text }
}

/** A point in a history. */
export interface Point {
  epoch: string
  seq: number
}

/** Somebody in a workspace. */
export class Person {
  constructor(
    readonly address: string,
    readonly id: string,
    readonly name: string,
    readonly session: string,
    readonly token: string,
    readonly workspace: string,
  ) {}

  /** The same person in another one's workspace. */
  in(workspace: string): Person {
    return new Person(this.address, this.id, this.name, this.session, this.token, workspace)
  }

  async try(method: string, path: string, body?: unknown, headers?: object): Promise<Answer> {
    return call(this.address, method, `/workspaces/${this.workspace}${path}`, body, this.session, headers)
  }

  async do<T>(method: string, path: string, body?: unknown, token = this.session): Promise<T> {
    const answer = await call(this.address, method, `/workspaces/${this.workspace}${path}`, body, token)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body as T
  }

  async join(other: Person, role: string, projects: object[] = []): Promise<Person> {
    const { token } = await other.do<{ token: string }>('POST', '/invitations', { role, projects })
    const joined = await call(this.address, 'POST', `/invitations/${token}/accept`, {}, this.session)
    if (joined.status >= 300) throw new Error(`accept: ${joined.status} ${JSON.stringify(joined.body)}`)
    return this.in(other.workspace)
  }

  async snapshot(): Promise<{ at: Point; rows: Loaded[] }> {
    const text = await this.do<string>('GET', '/snapshot')
    const [head, ...lines] = text.trimEnd().split('\n')
    const rows = lines.map((line) => {
      const { entity, data } = JSON.parse(line) as { entity: Loaded['kind']; data: never }
      return { kind: entity, row: data } as Loaded
    })
    return { at: JSON.parse(head!) as Point, rows }
  }

  async changes(since: Point): Promise<{ events: HistoryEvent[]; at: Point }> {
    const events: HistoryEvent[] = []
    for (let at = since; ;) {
      const page = await this.do<{ items: HistoryEvent[]; seq: string }>(
        'GET',
        `/changes?limit=200&since=${at.epoch}-${at.seq}`,
      )
      events.push(...page.items)
      const seq = Number(page.seq.replace(/^.*-/, ''))
      if (page.items.length === 0 || seq === at.seq) return { events, at: { epoch: at.epoch, seq } }
      at = { epoch: at.epoch, seq }
    }
  }
}
