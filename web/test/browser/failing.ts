import { afterEach } from 'vitest'

import { Window } from './browser'

// What a test that failed had before it is looked at in web/test-shots/.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  let n = 0
  for (const { page } of Window.all) {
    if (page.isClosed()) continue
    await page.screenshot({ path: `test-shots/failed/${task.name.replace(/\W+/g, '-')}-${++n}.png`, timeout: 10_000 })
  }
})
