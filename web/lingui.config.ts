import { defineConfig } from '@lingui/cli'
import { formatter } from '@lingui/format-po'

// The words of the two entries are apart, so that who signs in does not load those of the whole app.
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'de'],
  format: formatter({ lineNumbers: false }),
  catalogs: [
    { path: 'src/locales/{locale}/enter', include: ['src/enter', 'src/ui/Spinner.tsx', 'src/api'] },
    { path: 'src/locales/{locale}/app', include: ['src'], exclude: ['src/enter/**'] },
  ],
})
