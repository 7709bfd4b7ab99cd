import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A port of this machine that nobody listens on just now. */
export function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => found(port))
    })
  })
}

/** The program as it is shipped, on a free port, with an empty folder of data. */
export class Program {
  private constructor(
    /** Where it listens, without a slash at its end. */
    readonly address: string,
    /** What the first user sets up with. */
    readonly setupToken: string,
    private readonly child: ChildProcess,
    private readonly data: string,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<Program> {
    const data = mkdtempSync(join(tmpdir(), 'rung-data-'))
    const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(RUNG_|PORT$)/.test(name)))
    const env = {
      ...own,
      RUNG_DATA: data,
      RUNG_ADDR: '127.0.0.1:0',
      RUNG_ADMIN_ADDR: '127.0.0.1:0',
      RUNG_LOG_FORMAT: 'json',
      RUNG_REQUESTS_PER_SECOND: '0',
      ...settings,
    }
    const child = spawn(process.env.TEST_BINARY!, ['serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    const seen: string[] = []
    let address = ''
    let token = ''
    await new Promise<void>((ready, failed) => {
      createInterface({ input: child.stderr }).on('line', (line) => {
        seen.push(line)
        address ||= /"address":"([^"]+)"/.exec(line)?.[1] ?? ''
        token ||= /\/setup#([A-Za-z0-9_-]+)/.exec(line)?.[1] ?? ''
        if (address && token) ready()
      })
      child.once('exit', () => failed(new Error('The program ended before it served:\n' + seen.join('\n'))))
    })
    return new Program(address, token, child, data)
  }

  /** Calls the API and gives what it answers; a refusal is thrown. */
  async call<T>(method: string, path: string, body?: unknown, token?: string): Promise<T> {
    const answer = await fetch(this.address + '/api/v1' + path, {
      method,
      headers: {
        ...(token ? { Authorization: 'Bearer ' + token } : {}),
        'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      },
      body: body === undefined ? null : JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return (text ? JSON.parse(text) : undefined) as T
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.child.once('exit', done))
    this.child.kill()
    await ended
    rmSync(this.data, { recursive: true })
  }
}
