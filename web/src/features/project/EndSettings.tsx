import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'

import { useActions, useCount, useWorkspace, type Project } from '../../store'
import { AlertDialog } from '../../ui/AlertDialog'
import { Button } from '../../ui/Button'
import { SettingsSection } from '../../ui/SettingsSection'
import { toast } from '../../ui/Toast'

/** Putting a project away, and throwing it away. */
export function EndSettings({ project }: { project: Project }) {
  const { t } = useLingui()
  const act = useActions()
  const navigate = useNavigate()
  const workspace = useWorkspace().slug
  const { id, name, archived } = project
  const count = useCount({ filter: { field: 'project', op: 'eq', value: id } })

  function archive() {
    const { undo } = act.updateProject(id, { archived: !archived })
    toast({ text: archived ? t`${name} is back` : t`${name} is archived`, undo })
  }
  function remove() {
    const { undo } = act.deleteProject(id)
    toast({ text: t`${name} is in the trash`, undo })
    void navigate({ to: '/$workspace/my', params: { workspace } })
  }
  return (
    <>
      <SettingsSection
        title={archived ? <Trans>Take out of the archive</Trans> : <Trans>Archive</Trans>}
        lead={
          archived ? (
            <Trans>Its tasks can be changed again, and it stands in the sidebar.</Trans>
          ) : (
            <Trans>It leaves the sidebar, and its tasks can be read and found but not changed.</Trans>
          )
        }
      >
        <div>
          <Button onClick={archive}>
            {archived ? <Trans>Take out of the archive</Trans> : <Trans>Archive project</Trans>}
          </Button>
        </div>
      </SettingsSection>
      <SettingsSection
        title={<Trans>Delete</Trans>}
        lead={<Trans>It goes to the trash with its tasks, and can be restored from there for 30 days.</Trans>}
      >
        <div>
          <AlertDialog
            danger
            trigger={
              <Button kind="danger">
                <Trans>Delete project</Trans>
              </Button>
            }
            title={t`Delete ${name}?`}
            confirm={t`Delete project`}
            onConfirm={remove}
          >
            <Plural
              value={count}
              _0="It has no tasks."
              one="It goes to the trash with its one task."
              other="It goes to the trash with its # tasks."
            />
          </AlertDialog>
        </div>
      </SettingsSection>
    </>
  )
}
