import axe from 'axe-core'
import { mkdirSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'
import { expect } from 'vitest'

import { password, type Person } from './people'
import type { Program } from './program'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const phone = { width: 360, height: 740 }
export const desktop = { width: 1280, height: 800 }

/** A browser of somebody's own on a program. What its pages complain of, and whom they ask, is noted. */
export class Window {
  /** Errors and warnings of the policy, in the console and thrown. A test that expects one empties it. */
  readonly complaints: string[] = []
  /** Requests to anybody but the program. */
  readonly strangers: string[] = []
  /** Those that are open, of which pictures are taken when a test fails. */
  static readonly all = new Set<Window>()

  private constructor(
    private readonly program: Program,
    private readonly browser: Browser,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  /**
   * host is a name that is to lead to this machine, as a local network has them; address is where the app is, if that is
   * not where the program listens.
   */
  static async open(
    program: Program,
    options: BrowserContextOptions = {},
    { host, address = program.address }: { host?: string; address?: string } = {},
  ): Promise<Window> {
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
    const args = host ? [...flags, `--host-resolver-rules=MAP ${host} 127.0.0.1`] : flags
    const browser = await chromium.launch({ executablePath, args })
    const baseURL = host ? address.replace('127.0.0.1', host) : address
    const context = await browser.newContext({
      baseURL,
      locale: 'en-GB',
      viewport: desktop,
      ...options,
    })
    const window = new Window(program, browser, context, await context.newPage())
    const own = new Set([program.address, baseURL, 'data:', 'blob:'])
    context.on('request', (r) => {
      const url = new URL(r.url())
      if (!own.has(url.origin) && !own.has(url.protocol)) window.strangers.push(r.url())
    })
    context.on('console', (m) => {
      // A refused session, a network that is away and a name without TLS are told by the browser, not by the app.
      const told = /^(Failed to load resource|The Cross-Origin-Opener-Policy header has been ignored)/.test(m.text())
      if (m.type() === 'error' && !told) window.complaints.push(m.text())
      else if (m.text().includes('Content Security Policy')) window.complaints.push(m.text())
    })
    Window.all.add(window)
    context.on('weberror', (e) => window.complaints.push(String(e.error())))
    return window
  }

  /** Signs somebody in without the form, and opens a path. */
  async signIn(person: Person, path = '/'): Promise<void> {
    await this.context.request.post(this.program.address + '/api/v1/auth/login', {
      data: { email: person.email, password },
    })
    // A page of the same origin without any of the app, so that what it remembers can be laid there.
    await this.page.goto('/livez')
    await this.page.evaluate((id) => localStorage.setItem('rung.user', id), person.id)
    await this.page.goto(path)
  }

  /** Signs somebody in as she does it herself, on the page of signing in that is open. */
  async signInByForm(person: Person): Promise<void> {
    await this.page.getByLabel('E-mail address').fill(person.email)
    await this.page.getByLabel('Password', { exact: true }).fill(password)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
  }

  /** What axe finds against WCAG 2.2 AA, in words. It runs outside the page's policy, which would not let it in. */
  async inaccessible(): Promise<string[]> {
    await this.page.evaluate(axe.source)
    const { violations } = await this.page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(
        { exclude: ['[data-base-ui-focus-guard]'] },
        { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
      ),
    )
    return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html}`))
  }

  /** Pictures of what is shown, in light, in dark and on a phone, in web/test-shots/. */
  async shot(name: string): Promise<void> {
    mkdirSync('test-shots', { recursive: true })
    const before = this.page.viewportSize()!
    for (const [look, colorScheme, viewport] of [
      ['light', 'light', desktop],
      ['dark', 'dark', desktop],
      ['phone', 'light', phone],
    ] as const) {
      await this.page.emulateMedia({ colorScheme })
      await this.page.setViewportSize(viewport)
      await this.page.screenshot({ path: `test-shots/${name}-${look}.png` })
    }
    await this.page.emulateMedia({ colorScheme: null })
    await this.page.setViewportSize(before)
  }

  /** Ends the browser, and expects that nothing was complained of and nobody else was asked. */
  async close(): Promise<void> {
    Window.all.delete(this)
    await this.browser.close()
    expect(this.complaints).toEqual([])
    expect(this.strangers).toEqual([])
  }
}
