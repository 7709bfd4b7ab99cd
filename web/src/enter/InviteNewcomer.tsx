import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { accept } from './accept'
import { Card } from './Card'
import { InviteLead, type Preview } from './InviteLead'
import { RegisterForm } from './RegisterForm'
import { SignInForm } from './SignInForm'

interface InviteNewcomerProps {
  token: string
  to: Preview
  /** One is signed in by now, and the invitation was refused. */
  stuck: (refused: unknown) => void
}

/** An invitation before nobody we know: with a new account, or with one that there is. */
export function InviteNewcomer({ token, to, stuck }: InviteNewcomerProps) {
  const { t } = useLingui()
  const [known, setKnown] = useState(to.account === true)
  const name = to.workspace.name
  const then = async () => {
    try {
      return await accept(token)
    } catch (e) {
      stuck(e)
    }
  }
  return (
    <Card
      title={t`Join ${name}`}
      lead={<InviteLead to={to} />}
      foot={
        <button
          type="button"
          className="text-accent-text rounded-sm font-medium underline-offset-2 hover:underline"
          onClick={() => setKnown(!known)}
        >
          {known ? <Trans>Create an account instead</Trans> : <Trans>I have an account</Trans>}
        </button>
      }
    >
      {known ? (
        <SignInForm key="known" action={t`Sign in and join`} email={to.account ? to.email : null} then={then} />
      ) : (
        <RegisterForm
          key="new"
          action={t`Create account and join`}
          email={to.email}
          by={{ invitation: token }}
          then={then}
        />
      )}
    </Card>
  )
}
