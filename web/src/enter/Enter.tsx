import { lazy, Suspense, type ComponentType } from 'react'

import { usePlace } from './place'
import { SignIn } from './SignIn'

const others = () => import('./others')
type Others = Awaited<ReturnType<typeof others>>
const page = (name: keyof Others) => lazy(async () => ({ default: (await others())[name] }))

const pages: Record<string, ComponentType> = {
  setup: page('SetUp'),
  signup: page('SignUp'),
  forgot: page('Forgot'),
  'reset-password': page('ResetPassword'),
  'verify-email': page('VerifyEmail'),
  invite: page('Invite'),
}

/** The pages of getting in. A new secret makes a page anew. */
export function Enter() {
  const { page, token } = usePlace()
  const Page = pages[page] ?? SignIn
  return (
    <Suspense>
      <Page key={page + token} />
    </Suspense>
  )
}
