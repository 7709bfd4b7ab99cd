import type { Op } from '../engine'
import type { Disk, Write } from './disk'
import { MemoryDisk } from './memoryDisk'

/** For a disk that has no room for rows any more: these stay in memory, what waits to be sent stays on the disk. */
export function queueOnly(disk: Disk): Disk {
  const rows = new MemoryDisk()
  return {
    lasting: false,
    cursor: () => rows.cursor(),
    chunks: () => rows.chunks(),
    recent: () => rows.recent(),
    text: (task) => rows.text(task),
    eachText: (visit) => rows.eachText(visit),
    async write({ cursor, touched, seq, ...queue }: Write) {
      await rows.write({ cursor, touched, seq })
      await disk.write(queue)
    },
    fill: () => rows.fill(),
    forget: (project, touched) => rows.forget(project, touched),
    tidy: () => rows.tidy(),
    add: (op: Op) => disk.add(op),
    waiting: () => disk.waiting(),
    refused: () => disk.refused(),
    close: () => disk.close(),
  }
}
