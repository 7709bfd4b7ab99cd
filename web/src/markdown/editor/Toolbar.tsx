import { useLingui } from '@lingui/react/macro'
import {
  Bold,
  Code,
  Heading,
  Italic,
  Link,
  List,
  ListOrdered,
  ListTodo,
  Paperclip,
  SquareCode,
  Strikethrough,
  TextQuote,
  type LucideIcon,
} from 'lucide-react'
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { keysOf, type CommandId } from './keys'

const look =
  'grid size-7 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink focus-visible:outline-offset-[-2px] disabled:opacity-50 pointer-coarse:size-11'

const icons: readonly (readonly [CommandId, LucideIcon])[] = [
  ['heading', Heading],
  ['bold', Bold],
  ['italic', Italic],
  ['strike', Strikethrough],
  ['code', Code],
  ['link', Link],
  ['bullets', List],
  ['numbers', ListOrdered],
  ['tasks', ListTodo],
  ['quote', TextQuote],
  ['codeBlock', SquareCode],
]

interface ToolbarProps {
  controls: string
  disabled: boolean
  run: (id: CommandId) => void
  attach: ((files: File[]) => void) | undefined
  children?: ReactNode
}

/** The buttons above the field: one stop of the Tab key, the arrow keys go along. */
export function Toolbar({ controls, disabled, run, attach, children }: ToolbarProps) {
  const { t } = useLingui()
  const [stop, setStop] = useState(0)
  const picker = useRef<HTMLInputElement>(null)
  const names: Record<CommandId, string> = {
    heading: t`Heading`,
    bold: t`Bold`,
    italic: t`Italic`,
    strike: t`Strikethrough`,
    code: t`Code`,
    link: t`Link`,
    bullets: t`Bulleted list`,
    numbers: t`Numbered list`,
    tasks: t`Task list`,
    quote: t`Quote`,
    codeBlock: t`Code block`,
  }
  const count = icons.length + (attach ? 1 : 0)

  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const onward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
    const back = onward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight'
    const to = { [onward]: (stop + 1) % count, [back]: (stop + count - 1) % count, Home: 0, End: count - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    setStop(to)
    event.currentTarget.querySelectorAll<HTMLElement>('button')[to]?.focus()
  }

  return (
    <div className="flex items-center border-b border-line">
      <div
        role="toolbar"
        aria-label={t`Formatting`}
        aria-controls={controls}
        className="flex min-w-0 flex-1 items-center gap-0.5 overflow-x-auto p-1 [mask-image:linear-gradient(to_right,black_calc(100%-24px),transparent)] pe-6 [scrollbar-width:none] rtl:[mask-image:linear-gradient(to_left,black_calc(100%-24px),transparent)]"
        onKeyDown={move}
        onPointerDown={(event) => event.pointerType === 'mouse' && event.preventDefault()}
        onMouseDown={(event) => event.preventDefault()}
      >
        {icons.map(([id, Icon], at) => (
          <button
            key={id}
            type="button"
            className={look}
            disabled={disabled}
            tabIndex={at === stop ? 0 : -1}
            aria-label={names[id]}
            aria-keyshortcuts={keysOf(id).told}
            title={`${names[id]} (${keysOf(id).shown})`}
            onFocus={() => setStop(at)}
            onClick={() => run(id)}
          >
            <Icon size={16} aria-hidden />
          </button>
        ))}
        {attach && (
          <button
            type="button"
            className={look}
            disabled={disabled}
            tabIndex={stop === icons.length ? 0 : -1}
            aria-label={t`Attach files`}
            title={t`Attach files`}
            onFocus={() => setStop(icons.length)}
            onClick={() => picker.current?.click()}
          >
            <Paperclip size={16} aria-hidden />
          </button>
        )}
      </div>
      {attach && (
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            attach([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
      )}
      {children}
    </div>
  )
}
