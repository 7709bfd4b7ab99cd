import { useLingui } from '@lingui/react/macro'

import { useCanEdit } from '../../fields/useCanEdit'
import { shared } from '../../fields/values'
import { useActions, useProject, type Task } from '../../store'
import { useCommands } from '../../ui/commands'

/** 1 to 9 give what is under the cursor, or selected, the statuses of its project in their order. */
export function useStatusKeys(tasks: readonly Task[]): void {
  const { t } = useLingui()
  const act = useActions()
  const project = useProject(shared(tasks, (one) => one.project) ?? '')
  const may = useCanEdit(tasks)
  useCommands(
    (project?.statuses ?? []).slice(0, 9).map((status, i) => ({
      id: `task.status.${i + 1}`,
      name: t`Change status to ${status.name}`,
      group: t`Tasks`,
      keys: String(i + 1),
      enabled: may,
      run: () =>
        void act.updateTasks(
          tasks.map((one) => one.id),
          { status: status.id },
        ),
    })),
  )
}
