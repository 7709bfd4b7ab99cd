/** Marks the page with what one works it by just now; styles leave motion out of what keys do. Answers what ends it. */
export function followHand(): () => void {
  const marks = document.documentElement.dataset
  const byKey = () => {
    marks['hand'] = 'keys'
  }
  const byPointer = () => {
    delete marks['hand']
  }
  addEventListener('keydown', byKey, true)
  addEventListener('pointerdown', byPointer, true)
  return () => {
    removeEventListener('keydown', byKey, true)
    removeEventListener('pointerdown', byPointer, true)
    byPointer()
  }
}
