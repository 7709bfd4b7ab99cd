import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'

import { Button } from './Button'
import { Icon } from './Icon'
import { announce } from './LiveRegion'

export interface ToastWords {
  text: string
  /** Takes back what the toast tells of. */
  undo?: () => void
  /** Another thing to do about it, such as to open it. */
  action?: { name: string; run: () => void }
  icon?: ReactNode
  /** Read out at once, and stays till it is closed. */
  alarm?: boolean
}

const life = 6000
let shown: (ToastWords & { id: number }) | undefined
let ids = 0
const watchers = new Set<() => void>()

function show(next: typeof shown): void {
  shown = next
  watchers.forEach((tell) => tell())
}

/** Says what happened, for 6 s, in place of what was said before. Answers what takes it away again. */
export function toast(words: ToastWords): () => void {
  const id = ++ids
  show({ ...words, id })
  announce(words.text, words.alarm ? 'assertive' : 'polite')
  return () => {
    if (shown?.id === id) show(undefined)
  }
}

/** Where toasts appear; part of the Kit. */
export function ToastLayer() {
  const current = useSyncExternalStore(
    (tell) => {
      watchers.add(tell)
      return () => watchers.delete(tell)
    },
    () => shown,
  )
  return (
    <div className="z-toast pointer-events-none fixed inset-x-0 bottom-0 flex justify-center p-4 pb-[max(16px,env(safe-area-inset-bottom))] max-phone:bottom-14">
      {current && <ToastCard key={current.id} {...current} />}
    </div>
  )
}

function ToastCard({ text, undo, action, icon, alarm }: ToastWords) {
  const { t } = useLingui()
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const held = pointed || focused
  const close = () => show(undefined)
  useEffect(() => {
    if (held || alarm) return
    const timer = setTimeout(() => show(undefined), life)
    return () => clearTimeout(timer)
  }, [held, alarm])
  const acts = [action, undo && { name: t`Undo`, run: undo }].filter((a) => a !== undefined)
  return (
    <div
      role="region"
      aria-label={t`Message`}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onKeyDown={(event) => event.key === 'Escape' && close()}
      className="motion-rise bg-inverse text-inverse-ink shadow-floating pointer-events-auto flex min-h-10 max-w-120 items-center gap-2 rounded-lg py-1.5 ps-3.5 pe-1.5 text-sm"
    >
      {icon}
      <span className="min-w-0 grow py-1 wrap-anywhere">{text}</span>
      {acts.map((act) => (
        <Button
          key={act.name}
          kind="ghost"
          className="text-inverse-ink enabled:hover:bg-inverse-hover enabled:active:bg-inverse-hover"
          onClick={() => {
            close()
            act.run()
          }}
        >
          {act.name}
        </Button>
      ))}
      <button
        type="button"
        aria-label={t`Close`}
        onClick={close}
        className="touch-target text-inverse-muted hover:text-inverse-ink grid size-7 shrink-0 place-items-center rounded-md"
      >
        <Icon of={X} />
      </button>
    </div>
  )
}
