import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

interface TabsProps<V extends string> {
  /** What the tabs are of, for screen readers. */
  name: string
  value: V
  onChange: (value: V) => void
  tabs: readonly { value: V; name: ReactNode; count?: number; panel: ReactNode }[]
}

/** Several pages in one place; only the open one is there. */
export function Tabs<V extends string>({ name, value, onChange, tabs }: TabsProps<V>) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(next as V)}>
      <Base.List aria-label={name} className="border-line relative flex gap-1 border-b">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="focus-inset text-muted hover:text-ink data-active:text-ink pointer-coarse:h-11 flex h-9 items-center gap-1.5 rounded-md px-2.5 font-medium"
          >
            {tab.name}
            {tab.count !== undefined && <span className="text-muted text-xs font-normal">{tab.count}</span>}
          </Base.Tab>
        ))}
        <Base.Indicator
          renderBeforeHydration={false}
          className="bg-ink absolute bottom-[-1px] left-(--active-tab-left) h-0.5 w-(--active-tab-width) rounded-full"
        />
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="pt-3">
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
