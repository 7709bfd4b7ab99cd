import { fireEvent, screen } from '@testing-library/react'

import { ErrorBoundary } from './ErrorBoundary'
import { show } from './testing'

let broken = true
function Region() {
  if (broken) throw Object.assign(new Error('no'), { requestID: 'req-7' })
  return <p>All well</p>
}

beforeEach(() => {
  broken = true
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => void vi.restoreAllMocks())

it('keeps what stands beside, shows the request, and tries again', () => {
  const onError = vi.fn()
  show(
    <>
      <p>Beside</p>
      <ErrorBoundary onError={onError}>
        <Region />
      </ErrorBoundary>
    </>,
  )
  expect(screen.getByText('Beside')).toBeDefined()
  expect(screen.getByRole('alert').textContent).toContain('req-7')
  expect(onError).toHaveBeenCalledOnce()
  broken = false
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(screen.getByText('All well')).toBeDefined()
})

it('tries anew at another address', () => {
  const at = (address: string) => (
    <ErrorBoundary resetKey={address}>
      <Region />
    </ErrorBoundary>
  )
  const { redraw } = show(at('a'))
  broken = false
  redraw(at('a'))
  expect(screen.queryByText('All well')).toBeNull()
  redraw(at('b'))
  expect(screen.getByText('All well')).toBeDefined()
})
