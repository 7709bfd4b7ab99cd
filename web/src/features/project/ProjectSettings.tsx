import { Trans, useLingui } from '@lingui/react/macro'
import { Link, useParams } from '@tanstack/react-router'

import { ProjectIcon } from '../../fields/ProjectIcon'
import { useCan, useLoaded, useProject, useWorkspace } from '../../store'
import { useDelayed } from '../../ui/delayed'
import { NoAccess } from '../../ui/NoAccess'
import { ScreenHeader } from '../../ui/ScreenHeader'
import { Skeleton } from '../../ui/Skeleton'
import { AccessSettings } from './AccessSettings'
import { EndSettings } from './EndSettings'
import { ProjectGeneral } from './ProjectGeneral'
import { StatusSettings } from './StatusSettings'

/** A project: what it is called, its statuses, who sees it, its end. */
export default function ProjectSettings() {
  const { t } = useLingui()
  const ref = useParams({ strict: false }).project ?? ''
  const project = useProject(ref)
  const workspace = useWorkspace().slug
  const can = useCan(project?.id)
  const loaded = useLoaded()
  if (!project) return loaded === 'nothing' ? <Awaited /> : <NothingHere />
  return (
    <>
      <ScreenHeader
        title={t`Settings`}
        crumbs={[
          <Link
            key="project"
            to="/$workspace/p/$project"
            params={{ workspace, project: project.key }}
            className="hover:text-ink flex min-w-0 items-center gap-2 rounded-sm"
          >
            <ProjectIcon project={project} />
            <span className="truncate">{project.name}</span>
          </Link>,
        ]}
      />
      <div className="min-h-0 grow overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-8 px-6 pt-6 pb-16 max-phone:px-4 max-phone:pt-4">
          {!can.admin && (
            <p className="bg-well text-muted rounded-md px-3 py-2">
              <Trans>Administrators of the project can change these settings. You can see them.</Trans>
            </p>
          )}
          {project.archived && (
            <p className="bg-warning-tint text-warning-text rounded-md px-3 py-2">
              <Trans>This project is archived: its tasks can be read and not changed.</Trans>
            </p>
          )}
          <ProjectGeneral project={project} readOnly={!can.admin} />
          <StatusSettings project={project} readOnly={!can.admin} />
          <AccessSettings project={project} readOnly={!can.admin} />
          {can.admin && <EndSettings project={project} />}
        </div>
      </div>
    </>
  )
}

function NothingHere() {
  const { t } = useLingui()
  return (
    <>
      <ScreenHeader title={t`Settings`} />
      <NoAccess />
    </>
  )
}

function Awaited() {
  const { t } = useLingui()
  const slow = useDelayed(true)
  return (
    <>
      <ScreenHeader title={t`Settings`} />
      {slow && (
        <div className="mx-auto flex w-full max-w-160 flex-col gap-4 px-6 pt-6 max-phone:px-4">
          <Skeleton className="h-5 w-32" />
          <Skeleton className="h-8 w-full" />
          <Skeleton className="h-8 w-full" />
        </div>
      )}
    </>
  )
}
