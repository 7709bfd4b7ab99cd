/** A file of a task, with the signed address that it is fetched from. */
export interface FileShown {
  src: string
  /** What is known of a picture's size keeps its place while it loads. */
  width?: number
  height?: number
}

/** A task that a key in running text names. */
export interface TaskShown {
  /** A path below the app's own, with a slash in front. */
  href: string
  title: string
  done?: boolean
}

/** What a text needs to know of the world around it. All of it may be left out. */
export interface Surroundings {
  /** The address of `rung:file/ID`; undefined when there is no such file. Asked again when the function is another one. */
  resolveFile?: (id: string) => FileShown | undefined | Promise<FileShown | undefined>
  /** The task of a key such as WEB-12; undefined leaves the key as words. */
  resolveTask?: (key: string) => TaskShown | undefined
  /** The name of a member as it is today; undefined keeps the name that was written. */
  resolveUser?: (id: string) => { name: string; me?: boolean } | undefined
  /** Called when a box is ticked or cleared. */
  onTick?: (index: number, checked: boolean) => void
  /** Follows a link into the app without loading the page anew; the path is below the app's own. */
  navigate?: (path: string) => void
}

export interface MarkdownProps extends Omit<Surroundings, 'onTick'> {
  source: string
  className?: string
  /**
   * Called when a box is ticked or cleared, with the number of the box and the text that this makes of `source`: one
   * character is another one. Without it boxes cannot be ticked.
   */
  onTick?: (index: number, checked: boolean, text: string) => void
}
