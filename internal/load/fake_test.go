package load

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
)

// fake is as much of a server as a rehearsal needs. It keeps its word, unless faults says otherwise.
type fake struct {
	mu       sync.Mutex
	spaces   map[string]*space
	requests map[string]int // by method and the last part of the path
	streams  int
	faults   faults
}

// faults are what it does wrong. The numbers count from 1; what is done wrong once is done to the one with that number.
type faults struct {
	swallow    int           // a write is acknowledged and not made
	forget     int           // a task is made and lost later
	stale      bool          // tasks are read as they were made
	drop       int           // an event is not told to one stream
	double     int           // an event is told twice
	swap       int           // an event is told before the one that comes before it
	refuse     int           // every so many reads fail with 500
	stall      time.Duration // a list takes so long every now and then
	hangUp     int           // a stream ends after so many events
	noRefresh  bool
	deafAtOnce bool // streams are refused
}

type space struct {
	f        *fake
	id       uuid.UUID
	project  uuid.UUID
	tasks    map[uuid.UUID]*fakeTask
	comments []map[string]any
	log      []map[string]any
	wake     chan struct{}
	writes   int
}

type fakeTask struct {
	now, first map[string]any
	version    int64
}

func newFake(t *testing.T, f faults) (*fake, *httptest.Server) {
	fake := &fake{spaces: map[string]*space{}, requests: map[string]int{}, faults: f}
	s := httptest.NewServer(http.HandlerFunc(fake.serve))
	t.Cleanup(s.Close)
	return fake, s
}

// teams makes teams as asked for.
func (f *fake) teams(present []int) []Team {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []Team
	for i, n := range present {
		sp := &space{f: f, id: uuid.Must(uuid.NewV7()), project: uuid.Must(uuid.NewV7()), tasks: map[uuid.UUID]*fakeTask{}, wake: make(chan struct{})}
		f.spaces[sp.id.String()] = sp
		team := Team{Number: i, Workspace: sp.id, Project: sp.project, Statuses: []uuid.UUID{uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())}}
		for range TeamTasks {
			sp.make(uuid.Must(uuid.NewV7()), "made before", team.Statuses[0])
		}
		for range n {
			team.People = append(team.People, Person{ID: uuid.Must(uuid.NewV7()), Refresh: "r0"})
		}
		all = append(all, team)
	}
	return all
}

func (sp *space) make(id uuid.UUID, title string, status any) *fakeTask {
	doc := map[string]any{"id": id, "title": title, "status": status, "project": sp.project, "version": int64(1)}
	t := &fakeTask{now: doc, first: doc, version: 1}
	sp.tasks[id] = t
	return t
}

// tell adds an event.
func (sp *space) tell(entity, id any, version int64, data map[string]any) {
	sp.log = append(sp.log, map[string]any{
		"seq": len(sp.log) + 1, "id": uuid.Must(uuid.NewV7()), "type": fmt.Sprint(entity, ".updated"), "entity": entity, "entity_id": id, "version": version, "data": data,
	})
	close(sp.wake)
	sp.wake = make(chan struct{})
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/api/v1")
	if path == "/auth/refresh" {
		if f.faults.noRefresh {
			http.Error(w, `{"code":"session-ended"}`, http.StatusUnauthorized)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "rung_refresh", Value: "next"})
		fmt.Fprint(w, `{"access_token":"token","expires_in":600}`)
		return
	}
	if path == "/auth/methods" {
		fmt.Fprint(w, `{}`)
		return
	}
	parts := strings.Split(strings.TrimPrefix(path, "/workspaces/"), "/")
	f.mu.Lock()
	sp := f.spaces[parts[0]]
	f.requests[r.Method+" "+parts[len(parts)-1]]++
	n := f.requests[r.Method+" "+parts[len(parts)-1]]
	f.mu.Unlock()
	if sp == nil || r.Header.Get("Authorization") != "Bearer token" {
		http.Error(w, `{"code":"not-found"}`, 404)
		return
	}
	if r.Method == http.MethodGet && len(parts) == 2 {
		switch parts[1] {
		case "events":
			sp.stream(w, r)
			return
		case "tasks":
			if n%300 == 0 {
				time.Sleep(f.faults.stall)
			}
			if f.faults.refuse > 0 && n%f.faults.refuse == 0 {
				http.Error(w, `{"code":"internal"}`, 500)
				return
			}
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	status, body := sp.answer(r, parts[1:])
	w.WriteHeader(status)
	switch b := body.(type) {
	case string:
		fmt.Fprint(w, b)
	default:
		_ = json.NewEncoder(w).Encode(b)
	}
}

// answer does what is asked for. The caller holds the lock.
func (sp *space) answer(r *http.Request, parts []string) (int, any) {
	last := parts[len(parts)-1]
	if r.Method != http.MethodGet {
		return sp.write(r, parts)
	}
	switch {
	case last == "snapshot":
		return 200, sp.snapshot()
	case last == "changes":
		_, since, _ := strings.Cut(r.URL.Query().Get("since"), "-")
		from, _ := strconv.Atoi(since)
		return 200, map[string]any{"items": sp.log[from:], "seq": fmt.Sprint("e-", len(sp.log))}
	case last == "comments":
		items := []map[string]any{}
		for _, c := range sp.comments {
			if c["task"] == parts[1] {
				items = append(items, c)
			}
		}
		return 200, map[string]any{"items": items, "next_cursor": nil}
	case len(parts) == 2 && parts[0] == "tasks" && last != "groups":
		id, _ := uuid.Parse(last)
		t := sp.tasks[id]
		switch {
		case t == nil:
			return 404, `{"code":"not-found"}`
		case sp.f.faults.stale:
			return 200, t.first
		}
		return 200, t.now
	}
	return 200, `{}`
}

func (sp *space) snapshot() string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	_ = enc.Encode(map[string]any{"epoch": "e", "seq": len(sp.log)})
	for _, t := range sp.tasks {
		_ = enc.Encode(map[string]any{"entity": "task", "data": t.now})
	}
	for _, c := range sp.comments {
		_ = enc.Encode(map[string]any{"entity": "comment", "data": c})
	}
	return b.String()
}

