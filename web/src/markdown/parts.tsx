import { createElement, type ReactNode } from 'react'
import { showImage, showLink } from './linkParts'
import { taskOf } from './parse'
import { Scrolled, TaskItem } from './Blocks'
import { withTurnsSpelled } from './taskKeys'
import { Words } from './Words'
import { countOf, wordsOf, type Part } from './tree'
import type { Surroundings } from './types'

// A block of more parts than this is no longer writing; it is shown as its source.
const most = 20_000

const headings: Record<string, string> = {
  h1: 'mt-3 text-xl font-semibold first:mt-0',
  h2: 'mt-3 text-lg font-semibold first:mt-0',
  h3: 'mt-2 font-semibold first:mt-0',
  h4: 'mt-2 font-semibold first:mt-0',
  h5: 'mt-2 font-medium first:mt-0',
  h6: 'mt-2 font-medium text-muted first:mt-0',
}
const codeBlock =
  'overflow-x-auto rounded-md border border-line bg-well px-3 py-2 font-mono text-sm whitespace-pre wrap-normal'
const inlineCode = 'rounded-sm bg-well px-1 py-0.5 font-mono text-[0.9em] [unicode-bidi:isolate]'

/** Draws one part of a text and all that stands in it. */
export function showPart(part: Part, key: number, around: Surroundings, source: string): ReactNode {
  if (part.token.map && countOf([part]) > most) {
    const lines = source.split(/\r\n|\r|\n/).slice(part.token.map[0], part.token.map[1])
    return (
      <p key={key} dir="auto" className="whitespace-pre-wrap">
        {lines.join('\n')}
      </p>
    )
  }
  return show(part, key, around)
}

function showAll(parts: Part[], around: Surroundings): ReactNode[] {
  return parts.map((part, at) => show(part, at, around))
}

function show(part: Part, key: number, around: Surroundings): ReactNode {
  const { token, parts } = part
  const inner = (): ReactNode[] => showAll(parts, around)
  switch (token.type) {
    case 'paragraph_open':
      return token.hidden ? (
        <span key={key} dir="auto" className="block">
          {inner()}
        </span>
      ) : (
        <p key={key} dir="auto">
          {inner()}
        </p>
      )
    case 'heading_open': {
      // The page around a text has the first two levels.
      const level = Math.min(Number(token.tag.slice(1)) + 2, 6)
      return createElement(`h${level}`, { key, dir: 'auto', className: headings[token.tag] }, inner())
    }
    case 'blockquote_open':
      return (
        <blockquote key={key} dir="auto" className="flex flex-col gap-2 border-s-2 border-line-strong ps-3 text-muted">
          {inner()}
        </blockquote>
      )
    case 'bullet_list_open':
      return (
        <ul key={key} dir="auto" className="flex list-disc flex-col gap-1 ps-6">
          {inner()}
        </ul>
      )
    case 'ordered_list_open':
      return (
        <ol key={key} dir="auto" start={startOf(part)} className="flex list-decimal flex-col gap-1 ps-6">
          {inner()}
        </ol>
      )
    case 'list_item_open':
      return showItem(part, key, around)
    case 'fence':
    case 'code_block':
      return (
        <Scrolled key={key} what="code">
          <pre dir="ltr" className={codeBlock}>
            <code>{withTurnsSpelled(token.content.replace(/\n$/, ''))}</code>
          </pre>
        </Scrolled>
      )
    case 'hr':
      return <hr key={key} className="my-1 border-line-strong" />
    case 'table_open':
      return (
        <Scrolled key={key} what="table">
          <table className="border-collapse text-sm">{inner()}</table>
        </Scrolled>
      )
    case 'inline':
      return showAll(parts, around)
    default:
      return showTableOrInline(part, key, around)
  }
}

function showTableOrInline(part: Part, key: number, around: Surroundings): ReactNode {
  const { token, parts } = part
  const inner = (): ReactNode[] => showAll(parts, around)
  switch (token.type) {
    case 'thead_open':
      return <thead key={key}>{inner()}</thead>
    case 'tbody_open':
      return <tbody key={key}>{inner()}</tbody>
    case 'tr_open':
      return <tr key={key}>{inner()}</tr>
    case 'th_open':
    case 'td_open': {
      const className = `border border-line-strong px-2 py-1 align-top ${token.tag === 'th' ? 'bg-well font-semibold' : ''} ${sideOf(part)}`
      return createElement(token.tag, { key, dir: 'auto', className }, inner())
    }
    case 'strong_open':
      return (
        <strong key={key} className="font-semibold">
          {inner()}
        </strong>
      )
    case 'em_open':
      return <em key={key}>{inner()}</em>
    case 's_open':
      return (
        <del key={key} className="text-muted">
          {inner()}
        </del>
      )
    case 'code_inline':
      return (
        <code key={key} dir="ltr" className={inlineCode}>
          {withTurnsSpelled(token.content)}
        </code>
      )
    case 'softbreak':
    case 'hardbreak':
      return <br key={key} />
    case 'link_open':
      // Inside a link its words stay words: no link within a link.
      return showLink(part, key, around, showAll(parts, { ...around, resolveTask: undefined }))
    case 'image':
      return showImage(part, key, around)
    case 'text':
    case 'text_special':
      return <Words key={key} text={token.content} around={around} />
    default:
      // A part that is not known is shown as the words it is made of.
      return token.content !== '' ? <Words key={key} text={token.content} around={around} /> : inner()
  }
}

function showItem(part: Part, key: number, around: Surroundings): ReactNode {
  const task = taskOf(part.token)
  const inner = showAll(part.parts, around)
  if (!task)
    return (
      <li key={key} dir="auto" className="ps-0.5 [&>*+*]:mt-1">
        {inner}
      </li>
    )
  return (
    <TaskItem key={key} task={task} words={wordsOf(part.parts.slice(0, 1)).trim()} onTick={around.onTick}>
      {inner}
    </TaskItem>
  )
}

function startOf(part: Part): number | undefined {
  const start = part.token.attrGet('start')
  return start === null ? undefined : Number(start)
}

function sideOf(part: Part): string {
  const style = String(part.token.attrGet('style') ?? '')
  if (style.endsWith('center')) return 'text-center'
  return style.endsWith('right') ? 'text-end' : 'text-start'
}
