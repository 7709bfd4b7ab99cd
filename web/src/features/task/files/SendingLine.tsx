import { useLingui } from '@lingui/react/macro'
import { RotateCw, Upload, X } from 'lucide-react'

import { Icon } from '../../../ui/Icon'
import { IconButton } from '../../../ui/IconButton'
import { Progress } from '../../../ui/Progress'
import type { Sending } from './useSending'

interface SendingLineProps {
  one: Sending
  onStop: () => void
  onAgain: () => void
}

/** A file on its way, with how far it is; or one that did not arrive, with why. */
export function SendingLine({ one, onStop, onAgain }: SendingLineProps) {
  const { t, i18n } = useLingui()
  const { name } = one.file
  return (
    <li className="flex min-h-row items-center gap-2 rounded-md px-2 py-1 pointer-coarse:min-h-row-touch">
      <Icon of={Upload} className="text-icon" />
      <bdi className="min-w-0 grow truncate">{name}</bdi>
      {one.failure === undefined ? (
        <>
          <Progress value={one.progress} name={t`Sending ${name}`} className="w-24! shrink-0" />
          <span aria-hidden className="text-muted w-10 text-end text-xs">
            {i18n.number(one.progress, { style: 'percent', maximumFractionDigits: 0 })}
          </span>
          <IconButton size="small" icon={X} name={t`Stop sending ${name}`} onClick={onStop} />
        </>
      ) : (
        <>
          <span className="text-danger-text min-w-0 text-xs">{one.failure}</span>
          <IconButton size="small" icon={RotateCw} name={t`Send ${name} again`} onClick={onAgain} />
          <IconButton size="small" icon={X} name={t`Do not send ${name}`} onClick={onStop} />
        </>
      )}
    </li>
  )
}
