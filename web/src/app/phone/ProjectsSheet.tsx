import { useLingui } from '@lingui/react/macro'

import { Sheet } from '../../ui/Sheet'
import { Projects } from '../sidebar/Projects'
import { ViewList } from '../sidebar/ViewList'

interface ProjectsSheetProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Projects and views, on a phone. */
export function ProjectsSheet({ open, onOpenChange }: ProjectsSheetProps) {
  const { t } = useLingui()
  const close = () => onOpenChange(false)
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={t`Projects and views`} hideTitle>
      <nav aria-label={t`Projects and views`} className="px-2 pb-4">
        <Projects onGo={close} />
        <ViewList onGo={close} />
      </nav>
    </Sheet>
  )
}
