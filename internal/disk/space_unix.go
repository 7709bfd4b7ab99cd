//go:build linux || darwin || freebsd

package disk

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// Of gives the room where a file or folder stands. What is kept back for the system is neither free nor a part of the
// whole, as df reckons it.
func Of(path string) (Space, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(path, &st); err != nil {
		return Space{}, fmt.Errorf("ask for the room on a disk: %w", err)
	}
	block, free, kept := uint64(st.Bsize), uint64(max(0, int64(st.Bavail))), uint64(st.Bfree) //nolint:unconvert // they differ by platform
	kept -= min(kept, free)
	return Space{Free: free * block, Total: (st.Blocks - min(st.Blocks, kept)) * block}, nil
}
