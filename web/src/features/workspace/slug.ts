/** The address that a name suggests: letters without marks, digits and hyphens, 40 at most. */
export function slugFrom(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')
}

/** Whether the server takes it, as far as its form goes. */
export const isSlug = (slug: string) => /^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$/.test(slug)
