const longest = 2000

/** The words of a text's first line that has any, without its marks: for lists and notices. */
export function excerpt(source: string): string {
  let inFence = false
  for (const line of source.slice(0, longest).split(/\r\n|\r|\n/)) {
    if (/^\s*(```|~~~)/.test(line)) {
      inFence = !inFence
      continue
    }
    const words = inFence ? line.trim() : wordsOfLine(line)
    if (/[\p{L}\p{N}\p{S}\p{P}]/u.test(words)) return words
  }
  return ''
}

function wordsOfLine(line: string): string {
  if (/^\s*([-*_=|:][ \t]*){3,}$/.test(line)) return ''
  return withoutMarks(withoutLead(line)).replace(/\s+/g, ' ').trim()
}

// Quotes, headings, bullets, numbers and boxes in front of the words.
function withoutLead(line: string): string {
  let rest = line.trimStart()
  for (let round = 0; round < 12; round++) {
    const next = rest.replace(/^(>|#{1,6}(?=\s|$)|[-*+](?=\s)|\d{1,9}[.)](?=\s)|\[[ xX]\](?=\s))\s*/, '')
    if (next === rest) return rest
    rest = next
  }
  return rest
}

function withoutMarks(text: string): string {
  return text
    .replace(/!?\[([^[\]]*)\]\([^()\s]*(?:\s+"[^"]*")?\)/g, '$1')
    .replace(/<((?:https?:\/\/|mailto:)[^<>\s]*)>/g, '$1')
    .replace(/(\*\*|__|~~|`+)(?=\S)([^*_~`]*)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*\\])\*(?=\S)([^*]*)\*/gu, '$1')
    .replace(/(?<![\p{L}\p{N}_\\])_(?=\S)([^_]*)_(?![\p{L}\p{N}])/gu, '$1')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
}
