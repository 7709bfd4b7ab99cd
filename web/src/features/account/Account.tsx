import { Trans, useLingui } from '@lingui/react/macro'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { KeyRound, Lock, MonitorSmartphone, Palette, Trash2, User } from 'lucide-react'
import { useEffect, useRef } from 'react'

import { lastOpened, useWorkspaces } from '../../store'
import { useCommands } from '../../ui/commands'
import { SectionedScreen, type ScreenSection } from '../../ui/SectionedScreen'
import { DeleteAccount } from './DeleteAccount'
import { Look } from './Look'
import { Password } from './Password'
import { Profile } from './Profile'
import { Sessions } from './Sessions'
import { Tokens } from './Tokens'

/** What belongs to whoever is signed in, whichever workspace she is in. */
export default function Account() {
  const { t } = useLingui()
  const { section } = useParams({ strict: false })
  const navigate = useNavigate()
  const workspace = useLastWorkspace()
  useFocusOn(section)
  useCommands([
    {
      id: 'account.back',
      name: t`Back to the workspace`,
      keys: 'escape',
      enabled: workspace !== undefined,
      run: () => void navigate({ to: '/$workspace/my', params: { workspace: workspace!.slug } }),
    },
  ])
  const sections: ScreenSection[] = [
    { id: 'profile', name: t`Profile`, icon: User, body: Profile },
    { id: 'look', name: t`Look and language`, icon: Palette, body: Look },
    { id: 'password', name: t`Password`, icon: Lock, body: Password },
    { id: 'sessions', name: t`Sessions`, icon: MonitorSmartphone, body: Sessions },
    { id: 'tokens', name: t`Access tokens`, icon: KeyRound, body: Tokens },
    { id: 'data', name: t`Delete account`, icon: Trash2, body: DeleteAccount },
  ]
  return (
    <main id="content" tabIndex={-1} className="bg-panel text-ink flex h-dvh flex-col outline-none">
      <SectionedScreen
        title={t`Your account`}
        sections={sections}
        current={section}
        home={{ to: '/account' }}
        section={(id) => ({ to: '/account/$section', params: { section: id } })}
        crumbs={
          workspace && [
            <Link
              key="workspace"
              to="/$workspace/my"
              params={{ workspace: workspace.slug }}
              className="hover:text-ink truncate rounded-sm"
            >
              {workspace.name || <Trans>Back</Trans>}
            </Link>,
          ]
        }
      />
    </main>
  )
}

/** The workspace that was open last, to go back to. */
function useLastWorkspace() {
  const opened = lastOpened()
  return [...(useWorkspaces() ?? [])].sort((a, b) => (opened[b.id] ?? 0) - (opened[a.id] ?? 0))[0]
}

/** The heading takes the focus when another section is shown, so that it is read out and Tab goes on from there. */
function useFocusOn(section: string | undefined) {
  const before = useRef(section)
  useEffect(() => {
    if (before.current === section) return
    before.current = section
    document.querySelector<HTMLElement>('[data-screen-heading]')?.focus({ preventScroll: true })
  }, [section])
}
