/** A piece of running text: words, or the key of a task. */
export type Piece = { key: false; text: string } | { key: true; text: string }

const pattern = /(?<![\p{L}\p{N}_/.#@:=&?-])[A-Z][A-Z0-9]{0,9}-[1-9]\d{0,8}(?![\p{L}\p{N}_/-])/gu

/** Splits words where they name a task, as in WEB-12. */
export function splitAtKeys(text: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const found of text.matchAll(pattern)) {
    if (found.index > from) pieces.push({ key: false, text: text.slice(from, found.index) })
    pieces.push({ key: true, text: found[0] })
    from = found.index + found[0].length
  }
  if (from < text.length) pieces.push({ key: false, text: text.slice(from) })
  return pieces
}

/** Words without the marks that turn the reading order of what follows them around. */
export function withoutTurns(text: string): string {
  return text.replace(/[\u202a-\u202e]/g, '')
}

/** Code with such marks spelled out, so that it reads as it runs. */
export function withTurnsSpelled(code: string): string {
  return code.replace(/[\u202a-\u202e\u2066-\u2069]/g, (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase()}]`)
}
