/** Says that a part of the program could not be had, where not even its words are there. A blank page says nothing. */
export function notLoaded(root: HTMLElement = document.getElementById('root')!): void {
  if (root.childElementCount > 0) return
  const box = document.createElement('main')
  box.className = 'grid min-h-dvh place-content-center justify-items-center gap-3 p-4 text-center'
  const words = document.createElement('p')
  words.textContent = 'Rung could not be loaded. Check your connection, then try again.'
  const again = document.createElement('button')
  again.type = 'button'
  again.className = 'border-line-strong h-7 rounded-md border px-3 font-medium'
  again.textContent = 'Try again'
  again.onclick = () => location.reload()
  box.append(words, again)
  root.append(box)
}
