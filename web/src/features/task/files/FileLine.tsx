import { useLingui } from '@lingui/react/macro'
import { File, FileText, Film, Image, Music, Trash2 } from 'lucide-react'

import { useWorkspace, type Attachment } from '../../../store'
import { Icon } from '../../../ui/Icon'
import { IconButton } from '../../../ui/IconButton'
import { toast } from '../../../ui/Toast'
import { Instant } from '../properties/MadeLines'
import { addressOf } from './address'
import { useSizeWords } from './size'

interface FileLineProps {
  file: Attachment
  mayRemove: boolean
  onRemove: () => void
}

/** A file of the task: pressed it opens, or is saved if browsers can't show it. */
export function FileLine({ file, mayRemove, onRemove }: FileLineProps) {
  const { t } = useLingui()
  const ws = useWorkspace().id
  const say = useSizeWords()
  const kind = file.content_type.split(';')[0] ?? ''
  const open = async () => {
    // Opened before the address is known, or browsers take it for something that nobody asked for.
    const beside = window.open('', '_blank')
    try {
      const { src } = await addressOf(ws, file.task, file.id)
      if (beside) {
        beside.opener = null
        beside.location.replace(src)
      } else location.assign(src)
    } catch {
      beside?.close()
      toast({ text: t`${file.name} cannot be opened now` })
    }
  }
  return (
    <li className="group/line hover:bg-hover flex h-row items-center gap-2 rounded-md px-2 pointer-coarse:h-row-touch">
      <Icon of={iconOf(kind)} className="text-icon" />
      <button
        type="button"
        onClick={() => void open()}
        className="focus-inset flex h-full min-w-0 grow items-center rounded-sm text-start"
      >
        <bdi className="truncate">{file.name}</bdi>
      </button>
      <span className="text-muted shrink-0 text-xs">{say(file.size)}</span>
      <span className="text-muted shrink-0 text-xs max-phone:hidden" title={file.author.name}>
        <Instant at={file.created_at} />
      </span>
      {mayRemove && (
        <IconButton
          size="small"
          icon={Trash2}
          name={t`Delete ${file.name}`}
          onClick={onRemove}
          className="-me-1 opacity-0 group-hover/line:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
        />
      )}
    </li>
  )
}

function iconOf(kind: string) {
  if (kind.startsWith('image/')) return Image
  if (kind.startsWith('video/')) return Film
  if (kind.startsWith('audio/')) return Music
  if (kind.startsWith('text/') || kind === 'application/pdf') return FileText
  return File
}
