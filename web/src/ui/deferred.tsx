import { cloneElement, useEffect, useState, type ComponentType, type MouseEvent, type ReactElement } from 'react'

interface Opens {
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
}
type TriggerProps = { onClick?: (event: MouseEvent) => void; 'aria-haspopup'?: string; 'aria-expanded'?: boolean }

const fetches: (() => Promise<unknown>)[] = []

/** Fetches what opens, before it is asked for; the Kit does so when the first screen is there. */
export function fetchPopups(): void {
  for (const fetch of fetches) fetch().catch(() => undefined)
}

/**
 * A part whose behaviour is fetched apart, so that the first screen need not wait for it.
 * Until it is first opened there is only its trigger; from then on all is the part's own.
 */
export function deferred<P extends Opens>(load: () => Promise<ComponentType<P>>, kind: 'menu' | 'dialog') {
  let loaded: ComponentType<P> | undefined
  const fetch = async () => (loaded ??= await load())
  fetches.push(fetch)

  return function Deferred(props: P) {
    const [own, setOwn] = useState(false)
    const [Part, setPart] = useState<ComponentType<P> | null>(null)
    const open = props.open ?? own
    function setOpen(next: boolean) {
      if (next && loaded) setPart(() => loaded!)
      setOwn(next)
      props.onOpenChange?.(next)
    }
    useEffect(() => {
      if (!open || Part) return
      let gone = false
      void fetch().then((part) => gone || setPart(() => part))
      return () => {
        gone = true
      }
    }, [open, Part])

    if (Part) return <Part {...props} open={open} onOpenChange={setOpen} />
    if (!props.trigger) return null
    const trigger = props.trigger as ReactElement<TriggerProps>
    return cloneElement(trigger, {
      'aria-haspopup': kind,
      'aria-expanded': open,
      onClick: (event) => {
        trigger.props.onClick?.(event)
        if (!event.defaultPrevented) setOpen(true)
      },
    })
  }
}
