/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Where the API is when the app is built alone for another host; ends in /api. */
  readonly VITE_API_URL?: string
}

declare module '*.po' {
  export const messages: import('@lingui/core').Messages
}
