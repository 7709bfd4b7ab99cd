package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// How live streams are measured.
const (
	idleStreams   = 10_000
	toldStreams   = 5_000
	toldRounds    = 15
	toldWithin    = 100 // milliseconds
	mostOfAStream = 30  // KB
	addresses     = 8   // from which the streams come
)

// streams measures what a live stream takes that hears nothing, and how long it takes to tell very many of an event.
func (b *bench) streams(ctx context.Context) (err error) {
	k, stop, err := b.newHouse(ctx, "RUNG_MAX_USER_STREAMS="+strconv.Itoa(2*idleStreams))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	if err := b.idle(ctx, k); err != nil {
		return err
	}
	return b.told(ctx, k)
}

// newHouse gives a server of its own, with one user and her workspace.
func (b *bench) newHouse(ctx context.Context, settings ...string) (*soak, func() error, error) {
	dir, err := os.MkdirTemp(b.run, "data-")
	if err != nil {
		return nil, nil, err
	}
	k := &soak{b: b, seed: &seed{Password: uuid.NewString(), dir: dir}}
	if err := b.createUser(ctx, k.seed); err != nil {
		return nil, nil, err
	}
	if k.sv, err = b.serve(ctx, k.seed, settings...); err != nil {
		return nil, nil, err
	}
	if err := k.begin(ctx); err != nil {
		return nil, nil, errors.Join(err, k.sv.stop())
	}
	return k, k.sv.stop, nil
}

// idle opens streams and sees what the server has grown by.
func (b *bench) idle(ctx context.Context, k *soak) error {
	first, err := k.listeners(200) // which need what is only needed once
	if err != nil {
		return err
	}
	hangUp(first)
	before, err := k.settled(ctx)
	if err != nil {
		return err
	}
	all, err := k.listeners(idleStreams)
	if err != nil {
		return err
	}
	defer hangUp(all)
	after, err := k.settled(ctx)
	if err != nil {
		return err
	}
	each := func(what string, before, after float64, detail string) {
		target, holds := atMost(mostOfAStream, " KB")
		b.report.add(finding{what: what, target: target, holds: holds, unit: " KB", rounds: []float64{(after - before) / idleStreams / 1024}, detail: detail})
	}
	if b.traces != "" {
		if err := k.sv.saveHeap(ctx, filepath.Join(b.traces, "streams.pprof")); err != nil {
			return err
		}
	}
	each("an idle stream: resident", before.anonymous+before.mapped, after.anonymous+after.mapped, fmt.Sprintf("of %d", idleStreams))
	each("an idle stream: heap and stacks", before.heap+before.stacks, after.heap+after.stacks,
		fmt.Sprintf("%.1f KB of heap, %.1f KB of stacks", (after.heap-before.heap)/idleStreams/1024, (after.stacks-before.stacks)/idleStreams/1024))
	return nil
}

// settled waits until the streams that were closed are gone, and looks at the server after three collections: each takes
// half of a stack that went deep once and does not any more.
func (k *soak) settled(ctx context.Context) (s sample, err error) {
	time.Sleep(time.Second)
	for range 3 {
		if s, err = k.sample(ctx); err != nil {
			return s, err
		}
	}
	return s, nil
}

// told makes tasks of which every stream is told.
func (b *bench) told(ctx context.Context, k *soak) error {
	r, err := k.newRoom("Told", toldStreams)
	if err != nil {
		return err
	}
	defer r.leave()
	if err := r.come(); err != nil {
		return err
	}
	if _, _, err := r.once(r.create(), 0); err != nil { // before it counts
		return err
	}
	before, err := k.sv.metrics(ctx)
	if err != nil {
		return err
	}
	var ms []float64
	rounds := b.rounds(toldRounds)
	for i := range rounds {
		_, heard, err := r.once(r.create(), i)
		if err != nil {
			return err
		}
		ms = append(ms, heard)
	}
	after, err := k.sv.metrics(ctx)
	if err != nil {
		return err
	}
	const allocated = "go_memstats_alloc_bytes_total"
	each := (after[allocated] - before[allocated]) / float64(rounds*len(r.all))
	target, holds := atMost(toldWithin, " ms")
	b.report.add(finding{
		what: fmt.Sprintf("one event to %d streams, the last", len(r.all)), target: target, holds: holds, unit: " ms", rounds: ms,
		detail: fmt.Sprintf("from sending the request; of %d bytes, for which the server allocates %.0f bytes a stream", r.all[0].size, each),
	})
	return nil
}

// listener is the other end of a stream.
type listener struct {
	conn net.Conn
	in   *bufio.Reader
	size int // of the last event's data
	all  int // listeners
}

// listeners opens so many streams of her workspace.
func (k *soak) listeners(n int) (all []*listener, err error) { return k.listenersOf(k.ws, n) }

// listenersOf opens so many streams of a workspace, one after the other, and waits until each has begun.
func (k *soak) listenersOf(ws string, n int) (all []*listener, err error) {
	defer func() {
		if err != nil {
			hangUp(all)
			all = nil
		}
	}()
	for i := range n {
		from := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(1+i%addresses))}, Timeout: patience}
		conn, err := from.Dial("tcp", k.sv.addr)
		if err != nil {
			return all, err
		}
		l := &listener{conn: conn, in: bufio.NewReaderSize(conn, 2048), all: n}
		all = append(all, l)
		if _, err := conn.Write(request("GET", ws+"/events", k.sv.addr, k.sv.token, nil)); err != nil {
			return all, err
		}
		if err := l.until([]byte("retry: ")); err != nil {
			return all, fmt.Errorf("stream %d: %w", i, err)
		}
	}
	return all, nil
}

// until reads up to a line that begins so.
func (l *listener) until(begin []byte) error {
	for {
		line, err := l.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if bytes.HasPrefix(line, begin) {
			l.size = len(line) - len("data: \n")
			return nil
		}
	}
}

// listen counts each change of a task that is heard of and tells when the last of all listeners has heard of one.
func (l *listener) listen(count *atomic.Int64, heard chan<- time.Time) {
	for l.until([]byte("event: task.")) == nil && l.until([]byte("data: ")) == nil {
		if count.Add(1)%int64(l.all) == 0 {
			heard <- time.Now()
		}
	}
}

func hangUp(all []*listener) {
	for _, l := range all {
		_ = l.conn.Close()
	}
}
