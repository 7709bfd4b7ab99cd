import { useLingui } from '@lingui/react/macro'
import { Paperclip } from 'lucide-react'
import { useId, useRef, type RefObject } from 'react'

import { useAttachments } from '../../../store'
import { useCommands } from '../../../ui/commands'
import { IconButton } from '../../../ui/IconButton'
import type { RegionProps } from '../region'
import { SectionHead } from '../SectionHead'
import { DropPlace } from './DropPlace'
import { FileLine } from './FileLine'
import { SendingLine } from './SendingLine'
import { useRemoved } from './useRemoved'
import { useSending } from './useSending'

interface FilesProps extends RegionProps {
  /** Files that are dropped anywhere in here are attached. */
  drop: RefObject<HTMLElement | null>
}

/** The files of a task: chosen or dropped, on their way, here. */
export function Files({ task, can, drop }: FilesProps) {
  const { t } = useLingui()
  const heading = useId()
  const chooser = useRef<HTMLInputElement>(null)
  const sending = useSending(task)
  const removed = useRemoved(task)
  const arrived = useAttachments(task.id)
  const here = arrived.filter((a) => !removed.gone.has(a.id))
  const may = can.attach && task.version > 0
  const fresh = sending.list.filter((s) => !arrived.some((a) => a.id === s.id))
  const choose = () => chooser.current?.click()
  useCommands([
    {
      id: 'task.attach',
      name: t`Attach files`,
      group: t`Task`,
      keys: 'shift+a',
      icon: Paperclip,
      enabled: may,
      run: choose,
    },
  ])
  const any = here.length + fresh.length > 0
  return (
    <section aria-labelledby={any ? heading : undefined} className={any ? undefined : 'hidden'}>
      {may && (
        <>
          <input
            ref={chooser}
            type="file"
            multiple
            hidden
            aria-label={t`Attach files`}
            onChange={(e) => {
              sending.send([...(e.target.files ?? [])])
              e.target.value = ''
            }}
          />
          <DropPlace around={drop} onFiles={sending.send} />
        </>
      )}
      <SectionHead
        id={heading}
        name={t`Files`}
        action={may && <IconButton icon={Paperclip} name={t`Attach files`} command="task.attach" onClick={choose} />}
      >
        <span className="text-muted text-xs">{here.length || null}</span>
      </SectionHead>
      <ul className="-mx-2 mt-1" aria-label={t`Files`}>
        {here.map((file) => (
          <FileLine key={file.id} file={file} mayRemove={can.edit} onRemove={() => removed.remove(file)} />
        ))}
        {fresh.map((one) => (
          <SendingLine
            key={one.id}
            one={one}
            onStop={() => sending.stop(one.id)}
            onAgain={() => sending.again(one.id)}
          />
        ))}
      </ul>
    </section>
  )
}
