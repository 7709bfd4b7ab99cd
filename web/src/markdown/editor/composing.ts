const composing = new WeakSet<HTMLTextAreaElement>()

/** Notes that a word is being put together, as in Japanese; until it is, the text may not be changed under it. */
export function noteComposing(area: HTMLTextAreaElement, now: boolean): void {
  if (now) composing.add(area)
  else composing.delete(area)
}

/** Acts at once, or as soon as the word that is being put together is whole. */
export function whenComposed(area: HTMLTextAreaElement | null, act: (area: HTMLTextAreaElement) => void): void {
  if (!area) return
  if (!composing.has(area)) act(area)
  else area.addEventListener('compositionend', () => setTimeout(() => whenComposed(area, act)), { once: true })
}
