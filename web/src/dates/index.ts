export { addMonths, monthGrid, weekdayNames } from './calendar'
export { addDays, today } from './days'
export { ago, daysBetween, isOverdue, speak, speakDay, speakFull, speakInstant, type Reader } from './speaking'
export { useNow } from './useNow'
