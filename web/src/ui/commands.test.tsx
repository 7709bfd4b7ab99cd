import { act, fireEvent, render, screen } from '@testing-library/react'

import { holdKeys, keysOf, releaseKeys, runCommand, useCommandList, useCommands, type Command } from './commands'

function Offer({ list, alone }: { list: Command[]; alone?: boolean }) {
  useCommands(list, { alone })
  return null
}
function Shown() {
  return (
    <output>
      {useCommandList()
        .map((c) => c.name)
        .join(', ')}
    </output>
  )
}
const command = (id: string, keys: Command['keys'], run: Command['run'], more: Partial<Command> = {}): Command => ({
  id,
  name: id,
  keys,
  run,
  ...more,
})
const press = (key: string, more = {}, target: Element = document.body) => fireEvent.keyDown(target, { key, ...more })

it('does what a key says, and keeps the key from the browser', () => {
  const run = vi.fn()
  render(<Offer list={[command('add', 'c', run)]} />)
  expect(press('c')).toBe(false)
  expect(run).toHaveBeenCalledOnce()
  expect(press('d')).toBe(true)
})

it('leaves the key to the browser when run answers false', () => {
  render(<Offer list={[command('add', 'c', () => false)]} />)
  expect(press('c')).toBe(true)
})

it('lets what was mounted last win, and gives the key back when it goes', () => {
  const page = vi.fn()
  const panel = vi.fn()
  const both = (open: boolean) => (
    <>
      <Offer list={[command('page', 'e', page)]} />
      {open && <Offer list={[command('panel', 'e', panel)]} />}
    </>
  )
  const { rerender } = render(both(true))
  press('e')
  expect([page.mock.calls.length, panel.mock.calls.length]).toEqual([0, 1])
  rerender(both(false))
  press('e')
  expect([page.mock.calls.length, panel.mock.calls.length]).toEqual([1, 1])
})

it('keeps a child above its parent, and a modal scope alone', () => {
  const outer = vi.fn()
  const inner = vi.fn()
  function Dialog() {
    useCommands([], { alone: true })
    return <Offer list={[command('inner', 'x', inner)]} />
  }
  render(
    <>
      <Offer list={[command('outer', ['x', 'y'], outer)]} />
      <Dialog />
    </>,
  )
  press('x')
  press('y')
  expect(inner).toHaveBeenCalledOnce()
  expect(outer).not.toHaveBeenCalled()
})

it('does not fire while one types, unless the keys have mod or the command says so', () => {
  const plain = vi.fn()
  const mod = vi.fn()
  const escape = vi.fn()
  render(
    <>
      <Offer
        list={[command('a', 'c', plain), command('b', 'mod+k', mod), command('d', 'escape', escape, { typing: true })]}
      />
      <input aria-label="title" />
      <input type="checkbox" aria-label="box" />
      <div role="menu" tabIndex={0} />
    </>,
  )
  const field = screen.getByLabelText('title')
  press('c', {}, field)
  press('c', {}, screen.getByRole('menu'))
  expect(plain).not.toHaveBeenCalled()
  press('k', { ctrlKey: true }, field)
  press('Escape', {}, field)
  expect([mod.mock.calls.length, escape.mock.calls.length]).toEqual([1, 1])
  press('c', {}, screen.getByLabelText('box'))
  expect(plain).toHaveBeenCalledOnce()
})

it('does not fire while a word is composed, when held down, or when disabled', () => {
  const run = vi.fn()
  const held = vi.fn()
  render(
    <Offer
      list={[
        command('a', 'c', run),
        command('b', 'd', run, { enabled: false }),
        command('j', 'j', held, { repeat: true }),
      ]}
    />,
  )
  press('c', { isComposing: true })
  press('c', { repeat: true })
  press('d')
  expect(run).not.toHaveBeenCalled()
  press('j', { repeat: true })
  expect(held).toHaveBeenCalledOnce()
})

