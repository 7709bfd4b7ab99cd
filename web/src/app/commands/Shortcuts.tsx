import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { useCommandList, type Command } from '../../ui/commands'
import { Dialog } from '../../ui/Dialog'
import { Kbd } from '../../ui/Kbd'
import { TextField } from '../../ui/TextField'

/** Every key there is here and now, in groups, found by its words. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const [text, setText] = useState('')
  const word = text.trim().toLocaleLowerCase()
  const found = useCommandList().filter(
    (c) => keysOf(c).length > 0 && `${c.name} ${c.group}`.toLocaleLowerCase().includes(word),
  )
  const groups = grouped(found, t`Other`)
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t`Keyboard shortcuts`} size="large">
      <TextField
        label={t`Find a shortcut`}
        hideLabel
        placeholder={t`Find a shortcut`}
        autoFocus
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
      {/* What scrolls can be scrolled by keyboard. */}
      <div
        role="group"
        aria-label={t`Shortcuts`}
        tabIndex={0}
        className="focus-inset mt-4 max-h-[60dvh] gap-x-8 overflow-y-auto phone:columns-2"
      >
        {[...groups].map(([group, commands]) => (
          <section key={group} aria-label={group} className="mb-4 break-inside-avoid">
            <h3 className="text-muted mb-1 text-xs font-medium">{group}</h3>
            <dl>
              {commands.map((c) => (
                <div key={c.id} className="flex min-h-7 items-center justify-between gap-3">
                  <dt className="min-w-0 truncate">{c.name}</dt>
                  <dd className="flex shrink-0 gap-2">
                    {keysOf(c).map((k) => (
                      <Kbd key={k} keys={k} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        {found.length === 0 && (
          <p role="status" className="text-muted py-6 text-center">
            <Trans>No shortcut is called that.</Trans>
          </p>
        )}
      </div>
    </Dialog>
  )
}

function keysOf({ keys }: Command): readonly string[] {
  return typeof keys === 'string' ? [keys] : (keys ?? [])
}

function grouped(commands: readonly Command[], other: string): Map<string, Command[]> {
  const groups = new Map<string, Command[]>()
  for (const c of commands) groups.set(c.group ?? other, [...(groups.get(c.group ?? other) ?? []), c])
  return groups
}
