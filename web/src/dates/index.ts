export { addMonths, firstDayOfWeek, monthGrid, weekdayNames } from './calendar'
export { addDays, today } from './days'
export { fileSize, speakList, speakNumber } from './formats'
export {
  ago,
  daysBetween,
  isOverdue,
  speak,
  speakDay,
  speakFull,
  speakInstant,
  speakMonth,
  type Reader,
} from './speaking'
export { useNow } from './useNow'
