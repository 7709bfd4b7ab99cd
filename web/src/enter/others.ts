// The pages of getting in that are not signing in: one chunk, which who only signs in does not load.
export { Forgot } from './Forgot'
export { Invite } from './Invite'
export { ResetPassword } from './ResetPassword'
export { SetUp } from './SetUp'
export { SignUp } from './SignUp'
export { VerifyEmail } from './VerifyEmail'
