import { Plural, useLingui } from '@lingui/react/macro'
import { useLayoutEffect, useRef, useState } from 'react'
import type { Completion } from './useCompletion'

/** The name of an option for a screen reader to follow. */
export function optionId(listId: string, at: number): string {
  return `${listId}-${at}`
}

/** What can be put in, below the words that are being completed, or above them where there is no room. */
export function CompletionList({ id, completion }: { id: string; completion: Completion }) {
  const { t } = useLingui()
  const box = useRef<HTMLUListElement>(null)
  const [place, setPlace] = useState<{ left: number; top: number }>()
  const { open } = completion
  const left = open?.left ?? 0
  const top = open?.top ?? 0
  const height = open?.height ?? 0
  const count = open?.list.length ?? 0

  useLayoutEffect(() => {
    const list = box.current
    const around = list?.parentElement
    if (!list || !around) return
    const below = around.getBoundingClientRect().top + top + height + list.offsetHeight + 8 <= visibleHeight()
    setPlace({
      left: Math.max(0, Math.min(left, around.clientWidth - list.offsetWidth)),
      top: below ? top + height + 4 : top - list.offsetHeight - 4,
    })
  }, [left, top, height, count])

  return (
    <>
      <div role="status" className="sr-only">
        {open && <Plural value={count} one="# suggestion" other="# suggestions" />}
      </div>
      {open && (
        <ul
          ref={box}
          id={id}
          role="listbox"
          aria-label={open.trigger.kind === 'member' ? t`Members` : t`Tasks`}
          className="absolute z-40 max-h-72 w-72 max-w-full overflow-y-auto rounded-lg bg-floating p-1 text-sm shadow-floating"
          style={place ?? { visibility: 'hidden' }}
          onPointerDown={(event) => event.preventDefault()}
        >
          {open.list.map((one, at) => (
            <li
              key={one.id}
              id={optionId(id, at)}
              role="option"
              aria-selected={at === open.active}
              className={`flex h-8 items-center gap-2 rounded-md px-2 pointer-coarse:h-11 ${at === open.active ? 'bg-selected' : 'hover:bg-hover'}`}
              onClick={() => completion.choose(at)}
            >
              <span className="max-w-48 shrink-0 truncate font-medium">
                <bdi>{one.label}</bdi>
              </span>
              <span className="truncate text-muted">
                <bdi>{one.detail}</bdi>
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

// What of the window the phone's keyboard leaves.
function visibleHeight(): number {
  return window.visualViewport?.height ?? innerHeight
}
