import type { Locator, Page } from 'playwright-core'

/** A column of the board, whose name is followed by its count. */
export const column = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: new RegExp(`^${name}, \\d+$`) })

/** A card anywhere on the board, or in a column of it. */
export const card = (within: Page | Locator, title: string): Locator =>
  within.locator('[data-line]').filter({ hasText: title })

/** A board of a project, opened and drawn. */
export async function openBoard(page: Page, workspace: string, project: string): Promise<void> {
  await page.goto(`/${workspace}/p/${project}`)
  await page.locator('[data-line]').first().waitFor()
}

/** Takes something by the mouse and lets it fall on something else. */
export async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const middle = async (of: Locator) => {
    const { x, y, width, height } = (await of.boundingBox())!
    return [x + Math.min(width / 2, 60), y + Math.min(height / 2, 60)] as const
  }
  const [x, y] = await middle(from)
  const [toX, toY] = await middle(to)
  await page.mouse.move(x, y)
  await page.mouse.down()
  // A pointer moves in steps; what is under it is asked at each.
  await page.mouse.move(x + 10, y + 10, { steps: 3 })
  await page.mouse.move(toX, toY, { steps: 12 })
  await page.mouse.up()
}
