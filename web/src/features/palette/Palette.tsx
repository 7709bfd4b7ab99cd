import { Dialog as Base } from '@base-ui/react/dialog'
import { useLingui } from '@lingui/react/macro'
import { useId, useRef, useState, type KeyboardEvent } from 'react'

import { useCommands } from '../../ui/commands'
import { announce } from '../../ui/LiveRegion'
import type { Entry } from './entry'
import { PaletteField } from './PaletteField'
import { PaletteList } from './PaletteList'
import type { Sources } from './useEntries'
import { useSections } from './useSections'

export interface PaletteProps extends Sources {
  onClose: () => void
}

/** Goes anywhere, does anything, finds tasks while one types. */
export default function Palette({ onClose, ...sources }: PaletteProps) {
  const { t } = useLingui()
  const field = useRef<HTMLInputElement>(null)
  // The field takes the focus before the dialog looks where it was.
  const [before] = useState(() => document.activeElement)
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="bg-scrim z-floating fixed inset-0" />
        <Base.Popup
          aria-label={t`Search and commands`}
          initialFocus={field}
          finalFocus={() => (before instanceof HTMLElement && before !== document.body ? before : true)}
          className="bg-floating text-ink shadow-dialog z-floating fixed start-1/2 top-[12vh] flex max-h-[min(480px,76vh)] w-full max-w-150 -translate-x-1/2 flex-col overflow-hidden rounded-xl text-sm outline-none rtl:translate-x-1/2 max-phone:inset-0 max-phone:max-h-none max-phone:max-w-none max-phone:translate-x-0 max-phone:rounded-none"
        >
          <PaletteContent
            sources={sources}
            field={field}
            onClose={onClose}
            onChoose={(entry) => {
              onClose()
              // After the focus went back to where it was: what the command is about may hold it.
              setTimeout(entry.run)
            }}
          />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

interface PaletteContentProps {
  sources: Sources
  field: React.RefObject<HTMLInputElement | null>
  onClose: () => void
  onChoose: (entry: Entry) => void
}

function PaletteContent({ sources, field, onClose, onChoose }: PaletteContentProps) {
  const { t } = useLingui()
  const listId = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const sections = useSections(text, sources)
  const entries = sections.flatMap((s) => s.entries)
  const place = Math.min(at, entries.length - 1)
  useCommands([{ id: 'palette.open', name: t`Close`, keys: 'mod+k', hidden: true, run: onClose }], { alone: true })

  function type(next: string) {
    setText(next)
    setAt(0)
    if (next.trim() && entries.length === 0) announce(t`Nothing found`)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const last = entries.length - 1
    const ends = event.ctrlKey || event.metaKey
    const steps: Record<string, number> = {
      ArrowDown: place < last ? place + 1 : 0,
      ArrowUp: place > 0 ? place - 1 : last,
      PageDown: Math.min(last, place + 8),
      PageUp: Math.max(0, place - 8),
      ...(ends ? { Home: 0, End: last } : {}),
    }
    const step = steps[event.key]
    const entry = entries[place]
    if (step !== undefined) setAt(step)
    else if (event.key === 'Enter' && entry) onChoose(entry)
    else return
    event.preventDefault()
  }
  return (
    <>
      <PaletteField
        ref={field}
        listId={listId}
        active={entries.length > 0 ? `${listId}-${place}` : undefined}
        text={text}
        onText={type}
        onKeyDown={onKeyDown}
        onClose={onClose}
      />
      <PaletteList id={listId} sections={sections} at={place} onPoint={setAt} onChoose={onChoose} />
    </>
  )
}