func (sp *space) write(r *http.Request, parts []string) (int, any) {
	var in map[string]any
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return 422, `{"code":"invalid"}`
	}
	sp.writes++
	swallowed := sp.writes == sp.f.faults.swallow
	switch {
	case len(parts) == 1:
		id, _ := uuid.Parse(in["id"].(string))
		if swallowed {
			return 201, map[string]any{"id": id, "version": 1}
		}
		t := sp.make(id, in["title"].(string), in["status"])
		sp.tell("task", id, 1, in)
		if sp.writes == sp.f.faults.forget {
			delete(sp.tasks, id)
		}
		return 201, t.now
	case parts[len(parts)-1] == "comments":
		in["task"], in["version"] = parts[1], 1
		if !swallowed {
			sp.comments = append(sp.comments, in)
			sp.tell("comment", in["id"], 1, in)
		}
		return 201, in
	default:
		id, _ := uuid.Parse(parts[1])
		t := sp.tasks[id]
		if t == nil {
			return 404, `{"code":"not-found"}`
		}
		next := map[string]any{}
		for k, v := range t.now {
			next[k] = v
		}
		for k, v := range in {
			next[k] = v
		}
		next["version"] = t.version + 1
		if !swallowed {
			t.version++
			t.now = next
			sp.tell("task", id, t.version, in)
		}
		return 200, next
	}
}

// stream tells what happens, as the faults have it, to the first stream that was opened, and as it is to all others.
func (sp *space) stream(w http.ResponseWriter, r *http.Request) {
	f := sp.f
	f.mu.Lock()
	f.streams++
	first := f.streams == 1
	_, since, _ := strings.Cut(r.URL.Query().Get("since"), "-")
	at, _ := strconv.Atoi(since)
	f.mu.Unlock()
	if f.faults.deafAtOnce {
		http.Error(w, `{"code":"too-many-streams"}`, http.StatusTooManyRequests)
		return
	}
	fmt.Fprint(w, "retry: 2000\n\n")
	w.(http.Flusher).Flush()
	var held map[string]any
	told := 0
	tell := func(e map[string]any) {
		b, _ := json.Marshal(e)
		fmt.Fprintf(w, "id: e-%v\nevent: %v\ndata: %s\n\n", e["seq"], e["type"], b)
	}
	for {
		f.mu.Lock()
		news, wake := sp.log[at:], sp.wake
		at = len(sp.log)
		f.mu.Unlock()
		for _, e := range news {
			told++
			switch {
			case first && told == f.faults.drop:
			case first && told == f.faults.swap:
				held = e
			case first && told == f.faults.double:
				tell(e)
				tell(e)
			default:
				tell(e)
				if held != nil {
					tell(held)
					held = nil
				}
			}
			if first && told == f.faults.hangUp {
				return
			}
		}
		w.(http.Flusher).Flush()
		select {
		case <-wake:
		case <-r.Context().Done():
			return
		}
	}
}
