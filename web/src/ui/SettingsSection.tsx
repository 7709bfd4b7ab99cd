import { useId, type ReactNode } from 'react'

interface SettingsSectionProps {
  title: ReactNode
  /** What it is for, or what follows from it. */
  lead?: ReactNode
  /** At the end of the heading's line. */
  action?: ReactNode
  children?: ReactNode
}

/** Some settings that belong together, under a heading. */
export function SettingsSection({ title, lead, action, children }: SettingsSectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="border-line flex flex-col gap-4 border-t pt-6 first:border-t-0 first:pt-0">
      <div className="flex items-start justify-between gap-4 max-phone:flex-wrap">
        <div className="min-w-0">
          <h2 id={id} className="text-base font-semibold">
            {title}
          </h2>
          {lead && <p className="text-muted mt-0.5 max-w-130">{lead}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}

/** Lines with a rule between them, in a frame of their own. */
export function SettingsLines({ name, children }: { name: string; children: ReactNode }) {
  return (
    <ul aria-label={name} className="border-line-strong divide-line divide-y rounded-lg border">
      {children}
    </ul>
  )
}

interface SettingsLineProps {
  icon?: ReactNode
  title: ReactNode
  /** Quiet words below. */
  detail?: ReactNode
  /** What can be done with it, at the end. */
  children?: ReactNode
}

export function SettingsLine({ icon, title, detail, children }: SettingsLineProps) {
  return (
    <li className="flex min-h-13 items-center gap-3 px-3 py-2 max-phone:flex-wrap">
      {icon}
      <div className="min-w-0 grow basis-40">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 font-medium wrap-anywhere">{title}</div>
        {detail && <div className="text-muted text-xs wrap-anywhere">{detail}</div>}
      </div>
      {children && <div className="flex shrink-0 items-center gap-2">{children}</div>}
    </li>
  )
}
