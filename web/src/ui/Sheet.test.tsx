import { fireEvent, screen, waitFor } from '@testing-library/react'

import { Button } from './Button'
import { Sheet } from './Sheet'
import { show } from './testing'

beforeEach(() => {
  window.matchMedia = ((query: string) => ({
    matches: query === '(max-width: 640px)',
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  })) as unknown as typeof matchMedia
})
afterEach(() => {
  window.matchMedia = undefined as never
})

async function drawn(far: number) {
  const { user } = show(
    <Sheet trigger={<Button>Open</Button>} title="Filter">
      words
    </Sheet>,
  )
  await user.click(screen.getByRole('button', { name: 'Open' }))
  const title = await screen.findByRole('heading', { name: 'Filter' })
  fireEvent.pointerDown(title, { clientY: 100 })
  fireEvent.pointerMove(title, { clientY: 100 + far })
  fireEvent.pointerUp(title, { clientY: 100 + far })
}

it('closes when drawn down far enough on a phone', async () => {
  await drawn(120)
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

it('springs back when it is not', async () => {
  await drawn(40)
  expect(screen.getByRole('dialog').style.transform).toBe('')
})
