import { lingui } from '@lingui/vite-plugin'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

import { serviceWorker } from './serviceWorker.ts'

// Every address in the page is relative to <base href>, which the server sets to the path it is reached under.
export default defineConfig({
  base: './',
  plugins: [
    tailwindcss(),
    react({
      babel: {
        plugins: [
          ['@lingui/babel-plugin-lingui-macro', { stripNonEssentialProps: false }],
          'babel-plugin-react-compiler',
        ],
      },
    }),
    lingui(),
    serviceWorker(),
  ],
  test: { globals: true, environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
  build: { target: 'es2022', sourcemap: false, modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
})
