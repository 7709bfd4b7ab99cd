/** Reads a body as lines of text, some at a time, as they arrive. What stands behind the last line break comes last. */
export async function* linesOf(body: ReadableStream<Uint8Array>, heard?: () => void): AsyncGenerator<string[]> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      heard?.()
      const parts = (rest + decoder.decode(value, { stream: true })).split('\n')
      rest = parts.pop()!
      if (parts.length > 0) yield parts
    }
    rest += decoder.decode()
    if (rest !== '') yield [rest]
  } finally {
    void reader.cancel().catch(() => undefined)
  }
}

/** A message of a stream of Server-Sent Events. */
export interface Message {
  id: string
  data: string
}

/** Reads Server-Sent Events line by line: gives a message with the line that ends it. Comments and retry are passed over. */
export function messages(): (line: string) => Message | undefined {
  let id = ''
  let data: string[] = []
  return (raw) => {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (line === '') {
      if (data.length === 0) return undefined
      const whole = { id, data: data.join('\n') }
      data = []
      return whole
    }
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'id') id = value
    else if (field === 'data') data.push(value)
    return undefined
  }
}
