import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import type { Status } from '../../store'
import { AlertDialog } from '../../ui/AlertDialog'
import { Select } from '../../ui/Select'
import { StatusIcon } from '../../ui/StatusIcon'

interface DeleteStatusProps {
  status: Status
  count: number
  others: readonly Status[]
  /** Where they go unless another is chosen. */
  like: Status | undefined
  onDelete: (to?: string) => void
  onClose: () => void
}

/** Asks where the tasks of a status go before it is deleted. */
export function DeleteStatus({ status, count, others, like, onDelete, onClose }: DeleteStatusProps) {
  const { t } = useLingui()
  const [to, setTo] = useState(like?.id ?? '')
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      title={t`Delete ${status.name}?`}
      confirm={t`Delete status`}
      // Tasks that others see and one does not may be in it too.
      onConfirm={() => onDelete(to || undefined)}
    >
      <div className="text-ink flex flex-col gap-3">
        <p>
          {count > 0 ? (
            <Plural value={count} one="# task is in it." other="# tasks are in it." />
          ) : (
            <Trans>No task is in it.</Trans>
          )}
        </p>
        <Select
          label={t`Tasks go to`}
          value={to}
          onChange={setTo}
          options={others.map((s) => ({
            value: s.id,
            name: s.name,
            icon: <StatusIcon category={s.category} color={s.color} />,
          }))}
        />
      </div>
    </AlertDialog>
  )
}
