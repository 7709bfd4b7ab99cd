import useSWR from 'swr'

interface Page<T> {
  items: readonly T[]
  next_cursor: string | null
}

/** A whole list of the server's, page by page. */
export async function wholeList<T>(
  page: (query: { limit: number; cursor?: string }) => Promise<Page<T>>,
): Promise<T[]> {
  const all: T[] = []
  for (let cursor: string | null | undefined; ;) {
    const { items, next_cursor } = await page({ limit: 200, ...(cursor ? { cursor } : {}) })
    all.push(...items)
    if (!next_cursor) return all
    cursor = next_cursor
  }
}

/** Something that only the server knows, asked when it is looked at. What was known under the key before stays meanwhile. */
export function useServer<T>(key: readonly unknown[] | null, load: () => Promise<T>) {
  return useSWR<T, unknown>(key, load, { keepPreviousData: true, shouldRetryOnError: false })
}
