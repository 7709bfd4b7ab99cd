import { afterAll, beforeAll, expect, test } from 'vitest'

import { Window } from './browser'
import { Program } from './program'

let program: Program

beforeAll(async () => {
  program = await Program.start()
})
afterAll(() => program.stop())

test('whoever is not signed in is led to signing in', async () => {
  const window = await Window.open(program)
  await window.page.goto('/somewhere/p/WEB')
  await window.page.getByRole('heading', { level: 1 }).waitFor()
  expect(await window.inaccessible()).toEqual([])
  await window.shot('login')
  await window.close()
})
