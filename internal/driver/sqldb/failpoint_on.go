//go:build failpoints

package sqldb

import (
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
)

var failpointHits atomic.Int64

// failpoint kills the process as the kernel would, without any clean-up, when the environment names this point:
// RUNGFAIL=name:n is the n-th time that it is passed.
func failpoint(name string) {
	want, at, _ := strings.Cut(os.Getenv("RUNGFAIL"), ":")
	if want != name {
		return
	}
	n, _ := strconv.ParseInt(at, 10, 64)
	if failpointHits.Add(1) == max(n, 1) {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}
