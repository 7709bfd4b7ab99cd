import { useLingui } from '@lingui/react/macro'
import { useState, type ReactElement, type RefObject } from 'react'

import { usePhone } from './media'
import { PickerList, type PickerListProps } from './PickerList'
import { Popover } from './Popover'
import { Sheet } from './Sheet'

export type { PickerItem } from './PickerList'

export interface PickerProps extends Omit<PickerListProps, 'onDone'> {
  trigger?: ReactElement
  anchor?: Element | RefObject<Element | null> | null
  open?: boolean
  onOpenChange?: (open: boolean) => void
  align?: 'start' | 'center' | 'end'
}

/** Choosing one or several of a searchable list, beside its button; from the bottom on a phone. */
export function Picker({ trigger, anchor, open: given, onOpenChange, align, ...list }: PickerProps) {
  const { t } = useLingui()
  const phone = usePhone()
  const [own, setOwn] = useState(false)
  const open = given ?? own
  function setOpen(next: boolean) {
    setOwn(next)
    onOpenChange?.(next)
  }
  const inner = <PickerList placeholder={phone ? t`Search` : undefined} {...list} onDone={() => setOpen(false)} />
  if (phone)
    return (
      <Sheet trigger={trigger} title={list.name} open={open} onOpenChange={setOpen}>
        {inner}
      </Sheet>
    )
  return (
    <Popover
      trigger={trigger}
      anchor={anchor}
      name={list.name}
      open={open}
      onOpenChange={setOpen}
      align={align}
      className="flex w-60 flex-col"
    >
      {inner}
    </Popover>
  )
}
