import { expect, test, vi } from 'vitest'

vi.mock('./pauses', () => ({ pauseOf: () => 0, waited: () => Promise.resolve() }))

test('what is brought later is tried for until it is had, and then is there for all', async () => {
  let tries = 0
  vi.doMock('./rest', () => {
    if (++tries < 3) throw new Error('the network is away')
    return { Leading: 'it' }
  })
  const { rest } = await import('./bring')
  const [one, other] = await Promise.all([rest(), rest()])
  expect(one.Leading).toBe('it')
  expect(other).toBe(one)
  expect(tries).toBe(3)
})
