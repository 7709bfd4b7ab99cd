package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http/httputil"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// client is one connection that is kept alive. It does as little as can be, for it shares the machine with the server.
type client struct {
	conn net.Conn
	in   *bufio.Reader
	body []byte // of the last answer; valid until the next
}

func dial(addr string) (*client, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &client{conn: conn, in: bufio.NewReaderSize(conn, 128<<10)}, nil
}

func (c *client) close() { _ = c.conn.Close() }

// request gives a request's bytes.
func request(method, path, host, token string, body []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\nAccept-Encoding: identity\r\n", method, path, host)
	if token != "" {
		fmt.Fprintf(&b, "Authorization: Bearer %s\r\n", token)
	}
	if body != nil {
		fmt.Fprintf(&b, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	b.WriteString("\r\n")
	b.Write(body)
	return b.Bytes()
}

// chunks reads a body that comes in chunks.
func (c *client) chunks() error {
	var b bytes.Buffer
	if _, err := b.ReadFrom(httputil.NewChunkedReader(c.in)); err != nil {
		return err
	}
	c.body = b.Bytes()
	_, err := c.in.ReadSlice('\n') // the line that ends them
	return err
}

// do sends a request and reads the answer, whose body must have a known length or come in chunks.
func (c *client) do(req []byte) (status int, err error) {
	if _, err := c.conn.Write(req); err != nil {
		return 0, err
	}
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if len(line) < 12 {
		return 0, fmt.Errorf("not an answer: %q", line)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, err
	}
	length, chunked := -1, false
	for {
		if line, err = c.in.ReadSlice('\n'); err != nil {
			return 0, err
		}
		if len(line) <= 2 {
			break
		}
		if bytes.HasPrefix(bytes.ToLower(line), []byte("transfer-encoding: chunked")) {
			chunked = true
		}
		const name = "content-length:"
		if len(line) > len(name) && bytes.EqualFold(line[:len(name)], []byte(name)) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(line[len(name):]))); err != nil {
				return 0, err
			}
		}
	}
	if chunked {
		return status, c.chunks()
	}
	if length < 0 && status == 204 {
		length = 0
	}
	if length < 0 {
		return 0, fmt.Errorf("an answer with status %d has no length", status)
	}
	if cap(c.body) < length {
		c.body = make([]byte, length)
	}
	c.body = c.body[:length]
	_, err = io.ReadFull(c.in, c.body)
	return status, err
}

// load sends what next gives, over n connections for as long as told, and counts the answers. next is called with the
// number of the connection by one goroutine each. An answer with another status than wanted ends it.
func load(addr string, n, wanted int, d time.Duration, next func(i int) []byte) (perSecond float64, answers int64, err error) {
	clients := make([]*client, n)
	for i := range clients {
		if clients[i], err = dial(addr); err != nil {
			return 0, 0, err
		}
		defer clients[i].close()
		if _, err := clients[i].do(request("GET", "/livez", addr, "", nil)); err != nil { // the connection is warm
			return 0, 0, err
		}
	}
	var wg sync.WaitGroup
	var count atomic.Int64
	errs := make([]error, n)
	begun := time.Now()
	end := begun.Add(d)
	for i, c := range clients {
		wg.Go(func() {
			for errs[i] == nil && time.Now().Before(end) {
				status, err := c.do(next(i))
				if err == nil && status != wanted {
					err = fmt.Errorf("status %d: %s", status, c.body)
				}
				errs[i] = err
				count.Add(1)
			}
		})
	}
	wg.Wait()
	took := time.Since(begun)
	for _, err := range errs {
		if err != nil {
			return 0, 0, err
		}
	}
	return float64(count.Load()) / took.Seconds(), count.Load(), nil
}
