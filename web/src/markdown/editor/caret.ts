const copied = [
  ...['boxSizing', 'width', 'paddingTop', 'paddingRight', 'paddingBottom', 'paddingLeft', 'borderTopWidth'],
  ...['borderRightWidth', 'borderBottomWidth', 'borderLeftWidth', 'borderStyle', 'fontFamily', 'fontSize'],
  ...['fontWeight', 'fontStyle', 'letterSpacing', 'lineHeight', 'textAlign', 'direction', 'tabSize', 'wordSpacing'],
] as const

const longest = 50_000

/** Where a character of a field is drawn, in pixels from the field's corner; `height` is that of its line. */
export function placeOf(field: HTMLTextAreaElement, at: number): { left: number; top: number; height: number } {
  const look = getComputedStyle(field)
  const height = Number.parseFloat(look.lineHeight) || 20
  // A very long text is not laid out a second time at every key.
  if (at > longest) return { left: 0, top: field.clientHeight - height, height }
  const mirror = document.createElement('div')
  for (const name of copied) mirror.style.setProperty(dashed(name), look.getPropertyValue(dashed(name)))
  Object.assign(mirror.style, { position: 'absolute', visibility: 'hidden', top: '0', left: '-9999px' })
  Object.assign(mirror.style, { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' })
  mirror.textContent = field.value.slice(0, at)
  const mark = document.createElement('span')
  mark.textContent = field.value.slice(at, at + 1).trim() || '.'
  mirror.append(mark)
  document.body.append(mirror)
  const place = { left: mark.offsetLeft, top: mark.offsetTop - field.scrollTop, height }
  mirror.remove()
  return place
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase())
}
