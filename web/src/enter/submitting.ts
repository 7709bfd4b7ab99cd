import { useEffect, useRef, useState, type FormEvent } from 'react'

import { Problem } from '../api/problem'
import { settle } from '../api/session'

export type Values<N extends string> = Record<N, string>
export type Wrong<N extends string> = Partial<Record<N, string>>

interface Submission<N extends string> {
  /** The fields, in their order on the page. */
  fields: readonly N[]
  /** What is wrong with what was filled in, before the server is asked. */
  check: (values: Values<N>) => Wrong<N>
  /** What is wrong according to the server, in the words of this page. */
  explain?: (problem: Problem) => Wrong<N>
  /** Asks the server. What it throws is shown; 'leaving' keeps the form busy while the next page loads. */
  run: (values: Values<N>) => Promise<'leaving' | void>
  /** A refusal that the page begins with. */
  refusedBefore?: unknown
}

/** A form that is sent once at a time, keeps what was filled in, and leads to what is wrong. */
export function useSubmission<N extends string>({ fields, check, explain, run, refusedBefore }: Submission<N>) {
  const form = useRef<HTMLFormElement>(null)
  const sending = useRef(false)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<Wrong<N>>({})
  const [refused, setRefused] = useState<unknown>(refusedBefore)
  const [leadTo, setLeadTo] = useState<{ name: N }>() // a new one each time, for the same field may be wrong again

  useEffect(() => {
    if (leadTo) form.current?.querySelector<HTMLElement>(`[name="${leadTo.name}"]`)?.focus()
  }, [leadTo])

  function refuse(found: Wrong<N>): boolean {
    setWrong(found)
    const name = fields.find((n) => found[n])
    if (name) setLeadTo({ name })
    return name !== undefined
  }

  async function send(values: Values<N>) {
    sending.current = true
    setBusy(true)
    try {
      await settle()
      if ((await run(values)) === 'leaving') return
    } catch (e) {
      if (!(e instanceof Problem && explain && refuse(explain(e)))) setRefused(e)
    }
    sending.current = false
    setBusy(false)
  }

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (sending.current) return
    const data = new FormData(event.currentTarget)
    const values = Object.fromEntries(fields.map((name) => [name, String(data.get(name) ?? '')])) as Values<N>
    setRefused(undefined)
    if (!refuse(check(values))) void send(values)
  }

  /** What was wrong is not said any more once it is changed. */
  function onInput(event: FormEvent<HTMLFormElement>) {
    const name = (event.target as HTMLInputElement).name as N
    if (!wrong[name]) return
    const { [name]: _, ...rest } = wrong
    setWrong(rest as Wrong<N>)
  }

  return { bind: { ref: form, noValidate: true, onSubmit, onInput }, busy, wrong, refused }
}
