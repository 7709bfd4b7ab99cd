import { screen, waitFor } from '@testing-library/react'

import { AlertDialog } from './AlertDialog'
import { Button } from './Button'
import { useCommands } from './commands'
import { Dialog } from './Dialog'
import { Sheet } from './Sheet'
import { show } from './testing'

it.each([
  ['dialog', <Dialog trigger={<Button>Open</Button>} title="New project" />],
  ['sheet', <Sheet trigger={<Button>Open</Button>} title="New project" children="words" />],
])('a %s has a name, closes by Escape and gives the focus back', async (_, drawn) => {
  const { user } = show(drawn)
  await user.click(screen.getByRole('button', { name: 'Open' }))
  await screen.findByRole('dialog', { name: 'New project' })
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Open' })))
})

it('a dialog keeps keys from what is behind it', async () => {
  const add = vi.fn()
  function Page() {
    useCommands([{ id: 'add', name: 'Add', keys: 'c', run: add }])
    return <Dialog trigger={<Button>Open</Button>} title="New project" />
  }
  const { user } = show(<Page />)
  await user.click(screen.getByRole('button', { name: 'Open' }))
  await screen.findByRole('dialog')
  await user.keyboard('c')
  expect(add).not.toHaveBeenCalled()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await user.keyboard('c')
  expect(add).toHaveBeenCalledOnce()
})

describe('an alert dialog', () => {
  const ask = (onConfirm: () => unknown) =>
    show(
      <AlertDialog
        trigger={<Button>Delete</Button>}
        title="Delete this project?"
        confirm="Delete project"
        onConfirm={onConfirm}
      >
        It goes to the trash.
      </AlertDialog>,
    )

  it('starts on the way back, and does nothing then', async () => {
    const onConfirm = vi.fn()
    const { user } = ask(onConfirm)
    await user.click(screen.getByRole('button', { name: 'Delete' }))
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Cancel'))
    await user.keyboard('{Enter}')
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
    expect(onConfirm).not.toHaveBeenCalled()
  })

  it('closes when it is done, and stays when it was refused', async () => {
    const onConfirm = vi.fn().mockRejectedValueOnce(new Error('refused')).mockResolvedValueOnce(undefined)
    const { user } = ask(onConfirm)
    await user.click(screen.getByRole('button', { name: 'Delete' }))
    await user.click(await screen.findByRole('button', { name: 'Delete project' }))
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Delete project' }).getAttribute('aria-busy')).toBeNull(),
    )
    await user.click(screen.getByRole('button', { name: 'Delete project' }))
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
    expect(onConfirm).toHaveBeenCalledTimes(2)
  })
})
