import { begin, meChanged, type Me } from '../api/session'
import { formatLocale } from '../i18n/formatLocale'
import type { components } from '../api/schema'
import type { SignedIn } from './account'
import { ask, post } from './ask'

type Registration = components['schemas']['RegisterRequest']

let last: { id: string; by: string } | undefined

/**
 * Makes an account and signs in. The same person trying again after a lost answer is the same request, so she does not find
 * her own address taken.
 */
export async function register(person: Omit<Registration, 'id'>): Promise<Me> {
  const by = person.email + '\n' + person.password
  if (last?.by !== by) last = { id: randomID(), by }
  const answer = await post<SignedIn>('/auth/register', { ...person, id: last.id })
  last = undefined
  begin(answer)
  await tellWhere(answer.user)
  return answer.user
}

/** Tells the server the time zone and language of the browser. It does not matter enough to keep anybody waiting. */
async function tellWhere(user: Me): Promise<void> {
  const here = { timezone: Intl.DateTimeFormat().resolvedOptions().timeZone, locale: formatLocale() }
  if (here.timezone === user.timezone && here.locale === user.locale) return
  try {
    meChanged(await ask<Me>('/me', { method: 'PATCH', body: here, type: 'application/merge-patch+json', asUser: true }))
  } catch {
    // It can be set in the settings.
  }
}

/** A random UUID, also where the page is not served over https. */
function randomID(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0'))
    .join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
