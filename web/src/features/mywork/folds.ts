import { keepsake, useKept } from '../../api/keepsake'

/** Which sections of one's own work are folded. */
export const folds = keepsake<readonly string[]>('mywork.folded', ['done'])

export function useFolds(): readonly string[] {
  return useKept(folds)
}
