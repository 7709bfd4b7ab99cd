package client_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rung-app/rung/client"
)

func streams(text string) func(*http.Request) (*http.Response, error) {
	return says(200, text, "Content-Type", "text/event-stream", "Rung-Seq", "e-3")
}

func event(id string) string {
	return "id: " + id + "\nevent: task.updated\ndata: {\"type\": \"task.updated\",\ndata: \"seq\": 4}\n\n"
}

// A stream goes on where it ended, whatever ended it, and says so when the history does not reach back so far.
func TestEventsGoOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var since []string
		s := &script{}
		for _, answer := range []func(*http.Request) (*http.Response, error){
			streams("retry: 1000\n\n: alive\n\n"),               // ends before the first event
			streams(event("e-4") + "id: e-5\ndata: {\"cut off"), // breaks off within the second
			breaks("dial"), says(503, `{"code": "unavailable"}`), // the server goes away
			streams("event: x\r\n" + event("e-5")),                   // and comes back
			says(410, `{"code": "history-gone", "detail": "Gone."}`), // with an older history
		} {
			s.answers = append(s.answers, func(r *http.Request) (*http.Response, error) {
				since = append(since, r.Header.Get("Last-Event-ID"))
				return answer(r)
			})
		}
		var got []string
		var failed error
		for e, err := range over(t, s).Workspace("a").Events(t.Context(), "") {
			if failed = err; err == nil {
				got = append(got, e.Cursor+" "+e.Type)
			}
		}
		if strings.Join(got, ", ") != "e-4 task.updated, e-5 task.updated" || !errors.Is(failed, client.ErrGone) {
			t.Errorf("%q, %v", got, failed)
		}
		if strings.Join(since, ",") != ",e-3,e-4,e-4,e-4,e-5" {
			t.Errorf("it went on behind %q", since)
		}
		if s.at[1] != time.Second {
			t.Errorf("it came back at %v", s.at)
		}
	})
}

func TestEventsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // a server that says nothing any more is left
		ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
		defer cancel()
		silent := func(r *http.Request) (*http.Response, error) {
			resp, err := streams("")(r)
			resp.Body = silence{r.Context()}
			return resp, err
		}
		s := &script{answers: []func(*http.Request) (*http.Response, error){silent, silent}}
		var failed error
		for _, failed = range over(t, s).Workspace("a").Events(ctx, "e-1") {
		}
		if !errors.Is(failed, context.DeadlineExceeded) || len(s.asked) != 2 || s.at[1] < time.Minute {
			t.Errorf("%v after %v", failed, s.at)
		}
	})
	for name, answer := range map[string]func(*http.Request) (*http.Response, error){
		"refused": says(404, `{"code": "not-found"}`), "nonsense": streams("data: <html>\n\n"), "a line without an end": streams(strings.Repeat("x", 17<<20)),
	} {
		s := &script{answers: []func(*http.Request) (*http.Response, error){answer}}
		n := 0
		ctx, cancel := context.WithCancel(t.Context())
		for _, err := range over(t, s).Workspace("a").Events(ctx, "e-1") {
			if n++; err == nil {
				t.Errorf("%s: an event", name)
			}
		}
		cancel()
		if n != 1 {
			t.Errorf("%s: %d errors", name, n)
		}
	}
	s := &script{answers: []func(*http.Request) (*http.Response, error){streams(event("e-4") + event("e-5"))}}
	for range over(t, s).Workspace("a").Events(t.Context(), "e-1") {
		break // and asks no further
	}
}

// silence is a body that never says anything.
type silence struct{ ctx context.Context }

func (s silence) Read([]byte) (int, error) { <-s.ctx.Done(); return 0, s.ctx.Err() }
func (silence) Close() error               { return nil }

func TestSnapshot(t *testing.T) {
	lines := "{\"epoch\": \"e\", \"seq\": 12}\n{\"entity\": \"task\", \"data\": {\"id\": \"t\"}}\n{\"entity\": \"dream\", \"data\": {}}\n"
	s := &script{answers: []func(*http.Request) (*http.Response, error){breaks("read"), says(200, lines)}}
	whole, err := over(t, s).Workspace("a").Snapshot(t.Context())
	if err != nil || whole.Seq != "e-12" {
		t.Fatalf("%v %+v", err, whole)
	}
	var found []string
	for e, err := range whole.All() {
		var task client.Task
		if err != nil || e.Entity == "task" && (e.Decode(&task) != nil || task.ID != "t") {
			t.Errorf("%v: %s", err, e.Data)
		}
		found = append(found, e.Entity)
	}
	if err := whole.Close(); err != nil || strings.Join(found, ",") != "task,dream" {
		t.Errorf("%v %v", err, found)
	}
	cut := func(r *http.Request) (*http.Response, error) {
		resp, err := says(200, "")(r)
		resp.Body = io.NopCloser(io.MultiReader(strings.NewReader(lines[:40]), failing{}))
		return resp, err
	}
	for name, answer := range map[string]func(*http.Request) (*http.Response, error){"cut off": cut, "without its end": says(200, lines[:60])} {
		s = &script{answers: []func(*http.Request) (*http.Response, error){answer}}
		whole, err = over(t, s).Workspace("a").Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var failed error
		for _, failed = range whole.All() {
		}
		if !errors.Is(failed, io.ErrUnexpectedEOF) {
			t.Errorf("%s: %v", name, failed)
		}
	}
	s = &script{answers: []func(*http.Request) (*http.Response, error){says(200, "<html>\n")}}
	if _, err := over(t, s).Workspace("a").Snapshot(t.Context()); !errors.Is(err, client.ErrUnexpected) {
		t.Errorf("a web page: %v", err)
	}
}

func TestChangesAreReadToTheEnd(t *testing.T) {
	page := func(seq string) func(*http.Request) (*http.Response, error) {
		return says(200, `{"items": [], "seq": "`+seq+`"}`, "Rung-Seq", "e-9")
	}
	s := &script{answers: []func(*http.Request) (*http.Response, error){page("e-5"), page("e-9")}}
	last := ""
	for c, err := range over(t, s).Workspace("a").Changes(t.Context(), "e-2") {
		if err != nil {
			t.Fatal(err)
		}
		last = c.Seq
	}
	if last != "e-9" || len(s.asked) != 2 || !strings.Contains(s.asked[1], "since=e-5") {
		t.Errorf("%s after %q", last, s.asked)
	}
}
