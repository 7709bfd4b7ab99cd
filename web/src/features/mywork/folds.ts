import { keepsake } from '../../api/keepsake'

/** Which sections of one's own work are folded. */
export const folds = keepsake<readonly string[]>('mywork.folded', ['done'])

export function useFolds(): readonly string[] {
  'use no memo' // the compiler does not know that use is a hook
  return folds.use()
}
