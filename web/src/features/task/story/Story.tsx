import { Trans, useLingui } from '@lingui/react/macro'
import { useId, useState } from 'react'

import { useComments } from '../../../store'
import { Button } from '../../../ui/Button'
import { SegmentedControl } from '../../../ui/SegmentedControl'
import type { RegionProps } from '../region'
import { SectionHead } from '../SectionHead'
import { CommentField } from './CommentField'
import { CommentCard } from './CommentCard'
import { storyOf } from './story'
import { StoryLine } from './StoryLine'
import { useActivity } from './useActivity'
import { useLineWords } from './lineWords'

/** What was said and what happened, by time, and a field to say something. */
export function Story({ task, can }: RegionProps) {
  const { t } = useLingui()
  const heading = useId()
  const [pages, setPages] = useState(1)
  const [only, setOnly] = useState<'all' | 'comments'>('all')
  const comments = useComments(task.id)
  const activity = useActivity(task, pages)
  const words = useLineWords(task)
  const story = storyOf(comments, only === 'all' ? activity.lines : [], words)
  return (
    <section aria-labelledby={heading} className="border-line border-t pt-5">
      <SectionHead
        id={heading}
        name={t`Activity`}
        action={
          <SegmentedControl
            name={t`What to show`}
            value={only}
            onChange={setOnly}
            options={[
              { value: 'all', name: t`All` },
              { value: 'comments', name: t`Comments` },
            ]}
          />
        }
      />
      {only === 'all' && activity.more && (
        <Button size="small" kind="ghost" busy={activity.loading} onClick={() => setPages(pages + 1)} className="mt-2">
          <Trans>Show earlier</Trans>
        </Button>
      )}
      {only === 'all' && <Trouble activity={activity} />}
      <ol className="mt-3 flex flex-col gap-2">
        {story.map((entry) =>
          entry.kind === 'comment' ? (
            <CommentCard key={entry.comment.id} comment={entry.comment} task={task} can={can} />
          ) : (
            <StoryLine key={`${entry.at}-${entry.seq}`} line={entry} />
          ),
        )}
      </ol>
      {can.comment && <CommentField task={task} />}
    </section>
  )
}

function Trouble({ activity }: { activity: ReturnType<typeof useActivity> }) {
  if (activity.offline)
    return (
      <p className="text-muted mt-2 text-xs">
        <Trans>What changed is shown when you are online again.</Trans>
      </p>
    )
  if (!activity.failure) return null
  return (
    <p role="alert" className="text-muted mt-2 flex items-center gap-2 text-xs">
      <Trans>What changed could not be loaded.</Trans>
      <Button size="small" onClick={activity.retry}>
        <Trans>Try again</Trans>
      </Button>
    </p>
  )
}
