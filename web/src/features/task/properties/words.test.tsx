import { show } from '../../../ui/testing'
import { readEstimate, useEstimateWords } from './estimate'
import { useRepeatWords } from '../../../fields/repeatWords'

function said(words: () => string): string {
  function Words() {
    return <p>{words()}</p>
  }
  const { container, unmount } = show(<Words />)
  const text = container.querySelector('p')!.textContent
  unmount()
  return text
}

test.each([
  ['FREQ=DAILY', 'Every day'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', 'Every 2 weeks on Mon and Thu'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Every weekday'],
  ['FREQ=WEEKLY;BYDAY=FR', 'Every Friday'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 'Every month on the last day'],
  ['FREQ=MONTHLY;BYMONTHDAY=15', 'Every month on day 15'],
  ['FREQ=YEARLY;BYSETPOS=2', 'FREQ=YEARLY;BYSETPOS=2'],
])('the rule %s reads as %s', (rrule, words) => {
  expect(said(() => useRepeatWords()({ rrule, basis: 'due' }))).toBe(words)
})

test('a rule that counts from when the task is done says so', () => {
  expect(said(() => useRepeatWords()({ rrule: 'FREQ=DAILY', basis: 'completion' }))).toBe('Every day, after it is done')
})

test.each([
  ['3', 'points', 3, '3 points'],
  ['1', 'points', 1, '1 point'],
  ['2,5', 'points', 2.5, '2.5 points'],
  ['90', 'minutes', 90, '1 h 30 min'],
  ['1h 30m', 'minutes', 90, '1 h 30 min'],
  ['1:30', 'minutes', 90, '1 h 30 min'],
  ['1.5h', 'minutes', 90, '1 h 30 min'],
  ['45m', 'minutes', 45, '45 min'],
  ['2 hours', 'minutes', 120, '2 h'],
] as const)('the estimate %s in %s is %d, "%s"', (text, unit, amount, words) => {
  expect(readEstimate(text, unit)).toBe(amount)
  expect(said(() => useEstimateWords()(amount, unit))).toBe(words)
})

test.each(['', 'soon', '-1', '1e9', '3 days', 'h'])('%s is no estimate', (text) => {
  expect(readEstimate(text, 'minutes')).toBeUndefined()
  expect(readEstimate(text, 'points')).toBeUndefined()
})
