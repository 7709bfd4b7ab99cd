import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { MoreHorizontal, Pencil, Trash2, Users } from 'lucide-react'
import { useState } from 'react'

import { useActions, useCan, useMe, useWorkspace, type SavedView } from '../../store'
import { IconButton } from '../../ui/IconButton'
import { Menu } from '../../ui/Menu'
import { toast } from '../../ui/Toast'
import { RenameDialog } from './RenameDialog'

/** What can be done with a saved view by who owns it or looks after shared ones. */
export function ViewMenu({ view }: { view: SavedView }) {
  const { t } = useLingui()
  const act = useActions()
  const can = useCan()
  const me = useMe().id
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const [renaming, setRenaming] = useState(false)
  if (view.owner !== me && !can.moderateViews) return null
  const remove = () => {
    const { undo } = act.deleteView(view.id)
    void navigate({ to: '/$workspace/my', params: { workspace: slug } })
    toast({ text: t`View deleted`, undo })
  }
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton icon={MoreHorizontal} name={t`View`} />}
        items={[
          { name: t`Rename`, icon: Pencil, run: () => setRenaming(true) },
          {
            name: t`Shared with the workspace`,
            icon: Users,
            checked: view.shared,
            disabled: !can.shareViews,
            run: () => void act.updateView(view.id, { shared: !view.shared }),
          },
          'line',
          { name: t`Delete`, icon: Trash2, danger: true, run: remove },
        ]}
      />
      <RenameDialog
        open={renaming}
        onOpenChange={setRenaming}
        name={view.name}
        onRename={(name) => void act.updateView(view.id, { name })}
      />
    </>
  )
}
