import type { Token } from 'markdown-it'

/** A part of a text with what stands in it. */
export interface Part {
  token: Token
  parts: Part[]
}

// Emphasis can be nested without end; below this what is nested further stands beside instead.
const deepest = 60

/** Makes a tree of the reader's flat list of openings and closings; never deeper than one can show. */
export function treeOf(tokens: readonly Token[]): Part[] {
  const root: Part[] = []
  const open: Part[][] = [root]
  for (const token of tokens) {
    if (token.nesting < 0) {
      if (open.length > 1) open.pop()
      continue
    }
    const part: Part = { token, parts: token.children ? treeOf(token.children) : [] }
    const around = open.at(-1) ?? root
    around.push(part)
    if (token.nesting > 0) open.push(open.length > deepest ? around : part.parts)
  }
  return root
}

/** How many parts there are in all. */
export function countOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + 1 + countOf(part.parts), 0)
}

/** The words of a part without its marks. */
export function wordsOf(parts: readonly Part[]): string {
  return parts
    .map(({ token, parts: inner }) => {
      if (token.type === 'softbreak' || token.type === 'hardbreak') return ' '
      if (token.type === 'text' || token.type === 'code_inline') return token.content
      return wordsOf(inner)
    })
    .join('')
}
