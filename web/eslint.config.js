import { readdirSync } from 'node:fs'

import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

// The layers of the app, lowest first. Each may import what stands before it, and itself.
// A feature imports no other feature, and the entry for signing in stays small.
const layers = [
  {
    of: 'i18n',
    not: ['api', 'dates', 'markdown', 'quickadd', 'store', 'ui', 'fields', 'lists', 'features', 'app', 'enter'],
  },
  { of: 'api', not: ['dates', 'markdown', 'quickadd', 'store', 'ui', 'fields', 'lists', 'features', 'app', 'enter'] },
  { of: 'dates', not: ['markdown', 'quickadd', 'store', 'ui', 'fields', 'lists', 'features', 'app', 'enter'] },
  { of: 'markdown', not: ['quickadd', 'store', 'ui', 'fields', 'lists', 'features', 'app', 'enter'] },
  { of: 'quickadd', not: ['store', 'ui', 'fields', 'lists', 'features', 'app', 'enter'] },
  { of: 'store', not: ['ui', 'fields', 'lists', 'features', 'app', 'enter'] },
  { of: 'ui', not: ['api', 'dates', 'markdown', 'quickadd', 'store', 'fields', 'lists', 'features', 'app', 'enter'] },
  { of: 'fields', not: ['lists', 'features', 'app', 'enter'] },
  { of: 'lists', not: ['features', 'app', 'enter'] },
  { of: 'enter', not: ['dates', 'markdown', 'quickadd', 'store', 'fields', 'lists', 'features', 'app'] },
  { of: 'app', not: ['enter'] },
]

const features = readdirSync(new URL('src/features', import.meta.url))

const barred = (names) => ({
  regex: `^(\\.\\./)+(${names.join('|')})(/|$)`,
  message: 'A layer imports only what stands before it (eslint.config.js).',
})

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'src/api/schema.d.ts', 'public/', 'src/ui/gallery/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [
      tseslint.configs.recommended,
      reactHooks.configs.flat['recommended-latest'],
      jsxA11y.flatConfigs.recommended,
    ],
    rules: {
      '@typescript-eslint/no-unused-vars': 'off', // the compiler says so
      '@typescript-eslint/no-non-null-assertion': 'off',
      'react-hooks/incompatible-library': 'off', // the compiler leaves what calls Virtual as it is, and that is right
      // Lists, grids and menus are one stop of the keyboard: their keys are commands, and what is active is told by
      // aria-activedescendant, which these rules don't know. The tests by keyboard and axe look instead.
      'jsx-a11y/interactive-supports-focus': 'off',
      'jsx-a11y/click-events-have-key-events': 'off',
      'jsx-a11y/no-noninteractive-element-interactions': 'off',
      'jsx-a11y/no-static-element-interactions': 'off',
      'jsx-a11y/no-noninteractive-tabindex': 'off',
      'jsx-a11y/no-autofocus': 'off', // a dialog's first field has the focus, and a screen reader is told of the dialog
    },
  },
  ...layers.map(({ of, not }) => ({
    files: [`src/${of}/**/*.{ts,tsx}`],
    ignores: ['**/*.test.*'],
    rules: { 'no-restricted-imports': ['error', { patterns: [barred(not)] }] },
  })),
  ...features.map((of) => ({
    files: [`src/features/${of}/**/*.{ts,tsx}`],
    ignores: ['**/*.test.*'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [barred(['app', 'enter', ...features.filter((f) => f !== of)])] }],
    },
  })),
)
