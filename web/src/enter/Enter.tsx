import { Forgot } from './Forgot'
import { Invite } from './Invite'
import { usePlace } from './place'
import { ResetPassword } from './ResetPassword'
import { SetUp } from './SetUp'
import { SignIn } from './SignIn'
import { SignUp } from './SignUp'
import { VerifyEmail } from './VerifyEmail'

/** The pages of getting in. A new secret makes a page anew. */
export function Enter() {
  const { page, token } = usePlace()
  switch (page) {
    case 'setup':
      return <SetUp key={token} />
    case 'signup':
      return <SignUp />
    case 'forgot':
      return <Forgot />
    case 'reset-password':
      return <ResetPassword key={token} />
    case 'verify-email':
      return <VerifyEmail key={token} />
    case 'invite':
      return <Invite key={token} />
    default:
      return <SignIn />
  }
}
