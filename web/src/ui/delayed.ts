import { useEffect, useState } from 'react'

const before = 150
const atLeast = 300

/** Whether to show that something is awaited: not before 150 ms, and then for 300 ms at least. */
export function useDelayed(waiting: boolean): boolean {
  const [since, setSince] = useState<number>()
  useEffect(() => {
    if (waiting === (since !== undefined)) return
    const wait = waiting ? before : Math.max(0, since! + atLeast - performance.now())
    const timer = setTimeout(() => setSince(waiting ? performance.now() : undefined), wait)
    return () => clearTimeout(timer)
  }, [waiting, since])
  return since !== undefined
}
