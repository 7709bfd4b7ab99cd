package system

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/rung-app/rung/client"
)

// ledger is what was acknowledged, kept where no server can lose it.
type ledger struct {
	*story
	space        *client.WorkspaceClient
	history      replay
	writers      []*writer
	acknowledged atomic.Int64
}

// openLedger sets up a workspace with two projects for a few writers.
func openLedger(t *testing.T, s *server) *ledger {
	t.Helper()
	s.start()
	l := &ledger{
		story:   &story{T: t, env: Env{BaseURL: s.base(), SetupURL: s.setup}, http: newHTTP()},
		history: replay{tasks: map[string]object{}, made: map[string]bool{}, about: map[int64]string{}},
	}
	l.nobody = &person{s: l.story, name: "nobody"}
	ada := l.register("Ada", object{"setup": l.setupToken()})
	made := ada.makes("/auth/tokens", object{"name": "writer", "scopes": []string{"read", "write"}})
	l.ada = ada.as(made.text("token")) // no access token lives as long as this test may take
	l.ws = "/workspaces/" + ada.home
	c, err := client.New(s.base(), client.WithToken(l.ada.token), client.WithHTTP(l.http), client.WithAttempts(1))
	if err != nil {
		t.Fatal(err)
	}
	l.space = c.Workspace(ada.home)
	projects := []string{ada.makes(l.ws+"/projects", object{"name": "One"}).id(), ada.makes(l.ws+"/projects", object{"name": "Two"}).id()}
	for i := range 6 {
		l.writers = append(l.writers, &writer{l: l, name: fmt.Sprint("w", i), projects: projects, want: map[string]state{}})
	}
	s.kill()
	return l
}

// state is what a task must be like.
type state struct {
	Title, Project string
	Priority       int
	Deleted        bool
	Comments       []string
}

// check compares the server with the ledger. It gives false if the server went away meanwhile.
func (l *ledger) check() bool {
	l.Helper()
	if !l.follow() {
		return false
	}
	status, a := l.ada.quietly(http.MethodGet, l.ws+"/snapshot", nil)
	if status != http.StatusOK {
		return false
	}
	snap := l.lines(a)
	l.history.compare(l.T, snap["task"])
	there := map[string]state{}
	keys := map[any]bool{}
	for _, t := range snap["task"] {
		there[t["id"].(string)] = state{Title: t["title"].(string), Project: t["project"].(string), Priority: int(t["priority"].(float64))}
		if keys[t["key"]] {
			l.Errorf("two tasks have the key %v", t["key"])
		}
		keys[t["key"]] = true
	}
	for _, c := range snap["comment"] {
		task := there[c["task"].(string)]
		task.Comments = append(task.Comments, c["id"].(string))
		slices.Sort(task.Comments)
		there[c["task"].(string)] = task
	}
	known := 0
	for _, w := range l.writers {
		known += w.settle(there)
	}
	if known != len(there) {
		l.Errorf("%d tasks are there, the ledger knows %d", len(there), known)
	}
	return true
}

// follow reads the history on from where it was read to last.
func (l *ledger) follow() bool {
	l.Helper()
	for {
		since := ""
		if l.history.head != "" {
			since = "&since=" + l.history.head
		}
		status, a := l.ada.quietly(http.MethodGet, l.ws+"/changes?limit=1000"+since, nil)
		if status == 0 {
			return false
		}
		a.is(http.StatusOK)
		for _, e := range a.items() {
			l.history.feed(l.T, e)
		}
		done := a.text("seq") == l.history.head
		l.history.head = a.text("seq")
		if done {
			break
		}
	}
	for _, w := range l.writers {
		for version, id := range w.versions {
			if l.history.about[version] != id {
				l.Errorf("version %d of %s was acknowledged, and event %d is about %q", version, id, version, l.history.about[version])
			}
		}
		w.versions = nil
	}
	return true
}

// replay is what the history alone says that there is.
type replay struct {
	head  string
	seq   int64
	tasks map[string]object
	made  map[string]bool  // whose creation was told
	about map[int64]string // what each event is about
}

// feed takes the next event.
func (r *replay) feed(t *testing.T, e object) {
	t.Helper()
	seq, id, kind := int64(e["seq"].(float64)), e["entity_id"].(string), e["type"].(string)
	if seq != r.seq+1 {
		t.Fatalf("event %d follows %d", seq, r.seq)
	}
	r.seq, r.about[seq] = seq, id
	data, _ := e["data"].(object)
	switch kind {
	case "task.created", "comment.created":
		if r.made[id] {
			t.Errorf("%s %s twice", kind, id)
		}
		r.made[id] = true
		if kind == "comment.created" {
			return
		}
		r.tasks[id] = data
	case "task.restored":
		r.tasks[id] = data
	case "task.updated":
		for k, v := range data {
			r.tasks[id][k] = v
		}
		r.tasks[id]["version"] = e["version"]
	case "task.deleted":
		delete(r.tasks, id)
	}
}

// compare expects the tasks to be as the history says.
func (r *replay) compare(t *testing.T, tasks []object) {
	t.Helper()
	if len(tasks) != len(r.tasks) {
		t.Errorf("%d tasks are there, the history tells of %d", len(tasks), len(r.tasks))
	}
	for _, task := range tasks {
		told := r.tasks[task["id"].(string)]
		for _, field := range []string{"title", "project", "status", "priority", "number", "position", "comment_count", "version"} {
			if told == nil || !reflect.DeepEqual(told[field], task[field]) {
				t.Errorf("%s of %s is %v, the history says %v", field, task["id"], task[field], told[field])
			}
		}
	}
}

// fell reports whether the process was killed.
func (s *server) fell() bool {
	status, ok := s.cmd.ProcessState.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == syscall.SIGKILL
}
