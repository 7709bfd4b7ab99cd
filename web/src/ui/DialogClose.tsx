import { createContext, use } from 'react'

import { Button, type ButtonProps } from './Button'

/** Closes the dialog or sheet around it. */
export const Closing = createContext<() => void>(() => undefined)

/** A button that closes the dialog or sheet it stands in. */
export function DialogClose({ onClick, ...rest }: ButtonProps) {
  const close = use(Closing)
  return (
    <Button
      {...rest}
      onClick={(event) => {
        onClick?.(event)
        if (!event.defaultPrevented) close()
      }}
    />
  )
}
