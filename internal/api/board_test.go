package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
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

// board is an API of the tasks routes alone, over a real store, with one workspace called acme. A bearer token is a
// name; "name scope scope" is a personal access token.
type board struct {
	*testing.T
	srv   *httptest.Server
	api   *API
	tasks *tasks.Service
	ws    uuid.UUID

	mu      sync.Mutex
	people  map[string]uuid.UUID
	roles   map[uuid.UUID]string
	revoked map[uuid.UUID]bool
	now     time.Time // if it is not the real one
	entered func()    // called when somebody was let in, before her request is answered
}

func newBoard(t *testing.T) *board {
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
	b := &board{
		T: t, ws: uuid.Must(uuid.NewV7()), people: map[string]uuid.UUID{}, roles: map[uuid.UUID]string{}, revoked: map[uuid.UUID]bool{},
	}
	b.tasks = tasks.New(sqldb.NewTasksStore(db), b, b.clock, textLog(t.Output()))
	b.api, err = New(Options{
		Services: Services{Tasks: b.tasks}, Verifier: b, Directory: b, People: b, Now: b.clock, PageBytes: 1 << 20,
		Log: textLog(t.Output()),
	})
	if err != nil {
		t.Fatal(err)
	}
	b.srv = serveAPI(t, b.api)
	for name, role := range map[string]string{"ann": "owner", "bob": "member", "gus": "guest", "eve": ""} {
		id := uuid.Must(uuid.NewV7())
		b.people[name] = id
		if role == "" {
			continue
		}
		b.roles[id] = role
		m := tasks.MemberChange{User: id, Name: name, Role: role}
		if err := b.tasks.SetMember(t.Context(), b.ws, m, tasks.Actor{Type: tasks.ActorUser, ID: id, Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func (b *board) clock() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.now.IsZero() {
		return time.Now()
	}
	return b.now
}

// at sets the clock.
func (b *board) at(now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = now
}

func (b *board) Verify(_ context.Context, bearer string) (Identity, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	name, scopes, personal := strings.Cut(bearer, " ")
	user, ok := b.people[name]
	if !ok || b.revoked[user] {
		return Identity{}, fault.Unauthenticated("invalid-token", "This token is not valid any more.")
	}
	if personal {
		return Identity{User: user, Token: uuid.New(), Scopes: strings.Fields(scopes)}, nil
	}
	return Identity{User: user, Session: uuid.New()}, nil
}

func (b *board) StillValid(_ context.Context, id Identity) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.revoked[id.User] {
		return fault.Unauthenticated("invalid-token", "This token is not valid any more.")
	}
	return nil
}

func (b *board) ResolveWorkspace(_ context.Context, s string) (uuid.UUID, error) {
	if s == "acme" || s == b.ws.String() {
		return b.ws, nil
	}
	return uuid.Nil, fault.NotFound()
}

func (b *board) Role(_ context.Context, ws, user uuid.UUID) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if role := b.roles[user]; role != "" && ws == b.ws {
		return role, nil
	}
	return "", fault.NotFound()
}

func (b *board) Belongs(ctx context.Context, ws, user uuid.UUID) error {
	_, err := b.Enter(ctx, ws, user)
	return err
}

func (b *board) Enter(ctx context.Context, ws, user uuid.UUID) (Presence, error) {
	a, h, err := b.tasks.Access(ctx, ws, user)
	if err != nil {
		return Presence{}, err
	}
	if b.entered != nil {
		b.entered()
	}
	return Presence{Role: a.Role, Epoch: h.Epoch, Seq: h.Seq, Audience: a.Audience()}, nil
}

func (b *board) Person(_ context.Context, user uuid.UUID) (string, *time.Location, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for name, id := range b.people {
		if id == user {
			return name, time.UTC, nil
		}
	}
	return "", nil, fault.NotFound()
}

// reply is a decoded answer.
type reply struct {
	answer
	members map[string]any
}

// at gives a member by its path: "due.date", "items.0.title".
func (d reply) at(path string) any {
	var v any = d.members
	for name := range strings.SplitSeq(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			v = in[name]
		case []any:
			i := int(name[0] - '0')
			if i >= len(in) {
				return nil
			}
			v = in[i]
		default:
			return nil
		}
	}
	return v
}

func (d reply) text(path string) string { return fmt.Sprint(d.at(path)) }

// titles joins a member of all items.
func (d reply) all(list, member string) string {
	var out []string
	items, _ := d.at(list).([]any)
	for _, it := range items {
		out = append(out, fmt.Sprint(it.(map[string]any)[member]))
	}
	return strings.Join(out, " ")
}

// do sends a request below the workspace and expects a status.
func (b *board) do(who, method, path, body string, status int, headers ...string) reply {
	b.Helper()
	if who != "" {
		headers = append(headers, "Authorization", "Bearer "+who)
	}
	got := ask(b.T, b.srv, method, Prefix+"/workspaces/acme"+path, body, headers...)
	if got.status != status {
		b.Fatalf("%s: %s %s: %d %s", who, method, path, got.status, got.body)
	}
	d := reply{answer: got}
	if got.body != "" {
		if err := json.Unmarshal([]byte(got.body), &d.members); err != nil {
			b.Fatalf("%s: %v", got.body, err)
		}
	}
	if seq := got.header.Get("Rung-Seq"); status < 400 && seq == "" {
		b.Errorf("%s %s: no Rung-Seq", method, path)
	}
	return d
}

// project makes a project and gives its path and its id.
func (b *board) project(body string) (path, id string) {
	b.Helper()
	id = b.do("ann", "POST", "/projects", body, 201).text("id")
	return "/projects/" + id, id
}

// task makes a task and gives its path and its id.
func (b *board) task(project, title string) (path, id string) {
	b.Helper()
	id = b.do("ann", "POST", "/tasks", `{"project":"`+project+`","title":"`+title+`"}`, 201).text("id")
	return "/tasks/" + id, id
}

func expect(t *testing.T, what string, got, want any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}
