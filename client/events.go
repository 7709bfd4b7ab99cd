package client

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// StreamEvent is an event of a stream, and the point of the history behind it.
type StreamEvent struct {
	Cursor string // EPOCH-SEQ: what to give Events to go on behind this one
	Event
}

// silence is how long a stream may be quiet: a server says something every 15 seconds.
const silence = time.Minute

// Events follows a workspace's history as it happens, from what is named by since (EPOCH-SEQ, such as Snapshot.Seq or
// StreamEvent.Cursor), or from now on if that is "". A stream that ends is opened again where it ended, as often as need
// be; so the sequence ends with ctx, or with a refusal: ErrGone says that the history does not reach back so far, and
// that a Snapshot is to be taken.
//
// GET /workspaces/{ws}/events, scope read.
func (w *WorkspaceClient) Events(ctx context.Context, since string, o ...CallOption) iter.Seq2[StreamEvent, error] {
	return func(yield func(StreamEvent, error) bool) {
		f := follower{w: w, options: o, last: since, pause: 2 * time.Second}
		for {
			goOn, err := f.listen(ctx, yield)
			if !goOn {
				return
			}
			if ctx.Err() != nil {
				err = ctx.Err()
			} else if err = f.recover(ctx, err); err == nil {
				continue
			}
			yield(StreamEvent{}, err)
			return
		}
	}
}

// follower is a stream that is opened again and again.
type follower struct {
	w       *WorkspaceClient
	options []CallOption
	last    string
	pause   time.Duration // before it is opened again
	failed  int           // how often in a row it could not be opened
}

// listen opens the stream and passes on what it says. It reports whether the reader wants more, and why it ended.
func (f *follower) listen(ctx context.Context, yield func(StreamEvent, error) bool) (goOn bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r := request{method: http.MethodGet, path: f.w.path + "/events", accept: "text/event-stream", lastEvent: f.last}
	resp, err := f.w.c.send(ctx, r, append(f.options, Once()), func(*http.Response) error { return nil })
	if err != nil {
		return true, err
	}
	defer resp.Body.Close()
	f.failed = 0
	if f.last == "" {
		f.last = resp.Header.Get("Rung-Seq") // so that nothing is missed should it break off before the first event
	}
	quiet := time.AfterFunc(silence, cancel)
	defer quiet.Stop()
	lines := bufio.NewReaderSize(resp.Body, 16<<10)
	var id string
	var data []string
	for {
		line, err := readLine(lines)
		switch {
		case errors.Is(err, ErrUnexpected):
			return true, err
		case err != nil:
			return true, nil //nolint:nilerr // streams end all the time
		}
		quiet.Reset(silence)
		if len(line) > 0 {
			name, value, _ := strings.Cut(string(line), ":")
			value = strings.TrimPrefix(value, " ")
			switch name {
			case "id":
				id = value
			case "data":
				data = append(data, value)
			case "retry":
				if ms, err := strconv.Atoi(value); err == nil && ms >= 0 {
					f.pause = min(time.Duration(ms)*time.Millisecond, lastWait)
				}
			}
			continue
		}
		if len(data) > 0 {
			e := StreamEvent{Cursor: id}
			if err := json.Unmarshal([]byte(strings.Join(data, "\n")), &e.Event); err != nil {
				return true, errUnreadable(err)
			}
			if !yield(e, nil) {
				return false, nil
			}
			f.last = id
		}
		id, data = "", nil
	}
}

// recover waits before the stream is opened again, or gives back why it can't be.
func (f *follower) recover(ctx context.Context, err error) error {
	wait := f.pause
	if err != nil {
		refused, said := errors.AsType[*Error](err)
		if errors.Is(err, ErrUnexpected) || said && !errors.Is(err, ErrTooMany) && !errors.Is(err, ErrUnavailable) && refused.Code != CodeStreamBehind {
			return err
		}
		f.failed++
		wait = max(wait, backoff(f.failed))
		if said {
			wait = max(wait, min(refused.RetryAfter, longest))
		}
	}
	return sleep(ctx, wait)
}
