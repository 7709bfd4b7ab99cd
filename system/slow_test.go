package system

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// dialed is a connection to the server on which a test writes bytes of its own.
func dialed(t *testing.T, s *server) *net.TCPConn {
	t.Helper()
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn.(*net.TCPConn)
}

// trickle writes a letter now and then until the server will have no more, and reports whether it did within some time.
func trickle(conn net.Conn, begin string, within time.Duration) bool {
	if _, err := io.WriteString(conn, begin); err != nil {
		return true
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		_, _ = io.Copy(io.Discard, conn) // until it is closed
	}()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for end := time.After(within); ; {
		select {
		case <-over:
			return true
		case <-end:
			return false
		case <-tick.C:
			_, _ = io.WriteString(conn, "x") // which never ends the line, nor the body
		}
	}
}

// TestSlowClients has clients that send, or take, next to nothing: each is let go in the end, what is kept for them is
// bounded, and everybody else is answered meanwhile.
func TestSlowClients(t *testing.T) {
	onLinux(t)
	s := newServer(t, "", "RUNG_ADMIN_ADDR="+freeAddress(t))
	s.start()
	st := alone(t, s)
	project := st.ada.makes(st.ws+"/projects", object{"name": "Slow"}).id()
	long := strings.Repeat("All of it. ", 8_000)
	for i := range 50 {
		st.ada.task(project, fmt.Sprint("task ", i), "description", long)
	}
	before := s.managed()

	var slow sync.WaitGroup
	slowly := func(what, begin string, within time.Duration) {
		conn := dialed(t, s)
		slow.Go(func() {
			if !trickle(conn, begin, within) {
				t.Errorf("%s goes on after %s", what, within)
			}
		})
	}
	const margin = 15 * time.Second // for a machine that is busy
	for range 10 {
		slowly("a line of headers that never ends", "GET /api/v1/me HTTP/1.1\r\nHost: rung\r\nX-Slow: ", 10*time.Second+margin)
	}
	slowly("a body that trickles", "POST /api/v1/auth/login HTTP/1.1\r\nHost: rung\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n", 30*time.Second+margin)
	slowly("a body that nobody reads and that trickles", "POST /api/v1/none HTTP/1.1\r\nHost: rung\r\nContent-Length: 100000\r\n\r\n", 30*time.Second+margin)

	// who takes nothing of what she asked for
	for i := range 30 {
		conn := dialed(t, s)
		if err := conn.SetReadBuffer(4 * kb); err != nil {
			t.Fatal(err)
		}
		path := []string{"/tasks?limit=50", "/snapshot"}[i%2]
		fmt.Fprintf(conn, "GET /api/v1%s%s HTTP/1.1\r\nHost: rung\r\nAuthorization: Bearer %s\r\n\r\n", st.ws, path, st.ada.token)
	}
	deaf := st.rawStream().(*net.TCPConn)
	if err := deaf.SetReadBuffer(4 * kb); err != nil {
		t.Fatal(err)
	}
	st.eventually("a reader of a stream who takes nothing is dropped", func() bool {
		for range 20 { // more than what is on its way between two sockets
			st.ada.task(project, "told", "description", long)
		}
		return s.gauge("rung_streams") == 0
	})
	if grown := s.managed() - before; grown > 150*mb { // of which 64 are pages that are kept to be answered again
		t.Errorf("slow clients take %.0f MB", grown/mb)
	}
	slow.Wait()
	st.ada.get(st.ws + "/tasks?limit=50")
	s.stop()
}

// answered sends bytes, ends its side and gives what came back until the server closed, and how many answers that are.
func answered(t *testing.T, s *server, sent string) (text string, answers int) {
	t.Helper()
	conn := dialed(t, s)
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	go func() {
		_, _ = io.WriteString(conn, sent) // it may be refused before it is all sent
		_ = conn.CloseWrite()
	}()
	all, err := io.ReadAll(conn)
	if ne, ok := err.(net.Error); ok && ne.Timeout() { //nolint:errorlint // of the connection itself
		t.Fatalf("nothing ends after %.60q", sent)
	}
	return string(all), strings.Count(string(all), "HTTP/1.1 ")
}

