import { useLingui } from '@lingui/react/macro'

import { useDelayed } from '../../ui/delayed'
import { Spinner } from '../../ui/Spinner'

/** Where nothing is known yet of what will be here. */
export function Opening() {
  const { t } = useLingui()
  const slow = useDelayed(true)
  return (
    <main className="grid min-h-dvh place-items-center" aria-busy>
      {slow && <Spinner label={t`Opening Rung`} className="text-icon" />}
    </main>
  )
}
