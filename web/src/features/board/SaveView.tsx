import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import { useActions, useCan, useMe, useWorkspace, type ID, type SavedView } from '../../store'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Switch } from '../../ui/Switch'
import { TextField } from '../../ui/TextField'
import { toast } from '../../ui/Toast'
import type { Shown } from './useShown'

interface SaveViewProps {
  shown: Shown
  project: ID | undefined
  /** The view that is changed, where there is one. */
  view?: SavedView
}

/** Keeps what is shown now: as a new view, or in the one that it began with. */
export function SaveView({ shown, project, view }: SaveViewProps) {
  const { t } = useLingui()
  const act = useActions()
  const can = useCan()
  const me = useMe().id
  const navigate = useNavigate()
  const { slug } = useWorkspace()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const kept = { query: shown.filter, sort: shown.sort, group_by: shown.group ?? '', layout: shown.layout }
  const mayChange = view && (view.owner === me || can.moderateViews)
  const create = () => {
    const made = act.createView({ ...kept, name: name.trim(), shared, ...(project ? { project } : {}) })
    setOpen(false)
    void navigate({ to: '/$workspace/v/$view', params: { workspace: slug, view: made.view.id } })
  }
  return (
    <>
      {mayChange && (
        <Button
          size="small"
          kind="ghost"
          onClick={() => {
            const { undo } = act.updateView(view.id, kept)
            void navigate({ to: '.', search: {} as never, replace: true })
            toast({ text: t`View changed`, undo })
          }}
        >
          {t`Save the view`}
        </Button>
      )}
      <Button size="small" kind="ghost" onClick={() => setOpen(true)}>
        {view ? t`Save as another view` : t`Save as a view`}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t`Save as a view`}
        size="small"
        actions={
          <Button kind="primary" form="save-view" type="submit" disabled={name.trim() === ''}>
            {t`Save`}
          </Button>
        }
      >
        <form
          id="save-view"
          className="flex flex-col gap-4"
          onSubmit={(e) => {
            e.preventDefault()
            if (name.trim() !== '') create()
          }}
        >
          <TextField label={t`Name`} value={name} onChange={(e) => setName(e.target.value)} autoFocus maxLength={200} />
          {can.shareViews && (
            <Switch
              checked={shared}
              onChange={setShared}
              label={t`Share with the workspace`}
              hint={t`Otherwise only you see it.`}
            />
          )}
        </form>
      </Dialog>
    </>
  )
}
