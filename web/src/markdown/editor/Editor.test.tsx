import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { act, createEvent, fireEvent, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useEffect, useState } from 'react'
import Editor from './Editor'
import type { MarkdownEditorProps } from './props'

i18n.loadAndActivate({ locale: 'en', messages: {} })

const changed = vi.fn()
const outside = { say: (_: string): void => undefined }

function Page({ start, ...props }: Partial<MarkdownEditorProps> & { start: string }) {
  const [text, setText] = useState(start)
  useEffect(() => {
    outside.say = setText
  }, [])
  const change = (next: string) => {
    changed(next)
    setText(next)
  }
  return (
    <I18nProvider i18n={i18n}>
      <Editor label="Description" {...props} value={text} onChange={change} />
      <button>After</button>
    </I18nProvider>
  )
}

function open(start = '', props: Partial<MarkdownEditorProps> = {}) {
  changed.mockClear()
  render(<Page start={start} {...props} />)
  return screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Description' })
}

async function typeAtEnd(area: HTMLTextAreaElement, keys: string) {
  area.focus()
  area.setSelectionRange(area.value.length, area.value.length)
  await userEvent.keyboard(keys)
}

describe('typing', () => {
  test('goes out as it is, byte for byte', async () => {
    const area = open('a  \n\tb\u00a0')
    await typeAtEnd(area, 'x')
    expect(changed).toHaveBeenLastCalledWith('a  \n\tb\u00a0x')
  })
  test('Enter goes on with a task list and ends it', async () => {
    const area = open('- [x] one')
    await typeAtEnd(area, '{Enter}two')
    expect(area.value).toBe('- [x] one\n- [ ] two')
    await typeAtEnd(area, '{Enter}{Enter}')
    expect(area.value).toBe('- [x] one\n- [ ] two\n')
  })
  test('Shift and Enter is a plain line', async () => {
    const area = open('- one')
    await typeAtEnd(area, '{Shift>}{Enter}{/Shift}')
    expect(area.value).toBe('- one\n')
  })
  test('Tab moves an item in; after Escape it leaves', async () => {
    const area = open('- one')
    await typeAtEnd(area, '{Tab}')
    expect(area.value).toBe('  - one')
    await userEvent.keyboard('{Escape}{Tab}')
    expect(area.value).toBe('  - one')
    expect(area).not.toBe(document.activeElement)
  })
  test.each([
    ['{Control>}b{/Control}', '**word**'],
    ['{Control>}i{/Control}', '*word*'],
    ['{Control>}e{/Control}', '`word`'],
    ['{Control>}k{/Control}', '[word](https://)'],
    ['{Control>}{Shift>}[Digit7]{/Shift}{/Control}', '1. word'],
    ['{Control>}{Shift>}[Digit8]{/Shift}{/Control}', '- word'],
    ['{Control>}{Shift>}[Digit9]{/Shift}{/Control}', '- [ ] word'],
    ['{Control>}{Shift>}[Period]{/Shift}{/Control}', '> word'],
  ])('%s makes %s', async (keys, text) => {
    const area = open('word')
    area.focus()
    area.select()
    await userEvent.keyboard(keys)
    expect(area.value).toBe(text)
  })
  test('the keys of a word that is being put together are left alone', () => {
    const area = open('- one', { onSave: changed })
    area.focus()
    fireEvent.keyDown(area, { key: 'Enter', keyCode: 229, ctrlKey: true })
    expect(changed).not.toHaveBeenCalled()
  })
  test('keys that the field takes do not reach the page', () => {
    const page = vi.fn()
    document.addEventListener('keydown', page)
    const area = open('word')
    fireEvent.keyDown(area, { key: 'k', ctrlKey: true })
    document.removeEventListener('keydown', page)
    expect(page).not.toHaveBeenCalled()
  })
})

test('the buttons do the same, and are one stop of the Tab key', async () => {
  const area = open('word')
  area.focus()
  area.select()
  await userEvent.click(screen.getByRole('button', { name: 'Bold' }))
  expect(area.value).toBe('**word**')
  expect(document.activeElement).toBe(area)
  const stops = screen.getByRole('toolbar').querySelectorAll('button[tabindex="0"]')
  expect(stops).toHaveLength(1)
  act(() => (stops[0] as HTMLElement).focus())
  await userEvent.keyboard('{ArrowRight}')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Bold')
})

test('saving and leaving', async () => {
  const onSave = vi.fn()
  const onLeave = vi.fn()
  const area = open('words', { onSave, onLeave })
  await typeAtEnd(area, '!{Control>}{Enter}{/Control}')
  expect(onSave).toHaveBeenCalledWith('words!')
  await userEvent.keyboard('{Escape}')
  expect(onLeave).toHaveBeenCalledOnce()
})

describe('a text from outside', () => {
  test('is taken while nothing is typed, and the caret stays at its word', () => {
    const area = open('one two')
    area.focus()
    area.setSelectionRange(5, 5)
    act(() => outside.say('zero one two'))
    expect([area.value, area.selectionStart]).toEqual(['zero one two', 10])
  })
  test('is not taken while one types', async () => {
    const area = open('one')
    await typeAtEnd(area, '!')
    act(() => outside.say('theirs'))
    expect([area.value, area.selectionStart]).toEqual(['one!', 4])
  })
  test('is taken once the words are handed over', async () => {
    const area = open('', { onSave: () => undefined })
    await typeAtEnd(area, 'words{Control>}{Enter}{/Control}')
    act(() => outside.say(''))
    expect(area.value).toBe('')
  })
})

