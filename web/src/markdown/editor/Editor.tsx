import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Columns2, Eye, Pencil } from 'lucide-react'
import { useEffect, useId, useImperativeHandle, useState } from 'react'
import { withoutHeldPlaces } from '../draft/drafts'
import { Preview } from './Preview'
import type { MarkdownEditorProps } from './props'
import { SourceField } from './SourceField'
import { Toolbar } from './Toolbar'
import { UploadList } from './UploadList'
import { useCompletion } from './useCompletion'
import { useField } from './useField'
import { useKeys } from './useKeys'
import { useUploads } from './useUploads'

/** The field for a text in Markdown: its source as it is written, with a toolbar and a view of what it becomes. */
export default function Editor(props: MarkdownEditorProps) {
  const { value, onChange, onSave, onLeave, upload, label, children, ref } = props
  const { t } = useLingui()
  const id = useId()
  const helpId = useId()
  const [preview, setPreview] = useState(false)
  const [told, setTold] = useState(false)
  const hand = useField(value, onChange)
  const completion = useCompletion(hand.field, { members: props.completeMembers, tasks: props.completeTasks })
  const uploads = useUploads(hand.field, upload, (name) => t`Sending ${name}…`)
  const going = uploads.list.filter((one) => !one.failed).length

  const { onSending } = props
  useEffect(() => onSending?.(going), [going, onSending])

  const save = () => {
    setTold(going > 0)
    const area = hand.field.current
    if (going > 0 || !onSave || !area) return
    hand.handedOver()
    onSave(withoutHeldPlaces(area.value))
  }
  const keys = useKeys(hand.field, { completion, save, leave: onLeave })
  const attach = upload && !props.readOnly ? uploads.send : undefined

  useImperativeHandle(ref, () => ({
    focus: () => hand.field.current?.focus(),
    save,
  }))

  return (
    <div className="@container flex flex-col rounded-lg border border-control bg-panel focus-within:border-focus focus-within:ring-1 focus-within:ring-focus">
      <Toolbar controls={id} disabled={props.readOnly ?? false} run={keys.run} attach={attach}>
        <PreviewButton on={preview} toggle={() => setPreview(!preview)} />
      </Toolbar>
      <div className={preview ? 'grid @2xl:grid-cols-2' : 'grid'}>
        <div className={preview ? 'hidden min-w-0 @2xl:block' : 'min-w-0'}>
          <SourceField
            {...{ id, label, completion, keys, attach, value }}
            field={hand.field}
            typed={hand.typed}
            describedBy={helpId}
            placeholder={props.placeholder}
            autoFocus={props.autoFocus ?? false}
            readOnly={props.readOnly ?? false}
          />
        </div>
        {preview && <Preview {...props} />}
      </div>
      <UploadList uploads={uploads} />
      <div role="status" className={told && going > 0 ? 'px-3 py-1 text-sm text-warning-text' : 'sr-only'}>
        {told && going > 0 && (
          <Plural
            value={going}
            one="One file is still on its way. Save when it has arrived."
            other="# files are still on their way. Save when they have arrived."
          />
        )}
      </div>
      <span id={helpId} hidden>
        <Trans>Markdown. In a list Tab moves an item in; press Escape and then Tab to leave the field.</Trans>
      </span>
      {children && <div className="flex items-center gap-2 border-t border-line px-3 py-2">{children}</div>}
    </div>
  )
}

function PreviewButton({ on, toggle }: { on: boolean; toggle: () => void }) {
  const { t } = useLingui()
  return (
    <button
      type="button"
      aria-pressed={on}
      className={`me-1 flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm hover:bg-hover pointer-coarse:h-11 pointer-coarse:min-w-11 pointer-coarse:justify-center ${on ? 'bg-pressed text-ink' : 'text-muted'}`}
      aria-label={t`Preview`}
      title={t`Preview`}
      onClick={toggle}
    >
      <Columns2 size={16} aria-hidden className="hidden @2xl:block" />
      {on ? (
        <Pencil size={16} aria-hidden className="@2xl:hidden" />
      ) : (
        <Eye size={16} aria-hidden className="@2xl:hidden" />
      )}
      <span className="hidden @md:inline">
        <Trans>Preview</Trans>
      </span>
    </button>
  )
}
