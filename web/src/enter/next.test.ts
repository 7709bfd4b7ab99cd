import { nextFor, safeNext, signInAddress } from './next'
import { strengthOf } from './judging'

afterEach(() => document.head.replaceChildren())

function servedAt(path: string) {
  const base = document.createElement('base')
  base.href = path
  document.head.append(base)
}

test.each([
  ['/bridge/p/WEB?layout=list#x', '/bridge/p/WEB?layout=list#x'],
  [null, '/'],
  ['', '/'],
  ['bridge/my', '/'],
  ['//evil.test/x', '/'],
  ['/\\evil.test', '/'],
  ['/\t/evil.test', '/'],
  ['https://evil.test/', '/'],
  ['javascript:alert(1)', '/'],
  ['/login?next=/login', '/'],
])('?next=%s leads to %s', (next, to) => expect(safeNext(next)).toBe(to))

test('below a path nothing leads out of it', () => {
  servedAt('/rung/')
  expect(safeNext('/rung/bridge/my')).toBe('/rung/bridge/my')
  expect(safeNext('/other/app')).toBe('/rung/')
  expect(signInAddress({ pathname: '/rung/bridge/my', search: '', hash: '' })).toBe(
    '/rung/login?next=%2Frung%2Fbridge%2Fmy',
  )
  expect(signInAddress({ pathname: '/rung/', search: '', hash: '' }, true)).toBe('/rung/login?ended=1')
})

test('a place belongs to who was there', () => {
  sessionStorage.setItem('rung.before', 'ada')
  expect(nextFor('eve', '/bridge/my')).toBe('/')
  expect(nextFor('eve', '/bridge/my')).toBe('/bridge/my')
})

test.each([
  ['seven', 'short'],
  ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
  ['abcdefghijklmnop', 'weak'],
  ['blueboat', 'weak'],
  ['blue boat 7', 'fine'],
  ['four words in a row', 'strong'],
])('%s is %s', (password, is) => expect(strengthOf(password)).toBe(is))
