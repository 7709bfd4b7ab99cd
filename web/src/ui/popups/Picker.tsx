import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { usePhone } from '../media'
import type { PickerProps } from '../Picker'
import { PickerList } from './PickerList'
import { Popover } from './Popover'
import { Sheet } from './Sheet'

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
