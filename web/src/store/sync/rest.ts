// What no tab needs before its first rows are shown: it is a chunk of its own.
export { fillDatabase } from './fill'
export { fillFrom } from './fillFrom'
export { Leading } from './leading'
export { tidyDatabase } from './tidy'
export { resolved } from './together'
