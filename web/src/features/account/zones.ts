/** All time zones that this browser knows, by name. */
export function allZones(): string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]
}

/** A zone's name as one reads it: "Buenos Aires, America/Argentina" becomes its city with what it is in. */
export function zoneName(id: string): string {
  const parts = id.replaceAll('_', ' ').split('/')
  const city = parts.pop()!
  return parts.length > 0 ? `${city}, ${parts.join(' / ')}` : city
}

/** How far the clocks of a zone are from UTC: "GMT+2". */
export function offsetOf(id: string, now: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: id, timeZoneName: 'shortOffset' }).formatToParts(now)
  return parts.find((p) => p.type === 'timeZoneName')?.value ?? ''
}
