/** Marks the page while the last act was one of the keyboard: such acts are not animated. */
export function followKeyboardUse(): () => void {
  const root = document.documentElement
  const key = () => (root.dataset.byKeyboard = '')
  const pointer = () => delete root.dataset.byKeyboard
  addEventListener('keydown', key, true)
  addEventListener('pointerdown', pointer, true)
  return () => {
    removeEventListener('keydown', key, true)
    removeEventListener('pointerdown', pointer, true)
  }
}
