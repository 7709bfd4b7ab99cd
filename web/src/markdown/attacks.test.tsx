import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { render } from '@testing-library/react'
import { attacks } from './attacks'
import { excerpt } from './excerpt'
import Rendered from './Rendered'

i18n.loadAndActivate({ locale: 'en', messages: {} })

const elements = new Set(
  (
    'div p span h3 h4 h5 h6 strong em del code pre blockquote ul ol li a img table thead tbody tr th td hr br bdi ' +
    'label input svg path'
  ).split(' '),
)
const everywhere = ['class', 'dir', 'aria-label', 'aria-hidden', 'role', 'tabindex']
const attributes: Record<string, readonly string[]> = {
  a: ['href', 'title', 'rel', 'target'],
  img: ['src', 'alt', 'width', 'height', 'loading', 'decoding'],
  input: ['type', 'disabled', 'checked'],
  ol: ['start'],
  svg: ['xmlns', 'width', 'height', 'viewBox', 'fill', 'stroke', 'stroke-width', 'stroke-linecap', 'stroke-linejoin'],
  path: ['d'],
}

function inspect(page: Element): void {
  for (const element of page.querySelectorAll('*')) {
    const name = element.localName
    expect(elements, name).toContain(name)
    for (const { name: attribute, value } of element.attributes) {
      expect([...everywhere, ...(attributes[name] ?? [])], `${name} ${attribute}`).toContain(attribute)
      if (attribute === 'href') expect(value).toMatch(/^(https?:\/\/[^/]|mailto:|tel:|\/signed\/)/)
      if (attribute === 'src') expect(value).toBe('/signed/f1')
    }
    if (name !== 'a') continue
    const link = element as HTMLAnchorElement
    expect(link.rel).toBe('noopener noreferrer nofollow')
    expect(link.username + link.password).toBe('')
    if (link.target !== '_blank') expect(link.origin).toBe(location.origin)
  }
}

const around = {
  resolveFile: (id: string) => (id === 'f1' ? { src: '/signed/f1' } : undefined),
  resolveTask: () => ({ href: '/acme/t/WEB-12', title: '"><script>' }),
  resolveUser: () => ({ name: '<img src=x onerror=alert(1)>' }),
}

test('there are many', () => {
  expect(new Set(attacks).size).toBeGreaterThan(400)
})

test.each(attacks)('%j does nothing', (source) => {
  const { container } = render(
    <I18nProvider i18n={i18n}>
      <Rendered source={source} {...around} />
    </I18nProvider>,
  )
  inspect(container)
  expect(typeof excerpt(source)).toBe('string')
})

test.each(['javascript:alert(1)', 'java&Tab;script:alert(1)', '//example.org', 'data:text/html,x'])(
  '%s is no link at all',
  (address) => {
    const { container } = render(
      <I18nProvider i18n={i18n}>
        <Rendered source={`[x](<${address}>) ![x](<${address}>)`} />
      </I18nProvider>,
    )
    expect(container.querySelector('a, img')).toBeNull()
  },
)
