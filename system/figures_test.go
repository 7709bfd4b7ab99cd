package system

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	mb = 1 << 20
	kb = 1 << 10
)

// gauge gives one of the server's metrics that have no labels.
func (s *server) gauge(name string) float64 {
	s.t.Helper()
	lines := bufio.NewScanner(bytes.NewReader(s.metrics()))
	for lines.Scan() {
		if value, ok := strings.CutPrefix(lines.Text(), name+" "); ok {
			v, err := strconv.ParseFloat(value, 64)
			if err != nil {
				s.t.Fatal(err)
			}
			return v
		}
	}
	s.t.Fatalf("there is no metric %s", name)
	return 0
}

// managed gives the Go heap in use, after collections, and the stacks, in bytes. There are several, for each takes half of
// a stack that went deep once and does not any more.
func (s *server) managed() float64 {
	s.t.Helper()
	s.metrics() // which takes some memory the first time
	for range 3 {
		resp, err := http.Get("http://" + s.adminAddr() + "/debug/pprof/heap?gc=1")
		if err != nil {
			s.t.Fatal(err)
		}
		_, err = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		if err != nil {
			s.t.Fatal(err)
		}
	}
	return s.gauge("go_memstats_heap_alloc_bytes") + s.gauge("go_memstats_stack_inuse_bytes")
}

// resident gives what the kernel counts, in bytes.
func (s *server) resident() float64 {
	s.t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", s.cmd.Process.Pid))
	if err != nil {
		s.t.Fatal(err)
	}
	pages, err := strconv.ParseFloat(strings.Fields(string(text))[1], 64)
	if err != nil {
		s.t.Fatal(err)
	}
	return pages * float64(os.Getpagesize())
}

func onLinux(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("what a process takes is only known by /proc")
	}
}

// TestIdleMemory is of a server that was used a little and is left alone.
func TestIdleMemory(t *testing.T) {
	onLinux(t)
	s := newServer(t, "", "RUNG_ADMIN_ADDR="+freeAddress(t))
	s.start()
	st := alone(t, s)
	project := st.ada.makes(st.ws+"/projects", object{"name": "Idle"}).id()
	for i := range 50 {
		st.ada.task(project, fmt.Sprint("task ", i))
	}
	st.ada.get(st.ws + "/tasks?limit=50")
	s.stop()
	s.start()
	st.ada.get(st.ws + "/tasks?limit=50")
	managed, resident := s.managed(), s.resident()
	t.Logf("heap and stacks %.1f MB, resident %.1f MB", managed/mb, resident/mb)
	if managed >= 40*mb {
		t.Errorf("an idle server has %.1f MB of heap and stacks, 40 are allowed", managed/mb)
	}
	if resident >= 70*mb {
		t.Errorf("an idle server has %.1f MB resident, 70 are allowed", resident/mb)
	}
	s.stop()
}

// TestIdleStreams opens many live streams and counts what each costs, and that all is given back.
func TestIdleStreams(t *testing.T) {
	onLinux(t)
	const streams = 2000
	const mostResident, mostManaged = 36 * kb, 30 * kb // the collector leaves some room between what it keeps
	s := newServer(t, "", "RUNG_ADMIN_ADDR="+freeAddress(t), "RUNG_MAX_USER_STREAMS="+fmt.Sprint(2*streams))
	s.start()
	st := alone(t, s)
	st.ada.get(st.ws + "/tasks")
	open := func(n int) (all []net.Conn) {
		for range n {
			all = append(all, st.rawStream())
		}
		return all
	}
	leave := func(all []net.Conn) {
		for _, c := range all {
			c.Close()
		}
		st.eventually("all streams have ended", func() bool { return s.gauge("rung_streams") == 0 })
	}
	leave(open(10)) // what is only needed once is there
	managed, resident := s.managed(), s.resident()
	goroutines, descriptors := s.gauge("go_goroutines"), s.gauge("process_open_fds")
	all := open(streams)
	perManaged, perResident := (s.managed()-managed)/streams, (s.resident()-resident)/streams
	t.Logf("a stream takes %.1f KB of heap and stacks, %.1f KB resident", perManaged/kb, perResident/kb)
	if perResident >= mostResident || perManaged >= mostManaged {
		t.Errorf("an idle stream takes %.1f KB resident and %.1f KB of heap and stacks, %d and %d are allowed", perResident/kb, perManaged/kb, mostResident/kb, mostManaged/kb)
	}
	leave(all)
	const few = 20 // connections that are kept alive
	st.eventually("goroutines and descriptors are as before", func() bool {
		return s.gauge("go_goroutines") <= goroutines+few && s.gauge("process_open_fds") <= descriptors+few
	})
	s.stop()
}

// rawStream opens a stream with as little as can be on this side, and waits for its beginning.
func (s *story) rawStream() net.Conn {
	s.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.env.BaseURL, "http://"))
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { conn.Close() })
	if _, err := fmt.Fprintf(conn, "GET /api/v1%s/events HTTP/1.1\r\nHost: rung\r\nAuthorization: Bearer %s\r\n\r\n", s.ws, s.ada.token); err != nil {
		s.Fatal(err)
	}
	if err := conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		s.Fatal(err)
	}
	var seen []byte
	b := make([]byte, 2*kb)
	for !bytes.Contains(seen, []byte("retry:")) {
		n, err := conn.Read(b)
		if err != nil {
			s.Fatalf("a stream begins with %q, %v", seen, err)
		}
		seen = append(seen, b[:n]...)
	}
	return conn
}
