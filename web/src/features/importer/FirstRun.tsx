import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { FileUp, Plus, Sprout, type LucideIcon } from 'lucide-react'

import { addDays, today, useNow } from '../../dates'
import { useActions, useCan, useMe, useWorkspace, useZone } from '../../store'
import { runCommand } from '../../ui/commands'
import { Icon } from '../../ui/Icon'
import { Notice } from '../../ui/Notice'
import { toast } from '../../ui/Toast'
import { makeSample } from './sample'

/** A workspace without projects: how to begin. */
export default function FirstRun() {
  const { t } = useLingui()
  const begin = useBeginnings()
  if (!useCan().createProject)
    return <Notice text={t`Nothing is shared with you yet. You will see it here when it is.`} />
  return (
    <div className="mx-auto flex w-full max-w-110 flex-col gap-6 px-6 pt-[12vh] pb-16 max-phone:px-4 max-phone:pt-8">
      <div>
        <h2 className="text-xl font-semibold">
          <Trans>How would you like to begin?</Trans>
        </h2>
        <p className="text-muted mt-1">
          <Trans>Each of these can be undone, and you can do the others later.</Trans>
        </p>
      </div>
      <div className="flex flex-col gap-2">
        <Beginning
          icon={FileUp}
          name={t`Import your board`}
          hint={t`From Trello. You see what comes of it before anything is made.`}
          run={begin.board}
        />
        <Beginning
          icon={Sprout}
          name={t`Start with a small sample project`}
          hint={t`Eight tasks that show how things are done here.`}
          run={begin.sample}
        />
        <Beginning
          icon={Plus}
          name={t`Start with an empty project`}
          hint={t`A name, and off you go.`}
          run={begin.empty}
        />
      </div>
    </div>
  )
}

function Beginning({ icon, name, hint, run }: { icon: LucideIcon; name: string; hint: string; run: () => void }) {
  return (
    <button
      type="button"
      onClick={run}
      className="border-line-strong hover:bg-hover active:bg-pressed flex items-center gap-4 rounded-lg border p-4 text-start"
    >
      <Icon of={icon} size={20} className="text-icon" />
      <span>
        <span className="block text-base font-medium">{name}</span>
        <span className="text-muted block">{hint}</span>
      </span>
    </button>
  )
}

function useBeginnings() {
  const { t } = useLingui()
  const act = useActions()
  const navigate = useNavigate()
  const workspace = useWorkspace().slug
  const me = useMe().id
  const zone = useZone()
  const now = useNow()
  return {
    board: () => void navigate({ to: '/$workspace/import', params: { workspace } }),
    sample() {
      const day = today(zone, now)
      const { project, undo } = makeSample(act, { me, today: day, later: addDays(day, 3) })
      toast({ text: t`First steps is here`, undo })
      void navigate({ to: '/$workspace/p/$project', params: { workspace, project } })
    },
    empty: () => runCommand('project.new'),
  }
}
