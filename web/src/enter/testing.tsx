import { I18nProvider } from '@lingui/react'
import { render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse, type JsonBodyType } from 'msw'
import { setupServer } from 'msw/node'

import { i18n } from '../i18n/i18n'

// The page names where it is served, as index.html does.
const base = document.createElement('base')
base.href = '/'
document.head.append(base)

export const apiAt = (path: string) => new URL('api/v1' + path, document.baseURI).href

/** An API of which only that is there which a test says. */
export const server = setupServer(
  http.get(apiAt('/auth/methods'), () => HttpResponse.json({ password: true, signup: 'invite', setup: false })),
)

export const ada = {
  id: '0194a000-0000-7000-8000-000000000001',
  email: 'ada@example.org',
  name: 'Ada',
  locale: navigator.language,
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  theme: 'system',
  notify: {},
  admin: false,
  workspace: '0194a000-0000-7000-8000-0000000000aa',
  usage: { workspaces: 1 },
  limits: { workspaces: 50 },
  version: 1,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
}

export const signedIn = (user: typeof ada = ada, token = 'token') => ({
  status: 'ok',
  user,
  access_token: token,
  expires_in: 600,
})

export function refuses(status: number, code: string, more: Record<string, JsonBodyType> = {}, headers = {}) {
  return HttpResponse.json(
    { status, code, title: code, detail: 'Refused: ' + code, request_id: 'req-1', ...more },
    { status, headers: { 'Content-Type': 'application/problem+json', ...headers } },
  )
}

/**
 * Opens an address as a freshly loaded page does. What is read when a page loads is read again, so modules begin anew.
 * left is where the page has gone when it has left for the app.
 */
export async function visit(address: string) {
  vi.resetModules()
  history.replaceState(null, '', address)
  const left = vi.fn()
  const place = await import('./place')
  vi.spyOn(place, 'leaveFor').mockImplementation(left)
  const { Enter } = await import('./Enter')
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  const page = render(
    <I18nProvider i18n={i18n}>
      <Enter />
    </I18nProvider>,
  )
  return { ...page, left, user: userEvent.setup() }
}
