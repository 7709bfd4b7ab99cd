package load

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// mark is what is kept of an event: its number in the history and a part of its id.
type mark struct {
	seq int64
	id  uint64
}

// event is what is read of an event.
type event struct {
	Seq      int64     `json:"seq"`
	ID       uuid.UUID `json:"id"`
	EntityID uuid.UUID `json:"entity_id"`
	Version  int64     `json:"version"`
}

func (e event) mark() mark { return mark{e.Seq, binary.BigEndian.Uint64(e.ID[8:])} }

// silence is how long nothing may come on a stream: the server says every 15 seconds that it is alive.
const silence = 45 * time.Second

// How long is waited before a stream that broke is opened again.
const (
	firstPause   = 500 * time.Millisecond
	longestPause = 10 * time.Second
)

// follow keeps a stream open until ctx ends, and goes on where it was when one has ended. It calls opened when the first is there.
func (m *member) follow(ctx context.Context, p *pool, t *tally, opened func()) {
	m.mu.Lock()
	m.seq = m.room.base
	m.mu.Unlock()
	pause := firstPause
	for ctx.Err() == nil {
		began := time.Now()
		err := m.stream(ctx, p, t, func() {
			t.opened()
			if opened != nil {
				m.since = time.Now()
				opened()
				opened = nil
			}
		})
		if ctx.Err() != nil {
			return
		}
		if time.Since(began) > longestPause {
			pause = firstPause
		}
		if err != nil {
			select {
			case <-ctx.Done():
				return
			case <-time.After(pause):
			}
			pause = min(2*pause, longestPause)
		}
	}
}

// stream reads one stream until it ends. An end that is in order, because the token has run out, is no error.
func (m *member) stream(ctx context.Context, p *pool, t *tally, opened func()) (err error) {
	if _, replace := m.signedIn(); replace {
		if err := m.refresh(ctx, p); err != nil {
			return err
		}
	}
	m.mu.Lock()
	token, ends := m.token, m.ends
	m.mu.Unlock()
	c, err := p.dial(ctx)
	if err != nil {
		t.closedUnopened(err)
		return err
	}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { c.Close() })
	defer stop()
	var b bytes.Buffer
	p.request(&b, "GET", m.path("/events?since=", m.position()), token, "", nil)
	b.WriteString("Accept: text/event-stream\r\n\r\n")
	if err := c.SetDeadline(time.Now().Add(answerTime)); err != nil {
		return err
	}
	in := bufio.NewReaderSize(c, 1<<10)
	_, err = c.Write(b.Bytes())
	var a answer
	if err == nil {
		a, err = readAnswer(in)
	}
	if err == nil && a.status != 200 {
		problem, _ := io.ReadAll(io.LimitReader(a.raw(in), 1<<10))
		err = decode(nil)(a, bytes.NewReader(problem))
	}
	if err != nil {
		if ctx.Err() == nil {
			t.closedUnopened(err)
		}
		return err
	}
	opened()
	err = m.listen(c, bufio.NewReaderSize(a.raw(in), 2<<10), t)
	if ctx.Err() != nil || !time.Now().Before(ends.Add(-time.Second)) && errors.Is(err, io.EOF) {
		t.closed(nil)
		return nil
	}
	t.closed(err)
	return err
}

// listen reads events until the stream ends.
func (m *member) listen(c interface{ SetReadDeadline(time.Time) error }, in *bufio.Reader, t *tally) error {
	var long []byte
	var deadline time.Time
	for {
		if now := time.Now(); deadline.Sub(now) < silence-5*time.Second { // seldom, for it costs
			deadline = now.Add(silence)
			if err := c.SetReadDeadline(deadline); err != nil {
				return err
			}
		}
		line, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			long = append(long, line...)
			if len(long) > 4<<20 {
				return errors.New("a line has no end")
			}
			continue
		}
		if err != nil {
			if errors.Is(err, os.ErrDeadlineExceeded) {
				err = fmt.Errorf("nothing came for %s", silence)
			}
			return err
		}
		if len(long) > 0 {
			line = append(long, line...)
			long = long[:0]
		}
		if data, ok := bytes.CutPrefix(line, []byte("data: ")); ok {
			e, err := parseEvent(data)
			if err != nil {
				return err
			}
			now := time.Now()
			m.mu.Lock()
			m.heard = append(m.heard, e.mark())
			m.seq = e.Seq
			m.mu.Unlock()
			at, known := m.room.sentAt(version{e.EntityID, e.Version})
			t.heard(now.Sub(at), known && at.After(m.since)) // what was before is no news
		}
	}
}

// parseEvent reads an event, quickly if it is written as Rung writes it.
func parseEvent(data []byte) (e event, err error) {
	var ok [4]bool
	if e.Seq, ok[0] = number(data, `{"seq":`); ok[0] {
		e.ID, ok[1] = identifier(data, `,"id":"`)
		e.EntityID, ok[2] = identifier(data, `,"entity_id":"`) // no text of anybody has a quotation mark without a backslash
		e.Version, ok[3] = number(data, `","version":`)
	}
	if ok == [4]bool{true, true, true, true} {
		return e, nil
	}
	if err := json.Unmarshal(data, &e); err != nil {
		return e, fmt.Errorf("an event can't be read: %w", err)
	}
	return e, nil
}

func number(data []byte, name string) (int64, bool) {
	_, rest, ok := bytes.Cut(data, []byte(name))
	end := 0
	for end < len(rest) && end < 19 && rest[end] >= '0' && rest[end] <= '9' {
		end++
	}
	n, err := strconv.ParseInt(string(rest[:end]), 10, 64)
	return n, ok && err == nil
}

func identifier(data []byte, name string) (uuid.UUID, bool) {
	_, rest, ok := bytes.Cut(data, []byte(name))
	if !ok || len(rest) < 36 {
		return uuid.Nil, false
	}
	id, err := uuid.ParseBytes(rest[:36])
	return id, err == nil
}
