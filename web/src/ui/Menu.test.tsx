import { fireEvent, screen, waitFor } from '@testing-library/react'

import { Button } from './Button'
import { useCommands } from './commands'
import { ContextMenu, Menu } from './Menu'
import { show } from './testing'

function Screen({ run, items }: { run: () => void; items?: Parameters<typeof Menu>[0]['items'] }) {
  useCommands([{ id: 'task.delete', name: 'Delete', keys: 'mod+backspace', run }])
  const entries = items ?? [
    { name: 'Delete', command: 'task.delete', danger: true },
    'line',
    { name: 'Rename', keys: 'r' },
  ]
  return <Menu trigger={<Button>More</Button>} items={entries} />
}

it("shows each action's key: the command's, or its own", async () => {
  const { user } = show(<Screen run={() => undefined} />)
  await user.click(screen.getByRole('button', { name: 'More' }))
  const remove = await screen.findByRole('menuitem', { name: /Delete/ })
  expect([...remove.querySelectorAll('kbd')].map((k) => k.textContent)).toEqual(['Ctrl', 'Backspace'])
  expect(remove.getAttribute('aria-keyshortcuts')).toBe('Control+backspace')
  expect(screen.getByRole('menuitem', { name: /Rename/ }).querySelector('kbd')?.textContent).toBe('R')
})

it('is worked by keyboard alone and gives the focus back', async () => {
  const run = vi.fn()
  const { user } = show(<Screen run={run} />)
  await user.tab()
  await user.keyboard('{Enter}')
  await screen.findByRole('menu')
  await user.keyboard('{Enter}')
  expect(run).toHaveBeenCalledOnce()
  await waitFor(() => expect(screen.queryByRole('menu')).toBeNull())
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'More' })))
})

it('does not do what is disabled', async () => {
  const run = vi.fn()
  const { user } = show(<Screen run={run} items={[{ name: 'Archive', disabled: true, run }]} />)
  await user.click(screen.getByRole('button', { name: 'More' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Archive' })).catch(() => undefined)
  expect(run).not.toHaveBeenCalled()
})

describe('a context menu', () => {
  const rows = (
    <ContextMenu
      items={(target) =>
        target.closest('[data-id]') ? [{ name: `Open ${target.closest('[data-id]')!.textContent}` }] : []
      }
    >
      <div data-id="1" tabIndex={0}>
        one
      </div>
      <p>no row</p>
    </ContextMenu>
  )

  it('opens on what was right-clicked', async () => {
    show(rows)
    fireEvent.contextMenu(screen.getByText('one'))
    expect(await screen.findByRole('menuitem', { name: 'Open one' })).toBeDefined()
  })

  it('opens by Shift+F10 on what has the focus', async () => {
    const { user } = show(rows)
    await user.tab()
    await user.keyboard('{Shift>}{F10}{/Shift}')
    expect(await screen.findByRole('menuitem', { name: 'Open one' })).toBeDefined()
  })

  it("leaves the browser's own where there are no actions", () => {
    show(rows)
    expect(fireEvent.contextMenu(screen.getByText('no row'))).toBe(true)
    expect(screen.queryByRole('menu')).toBeNull()
  })
})
