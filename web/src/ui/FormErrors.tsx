import { Plural } from '@lingui/react/macro'
import { useEffect, useRef } from 'react'

/** What keeps a form from being sent, each a way to its field; takes the focus when it appears. */
export function FormErrors({ errors }: { errors: readonly { field?: string; text: string }[] }) {
  const box = useRef<HTMLDivElement>(null)
  const any = errors.length > 0
  useEffect(() => {
    if (any) box.current?.focus()
  }, [any])
  if (!any) return null
  return (
    <div ref={box} role="alert" tabIndex={-1} className="bg-danger-tint text-danger-text rounded-md px-3 py-2">
      <p className="font-medium">
        <Plural value={errors.length} one="One thing needs another look" other="# things need another look" />
      </p>
      <ul className="mt-0.5">
        {errors.map(({ field, text }) => (
          <li key={`${field} ${text}`}>
            {field ? (
              <button
                type="button"
                className="rounded-sm text-start underline underline-offset-2"
                onClick={() => document.getElementById(field)?.focus()}
              >
                {text}
              </button>
            ) : (
              text
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
