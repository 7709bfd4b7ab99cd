package load

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
)

func TestTarget(t *testing.T) {
	for _, bad := range []string{"", "127.0.0.1:8080", "ftp://host", "http://", "http://host/?x=1", "http://host/#x", "http://user:secret@host/", "http://ho st/"} {
		if _, err := newTarget(bad); err == nil {
			t.Errorf("newTarget(%q) is taken", bad)
		}
	}
	for text, want := range map[string]target{
		"http://host":            {host: "host:80", name: "host", base: "/api/v1"},
		"https://host:1/rung/":   {host: "host:1", name: "host:1", base: "/rung/api/v1", tls: true},
		"http://[::1]:8080/a/b/": {host: "[::1]:8080", name: "[::1]:8080", base: "/a/b/api/v1"},
	} {
		if got, err := newTarget(text); err != nil || got != want {
			t.Errorf("newTarget(%q) = %+v, %v", text, got, err)
		}
	}
}

// TestAnswers reads answers, each followed by another, however they are cut on their way.
func TestAnswers(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	fmt.Fprint(z, "hello")
	z.Close()
	next := "HTTP/1.1 204 No Content\r\n\r\n"
	for name, text := range map[string]string{
		"length":     "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello",
		"chunks":     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
		"compressed": fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", zipped.Len(), zipped.String()),
	} {
		for _, read := range []bool{true, false} {
			in := bufio.NewReaderSize(iotest.OneByteReader(strings.NewReader(text+next)), 64)
			a, err := readAnswer(in)
			if err != nil {
				t.Fatal(name, err)
			}
			var got []byte
			take := func(r io.Reader) (err error) { got, err = io.ReadAll(r); return err }
			if !read {
				take, got = nil, []byte("hello")
			}
			if err := a.readBody(in, take); err != nil || string(got) != "hello" || a.status != 200 || a.last {
				t.Errorf("%s: %q, %+v, %v", name, got, a, err)
			}
			if a, err := readAnswer(in); err != nil || a.status != 204 || a.readBody(in, nil) != nil {
				t.Errorf("%s: the next answer is %+v, %v", name, a, err)
			}
		}
	}
	for name, text := range map[string]string{
		"cut head":   "HTTP/1.1 200 OK\r\nContent-Le",
		"cut body":   "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
		"cut chunk":  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
		"no end":     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
		"no answer":  "SSH-2.0-OpenSSH\r\n\r\n",
		"no number":  "HTTP/1.1 abc OK\r\n\r\n",
		"bad length": "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
	} {
		in := bufio.NewReader(strings.NewReader(text))
		a, err := readAnswer(in)
		if err == nil {
			err = a.readBody(in, nil)
		}
		if err == nil {
			t.Errorf("%s is taken for whole", name)
		}
	}
}

func TestLongHeaderLineIsRefused(t *testing.T) {
	in := bufio.NewReaderSize(strings.NewReader("HTTP/1.1 200 OK\r\nX: "+strings.Repeat("x", 100)+"\r\n\r\n"), 32)
	if _, err := readAnswer(in); !errors.Is(err, bufio.ErrBufferFull) {
		t.Error(err)
	}
}

// TestKeptConnectionIsReplaced closes connections behind their users' backs.
func TestKeptConnectionIsReplaced(t *testing.T) {
	var asked atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		fmt.Fprint(w, `{}`)
	}))
	defer s.Close()
	target, err := newTarget(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	p := &pool{target: target}
	defer p.close()
	var req bytes.Buffer
	target.request(&req, "GET", "/x", "", "", nil)
	req.WriteString("\r\n")
	for range 3 {
		if a, err := p.ask(t.Context(), req.Bytes(), nil); err != nil || a.status != 200 {
			t.Fatal(a, err)
		}
		s.CloseClientConnections()
	}
	if n := asked.Load(); n != 3 {
		t.Errorf("%d requests arrived", n)
	}
}

// TestServerThatHangsUp does not have a request sent again and again.
func TestServerThatHangsUp(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var came atomic.Int64
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			came.Add(1)
			c.Close()
		}
	}()
	target, err := newTarget("http://" + l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	p := &pool{target: target}
	defer p.close()
	if _, err := p.ask(t.Context(), []byte("GET / HTTP/1.1\r\n\r\n"), nil); err == nil || came.Load() != 1 {
		t.Errorf("%v after %d connections", err, came.Load())
	}
}
