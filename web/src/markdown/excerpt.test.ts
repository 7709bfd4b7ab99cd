import { excerpt } from './excerpt'

test.each([
  ['', ''],
  ['\n\n  \n', ''],
  ['# Plan\nmore', 'Plan'],
  ['> - [ ] **Do** it', 'Do it'],
  ['1. one', 'one'],
  ['[@Ada](rung:user/u1), see [this](https://a.b "t") and ![pic](rung:file/f)', '@Ada, see this and pic'],
  ['`code` ~~gone~~ *soft* _under_ snake_case_name 2*3*4', 'code gone soft under snake_case_name 2*3*4'],
  ['---\nafter a line', 'after a line'],
  ['```js\nlet a = *1*\n```', 'let a = *1*'],
  ['<https://a.b>', 'https://a.b'],
  ['\\*not soft\\*', '*not soft*'],
  ['👍', '👍'],
  ['- \n- two', 'two'],
])('%j', (source, words) => {
  expect(excerpt(source)).toBe(words)
})

test('looks no further than it must', () => {
  expect(excerpt('['.repeat(500_000)).length).toBeLessThanOrEqual(2000)
})