describe('sequences', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('fires after both keys, and not when they are apart, broken off or left', () => {
    const go = vi.fn()
    const m = vi.fn()
    render(<Offer list={[command('go', 'g m', go), command('m', 'm', m)]} />)
    press('g')
    press('m')
    expect([go.mock.calls.length, m.mock.calls.length]).toEqual([1, 0])
    press('g')
    act(() => void vi.advanceTimersByTime(1500))
    press('m')
    expect([go.mock.calls.length, m.mock.calls.length]).toEqual([1, 1])
    press('g')
    press('Escape')
    press('m')
    expect([go.mock.calls.length, m.mock.calls.length]).toEqual([1, 2])
    press('g')
    press('x')
    press('m')
    expect([go.mock.calls.length, m.mock.calls.length]).toEqual([1, 3])
  })
})

it('lists what can be done now, the newest of each id, and knows its keys', () => {
  const run = vi.fn()
  const list = (more: Command[]) => (
    <>
      <Shown />
      <Offer
        list={[
          command('one', 'o', run),
          command('off', 'p', run, { enabled: false }),
          command('quiet', 'q', run, { hidden: true }),
        ]}
      />
      <Offer list={more} />
    </>
  )
  const { rerender } = render(list([]))
  expect(screen.getByRole('status').textContent).toBe('one')
  rerender(list([command('two', ['t', 'mod+t'], run)]))
  expect(screen.getByRole('status').textContent).toBe('one, two')
  expect(keysOf('two')).toBe('t')
  runCommand('two')
  expect(run).toHaveBeenCalledOnce()
})

it('runs the newest of what a command does, though the list looks the same', () => {
  const first = vi.fn()
  const second = vi.fn()
  function Palette() {
    return useCommandList().map((c) => <button key={c.id} onClick={() => c.run()} children={c.name} />)
  }
  const list = (run: () => void) => (
    <>
      <Palette />
      <Offer list={[command('one', 'o', run)]} />
    </>
  )
  const { rerender } = render(list(first))
  rerender(list(second))
  fireEvent.click(screen.getByRole('button'))
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1])
})

describe('keys pressed while commands are still loaded', () => {
  const early = (...keys: string[]) => {
    holdKeys()
    return keys.map((key) => press(key))
  }

  it('are kept from the browser, and the first command that they mean is done when all are there', () => {
    const [add, go, search] = [vi.fn(), vi.fn(), vi.fn()]
    expect(early('c', 's')).toEqual([false, false])
    render(<Offer list={[command('add', 'c', add), command('go', 'g m', go), command('search', 's', search)]} />)
    expect(add).not.toHaveBeenCalled()
    releaseKeys()
    expect([add.mock.calls.length, search.mock.calls.length]).toEqual([1, 0])
    early('g', 'm')
    expect(go).toHaveBeenCalledOnce()
    releaseKeys()
    expect(go).toHaveBeenCalledOnce()
  })

  it('may be a sequence, or have mod', () => {
    const [go, find] = [vi.fn(), vi.fn()]
    early('g', 'm')
    expect(press('k', { ctrlKey: true })).toBe(false)
    const shown = render(<Offer list={[command('go', 'g m', go), command('find', 'mod+k', find)]} />)
    releaseKeys()
    expect([go.mock.calls.length, find.mock.calls.length]).toEqual([1, 0])
    shown.unmount()
    holdKeys()
    press('k', { ctrlKey: true })
    render(<Offer list={[command('find', 'mod+k', find)]} />)
    releaseKeys()
    expect(find).toHaveBeenCalledOnce()
  })

  it('are left alone when typed in a field, or the browser’s', () => {
    holdKeys()
    render(<input aria-label="title" />)
    expect(press('c', {}, screen.getByLabelText('title'))).toBe(true)
    expect(press('r', { ctrlKey: true })).toBe(true)
    expect(press('Tab')).toBe(true)
    releaseKeys()
    expect(press('c')).toBe(true)
  })
})
