package system

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// event is one of a stream of Server-Sent Events.
type event struct {
	id, kind string
	data     object
}

// entity is what the event is about.
func (e event) entity() string {
	id, _ := e.data["entity_id"].(string)
	return id
}

// stream is an open stream of a workspace's events.
type stream struct {
	s      *story
	who    string
	heard  chan event
	cancel context.CancelFunc
	ended  chan struct{}
	once   sync.Once
}

// follow opens a stream behind the event with the id last, or from now on.
func (p *person) follow(ws, last string) *stream {
	p.s.Helper()
	return p.followAt(ws+"/events", last)
}

func (p *person) followAt(path, last string) *stream {
	s := p.s
	s.Helper()
	ctx, cancel := context.WithCancel(s.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.env.BaseURL+"/api/v1"+path, nil)
	if err != nil {
		s.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+p.token)
	req.Header.Set("Accept", "text/event-stream")
	if last != "" {
		req.Header.Set("Last-Event-ID", last)
	}
	resp, err := s.http.Do(req)
	if err != nil {
		cancel()
		s.Fatalf("%s opens a stream: %v", p.name, err)
	}
	s.compared(http.MethodGet, path, resp.StatusCode, resp.Header, nil)
	if ct := resp.Header.Get("Content-Type"); resp.StatusCode != http.StatusOK || !strings.HasPrefix(ct, "text/event-stream") {
		cancel()
		s.Fatalf("%s opens a stream: %d %s", p.name, resp.StatusCode, ct)
	}
	st := &stream{s: s, who: p.name, heard: make(chan event, 10_000), cancel: cancel, ended: make(chan struct{})}
	go st.listen(resp.Body)
	s.Cleanup(st.close)
	return st
}

// listen reads events until the stream ends.
func (st *stream) listen(body io.ReadCloser) {
	defer close(st.ended)
	defer close(st.heard)
	defer body.Close()
	lines := bufio.NewReader(body)
	var e event
	var data strings.Builder
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case line == "\n":
			if data.Len() > 0 {
				if json.Unmarshal([]byte(data.String()), &e.data) != nil {
					return
				}
				st.heard <- e
			}
			e = event{}
			data.Reset()
		case name == "id":
			e.id = value
		case name == "event":
			e.kind = value
		case name == "data":
			data.WriteString(value)
		}
	}
}

// next waits for the next event.
func (st *stream) next() event {
	st.s.Helper()
	select {
	case e, ok := <-st.heard:
		if !ok {
			st.s.Fatalf("%s's stream has ended", st.who)
		}
		return e
	case <-time.After(patience):
		st.s.Fatalf("%s hears nothing", st.who)
	}
	return event{}
}

// until waits for an event of a type about a thing.
func (st *stream) until(kind, entity string) event {
	st.s.Helper()
	for {
		if e := st.next(); e.kind == kind && e.entity() == entity {
			return e
		}
	}
}

// close ends the stream from this side.
func (st *stream) close() {
	st.once.Do(func() {
		st.cancel()
		<-st.ended
	})
}