describe('completion', () => {
  const completeMembers = (query: string) =>
    [
      { id: 'u1', name: 'Ada' },
      { id: 'u2', name: 'Adam' },
    ].filter((one) => one.name.toLowerCase().startsWith(query.toLowerCase()))
  const completeTasks = () => [{ key: 'WEB-12', title: 'Send report' }]

  test('names members with the keys, and says where one is', async () => {
    const area = open('', { completeMembers })
    await typeAtEnd(area, 'hi @ad')
    expect(screen.getAllByRole('option')).toHaveLength(2)
    expect(screen.getByText('2 suggestions')).toBeTruthy()
    await userEvent.keyboard('{ArrowDown}')
    const active = screen.getByRole('option', { selected: true })
    expect(active.textContent).toBe('Adam')
    expect(area.getAttribute('aria-activedescendant')).toBe(active.id)
    expect(area.getAttribute('aria-controls')).toBe(screen.getByRole('listbox').id)
    await userEvent.keyboard('{Enter}')
    expect(area.value).toBe('hi [@Adam](rung:user/u2) ')
    expect(screen.queryByRole('listbox')).toBeNull()
  })
  test('names tasks with the pointer', async () => {
    const area = open('', { completeTasks })
    await typeAtEnd(area, '#rep')
    await userEvent.click(screen.getByRole('option'))
    expect(area.value).toBe('WEB-12 ')
  })
  test('Escape sends it away and nothing else', async () => {
    const onLeave = vi.fn()
    const area = open('', { completeMembers, onLeave })
    await typeAtEnd(area, '@a{Escape}d')
    expect(onLeave).not.toHaveBeenCalled()
    expect(screen.queryByRole('listbox')).toBeNull()
    expect(area.value).toBe('@ad')
  })
})

describe('files', () => {
  function makeUpload() {
    const calls: {
      progress: (part: number) => void
      done: (id: string) => void
      fail: () => void
      signal: AbortSignal
    }[] = []
    const upload: MarkdownEditorProps['upload'] = (file, progress, signal) =>
      new Promise((resolve, reject) => {
        calls.push({
          progress,
          done: (id) => resolve({ id, name: file.name }),
          fail: () => reject(new Error()),
          signal,
        })
      })
    return { calls, upload }
  }
  function pasteFile(area: HTMLTextAreaElement, name: string, type: string, types = ['Files']) {
    const clipboardData = { files: [new File(['x'], name, { type })], types, getData: () => '' }
    const event = createEvent.paste(area, { clipboardData })
    fireEvent(area, event)
    return event
  }

  test('have a place in the text until they have arrived', async () => {
    const { calls, upload } = makeUpload()
    const onSave = vi.fn()
    const area = open('see ', { upload, onSave })
    await typeAtEnd(area, ' ')
    pasteFile(area, 'cat.png', 'image/png')
    expect(area.value).toMatch(/^see {2}!\[Sending cat\.png…\]\(rung:upload\/\d+\)$/)
    act(() => calls[0]!.progress(0.4))
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('40')
    await typeAtEnd(area, ' more{Control>}{Enter}{/Control}')
    expect(onSave).not.toHaveBeenCalled()
    expect(screen.getByText('One file is still on its way. Save when it has arrived.')).toBeTruthy()
    await act(async () => calls[0]!.done('f1'))
    expect(area.value).toBe('see  ![cat.png](rung:file/f1) more')
    expect(area.selectionStart).toBe(area.value.length)
    expect(screen.queryByRole('progressbar')).toBeNull()
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    expect(onSave).toHaveBeenCalledWith('see  ![cat.png](rung:file/f1) more')
  })
  test('that are no pictures become links', async () => {
    const { calls, upload } = makeUpload()
    const area = open('a!', { upload })
    await typeAtEnd(area, '!')
    pasteFile(area, 'plan [1].pdf', 'application/pdf')
    await act(async () => calls[0]!.done('f2'))
    expect(area.value).toBe('a!! [plan \\[1\\].pdf](rung:file/f2)')
  })
  test('that fail say so and can be sent again', async () => {
    const { calls, upload } = makeUpload()
    const area = open('', { upload })
    area.focus()
    pasteFile(area, 'cat.png', 'image/png')
    await act(async () => calls[0]!.fail())
    expect(area.value).toBe('')
    expect(screen.getByRole('alert').textContent).toBe('Could not be sent')
    await userEvent.click(screen.getByRole('button', { name: 'Try cat.png again' }))
    await act(async () => calls[1]!.done('f1'))
    await waitFor(() => expect(area.value).toBe('![cat.png](rung:file/f1)'))
  })
  test('can be stopped', async () => {
    const { calls, upload } = makeUpload()
    const area = open('', { upload })
    area.focus()
    pasteFile(area, 'cat.png', 'image/png')
    await userEvent.click(screen.getByRole('button', { name: 'Cancel cat.png' }))
    expect(calls[0]!.signal.aborted).toBe(true)
    expect(area.value).toBe('')
  })
  test('that come with words are left, the words are meant', () => {
    const { calls, upload } = makeUpload()
    const area = open('', { upload })
    expect(pasteFile(area, 'cat.png', 'image/png', ['Files', 'text/plain']).defaultPrevented).toBe(false)
    expect(calls).toHaveLength(0)
  })
  test('are not taken where they cannot be sent', () => {
    const area = open('')
    expect(pasteFile(area, 'cat.png', 'image/png').defaultPrevented).toBe(false)
    expect(screen.queryByRole('button', { name: 'Attach files' })).toBeNull()
  })
})

test('the preview shows what the source becomes', async () => {
  const area = open('**bold**')
  await userEvent.click(screen.getByRole('button', { name: 'Preview' }))
  expect(screen.getByRole('region', { name: 'Preview' }).querySelector('strong')?.textContent).toBe('bold')
  await typeAtEnd(area, ' *soft*')
  await waitFor(() => expect(screen.getByRole('region', { name: 'Preview' }).querySelector('em')).not.toBeNull())
})
