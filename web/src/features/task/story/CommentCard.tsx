import { Trans, useLingui } from '@lingui/react/macro'
import { Copy, Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import { copyText } from '../../../fields/copy'
import { useAddress } from '../../../lists/address'
import { Markdown } from '../../../markdown'
import { useActions, useMe, type Can, type Comment, type Task } from '../../../store'
import { Avatar } from '../../../ui/Avatar'
import { classes } from '../../../ui/classes'
import { IconButton } from '../../../ui/IconButton'
import { Menu, type MenuEntry } from '../../../ui/Menu'
import { toast } from '../../../ui/Toast'
import { Instant } from '../properties/MadeLines'
import { useSurroundings } from '../useSurroundings'
import { CommentEditor } from './CommentEditor'

interface CommentCardProps {
  comment: Comment
  task: Task
  can: Can
}

/** What somebody said. One's own can be changed and deleted, by whoever moderates others' too. */
export function CommentCard({ comment, task, can }: CommentCardProps) {
  const { t } = useLingui()
  const me = useMe().id
  const act = useActions()
  const around = useSurroundings(task)
  const address = useAddress()
  const [editing, setEditing] = useState(false)
  const card = useRef<HTMLLIElement>(null)
  const id = `comment-${comment.id}`
  const meant = useMeant(id, card)
  const mine = can.comment && comment.created_by === me
  const name = comment.author.name || t`Somebody`

  const remove = () => {
    const { undo } = act.deleteComment(comment.id)
    toast({ text: t`Comment deleted`, undo })
  }
  const copy = async () => {
    const done = await copyText(`${address.task(task)}#${id}`)
    toast({ text: done ? t`Link copied` : t`The browser does not allow copying` })
  }
  const items: MenuEntry[] = [
    { name: t`Copy link`, icon: Copy, run: () => void copy() },
    ...(mine ? [{ name: t`Edit`, icon: Pencil, run: () => setEditing(true) }] : []),
    ...(mine || can.admin ? ['line' as const, { name: t`Delete`, icon: Trash2, danger: true, run: remove }] : []),
  ]
  return (
    <li
      ref={card}
      id={id}
      tabIndex={-1}
      className={classes(
        'group/comment border-line rounded-lg border px-3 pt-2 pb-3 outline-none',
        meant && 'bg-marked',
      )}
    >
      <div className="flex h-7 items-center gap-2 pointer-coarse:h-11">
        <Avatar id={comment.author.user ?? name} name={name} />
        <span className="min-w-0 truncate font-medium">{name}</span>
        <span className="text-muted shrink-0 text-xs">
          <Instant at={comment.created_at} /> {comment.edited_at && <Trans>(edited)</Trans>}
        </span>
        <span className="grow" />
        {!editing && (
          <Menu
            align="end"
            trigger={
              <IconButton
                size="small"
                icon={Ellipsis}
                name={t`What to do with this comment`}
                className="opacity-0 group-hover/comment:opacity-100 focus-visible:opacity-100 data-popup-open:opacity-100 pointer-coarse:opacity-100"
              />
            }
            items={items}
          />
        )}
      </div>
      {editing ? (
        <CommentEditor comment={comment} task={task} onClose={() => setEditing(false)} />
      ) : (
        <Markdown source={comment.body} {...around} className="mt-1" />
      )}
    </li>
  )
}

/** Whether the address leads to this comment; then it is brought into sight once. */
function useMeant(id: string, card: React.RefObject<HTMLElement | null>): boolean {
  const meant = location.hash === `#${id}`
  useEffect(() => {
    if (!meant) return
    card.current?.scrollIntoView?.({ block: 'center' })
    card.current?.focus({ preventScroll: true })
  }, [meant, card])
  return meant
}