// TestHostileFraming sends requests whose end can be read in two ways, or is hard to find.
func TestHostileFraming(t *testing.T) {
	s := newServer(t, "")
	s.start()
	const post = "POST /api/v1/auth/login HTTP/1.1\r\nHost: rung\r\nContent-Type: application/json\r\n"
	const second = "GET /api/v1/smuggled HTTP/1.1\r\nHost: rung\r\n\r\n"
	chunked := post + "Transfer-Encoding: chunked\r\n\r\n"
	for what, sent := range map[string]string{
		"two lengths":                    post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}" + second,
		"a negative length":              post + "Content-Length: -1\r\n\r\n" + second,
		"a length with a sign":           post + "Content-Length: +2\r\n\r\n{}" + second,
		"a length of letters":            post + "Content-Length: 0x2\r\n\r\n{}" + second,
		"an unknown encoding":            post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + second,
		"two encodings":                  post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + second,
		"an encoding hidden by a tab":    post + "Transfer-Encoding:\tchunked, identity\r\n\r\n0\r\n\r\n" + second,
		"a space before the colon":       post + "Content-Length : 2\r\n\r\n{}" + second,
		"a chunk of no size":             chunked + "\r\n{}\r\n0\r\n\r\n" + second,
		"a chunk of letters":             chunked + "zz\r\n{}\r\n0\r\n\r\n" + second,
		"a chunk of negative size":       chunked + "-2\r\n{}\r\n0\r\n\r\n" + second,
		"a chunk larger than any number": chunked + "FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n" + second,
		"a chunk that is longer":         chunked + "1\r\n{}\r\n0\r\n\r\n" + second,
		"a very long extension":          chunked + "2;" + strings.Repeat("x", 100_000) + "\r\n{}\r\n0\r\n\r\n" + second,
		"no host":                        "GET /api/v1/me HTTP/1.1\r\n\r\n" + second,
		"two hosts":                      "GET /api/v1/me HTTP/1.1\r\nHost: rung\r\nHost: evil\r\n\r\n" + second,
		"a header of 200 KB":             "GET /api/v1/me HTTP/1.1\r\nHost: rung\r\nX-Long: " + strings.Repeat("x", 200_000) + "\r\n\r\n" + second,
		"20,000 headers":                 "GET /api/v1/me HTTP/1.1\r\nHost: rung\r\n" + strings.Repeat("X-Many: x\r\n", 20_000) + "\r\n" + second,
		"a path of 200 KB":               "GET /" + strings.Repeat("x", 200_000) + " HTTP/1.1\r\nHost: rung\r\n\r\n" + second,
	} {
		text, answers := answered(t, s, sent)
		if answers > 1 || strings.Contains(text, "HTTP/1.1 2") {
			t.Errorf("%s: %d answers: %.300q", what, answers, text)
		}
	}
	// many very small chunks are a body like any other, up to its bound
	text, answers := answered(t, s, chunked+strings.Repeat("1;some=extension\r\n \r\n", 200_000)+"0\r\n\r\n")
	if answers > 1 || strings.Contains(text, "HTTP/1.1 2") {
		t.Errorf("chunks of one byte: %d answers: %.300q", answers, text)
	}

	// what is asked for at once is answered one by one, in order
	const many = 200
	var asked strings.Builder
	for i := range many {
		fmt.Fprintf(&asked, "GET /api/v1/none-%d HTTP/1.1\r\nHost: rung\r\nX-Request-Id: %d\r\n\r\n", i, i)
	}
	if _, answers := answered(t, s, asked.String()); answers != many {
		t.Errorf("%d answers to %d requests that were sent at once", answers, many)
	}
	resp, err := http.Get(s.base() + "/livez")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	s.stop()
}
