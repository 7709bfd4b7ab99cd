package load

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http/httputil"
	"net/url"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"
)

// The load is made beside the server on one machine, so making it must cost little: requests are written as bytes on
// connections that are kept alive, and answers are read no further than is needed.

// target is where the server is.
type target struct {
	host string // and port
	name string // for the header Host
	base string // path of the API
	tls  bool
}

func newTarget(text string) (target, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return target{}, fmt.Errorf("the server's address must be one such as http://127.0.0.1:8080")
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	base := u.EscapedPath()
	for len(base) > 0 && base[len(base)-1] == '/' {
		base = base[:len(base)-1]
	}
	return target{host: net.JoinHostPort(u.Hostname(), port), name: u.Host, base: base + "/api/v1", tls: u.Scheme == "https"}, nil
}

// How long is waited.
const (
	dialTime   = 10 * time.Second
	answerTime = 30 * time.Second // for a whole answer
)

func (t target) dial(ctx context.Context) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	if t.tls {
		d := tls.Dialer{Config: &tls.Config{NextProtos: []string{"http/1.1"}, MinVersion: tls.VersionTLS12}}
		return d.DialContext(ctx, "tcp", t.host)
	}
	var d net.Dialer
	return d.DialContext(ctx, "tcp", t.host)
}

// request writes a request. Its path is below that of the API.
func (t target) request(b *bytes.Buffer, method, path, token, kind string, body []byte) {
	b.WriteString(method)
	b.WriteByte(' ')
	b.WriteString(t.base)
	b.WriteString(path)
	b.WriteString(" HTTP/1.1\r\nHost: ")
	b.WriteString(t.name)
	b.WriteString("\r\nUser-Agent: rung load\r\nAccept-Encoding: gzip\r\n")
	if token != "" {
		b.WriteString("Authorization: Bearer ")
		b.WriteString(token)
		b.WriteString("\r\n")
	}
	if body != nil {
		fmt.Fprintf(b, "Content-Type: %s\r\nContent-Length: %d\r\n", kind, len(body))
	}
}

// answer is what came back, without its body.
type answer struct {
	status  int
	length  int64 // -1 if it is in chunks, or ends with the connection
	chunked bool
	gzip    bool
	last    bool // the server closes the connection
	cookie  string
	after   time.Duration // Retry-After
}

// readAnswer reads the head of an answer.
func readAnswer(in *bufio.Reader) (a answer, err error) {
	line, err := in.ReadSlice('\n')
	if err != nil {
		return a, err
	}
	a.length = -1
	if len(line) < 12 || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
		return a, errNoAnswer
	}
	if a.status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return a, errNoAnswer
	}
	for {
		if line, err = in.ReadSlice('\n'); err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return a, err
		}
		name, value, ok := bytes.Cut(bytes.TrimRight(line, "\r\n"), []byte(":"))
		if !ok {
			break
		}
		value = bytes.TrimSpace(value)
		switch {
		case bytes.EqualFold(name, []byte("Content-Length")):
			if a.length, err = strconv.ParseInt(string(value), 10, 64); err != nil || a.length < 0 {
				return a, errNoAnswer
			}
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			a.chunked = bytes.EqualFold(value, []byte("chunked"))
		case bytes.EqualFold(name, []byte("Content-Encoding")):
			a.gzip = bytes.EqualFold(value, []byte("gzip"))
		case bytes.EqualFold(name, []byte("Connection")):
			a.last = bytes.EqualFold(value, []byte("close"))
		case bytes.EqualFold(name, []byte("Set-Cookie")):
			a.cookie = string(value)
		case bytes.EqualFold(name, []byte("Retry-After")):
			seconds, _ := strconv.Atoi(string(value))
			a.after = time.Duration(seconds) * time.Second
		}
	}
	switch {
	case a.status == 204 || a.status == 304:
		a.length, a.chunked = 0, false
	case a.chunked:
		a.length = -1
	case a.length < 0:
		a.last = true
	}
	return a, nil
}

var errNoAnswer = errors.New("what came back is no HTTP answer")

// raw gives the body as it is on the wire.
func (a answer) raw(in *bufio.Reader) io.Reader {
	switch {
	case a.chunked:
		return httputil.NewChunkedReader(in)
	case a.length >= 0:
		return io.LimitReader(in, a.length)
	default:
		return in
	}
}

// unzips reads compressed bodies.
var unzips = sync.Pool{New: func() any { return new(gzip.Reader) }}

// readBody gives the whole body to read, or throws it away if read is nil, and leaves the connection ready for the next answer.
func (a answer) readBody(in *bufio.Reader, read func(io.Reader) error) error {
	raw := a.raw(in)
	var err error
	if read != nil {
		body := raw
		if a.gzip {
			z := unzips.Get().(*gzip.Reader)
			defer unzips.Put(z)
			if err := z.Reset(raw); err != nil {
				return err
			}
			body = z
		}
		err = read(body)
	}
	_, rest := io.Copy(io.Discard, raw)
	if a.chunked && rest == nil {
		_, rest = in.ReadSlice('\n') // the line that ends the chunks
	}
	if l, ok := raw.(*io.LimitedReader); ok && l.N > 0 && rest == nil {
		rest = io.ErrUnexpectedEOF
	}
	return errors.Join(err, rest)
}

// conn is a connection that is kept alive.
type conn struct {
	net.Conn
	in   *bufio.Reader
	used bool
}

// pool lends out connections. It makes as many as are needed at a time.
type pool struct {
	target
	mu     sync.Mutex
	idle   []*conn
	closed bool
}

func (p *pool) get(ctx context.Context) (*conn, error) {
	p.mu.Lock()
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	c, err := p.dial(ctx)
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c, in: bufio.NewReaderSize(c, 16<<10)}, nil
}

func (p *pool) put(c *conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		c.Close()
		return
	}
	c.used = true
	p.idle = append(p.idle, c)
}

func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	for _, c := range p.idle {
		c.Close()
	}
	p.idle = nil
}

// ask sends a request and gives the answer's body to read. A connection that was kept and turns out to be closed is replaced
// once: everything that is asked for may be sent twice.
func (p *pool) ask(ctx context.Context, req []byte, read func(answer, io.Reader) error) (answer, error) {
	for {
		c, err := p.get(ctx)
		if err != nil {
			return answer{}, err
		}
		used := c.used
		a, began, err := c.ask(ctx, req, read)
		if err != nil || a.last {
			c.Close()
		} else {
			p.put(c)
		}
		if err == nil || !used || began || ctx.Err() != nil || errors.Is(err, errTooSlow) {
			return a, err
		}
	}
}

var errTooSlow = fmt.Errorf("no answer within %s", answerTime)

// ask reports also whether anything of an answer came.
func (c *conn) ask(ctx context.Context, req []byte, read func(answer, io.Reader) error) (a answer, began bool, err error) {
	defer func() {
		if errors.Is(err, os.ErrDeadlineExceeded) && ctx.Err() == nil {
			err = errTooSlow
		}
	}()
	if err := c.SetDeadline(time.Now().Add(answerTime)); err != nil {
		return a, false, err
	}
	stop := context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	if _, err := c.Write(req); err != nil {
		return a, false, err
	}
	if _, err := c.in.Peek(1); err != nil {
		return a, false, err
	}
	if a, err = readAnswer(c.in); err != nil {
		return a, true, err
	}
	take := func(r io.Reader) error { return read(a, r) }
	if read == nil {
		take = nil
	}
	return a, true, a.readBody(c.in, take)
}
