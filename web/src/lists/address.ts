import { useRouter } from '@tanstack/react-router'

import { useWorkspace, type Task } from '../store'

/** The whole addresses of things of this workspace, for copying and sending. */
export function useAddress(): { task: (task: Task) => string } {
  const router = useRouter()
  const { slug } = useWorkspace()
  return {
    task: (task) =>
      new URL(
        router.buildLocation({ to: '/$workspace/t/$task', params: { workspace: slug, task: task.key || task.id } })
          .publicHref,
        location.href,
      ).href,
  }
}
