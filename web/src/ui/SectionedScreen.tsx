import { Link, type LinkProps } from '@tanstack/react-router'
import { useLingui } from '@lingui/react/macro'
import { ChevronRight, type LucideIcon } from 'lucide-react'
import type { ComponentType, ReactNode } from 'react'

import { Icon } from './Icon'
import { usePhone } from './media'
import { NoAccess } from './NoAccess'
import { ScreenHeader } from './ScreenHeader'

export interface ScreenSection {
  id: string
  name: string
  icon: LucideIcon
  body: ComponentType
}

interface SectionedScreenProps {
  title: string
  sections: readonly ScreenSection[]
  /** The section that the address names; without one the first is shown, on a phone the list of them. */
  current: string | undefined
  /** The address of the screen; a section's is below it. */
  home: Pick<LinkProps, 'to' | 'params'>
  section: (id: string) => Pick<LinkProps, 'to' | 'params'>
  /** What stands before the screen's name. */
  crumbs?: readonly ReactNode[]
}

/** A screen of several pages, with the list of them at its start; on a phone one goes from the list to a page. */
export function SectionedScreen({ title, sections, current, home, section, crumbs = [] }: SectionedScreenProps) {
  const phone = usePhone()
  const shown = current === undefined && !phone ? sections[0] : sections.find((s) => s.id === current)
  const nav = <SectionNav name={title} sections={sections} shown={shown?.id} section={section} />
  if (phone && current === undefined)
    return (
      <>
        <ScreenHeader title={title} crumbs={crumbs} />
        <div className="min-h-0 grow overflow-y-auto">{nav}</div>
      </>
    )
  const Body = shown?.body
  return (
    <>
      <ScreenHeader
        title={shown?.name ?? title}
        crumbs={[
          ...(phone ? [] : crumbs),
          <Link key="home" {...(home as LinkProps)} className="hover:text-ink rounded-sm">
            {title}
          </Link>,
        ]}
      />
      <div className="flex min-h-0 grow">
        {!phone && <div className="w-52 shrink-0 overflow-y-auto">{nav}</div>}
        <div className="min-w-0 grow overflow-y-auto" key={shown?.id}>
          <div className="mx-auto flex max-w-160 flex-col gap-8 px-6 pt-6 pb-16 max-phone:px-4 max-phone:pt-4">
            {Body ? <Body /> : <NoAccess />}
          </div>
        </div>
      </div>
    </>
  )
}

interface SectionNavProps extends Pick<SectionedScreenProps, 'sections' | 'section'> {
  name: string
  shown: string | undefined
}

function SectionNav({ name, sections, shown, section }: SectionNavProps) {
  const { t } = useLingui()
  return (
    <nav aria-label={t`${name}: pages`} className="p-2 pt-4 max-phone:p-0">
      <ul className="max-phone:divide-line max-phone:divide-y">
        {sections.map((s) => (
          <li key={s.id}>
            <Link
              {...(section(s.id) as LinkProps)}
              aria-current={s.id === shown ? 'page' : undefined}
              className="focus-inset h-item text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-pressed aria-[current=page]:text-ink max-phone:h-row-touch flex items-center gap-2 rounded-md px-2 aria-[current=page]:font-medium max-phone:gap-3 max-phone:rounded-none max-phone:px-4 max-phone:text-base"
            >
              <Icon of={s.icon} className="text-icon" />
              <span className="grow truncate">{s.name}</span>
              <Icon of={ChevronRight} size={14} className="text-icon phone:hidden rtl:-scale-x-100" />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
