/** What every floating surface looks like. */
export const surface = 'motion-menu bg-floating text-ink shadow-floating rounded-lg text-sm outline-none'

/** A line of a floating list: the keyboard's and the pointer's place are one there. */
export const line =
  'data-highlighted:bg-hover flex h-item pointer-coarse:h-row-touch mx-1 items-center gap-2 rounded-md px-2 outline-none select-none data-disabled:opacity-50'
