import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { usePhone } from '../../ui/media'
import { Popover } from '../../ui/Popover'
import { Sheet } from '../../ui/Sheet'
import { DueForm } from './DueForm'
import type { DuePickerProps } from '../DuePicker'

/** A day, perhaps with a time: typed in words, or chosen in a calendar. */
export function DuePicker({ name, value, onPick, trigger, anchor, open: given, onOpenChange, align }: DuePickerProps) {
  const { t } = useLingui()
  const phone = usePhone()
  const [own, setOwn] = useState(false)
  const open = given ?? own
  function setOpen(next: boolean) {
    setOwn(next)
    onOpenChange?.(next)
  }
  const title = name ?? t`Due date`
  const form = (
    <DueForm
      name={title}
      value={value ?? null}
      onPick={(when) => {
        onPick(when)
        setOpen(false)
      }}
    />
  )
  if (phone)
    return (
      <Sheet trigger={trigger} title={title} open={open} onOpenChange={setOpen}>
        {form}
      </Sheet>
    )
  return (
    <Popover trigger={trigger} anchor={anchor} name={title} open={open} onOpenChange={setOpen} align={align}>
      {form}
    </Popover>
  )
}
