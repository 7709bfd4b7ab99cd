package api

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// A live stream waits nearly all of the time, and there are very many. What net/http keeps for a request while it is answered,
// its buffers, its goroutines and the depth of their stacks, is most of what a stream would take. So a stream takes its
// connection over when its answer has begun (http.Hijacker) and lives on with a goroutine of its own; where the
// connection can't be taken over, as with HTTP/2 or in a test, it stays what it was.

// detached are the streams that live on.
type detached struct {
	ctx  context.Context //nolint:containedctx // of what the streams do, which is no request's any more
	end  context.CancelFunc
	all  sync.WaitGroup
	mu   sync.Mutex
	open map[net.Conn]struct{}
}

func newDetached() *detached {
	d := &detached{open: map[net.Conn]struct{}{}}
	d.ctx, d.end = context.WithCancel(context.Background())
	return d
}

// add counts a connection that was taken over, false if none may be any more.
func (d *detached) add(conn net.Conn) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ctx.Err() != nil {
		return false
	}
	d.open[conn] = struct{}{}
	d.all.Add(1)
	return true
}

// run serves a stream until serve returns. A panic ends the stream alone.
func (d *detached) run(conn net.Conn, log *slog.Logger, serve func(context.Context)) {
	defer d.all.Done()
	defer func() {
		if p := recover(); p != nil {
			log.Error("a stream panicked", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
		_ = conn.Close()
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.open, conn)
	}()
	serve(d.ctx)
}

// close ends all of them, and returns when they have ended.
func (d *detached) close() {
	d.mu.Lock()
	d.end()
	for conn := range d.open {
		_ = conn.Close()
	}
	d.mu.Unlock()
	d.all.Wait()
}

// takeOver takes the connection of an answer that has begun and was sent so far, nil if that can't be done.
func takeOver(w http.ResponseWriter, r *http.Request) *taken {
	if r.ProtoMajor != 1 {
		return nil
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return nil
	}
	t := &taken{conn: conn, chunked: r.ProtoAtLeast(1, 1)}
	if c, ok := conn.(syscall.Conn); ok {
		t.raw, _ = c.SyscallConn() // nil if it has none
	}
	return t
}

// taken is a connection that was taken over.
type taken struct {
	conn    net.Conn
	raw     syscall.RawConn
	chunked bool
}

// send writes parts as one chunk (RFC 9112, 7.1), all at once.
func (t *taken) send(parts ...[]byte) error {
	if err := t.conn.SetWriteDeadline(time.Now().Add(slowest)); err != nil {
		return err
	}
	if t.chunked {
		n := 0
		for _, p := range parts {
			n += len(p)
		}
		all := make([][]byte, 0, len(parts)+2)
		all = append(all, append(strconv.AppendInt(make([]byte, 0, 16), int64(n), 16), "\r\n"...))
		parts = append(append(all, parts...), []byte("\r\n"))
	}
	buffers := net.Buffers(parts)
	_, err := buffers.WriteTo(t.conn)
	return err
}

// finish ends the answer as it should end.
func (t *taken) finish() {
	if t.chunked {
		_ = t.conn.SetWriteDeadline(time.Now().Add(slowest))
		_, _ = t.conn.Write([]byte("0\r\n\r\n"))
	}
}

// gone reports whether the client has closed the connection. It looks and does not wait.
func (t *taken) gone() bool {
	if t.raw == nil {
		return false // the next write says so
	}
	var n int
	var err error
	var one [1]byte
	if t.raw.Read(func(fd uintptr) bool {
		n, _, err = syscall.Recvfrom(int(fd), one[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		return true
	}) != nil {
		return true
	}
	return n == 0 && err == nil || err != nil && err != syscall.EAGAIN && err != syscall.EINTR //nolint:errorlint // numbers of the system
}
