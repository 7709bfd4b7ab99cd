package main

import (
	"fmt"
	"os"
	"syscall"
)

// flushData makes what was written durable, without the file's times: the cheaper fsync that databases use, and so the
// stricter thing to be compared with.
func flushData(f *os.File) error { return syscall.Fdatasync(int(f.Fd())) }

// refuseMemory refuses a folder that is kept in memory, where an fsync costs nothing and says nothing.
func refuseMemory(dir string) error {
	const tmpfs, ramfs = 0x01021994, 0x858458f6
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return fmt.Errorf("look at the disk below %s: %w", dir, err)
	}
	if kind := uint32(st.Type); kind == tmpfs || kind == ramfs {
		return fmt.Errorf("%s is kept in memory; set XDG_CACHE_HOME to a folder on a disk", dir)
	}
	return nil
}
