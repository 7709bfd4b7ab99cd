import { Trans, useLingui } from '@lingui/react/macro'
import { RotateCw, X } from 'lucide-react'
import type { Sending, Uploads } from './useUploads'

const button =
  'grid size-6 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink pointer-coarse:size-11'

/** The files on their way, each with how far it is, and those that did not arrive. */
export function UploadList({ uploads }: { uploads: Uploads }) {
  const { t } = useLingui()
  if (uploads.list.length === 0) return null
  return (
    <ul aria-label={t`Files on their way`} className="flex flex-col border-t border-line px-3 py-1 text-sm">
      {uploads.list.map((one) => (
        <li key={one.number} className="flex min-h-8 items-center gap-2">
          <bdi className="min-w-0 flex-1 truncate">{one.file.name}</bdi>
          {one.failed ? <Failed one={one} uploads={uploads} /> : <Going one={one} />}
          <button
            type="button"
            className={button}
            aria-label={one.failed ? t`Dismiss ${one.file.name}` : t`Cancel ${one.file.name}`}
            title={one.failed ? t`Dismiss` : t`Cancel`}
            onClick={() => uploads.cancel(one.number)}
          >
            <X size={16} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}

function Going({ one }: { one: Sending }) {
  const { t, i18n } = useLingui()
  const words = i18n.number(one.progress, { style: 'percent', maximumFractionDigits: 0 })
  return (
    <>
      <span
        role="progressbar"
        aria-label={t`Sending ${one.file.name}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(one.progress * 100)}
        className="h-1 w-24 overflow-hidden rounded-full bg-pressed"
      >
        <span
          className="block h-full rounded-full bg-accent"
          style={{ width: `${Math.min(1, one.progress) * 100}%` }}
        />
      </span>
      <span className="w-10 text-end text-xs text-muted">{words}</span>
    </>
  )
}

function Failed({ one, uploads }: { one: Sending; uploads: Uploads }) {
  const { t } = useLingui()
  return (
    <>
      <span role="alert" className="text-danger-text">
        <Trans>Could not be sent</Trans>
      </span>
      <button
        type="button"
        className={button}
        aria-label={t`Try ${one.file.name} again`}
        title={t`Try again`}
        onClick={() => uploads.again(one.number)}
      >
        <RotateCw size={16} aria-hidden />
      </button>
    </>
  )
}
