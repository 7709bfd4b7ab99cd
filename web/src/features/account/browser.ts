const browsers = [
  ['Edge', /Edg(e|A|iOS)?\//],
  ['Opera', /OPR\//],
  ['Samsung Internet', /SamsungBrowser\//],
  ['Firefox', /(Firefox|FxiOS)\//],
  ['Chrome', /(Chrome|CriOS|Chromium)\//],
  ['Safari', /Safari\//],
] as const

const systems = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['ChromeOS', /CrOS/],
  ['macOS', /Mac OS X|Macintosh/],
  ['Linux', /Linux|X11/],
] as const

/** What a browser that calls itself so is called by people, and what it runs on. Programs are called by their first word. */
export function browserOf(agent: string): {
  browser?: string
  system?: string
  kind: 'computer' | 'phone' | 'program'
} {
  const browser = browsers.find(([, sign]) => sign.test(agent))?.[0]
  const system = systems.find(([, sign]) => sign.test(agent))?.[0]
  if (!browser && !system) return { browser: agent.split(/[\s/]/)[0] || undefined, kind: 'program' }
  const phone = system === 'iPhone' || system === 'iPad' || system === 'Android'
  return { browser, system, kind: phone ? 'phone' : 'computer' }
}
