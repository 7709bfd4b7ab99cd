export { completionAt, type Completion } from './completion'
export { parse, type Chip, type Parsed, type Known } from './parse'
export { parseWhen } from './when'
export { readingLocale } from './locale'
