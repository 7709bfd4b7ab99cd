import { begin, type Me } from '../api/session'
import type { components } from '../api/schema'
import { post } from './ask'
import { nextFor } from './next'
import { leaveFor } from './place'

export type SignedIn = components['schemas']['SignedIn']

export async function signIn(email: string, password: string): Promise<Me> {
  const answer = await post<SignedIn>('/auth/login', { email: email.trim(), password })
  begin(answer)
  return answer.user
}

/** Goes on to where one wanted to get to. */
export function goOn(user: Me, next: string | null): 'leaving' {
  leaveFor(nextFor(user.id, next))
  return 'leaving'
}
