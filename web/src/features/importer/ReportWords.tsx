import { Plural, Trans, useLingui } from '@lingui/react/macro'

import { SettingsSection } from '../../ui/SettingsSection'
import { People } from './People'
import type { Report } from './useImport'

/** What comes of an import: how much of everything, whom people were taken for, what is lost, changed or guessed. */
export function ReportWords({ report, before }: { report: Report; before?: boolean }) {
  return (
    <>
      <Counts counts={report.counts} before={before ?? false} />
      <Notes report={report} before={before ?? false} />
      {report.people.length > 0 && <People people={report.people} />}
    </>
  )
}

function Counts({ counts, before }: { counts: Report['counts']; before: boolean }) {
  const { t, i18n } = useLingui()
  const lines = [
    [t`Tasks`, counts.tasks],
    [t`Comments`, counts.comments],
    [t`Statuses`, counts.statuses],
    [t`Labels`, counts.labels],
  ] as const
  const again = lines.some(([, c]) => c.updated > 0 || c.unchanged > 0)
  const cell = 'py-2 ps-4 text-end'
  return (
    <table className="w-full">
      <thead className="text-muted text-xs">
        <tr className="border-line border-b">
          <th className="py-2 text-start font-medium">
            <span className="sr-only">
              <Trans>What</Trans>
            </span>
          </th>
          <th className={`${cell} font-medium`}>{before ? <Trans>New</Trans> : <Trans>Made</Trans>}</th>
          {again && (
            <>
              <th className={`${cell} font-medium`}>
                {before ? <Trans>To be updated</Trans> : <Trans>Updated</Trans>}
              </th>
              <th className={`${cell} font-medium`}>
                <Trans>As they were</Trans>
              </th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {lines.map(([name, c]) => (
          <tr key={name} className="border-line border-b last:border-b-0">
            <th className="py-2 text-start font-medium">{name}</th>
            <td className={cell}>{i18n.number(c.created)}</td>
            {again && (
              <>
                <td className={cell}>{i18n.number(c.updated)}</td>
                <td className={cell}>{i18n.number(c.unchanged)}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Notes({ report, before }: { report: Report; before: boolean }) {
  const { t } = useLingui()
  const titles = {
    lost: before ? t`What will not come over` : t`What did not come over`,
    changed: before ? t`What will be different` : t`What is different`,
    guessed: t`What is guessed`,
  }
  if (report.notes.length === 0)
    return (
      <p className="bg-success-tint text-success-text rounded-md px-3 py-2">
        <Trans>Everything comes over as it is.</Trans>
      </p>
    )
  return (['lost', 'changed', 'guessed'] as const).map((kind) => {
    const notes = report.notes.filter((n) => n.kind === kind)
    if (notes.length === 0) return null
    return (
      <SettingsSection key={kind} title={titles[kind]}>
        <ul className="flex flex-col gap-2.5">
          {notes.map((n) => (
            <li key={n.code} className="flex gap-3">
              <span className="grow">
                {n.text}
                {n.examples && n.examples.length > 0 && (
                  <span className="text-muted block text-xs wrap-anywhere">
                    <Trans>For example: {n.examples.join(', ')}</Trans>
                  </span>
                )}
              </span>
              {n.count > 1 && (
                <span className="text-muted shrink-0">
                  <Plural value={n.count} one="# time" other="# times" />
                </span>
              )}
            </li>
          ))}
        </ul>
      </SettingsSection>
    )
  })
}
