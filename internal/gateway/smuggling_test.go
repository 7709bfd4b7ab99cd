package gateway

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// What can be read in two ways by its length is read in one by the edge and the role behind it: each request that the
// role sees is one that the edge has seen, with one way of telling its end.
func TestNothingIsSmuggledThroughAProxy(t *testing.T) {
	var mu sync.Mutex
	var seen []string
	role := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, r.Method+" "+r.URL.Path+" "+string(body))
		if len(r.TransferEncoding) > 0 && r.Header.Get("Content-Length") != "" {
			t.Errorf("%s has both a length and an encoding", r.URL.Path)
		}
		if r.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s %s has not passed the edge", r.Method, r.URL.Path)
		}
	}))
	defer role.Close()
	target, err := url.Parse(role.URL)
	if err != nil {
		t.Fatal(err)
	}
	edge := httptest.NewServer(open(t, func(o *Options) { o.API = Proxy(target, o.Refuse, o.Log) }))
	defer edge.Close()

	const inner = "GET /api/inner HTTP/1.1\r\nHost: rung\r\n\r\n"
	for _, c := range []struct {
		name, sent string
		role       []string // what it sees
	}{
		{"both, and the encoding counts", "POST /api/outer HTTP/1.1\r\nHost: rung\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", []string{"POST /api/outer "}},
		{"both, and the length would hide a request", "POST /api/outer HTTP/1.1\r\nHost: rung\r\nContent-Length: 100\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", []string{"POST /api/outer {}"}},
		{"an encoding that is none", "POST /api/outer HTTP/1.1\r\nHost: rung\r\nContent-Length: 5\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + inner, nil},
		{"two lengths", "POST /api/outer HTTP/1.1\r\nHost: rung\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\n0\r\n\r\n" + inner, nil},
		{"a length that is dropped on the way", "POST /api/outer HTTP/1.1\r\nHost: rung\r\nConnection: Content-Length, close\r\nContent-Length: " + strconv.Itoa(len(inner)) + "\r\n\r\n" + inner, []string{"POST /api/outer " + inner}},
	} {
		mu.Lock()
		seen = nil
		mu.Unlock()
		conn, err := net.Dial("tcp", strings.TrimPrefix(edge.URL, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
		_, _ = io.WriteString(conn, c.sent)
		if resp, err := http.ReadResponse(bufio.NewReader(conn), nil); err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
		conn.Close()
		mu.Lock()
		if got, want := strings.Join(seen, "\n"), strings.Join(c.role, "\n"); got != want {
			t.Errorf("%s: the role saw %q, want %q", c.name, got, want)
		}
		mu.Unlock()
	}
}
