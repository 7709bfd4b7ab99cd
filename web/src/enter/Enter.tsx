import { Trans } from '@lingui/react/macro'

export function Enter() {
  return (
    <main>
      <h1>
        <Trans>Sign in to Rung</Trans>
      </h1>
    </main>
  )
}
