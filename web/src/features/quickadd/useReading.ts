import { useNow } from '../../dates'
import { i18n } from '../../i18n/i18n'
import { parse, readingLocale, type Known, type Parsed } from '../../quickadd'
import { useLabels, useMe, useMembers, useZone, type ID, type Project } from '../../store'

export type Read = (line: string, refused?: ReadonlySet<string>) => { parsed: Parsed; project: Project | undefined }

/** Reads lines by what there is in the workspace, and in the project that each of them goes to. */
export function useReading(targets: readonly Project[], otherwise: ID | undefined): Read {
  const zone = useZone()
  const now = useNow()
  const me = useMe().id
  const members = useMembers()
  const labels = useLabels()
  const known: Known = { zone, now, locale: readingLocale(i18n.locale), me, members, labels, projects: targets }
  return (line, refused) => {
    const first = parse(line, known, refused)
    const named = first.chips.find((c) => c.kind === 'project')?.value ?? otherwise
    const project = targets.find((p) => p.id === named)
    if (!project) return { parsed: first, project }
    const parsed = parse(line, { ...known, statuses: project.statuses, estimates: project.estimate_unit }, refused)
    return { parsed, project }
  }
}
