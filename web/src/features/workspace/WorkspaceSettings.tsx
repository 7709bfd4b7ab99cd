import { useLingui } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { DoorOpen, MailPlus, Settings, Tags, Users } from 'lucide-react'

import { useCan, useWorkspace } from '../../store'
import { SectionedScreen, type ScreenSection } from '../../ui/SectionedScreen'
import { GeneralSettings } from './GeneralSettings'
import { InvitationSettings } from './InvitationSettings'
import { LabelSettings } from './LabelSettings'
import { LeaveSettings } from './LeaveSettings'
import { MemberSettings } from './MemberSettings'

/** What all members of a workspace share, and who they are. */
export default function WorkspaceSettings() {
  const { t } = useLingui()
  const { section } = useParams({ strict: false })
  const { slug } = useWorkspace()
  const { manage } = useCan()
  const sections: ScreenSection[] = [
    { id: 'general', name: t`General`, icon: Settings, body: GeneralSettings },
    { id: 'members', name: t`Members`, icon: Users, body: MemberSettings },
    ...(manage ? [{ id: 'invitations', name: t`Invitations`, icon: MailPlus, body: InvitationSettings }] : []),
    { id: 'labels', name: t`Labels`, icon: Tags, body: LabelSettings },
    { id: 'data', name: t`Leave or delete`, icon: DoorOpen, body: LeaveSettings },
  ]
  return (
    <SectionedScreen
      title={t`Settings`}
      sections={sections}
      current={section}
      home={{ to: '/$workspace/settings', params: { workspace: slug } }}
      section={(id) => ({ to: '/$workspace/settings/$section', params: { workspace: slug, section: id } })}
    />
  )
}
