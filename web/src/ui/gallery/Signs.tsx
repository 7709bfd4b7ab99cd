import { Bell, Ellipsis, Plus, Star } from 'lucide-react'

import { Avatar, AvatarStack } from '../Avatar'
import { Button } from '../Button'
import { Chip } from '../Chip'
import { Icon } from '../Icon'
import { IconButton } from '../IconButton'
import { Kbd } from '../Kbd'
import { LabelDot } from '../LabelDot'
import { PriorityIcon } from '../PriorityIcon'
import { Spinner } from '../Spinner'
import { StatusIcon } from '../StatusIcon'
import { Case, people } from './Case'

const kinds = ['primary', 'secondary', 'ghost', 'danger'] as const
const categories = ['backlog', 'todo', 'doing', 'done', 'canceled'] as const

export function Signs() {
  return (
    <div className="bg-panel">
      {(['small', 'medium', 'large'] as const).map((size) => (
        <Case key={size} name={`Button, ${size}`}>
          {kinds.map((kind) => (
            <Button key={kind} kind={kind} size={size}>
              {kind === 'danger' ? 'Delete project' : 'Add task'}
            </Button>
          ))}
          <Button size={size} kind="primary" icon={<Icon of={Plus} />}>
            New task
          </Button>
          <Button size={size} disabled>
            Disabled
          </Button>
          <Button size={size} kind="primary" busy>
            Save
          </Button>
        </Case>
      ))}
      <Case name="IconButton">
        {(['small', 'medium', 'large'] as const).map((size) => (
          <IconButton key={size} size={size} icon={Ellipsis} name="More" keys="mod+." />
        ))}
        <IconButton icon={Star} name="Favourite" pressed />
        <IconButton icon={Bell} name="Disabled" disabled />
      </Case>
      <Case name="StatusIcon, by category and with colours of their own">
        {categories.map((c) => (
          <span key={c} className="inline-flex items-center gap-2">
            <StatusIcon category={c} /> {c}
          </span>
        ))}
        {['violet', 'sky', '#ff00aa'].map((color) => (
          <StatusIcon key={color} category="doing" color={color} name />
        ))}
      </Case>
      <Case name="PriorityIcon, 0 to 4">
        {[0, 1, 2, 3, 4].map((p) => (
          <PriorityIcon key={p} priority={p} name />
        ))}
      </Case>
      <Case name="Avatar, AvatarStack">
        {people.map((p) => (
          <Avatar key={p.id} {...p} size={24} named />
        ))}
        <AvatarStack people={people.slice(0, 1)} />
        <AvatarStack people={people} />
        <AvatarStack people={people} max={3} size={24} />
        <Avatar {...people[1]!} size={32} />
      </Case>
      <Case name="Chip, LabelDot">
        <Chip icon={<LabelDot color="teal" />}>finance</Chip>
        <Chip icon={<LabelDot color="#ff8800" />} onRemove={() => undefined}>
          any colour
        </Chip>
        <Chip icon={<PriorityIcon priority={2} />} onClick={() => undefined}>
          High
        </Chip>
        <Chip chosen onClick={() => undefined} onRemove={() => undefined}>
          Assignee is me
        </Chip>
      </Case>
      <Case name="Kbd, Spinner">
        <Kbd keys="c" />
        <Kbd keys="g m" />
        <Kbd keys="mod+shift+enter" />
        <Kbd keys="mod+k" quiet />
        <Spinner />
      </Case>
    </div>
  )
}
