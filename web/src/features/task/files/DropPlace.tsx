import { Trans } from '@lingui/react/macro'
import { Upload } from 'lucide-react'
import { useEffect, useState, type RefObject } from 'react'
import { createPortal } from 'react-dom'

import { isTyping } from '../../../ui/commands'
import { Icon } from '../../../ui/Icon'

interface DropPlaceProps {
  around: RefObject<HTMLElement | null>
  onFiles: (files: File[]) => void
}

/** Takes files that are dropped anywhere on the task, or pasted where nobody types; those put into a text are the text's own. */
export function DropPlace({ around, onFiles }: DropPlaceProps) {
  const [over, setOver] = useState<HTMLElement | null>(null)
  useEffect(() => {
    const here = around.current
    if (!here) return
    const carries = (e: DragEvent) => e.dataTransfer?.types.includes('Files') === true
    const inText = (e: DragEvent) => e.target instanceof Element && e.target.closest('textarea') !== null
    const hover = (e: DragEvent) => {
      if (!carries(e)) return
      setOver(inText(e) ? null : here)
      if (!inText(e)) e.preventDefault()
    }
    const leave = (e: DragEvent) => {
      if (!(e.relatedTarget instanceof Node) || !here.contains(e.relatedTarget)) setOver(null)
    }
    const drop = (e: DragEvent) => {
      setOver(null)
      if (!carries(e) || inText(e) || e.defaultPrevented) return
      e.preventDefault()
      onFiles([...(e.dataTransfer?.files ?? [])])
    }
    const paste = (e: ClipboardEvent) => {
      const files = [...(e.clipboardData?.files ?? [])]
      if (files.length === 0 || e.defaultPrevented || isTyping(e.target)) return
      if (e.target instanceof Element && e.target.closest('[role="dialog"]:not(:has(article))')) return
      e.preventDefault()
      onFiles(files)
    }
    here.addEventListener('dragover', hover)
    here.addEventListener('dragleave', leave)
    here.addEventListener('drop', drop)
    document.addEventListener('paste', paste)
    return () => {
      here.removeEventListener('dragover', hover)
      here.removeEventListener('dragleave', leave)
      here.removeEventListener('drop', drop)
      document.removeEventListener('paste', paste)
    }
  }, [around, onFiles])
  if (!over) return null
  return createPortal(
    <div className="pointer-events-none sticky bottom-4 z-sticky mx-auto flex w-fit items-center gap-2 rounded-lg bg-inverse px-4 py-2.5 text-inverse-ink shadow-floating">
      <Icon of={Upload} />
      <Trans>Drop to attach</Trans>
    </div>,
    over,
  )
}
