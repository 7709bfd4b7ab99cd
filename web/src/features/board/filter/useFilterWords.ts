import { useLingui } from '@lingui/react/macro'

import { speakDay } from '../../../dates'
import { i18n } from '../../../i18n/i18n'
import { isDay, type Field, type Operator } from './model'

/** What fields and comparisons are called. */
export function useFilterWords() {
  const { t } = useLingui()
  const fields: Record<Field, string> = {
    status: t`Status`,
    category: t`Kind of status`,
    assignee: t`Assignee`,
    label: t`Label`,
    priority: t`Priority`,
    due: t`Due date`,
    project: t`Project`,
    title: t`Title`,
    text: t`Title or description`,
    parent: t`Parent task`,
    created: t`Created`,
    updated: t`Changed`,
    completed: t`Completed`,
  }
  function operator(field: Field, op: Operator, several: boolean): string {
    switch (op) {
      case 'is':
        return isDay(field) ? t`on` : several ? t`is any of` : t`is`
      case 'is_not':
        return isDay(field) ? t`not on` : several ? t`is none of` : t`is not`
      case 'before':
        return t`before`
      case 'from':
        return t`on or after`
      case 'set':
        return t`is set`
      case 'unset':
        return t`is not set`
      case 'contains':
        return t`contains`
      case 'contains_not':
        return t`does not contain`
    }
  }
  function day(value: string): string {
    const relative = /^today(?:([+-])(\d+))?$/.exec(value)
    if (!relative) return /^\d{4}-\d\d-\d\d$/.test(value) ? speakDay(value, i18n.locale, '0000-01-01') : value
    const days = Number(relative[2] ?? 0)
    if (days === 0) return t`today`
    return relative[1] === '+' ? t`${days} days from now` : t`${days} days ago`
  }
  const groups = { all: t`All of`, any: t`Any of`, 'not any': t`None of`, 'not all': t`Not all of` }
  return { fields, operator, day, groups }
}
