//go:build linux

package system

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// descriptors gives how many a process may have, and the lowest limit under which it can open no other.
func descriptors(t *testing.T, pid int) (limit unix.Rlimit, taken uint64) {
	t.Helper()
	if err := unix.Prlimit(pid, unix.RLIMIT_NOFILE, nil, &limit); err != nil {
		t.Fatal(err)
	}
	open, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	if err != nil {
		t.Fatal(err)
	}
	used := map[uint64]bool{}
	for _, f := range open {
		n, err := strconv.ParseUint(f.Name(), 10, 32)
		if err != nil {
			t.Fatal(err)
		}
		used[n] = true
	}
	for used[taken] { // the lowest number that is free is the next to be given
		taken++
	}
	return limit, taken
}

// TestOutOfDescriptors takes from the process what it needs to open anything: who is connected is answered or told to come
// back, nobody else gets in, it waits without working, and goes on by itself.
func TestOutOfDescriptors(t *testing.T) {
	s := newServer(t, "", "RUNG_ADMIN_ADDR="+freeAddress(t), "RUNG_LOG_LEVEL=debug")
	s.start()
	st := alone(t, s)
	project := st.ada.makes(st.ws+"/projects", object{"name": "Out of descriptors"}).id()
	task := st.ws + "/tasks/" + st.ada.task(project, "before").id()
	st.ada.get(task)
	pid := s.cmd.Process.Pid
	limit, taken := descriptors(t, pid)
	none := limit
	none.Cur = taken
	if err := unix.Prlimit(pid, unix.RLIMIT_NOFILE, &none, nil); err != nil {
		t.Fatal(err)
	}

	before := s.log.text()
	var outside []net.Conn // whom the kernel has connected and nobody serves
	for range 20 {
		conn := dialed(t, s)
		if _, err := io.WriteString(conn, "GET /livez HTTP/1.1\r\nHost: rung\r\nConnection: close\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		outside = append(outside, conn)
	}
	_ = outside[0].SetReadDeadline(time.Now().Add(3 * time.Second))
	if b, err := io.ReadAll(outside[0]); len(b) > 0 {
		t.Fatalf("it has descriptors left: %q, %v", b, err)
	}
	failed := strings.Count(s.log.text()[len(before):], "too many open files")
	if failed == 0 || failed > 40 {
		t.Errorf("in three seconds it has tried %d times to take a connection", failed)
	}
	made := 0
	for range 20 { // who was connected
		status, a := st.ada.quietly(http.MethodPost, st.ws+"/tasks", object{"project": project, "title": "meanwhile"})
		switch {
		case status == http.StatusCreated:
			made++
		case a == nil: // her connection was another
		case status != http.StatusServiceUnavailable:
			t.Errorf("a write is answered with %d", status)
		}
	}

	if err := unix.Prlimit(pid, unix.RLIMIT_NOFILE, &limit, nil); err != nil {
		t.Fatal(err)
	}
	for _, conn := range outside[1:] { // they have waited, and are served now
		_ = conn.SetReadDeadline(time.Now().Add(patience))
		if b, err := io.ReadAll(conn); !strings.HasPrefix(string(b), "HTTP/1.1 200") {
			t.Fatalf("who has waited gets %q, %v", b, err)
		}
	}
	st.ada.get(task).has(object{"title": "before"})
	if got := len(st.ada.list(st.ws+"/tasks", 50)); got < 1+made {
		t.Errorf("%d tasks are there, %d were acknowledged", got, 1+made)
	}
	st.ada.task(project, "after")
	s.stop()
	if out, _, code := s.run(nil, "check"); code != 0 {
		t.Errorf("the check ends with %d: %s", code, out)
	}
}
