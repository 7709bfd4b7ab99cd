import { useLingui } from '@lingui/react/macro'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useEffect, useId, useState, type KeyboardEvent } from 'react'

import { useWorkspace } from '../../store'
import { Icon } from '../../ui/Icon'
import { ScreenHeader } from '../../ui/ScreenHeader'
import type { Hit } from './found'
import { Hits } from './Hits'
import { Narrow } from './Narrow'
import { wide } from './narrowing'
import { rememberSearch } from './recent'
import { RecentSearches } from './RecentSearches'
import { useSearched } from './useSearched'

/** Searching tasks and comments, with what is here already shown at once. */
export default function SearchScreen() {
  const { t } = useLingui()
  const list = useId()
  const navigate = useNavigate()
  const { id: workspace } = useWorkspace()
  const { q = '' } = useSearch({ strict: false }) as { q?: string }
  const [text, setText] = useState(q)
  const [told, setTold] = useState(q) // what the address said last
  const [narrowing, setNarrowing] = useState(wide)
  const [at, setAt] = useState(0)
  if (told !== q) {
    setTold(q)
    if (q !== text.trim()) setText(q) // it came from elsewhere
  }
  useEffect(() => {
    if (text.trim() === q) return undefined
    const timer = setTimeout(() => {
      const next = text.trim()
      void navigate({
        to: '.',
        search: ((s: object) => ({ ...s, q: next === '' ? undefined : next })) as never,
        replace: true,
      })
    }, 300)
    return () => clearTimeout(timer)
  }, [text, q, navigate])
  const searched = useSearched(text, narrowing)
  const { hits } = searched
  const current = Math.min(at, Math.max(hits.length - 1, 0))
  const change = (next: string) => {
    setText(next)
    setAt(0)
  }
  const open = ({ task }: Hit) => {
    rememberSearch(workspace, text)
    void navigate({
      to: '.',
      search: (() => ({ ...(text.trim() ? { q: text.trim() } : {}), task: task.key || task.id })) as never,
    })
  }
  const onKey = (e: KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return
    if (e.key === 'ArrowDown') setAt(Math.min(current + 1, hits.length - 1))
    else if (e.key === 'ArrowUp') setAt(Math.max(current - 1, 0))
    else if (e.key === 'Enter' && hits[current]) open(hits[current])
    else if (e.key === 'Escape' && text !== '') change('')
    else return
    e.preventDefault()
    e.stopPropagation()
  }
  return (
    <>
      <ScreenHeader title={t`Search`} />
      <div className="border-line flex shrink-0 flex-col gap-2 border-b px-4 py-3 max-phone:px-3">
        <div className="border-control bg-panel focus-within:border-accent flex h-9 items-center gap-2 rounded-md border px-3 pointer-coarse:h-11">
          <Icon of={Search} className="text-icon" />
          <input
            type="search"
            role="combobox"
            autoFocus
            aria-expanded={hits.length > 0}
            aria-controls={list}
            aria-activedescendant={hits[current] ? `${list}-${hits[current].id}` : undefined}
            aria-label={t`Search tasks and comments`}
            placeholder={t`Search tasks and comments`}
            value={text}
            maxLength={500}
            enterKeyHint="search"
            onChange={(e) => change(e.target.value)}
            onKeyDown={onKey}
            className="min-w-0 grow bg-transparent outline-none pointer-coarse:text-lg"
          />
        </div>
        <Narrow
          value={narrowing}
          onChange={(next) => {
            setNarrowing(next)
            setAt(0)
          }}
        />
      </div>
      {text.trim() === '' ? (
        <RecentSearches workspace={workspace} onPick={change} />
      ) : (
        <Hits
          id={list}
          searched={searched}
          narrowing={narrowing}
          current={current}
          onPoint={setAt}
          onOpen={open}
          onWiden={() => setNarrowing(wide)}
        />
      )}
    </>
  )
}
