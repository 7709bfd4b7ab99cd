package app

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/rung-app/rung/internal/config"
	"github.com/rung-app/rung/internal/tasks"
)

// sink is a client that takes an answer and keeps nothing of it but its length.
type sink struct {
	header http.Header
	status int
	bytes  int
}

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) WriteHeader(status int)      { s.status = status }
func (s *sink) Write(b []byte) (int, error) { s.bytes += len(b); return len(b), nil }

// TestAWarmListAllocatesLittle counts what answering a page of tasks that was answered before takes of memory, on its way
// through everything that a request passes.
func TestAWarmListAllocatesLittle(t *testing.T) {
	const mostAllocations, mostBytes = 20, 4 << 10
	cfg, err := config.Load(config.Sources{Env: []string{"RUNG_DATA=" + t.TempDir(), "RUNG_SIGNUP=open", "RUNG_REQUESTS_PER_SECOND=1000000"}})
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewJSONHandler(io.Discard, nil))
	a, err := Open(t.Context(), Options{Config: cfg, Version: "0.1.0", Log: log, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	token, home := registered(t, a)
	path := "/api/v1/workspaces/" + home + "/tasks?limit=50"
	for _, encoding := range []string{"identity", "gzip"} {
		ask := func() (*http.Request, *sink) {
			u, err := url.Parse(path)
			if err != nil {
				t.Fatal(err)
			}
			return (&http.Request{
				Method: http.MethodGet, URL: u, Host: "rung", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, RemoteAddr: "203.0.113.9:4711",
				Header: http.Header{"Authorization": {"Bearer " + token}, "Accept-Encoding": {encoding}}, Body: http.NoBody,
			}).WithContext(context.Background()), &sink{header: http.Header{}}
		}
		r, w := ask()
		a.handler.ServeHTTP(w, r)
		if w.status != http.StatusOK || w.bytes == 0 {
			t.Fatalf("the list is answered %d with %d bytes", w.status, w.bytes)
		}
		one := testing.Benchmark(func(b *testing.B) { // which counts what the making of a request takes, too
			b.ReportAllocs()
			for b.Loop() {
				r, w := ask()
				if a.handler.ServeHTTP(w, r); w.status != http.StatusOK {
					b.Fatalf("the list is answered %d", w.status)
				}
			}
		})
		made := testing.Benchmark(func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r, w := ask()
				kept, written = r, w
			}
		})
		allocations, bytes := one.AllocsPerOp()-made.AllocsPerOp(), one.AllocedBytesPerOp()-made.AllocedBytesPerOp()
		t.Logf("%s: %d allocations of %d bytes", encoding, allocations, bytes)
		if allocations > mostAllocations || bytes > mostBytes && !raced {
			t.Errorf("a warm list in %s takes %d allocations of %d bytes together, %d of %d are allowed", encoding, allocations, bytes, mostAllocations, mostBytes)
		}
	}
}

// kept and written are where a compiler can't see that nobody looks at them.
var (
	kept    *http.Request
	written *sink
)

// registered gives somebody with fifty tasks in her own workspace.
func registered(t *testing.T, a *App) (token, home string) {
	t.Helper()
	body := strings.NewReader(`{"email":"ada@example.org","password":"a ladder has rungs","name":"Ada"}`)
	var answer struct {
		AccessToken string `json:"access_token"`
		User        struct{ ID string }
		Workspace   struct{ ID string }
	}
	tell(t, a, "POST", "/api/v1/auth/register", "", body, &answer)
	token = answer.AccessToken
	var project tasks.Project
	ws := "/api/v1/workspaces/" + answer.Workspace.ID
	tell(t, a, "POST", ws+"/projects", token, strings.NewReader(`{"name":"Warm"}`), &project)
	for range 50 {
		tell(t, a, "POST", ws+"/tasks", token, strings.NewReader(`{"project":"`+project.ID.String()+`","title":"Answered again and again"}`), nil)
	}
	return token, answer.Workspace.ID
}

// tell sends a request and reads its answer, which must be good.
func tell(t *testing.T, a *App, method, path, token string, body io.Reader, into any) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://rung"+path, body)
	if err != nil {
		t.Fatal(err)
	}
	r.RemoteAddr = "203.0.113.9:4711"
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	var text strings.Builder
	w := &answerTo{sink: sink{header: http.Header{}}, text: &text}
	a.handler.ServeHTTP(w, r)
	if w.status >= 300 {
		t.Fatalf("%s %s answers %d %s", method, path, w.status, text.String())
	}
	if into != nil {
		if err := json.Unmarshal([]byte(text.String()), into); err != nil {
			t.Fatal(err)
		}
	}
}

// answerTo keeps the answer.
type answerTo struct {
	sink
	text *strings.Builder
}

func (a *answerTo) Write(b []byte) (int, error) { return a.text.Write(b) }
