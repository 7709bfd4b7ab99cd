package importer_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/driver/sqldb"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/importer"
	"github.com/rung-app/rung/internal/tasks"
)

// house is a workspace on a real store, with an importer at work in it.
type house struct {
	*testing.T
	ws      uuid.UUID
	ada     tasks.Caller
	members members
	tasks   *tasks.Service
	imports *importer.Service
}

// members is who is in the workspace, and as what.
type members map[uuid.UUID]member

type member struct {
	importer.Member
	role string
}

func (m members) Role(_ context.Context, _, user uuid.UUID) (string, error) {
	if found, ok := m[user]; ok {
		return found.role, nil
	}
	return "", fault.NotFound()
}

func (m members) Members(context.Context, uuid.UUID, uuid.UUID) ([]importer.Member, error) {
	var all []importer.Member
	for _, one := range m {
		all = append(all, one.Member)
	}
	return all, nil
}

func open(t *testing.T) *house {
	t.Helper()
	db, err := sqldb.Open(t.Context(), filepath.Join(t.TempDir(), "rung.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := db.Migrate(t.Context(), "tasks", "1000.0.0"); err != nil {
		t.Fatal(err)
	}
	h := &house{T: t, ws: uuid.New(), members: members{}}
	h.tasks = tasks.New(sqldb.NewTasksStore(db), h.members, time.Now, slog.New(slog.DiscardHandler))
	h.imports = importer.New(h.tasks, h.members, time.Now, slog.New(slog.DiscardHandler))
	t.Cleanup(func() { h.imports.Close() })
	h.ada = h.join("Ada Example", "ada@example.com", tasks.RoleAdmin)
	return h
}

// join makes somebody a member and gives the caller that she is.
func (h *house) join(name, email, role string) tasks.Caller {
	h.Helper()
	id := uuid.New()
	h.members[id] = member{importer.Member{ID: id, Name: name, Email: email}, role}
	c := tasks.Caller{User: id, Actor: tasks.Actor{Type: tasks.ActorUser, ID: id, Name: name}, Import: true}
	if err := h.tasks.SetMember(h.Context(), h.ws, tasks.MemberChange{User: id, Name: name, Role: role}, c.Actor); err != nil {
		h.Fatal(err)
	}
	return c
}

// board is a Trello export that a test can change.
type board map[string]any

// garden is the board that the format's own tests read too.
func garden(t *testing.T) board {
	t.Helper()
	text, err := os.ReadFile("trello/testdata/board.json")
	if err != nil {
		t.Fatal(err)
	}
	var b board
	if err := json.Unmarshal(text, &b); err != nil {
		t.Fatal(err)
	}
	return b
}

// card gives the card of a name.
func (b board) card(name string) map[string]any {
	for _, c := range b["cards"].([]any) {
		if card := c.(map[string]any); card["name"] == name {
			return card
		}
	}
	return nil
}

func (b board) file(t *testing.T) io.Reader {
	t.Helper()
	text, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(text)
}

// run imports a board and waits for the end.
func (h *house) run(c tasks.Caller, b board, change func(*importer.Request)) importer.Import {
	h.Helper()
	r := importer.Request{Source: "trello", File: b.file(h.T)}
	if change != nil {
		change(&r)
	}
	i, err := h.imports.Start(h.Context(), c, h.ws, r)
	if err != nil {
		h.Fatal(err)
	}
	return h.wait(c, i.ID)
}

// done imports a board and insists that it went well.
func (h *house) done(b board) importer.Report {
	h.Helper()
	i := h.run(h.ada, b, nil)
	if i.State != importer.Done || i.Error != nil || i.Report == nil {
		h.Fatalf("the import ended %s: %+v", i.State, i.Error)
	}
	return *i.Report
}

func (h *house) wait(c tasks.Caller, id uuid.UUID) importer.Import {
	h.Helper()
	for {
		i, err := h.imports.Import(h.Context(), c, h.ws, id)
		if err != nil {
			h.Fatal(err)
		}
		if i.State.Over() {
			return i
		}
		time.Sleep(time.Millisecond)
	}
}

// list gives the tasks that a filter finds, by title.
func (h *house) list(f tasks.Filter) map[string]tasks.TaskDoc {
	h.Helper()
	page, err := h.tasks.Tasks(h.Context(), h.ada, h.ws, tasks.ListQuery{Filter: f}, tasks.PageOf{Limit: 200})
	if err != nil {
		h.Fatal(err)
	}
	all := map[string]tasks.TaskDoc{}
	for _, item := range page.Items {
		var t tasks.TaskDoc
		if err := json.Unmarshal(item, &t); err != nil {
			h.Fatal(err)
		}
		all[t.Title] = t
	}
	return all
}

func (h *house) all() map[string]tasks.TaskDoc { h.Helper(); return h.list(tasks.Filter{}) }

func (h *house) project(id *uuid.UUID) tasks.Project {
	h.Helper()
	if id == nil {
		h.Fatal("no project")
	}
	doc, _, err := h.tasks.Project(h.Context(), h.ada, h.ws, *id)
	if err != nil {
		h.Fatal(err)
	}
	var p tasks.Project
	if err := json.Unmarshal(doc.JSON, &p); err != nil {
		h.Fatal(err)
	}
	return p
}

func (h *house) comments(task uuid.UUID) []tasks.Comment {
	h.Helper()
	page, err := h.tasks.Comments(h.Context(), h.ada, h.ws, task.String(), tasks.PageOf{})
	if err != nil {
		h.Fatal(err)
	}
	var all []tasks.Comment
	for _, item := range page.Items {
		var c tasks.Comment
		if err := json.Unmarshal(item, &c); err != nil {
			h.Fatal(err)
		}
		all = append(all, c)
	}
	return all
}

// edit changes a task as people do.
func (h *house) edit(t tasks.TaskDoc, p tasks.Patch) {
	h.Helper()
	if _, err := h.tasks.UpdateTask(h.Context(), h.ada, h.ws, t.ID.String(), p, tasks.Condition{}); err != nil {
		h.Fatal(err)
	}
}

func (h *house) seq() int64 {
	h.Helper()
	head, err := h.tasks.Head(h.Context(), h.ws)
	if err != nil {
		h.Fatal(err)
	}
	return head.Seq
}

func equal(t testing.TB, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func refused(t testing.TB, err error, kind fault.Kind, code string) {
	t.Helper()
	if f := fault.New(kind, code, ""); err == nil || !f.Is(f) || fault.KindOf(err) != kind {
		t.Errorf("got %v, want kind %d, code %s", err, kind, code)
	}
}

func notes(r importer.Report) map[string]int {
	counts := map[string]int{}
	for _, n := range r.Notes {
		counts[n.Code] = n.Count
	}
	return counts
}
