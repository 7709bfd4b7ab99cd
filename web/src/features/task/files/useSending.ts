import { useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'

import { Problem } from '../../../api/problem'
import { newID, useWorkspace, type ID, type Task } from '../../../store'
import { announce } from '../../../ui/LiveRegion'
import { sendFile } from './send'

/** A file on its way, or one that did not arrive. */
export interface Sending {
  /** The id that the attachment will have, so that sending it twice makes one. */
  id: ID
  file: File
  /** From 0 to 1. */
  progress: number
  /** Why it did not arrive, in words. */
  failure?: string
}

/** Sends files to a task one beside the other; those that did not arrive stay, to be tried again. */
export function useSending(task: Task) {
  const { t } = useLingui()
  const ws = useWorkspace().id
  const [list, setList] = useState<readonly Sending[]>([])
  const going = useRef(new Map<ID, AbortController>())
  const patch = (id: ID, change: Partial<Sending>) =>
    setList((now) => now.map((one) => (one.id === id ? { ...one, ...change } : one)))

  const start = async ({ id, file }: Sending) => {
    const stop = new AbortController()
    going.current.set(id, stop)
    try {
      const onProgress = (progress: number) => patch(id, { progress })
      await sendFile({ ws, task: task.id, id, file, onProgress, signal: stop.signal })
      patch(id, { progress: 1 })
      announce(t`${file.name} is attached`)
    } catch (e) {
      if (stop.signal.aborted) return
      const failure = e instanceof Problem ? e.detail : t`Could not be sent`
      patch(id, { failure })
      announce(`${file.name}: ${failure}`, 'assertive')
    } finally {
      going.current.delete(id)
    }
  }
  // Who leaves while files are on their way is asked; one that is not here in the list any more needs no line.
  useAskBeforeLeaving(list.some((one) => one.failure === undefined && one.progress < 1))

  return {
    list,
    send: (files: readonly File[]) => {
      const fresh = files.map((file): Sending => ({ id: newID(), file, progress: 0 }))
      setList((now) => [...now, ...fresh])
      fresh.forEach((one) => void start(one))
    },
    stop: (id: ID) => {
      going.current.get(id)?.abort()
      setList((now) => now.filter((one) => one.id !== id))
    },
    again: (id: ID) => {
      const one = list.find((o) => o.id === id)
      if (!one) return
      patch(id, { failure: undefined, progress: 0 })
      void start(one)
    },
  }
}

function useAskBeforeLeaving(ask: boolean) {
  useEffect(() => {
    if (!ask) return
    const hold = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', hold)
    return () => removeEventListener('beforeunload', hold)
  }, [ask])
}
