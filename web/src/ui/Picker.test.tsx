import { screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'

import { Button } from './Button'
import { Picker, type PickerProps } from './Picker'
import { show } from './testing'

const items = ['Ada', 'Grace', 'Zoë', 'Dada'].map((name) => ({ id: name.toLowerCase(), name }))

function Assign(props: Partial<PickerProps>) {
  const [value, setValue] = useState<string[]>([])
  return (
    <>
      <Picker
        trigger={<Button>Assignee</Button>}
        name="Assign to"
        items={items}
        value={value}
        onChange={setValue}
        {...props}
      />
      <output>{value.join(' ')}</output>
    </>
  )
}

async function open(props: Partial<PickerProps> = {}) {
  const { user } = show(<Assign {...props} />)
  await user.click(screen.getByRole('button', { name: 'Assignee' }))
  const field = await screen.findByRole('combobox', { name: 'Assign to' })
  await waitFor(() => expect(document.activeElement).toBe(field))
  return { user, field }
}
const options = () => screen.getAllByRole('option').map((o) => o.textContent)
const pointed = (field: HTMLElement) =>
  document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent
const chosen = () => document.querySelector('output')?.textContent

it('moves by arrows around the ends, picks by Enter, closes, and gives the focus back', async () => {
  const { user, field } = await open()
  expect(pointed(field)).toBe('Ada')
  await user.keyboard('{ArrowUp}')
  expect(pointed(field)).toBe('Dada')
  await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
  expect(chosen()).toBe('grace')
  await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull())
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Assignee' })))
})

it('finds by the beginnings of words first, whatever the marks', async () => {
  const { user } = await open()
  await user.keyboard('da')
  expect(options()).toEqual(['Dada', 'Ada'])
  await user.clear(screen.getByRole('combobox'))
  await user.keyboard('zoe')
  expect(options()).toEqual(['Zoë'])
})

it('says when nothing is found, and Enter then picks nothing', async () => {
  const { user } = await open({ empty: 'Nobody by that name' })
  await user.keyboard('xyz{Enter}')
  expect(screen.getByText('Nobody by that name')).toBeDefined()
  expect(chosen()).toBe('')
})

it('keeps open for several, each on and off', async () => {
  const { user } = await open({ multi: true })
  await user.keyboard('{Enter}{ArrowDown}{Enter}')
  expect(chosen()).toBe('ada grace')
  await user.keyboard('{Enter}')
  expect(chosen()).toBe('ada')
  const list = screen.getByRole('listbox')
  expect(within(list).getByRole('option', { selected: true }).textContent).toBe('Ada')
})

it('offers to make what is not there, and not what is', async () => {
  const onCreate = vi.fn()
  const { user } = await open({ onCreate })
  await user.keyboard('ada')
  expect(options()).toEqual(['Ada', 'Dada'])
  await user.keyboard(' b{Enter}')
  expect(onCreate).toHaveBeenCalledWith('ada b')
})

it('closes by Escape without picking', async () => {
  const { user } = await open()
  await user.keyboard('{ArrowDown}{Escape}')
  await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull())
  expect(chosen()).toBe('')
})

it('draws only some of a long list and says how long it is', async () => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(288)
  await open({ items: Array.from({ length: 5000 }, (_, n) => ({ id: String(n), name: `Task ${n}` })) })
  const drawn = await screen.findAllByRole('option')
  expect(drawn.length).toBeLessThan(100)
  expect(drawn[0]?.getAttribute('aria-setsize')).toBe('5000')
})
