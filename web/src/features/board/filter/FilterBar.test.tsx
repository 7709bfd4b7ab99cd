import '@testing-library/jest-dom/vitest'
import { screen } from '@testing-library/react'
import { useState } from 'react'
import { beforeAll, expect, it, vi } from 'vitest'

import { makeTestStore, StoreProvider, type Filter } from '../../../store'
import { show } from '../../../ui/testing'
import { FilterBar } from './FilterBar'

// What is loaded when it is needed would otherwise still be on its way when the last test has ended.
beforeAll(async () => {
  await import('../../../quickadd')
}, 60_000)

function open(filter: Filter = {}) {
  const heard = vi.fn()
  const store = makeTestStore({ project: [{ id: 'web' }], label: [{ id: 'l1', name: 'finance' }] })
  function Held() {
    const [now, setNow] = useState(filter)
    return (
      <FilterBar
        filter={now}
        project="web"
        onChange={(next) => {
          heard(next)
          setNow(next)
        }}
      />
    )
  }
  const tools = show(
    <StoreProvider store={store}>
      <Held />
    </StoreProvider>,
  )
  return { ...tools, last: () => heard.mock.lastCall?.[0] as Filter | undefined }
}

it('adds a condition by its key, field and value', async () => {
  const { user, last } = open()
  await user.keyboard('f')
  await user.click(await screen.findByRole('option', { name: 'Priority' }))
  await user.click(await screen.findByRole('option', { name: 'High' }))
  expect(last()).toEqual({ all: [{ field: 'priority', op: 'eq', value: 2 }] })
  await user.click(screen.getByRole('option', { name: 'Urgent' }))
  expect(last()).toEqual({ all: [{ field: 'priority', op: 'in', value: [2, 1] }] })
  expect(screen.getByRole('group', { name: 'Priority is any of High, Urgent', hidden: true })).toBeInTheDocument()
})

it('turns a condition round, and takes it away by Backspace', async () => {
  const { user, last } = open({ field: 'label', op: 'eq', value: 'l1' })
  await user.click(screen.getByRole('button', { name: 'is' }))
  await user.click(
    await screen
      .findByRole('menuitemradio', { name: 'is not' })
      .catch(() => screen.findByRole('menuitemcheckbox', { name: 'is not' })),
  )
  expect(last()).toEqual({ all: [{ not: { field: 'label', op: 'eq', value: 'l1' } }] })
  screen.getByRole('button', { name: 'Remove Label is not finance' }).focus()
  await user.keyboard('{Backspace}')
  expect(last()).toEqual({})
})

it('holds groups in groups, and writes none that are empty', async () => {
  const { user, last } = open({ field: 'title', op: 'contains', value: 'pier' })
  await user.click(screen.getByRole('button', { name: 'Add a condition' }))
  await user.click(await screen.findByRole('option', { name: 'Group of conditions' }))
  expect(last()).toBeUndefined()
  expect(screen.getByRole('group', { name: 'Any of' })).toBeVisible()
  await user.click(screen.getAllByRole('button', { name: 'Add a condition' })[0]!)
  await user.click(await screen.findByRole('option', { name: 'Assignee' }))
  await user.click(await screen.findByRole('option', { name: 'Me' }))
  expect(last()).toEqual({
    all: [{ field: 'title', op: 'contains', value: 'pier' }, { any: [{ field: 'assignee', op: 'eq', value: 'me' }] }],
  })
})

it('reads days in words', async () => {
  const { user, last } = open()
  await user.keyboard('f')
  await user.click(await screen.findByRole('option', { name: 'Due date' }))
  await user.type(await screen.findByRole('combobox', { name: 'Due date' }), '5 days ago')
  await user.click(await screen.findByRole('option', { name: '5 days ago' }))
  expect(last()).toEqual({ all: [{ field: 'due', op: 'before', value: 'today-5' }] })
})
