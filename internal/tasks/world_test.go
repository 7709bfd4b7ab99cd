package tasks_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/driver/sqldb"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// world is a service on a real store, with people in one workspace.
type world struct {
	*testing.T
	*tasks.Service
	store tasks.Store
	ws    uuid.UUID
	now   time.Time
	ada   tasks.Caller // the owner

	mu    sync.Mutex
	roles map[uuid.UUID]string
}

func newWorld(t *testing.T) *world {
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
	w := &world{
		T: t, store: twice{sqldb.NewTasksStore(db)}, ws: uuid.Must(uuid.NewV7()), roles: map[uuid.UUID]string{},
		now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC),
	}
	w.Service = tasks.New(w.store, w, func() time.Time {
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.now
	}, slog.New(slog.DiscardHandler))
	w.ada = w.person("Ada", tasks.RoleOwner)
	return w
}

// twice is a store that runs every change twice and keeps what the second run gives, as one does where another writer was
// first: whatever a change does to anything but its result shows.
type twice struct{ tasks.Store }

func (s twice) Update(ctx context.Context, ws uuid.UUID, change func(tasks.View) ([]tasks.Change, error)) (tasks.Entry, error) {
	return s.Store.Update(ctx, ws, func(v tasks.View) ([]tasks.Change, error) {
		if _, err := change(v); err != nil && !expected(err) {
			return nil, err
		}
		return change(v)
	})
}

// Role implements tasks.Directory.
func (w *world) Role(_ context.Context, _, user uuid.UUID) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if role := w.roles[user]; role != "" {
		return role, nil
	}
	return "", fault.NotFound()
}

// later lets time pass.
func (w *world) later(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// person is a new member of the workspace.
func (w *world) person(name, role string, grants ...tasks.Grant) tasks.Caller {
	w.Helper()
	id := uuid.Must(uuid.NewV7())
	c := tasks.Caller{User: id, Actor: tasks.Actor{Type: tasks.ActorUser, ID: id, Name: name}, RequestID: "req"}
	w.become(c, role, grants...)
	return c
}

// become gives a member another role, or with "" removes her.
func (w *world) become(c tasks.Caller, role string, grants ...tasks.Grant) {
	w.Helper()
	w.mu.Lock()
	w.roles[c.User] = role
	w.mu.Unlock()
	w.ok(w.SetMember(w.Context(), w.ws, tasks.MemberChange{
		User: c.User, Name: c.Actor.Name, Role: role, Grants: grants, Removed: role == "",
	}, c.Actor))
}

func (w *world) ok(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// refused expects a fault of a kind; hint is its code or a field that it names.
func (w *world) refused(err error, kind fault.Kind, hint string) {
	w.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != kind {
		w.Errorf("got %v, want a refusal of kind %d", err, kind)
		return
	}
	found := f.Code == hint || hint == ""
	for _, field := range f.Fields {
		found = found || field.Field == hint
	}
	if !found {
		w.Errorf("got %q (%s), want that it says %q", err, f.Code, hint)
	}
}

// missing expects the one answer for what is not there or may not be seen.
func (w *world) missing(err error) {
	w.Helper()
	if !errors.Is(err, fault.NotFound()) {
		w.Errorf("got %v, want not found", err)
	}
}

func decode[T any](t testing.TB, doc []byte) (v T) {
	t.Helper()
	if err := json.Unmarshal(doc, &v); err != nil {
		t.Fatalf("%v in %s", err, doc)
	}
	return v
}

// project makes a project as Ada.
func (w *world) project(n tasks.NewProject) tasks.Project {
	w.Helper()
	got, err := w.CreateProject(w.Context(), w.ada, w.ws, n)
	w.ok(err)
	return decode[tasks.Project](w, got.JSON)
}

// create makes a task as Ada.
func (w *world) create(n tasks.NewTask) tasks.TaskDoc {
	w.Helper()
	got, err := w.CreateTask(w.Context(), w.ada, w.ws, n)
	w.ok(err)
	return decode[tasks.TaskDoc](w, got.JSON)
}

// titled makes a task that has just a title.
func (w *world) titled(p tasks.Project, title string) tasks.TaskDoc {
	w.Helper()
	return w.create(tasks.NewTask{Project: p.ID, Title: title})
}

// child makes a sub-task.
func (w *world) child(parent tasks.TaskDoc, title string) tasks.TaskDoc {
	w.Helper()
	return w.create(tasks.NewTask{Project: parent.Project, Title: title, Parent: parent.ID.String()})
}

// get gives a task as Ada sees it.
func (w *world) get(ref string) tasks.TaskDoc {
	w.Helper()
	got, _, err := w.Task(w.Context(), w.ada, w.ws, ref)
	w.ok(err)
	return decode[tasks.TaskDoc](w, got.JSON)
}

// again gives a task as it is now.
func (w *world) again(t tasks.TaskDoc) tasks.TaskDoc {
	w.Helper()
	return w.get(t.ID.String())
}

// patch changes a task as Ada.
func (w *world) patch(t tasks.TaskDoc, p tasks.Patch) tasks.TaskDoc {
	w.Helper()
	got, err := w.UpdateTask(w.Context(), w.ada, w.ws, t.ID.String(), p, tasks.Condition{})
	w.ok(err)
	return decode[tasks.TaskDoc](w, got.JSON)
}

func (w *world) trash(t tasks.TaskDoc) {
	w.Helper()
	_, err := w.DeleteTask(w.Context(), w.ada, w.ws, t.ID.String(), tasks.Condition{})
	w.ok(err)
}

// list gives the titles of what a filter finds, as c sees it.
func (w *world) list(c tasks.Caller, q tasks.ListQuery) (titles []string) {
	w.Helper()
	for _, t := range w.all(c, q) {
		titles = append(titles, t.Title)
	}
	return titles
}

// all gives all that a filter finds, page by page.
func (w *world) all(c tasks.Caller, q tasks.ListQuery) (out []tasks.TaskDoc) {
	w.Helper()
	of := tasks.PageOf{Limit: 7}
	for {
		page, err := w.Tasks(w.Context(), c, w.ws, q, of)
		w.ok(err)
		for _, item := range page.Items {
			out = append(out, decode[tasks.TaskDoc](w, item))
		}
		if page.Next == "" {
			return out
		}
		of.Cursor = page.Next
	}
}

func eq(field string, value any) tasks.Filter {
	return tasks.Filter{Field: field, Op: "eq", Value: value}
}

// in is the filter for one project's tasks.
func in(p tasks.Project) tasks.ListQuery {
	return tasks.ListQuery{Filter: eq("project", p.ID.String())}
}

// status gives a project's status by its name.
func status(p tasks.Project, name string) uuid.UUID {
	for _, s := range p.Statuses {
		if s.Name == name {
			return s.ID
		}
	}
	return uuid.Nil
}

func same(t testing.TB, what string, got, want any) {
	t.Helper()
	g, x := plain(t, got), plain(t, want)
	if g != x {
		t.Errorf("%s: got %s, want %s", what, g, x)
	}
}

// plain is a value's JSON with sorted members.
func plain(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	b, err = json.Marshal(decode[any](t, b))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func words(titles []string) string { return strings.Join(titles, " ") }
