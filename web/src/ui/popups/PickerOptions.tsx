import { useVirtualizer } from '@tanstack/react-virtual'
import { Check } from 'lucide-react'
import { useEffect, useRef, type CSSProperties } from 'react'

import { classes } from '../classes'
import { Icon } from '../Icon'
import { Kbd } from '../Kbd'
import { useMedia } from '../media'
import type { PickerItem } from '../Picker'

interface PickerOptionsProps {
  id: string
  name: string
  items: readonly PickerItem[]
  at: number
  value: readonly string[]
  multi?: boolean
  onPoint: (item: PickerItem) => void
  onPick: (item: PickerItem) => void
}

/** The line that offers to make what was not found. */
export const createId = '\u0000create'

/** Lists up to this long are drawn whole. */
const drawnWhole = 100

export function PickerOptions(props: PickerOptionsProps) {
  const { id, name, items, multi } = props
  const list = { id, role: 'listbox', 'aria-label': name, 'aria-multiselectable': multi || undefined }
  const className = 'phone:max-h-72 min-h-0 overflow-y-auto overscroll-contain py-1 empty:hidden'
  return items.length > drawnWhole ? (
    <LongList {...props} list={list} className={className} />
  ) : (
    <ShortList {...props} list={list} className={className} />
  )
}

type ListProps = PickerOptionsProps & { list: object; className: string }

function ShortList({ list, className, ...props }: ListProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.children[props.at]?.scrollIntoView?.({ block: 'nearest' })
  }, [props.at])
  return (
    <div {...list} ref={box} className={className}>
      {props.items.map((item, place) => (
        <Option key={item.id} {...props} item={item} place={place} />
      ))}
    </div>
  )
}

function LongList({ list, className, ...props }: ListProps) {
  'use no memo'
  const box = useRef<HTMLDivElement>(null)
  const touch = useMedia('(pointer: coarse)')
  const rows = useVirtualizer({
    count: props.items.length,
    getScrollElement: () => box.current,
    estimateSize: () => (touch ? 44 : 28),
    overscan: 8,
    initialRect: { width: 240, height: 288 },
  })
  useEffect(() => {
    rows.scrollToIndex(props.at)
  }, [props.at, rows])
  return (
    <div {...list} ref={box} className={className}>
      <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const item = props.items[row.index]
          if (!item) return null
          return (
            <Option
              key={item.id}
              {...props}
              item={item}
              place={row.index}
              style={{ position: 'absolute', insetInline: 0, top: row.start }}
            />
          )
        })}
      </div>
    </div>
  )
}

function Option({
  id,
  item,
  items,
  place,
  at,
  value,
  multi,
  onPoint,
  onPick,
  style,
}: PickerOptionsProps & { item: PickerItem; place: number; style?: CSSProperties }) {
  const chosen = value.includes(item.id)
  return (
    <div
      id={`${id}-${place}`}
      role="option"
      aria-selected={chosen}
      aria-disabled={item.disabled}
      aria-setsize={items.length}
      aria-posinset={place + 1}
      onPointerMove={() => place !== at && onPoint(item)}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onPick(item)}
      style={style}
      className={classes(
        'h-item pointer-coarse:h-row-touch mx-1 flex items-center gap-2 rounded-md px-2 select-none',
        place === at && 'bg-hover',
        item.disabled && 'opacity-50',
      )}
    >
      {multi && item.id !== createId && (
        <span
          className={classes(
            'grid size-4 shrink-0 place-items-center rounded-sm border',
            chosen ? 'bg-accent text-accent-ink border-transparent' : 'border-control',
          )}
        >
          {chosen && <Icon of={Check} size={12} />}
        </span>
      )}
      {item.icon}
      <span className="min-w-0 grow truncate">
        <bdi>{item.name}</bdi>
      </span>
      {item.hint && <span className="text-muted shrink-0 text-xs">{item.hint}</span>}
      {!multi && chosen && <Icon of={Check} size={14} className="text-accent-text" />}
      {item.keys && <Kbd keys={item.keys} quiet className="text-muted" />}
    </div>
  )
}
