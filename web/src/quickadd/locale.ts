/** How dates are read in a language: as the browser says, if it speaks that language, with its order of days and months. */
export function readingLocale(spoken: string, browser: string = navigator.language): string {
  return browser.split('-')[0] === spoken.split('-')[0] ? browser : spoken
}
