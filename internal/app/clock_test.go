package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rung-app/rung/internal/app"
)

// house is a Rung whose clock a test sets, and one who uses it.
type house struct {
	*testing.T
	base   string
	ahead  atomic.Int64 // of the real clock, in nanoseconds
	token  string
	cookie string
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{T: t}
	log := &lines{new: make(chan struct{}, 1)}
	o := options(t, t.TempDir(), log, "RUNG_ADDR=127.0.0.1:0", "RUNG_ADMIN_ADDR=off", "RUNG_SIGNUP=open")
	o.Now = func() time.Time { return time.Now().Add(time.Duration(h.ahead.Load())) }
	a, err := app.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	h.base = log.with(t, "rung is serving", "address") + "/api/v1"
	return h
}

// set has the clock go so much before or behind the real one.
func (h *house) set(ahead time.Duration) { h.ahead.Store(int64(ahead)) }

// ask sends a request and expects a status; it takes up tokens that come.
func (h *house) ask(method, path string, body map[string]any, want int) map[string]any {
	h.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		h.Fatal(err)
	}
	r, err := http.NewRequestWithContext(h.Context(), method, h.base+path, bytes.NewReader(text))
	if err != nil {
		h.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+h.token)
	if strings.HasPrefix(path, "/auth/refresh") {
		r.Header.Set("Cookie", h.cookie)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		h.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		h.Fatal(err)
	}
	if resp.StatusCode != want {
		h.Fatalf("%s %s answers %d %s, want %d", method, path, resp.StatusCode, answer, want)
	}
	var got map[string]any
	_ = json.Unmarshal(answer, &got) // some have no body
	if token, ok := got["access_token"].(string); ok {
		h.token = token
	}
	for _, c := range resp.Cookies() {
		if c.Value != "" {
			h.cookie = c.Name + "=" + c.Value
		}
	}
	return got
}

// TestTheClockIsSet back an hour, and forward: on a new installation, whose key to sign with is younger than the clock
// then. Nobody is signed out by it before her time, what is acknowledged stays in its order, and it goes on from there.
func TestTheClockIsSet(t *testing.T) {
	h := newHouse(t)
	who := map[string]any{"email": "ada@example.org", "password": "a ladder has rungs", "name": "Ada"}
	ws := h.ask("POST", "/auth/register", who, 201)["workspace"].(map[string]any)["id"].(string)
	ws = "/workspaces/" + ws
	project := h.ask("POST", ws+"/projects", map[string]any{"name": "Time"}, 201)["id"].(string)
	made := h.ask("POST", ws+"/tasks", map[string]any{"project": project, "title": "before"}, 201)
	task := ws + "/tasks/" + made["id"].(string)
	seq := h.ask("GET", ws+"/changes", nil, 200)["seq"].(string)

	for _, step := range []time.Duration{-time.Hour, 0, time.Hour, -time.Hour, 26 * time.Hour} {
		h.set(step)
		delete(who, "name")
		h.ask("POST", "/auth/refresh", nil, 200)
		h.ask("POST", "/auth/login", who, 200)
		h.ask("POST", "/auth/refresh", nil, 200)
		version := h.ask("GET", task, nil, 200)["version"].(float64)
		changed := h.ask("PATCH", task, map[string]any{"title": "at " + step.String()}, 200)
		if changed["version"].(float64) <= version {
			t.Errorf("with the clock at %s version %v follows %v", step, changed["version"], version)
		}
		other := h.ask("POST", ws+"/tasks", map[string]any{"project": project, "title": "at " + step.String()}, 201)
		if other["number"].(float64) <= made["number"].(float64) {
			t.Errorf("with the clock at %s task number %v follows %v", step, other["number"], made["number"])
		}
		made = other
		told := h.ask("GET", ws+"/changes?since="+seq, nil, 200)
		if n := len(told["items"].([]any)); n != 2 {
			t.Errorf("with the clock at %s %d events are told of two changes", step, n)
		}
		seq = told["seq"].(string)
	}
	seen := map[string]bool{}
	for cursor := ""; ; {
		page := h.ask("GET", ws+"/tasks?sort=-updated&limit=2"+cursor, nil, 200)
		for _, item := range page["items"].([]any) {
			id := item.(map[string]any)["id"].(string)
			if seen[id] {
				t.Errorf("task %s is listed twice", id)
			}
			seen[id] = true
		}
		next, more := page["next_cursor"].(string)
		if !more {
			break
		}
		cursor = "&cursor=" + next
	}
	if len(seen) != 6 {
		t.Errorf("%d tasks are listed, 6 are there", len(seen))
	}
	h.set(27 * time.Hour) // the access token has run out, the session has not
	h.ask("GET", "/me", nil, 401)
	h.ask("POST", "/auth/refresh", nil, 200)
	h.ask("GET", "/me", nil, 200)
}
