package worker_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	_ "modernc.org/sqlite" // to read the file as it is

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/driver/sqldb"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/mail"
	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/users"
	"github.com/rung-app/rung/internal/worker"
)

// town is all of Rung's domains on one database.
type town struct {
	*testing.T
	path  string
	clock atomic.Int64 // Unix milliseconds; caches look at it from goroutines of their own
	deaf  bool         // tasks can't be told of members, once
	auth  *auth.Service
	users *users.Service
	tasks *tasks.Service
	worker.Forgetting
}

func newTown(t *testing.T) *town {
	tn := &town{T: t, path: filepath.Join(t.TempDir(), "rung.db")}
	tn.clock.Store(time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC).UnixMilli())
	db, err := sqldb.Open(t.Context(), tn.path)
	tn.must(err)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, domain := range []string{"auth", "users", "tasks"} {
		tn.must(db.Migrate(t.Context(), domain, "1000.0.0"))
	}
	now := tn.now
	quiet := slog.New(slog.DiscardHandler)
	tn.users = users.New(users.Config{Store: sqldb.NewUsersStore(db), Members: tn, Mailer: tn, PublicURL: "https://rung.test", Now: now, Log: quiet})
	tn.tasks = tasks.New(sqldb.NewTasksStore(db), tn, now, quiet)
	tn.auth, err = auth.New(t.Context(), auth.Options{
		Store: sqldb.NewAuthStore(db), People: tn, Attempts: auth.NewAttempts(now), Mailer: tn, PublicURL: "https://rung.test",
		Signup: auth.SignupOpen, Hashing: auth.Hashing{Memory: 64, Passes: 1, Lanes: 1, AtOnce: 2}, Log: quiet, Now: now,
	})
	tn.must(err)
	tn.Forgetting = worker.Forgetting{Accounts: tn.auth, People: tn.users, Work: tn.tasks, Now: now, Rest: time.Minute}
	return tn
}

func (tn *town) must(err error) {
	tn.Helper()
	if err != nil {
		tn.Fatal(err)
	}
}

func (tn *town) CreatePerson(ctx context.Context, id uuid.UUID, email, name string) (uuid.UUID, error) {
	_, w, err := tn.users.CreatePerson(ctx, users.NewPerson{ID: id, Email: email, Name: name})
	return w.ID, err
}

func (tn *town) Invited(context.Context, string) (string, error) { return "", fault.NotFound() }

func (tn *town) MayLeave(ctx context.Context, id uuid.UUID) error { return tn.users.MayLeave(ctx, id) }

func (tn *town) Send(context.Context, mail.Message) error {
	return errors.New("the mail server is down")
}

func (tn *town) Role(ctx context.Context, ws, user uuid.UUID) (string, error) {
	m, err := tn.users.Member(ctx, ws, user)
	return string(m.Role), err
}

func (tn *town) SetMember(ctx context.Context, c users.MemberChange) error {
	if tn.deaf {
		tn.deaf = false
		return errKilled
	}
	return tn.tasks.SetMember(ctx, c.Workspace, tasks.MemberChange{User: c.User, Name: c.Name, Role: string(c.Role), Removed: c.Role == ""},
		tasks.Actor{Type: tasks.ActorUser, ID: c.By})
}

// citizen is somebody with an account.
type citizen struct {
	auth.Identity
	ctx  context.Context
	c    tasks.Caller
	home uuid.UUID
}

const password = "seven rungs up"

func (tn *town) citizen(name, email, address string) *citizen {
	tn.Helper()
	from := auth.Client{Address: netip.MustParseAddr(address), Agent: "Gecko of " + name}
	r, err := tn.auth.Register(tn.Context(), auth.Registration{Email: email, Password: password, Name: name}, from)
	tn.must(err)
	id, err := tn.auth.Verify(tn.Context(), r.Access)
	tn.must(err)
	return &citizen{
		Identity: id, home: r.Workspace,
		ctx: audit.With(tn.Context(), audit.Origin{By: audit.ByUser, User: id.User, Address: from.Address, Agent: from.Agent}),
		c:   tasks.Caller{User: id.User, Actor: tasks.Actor{Type: tasks.ActorUser, ID: id.User, Name: name}},
	}
}

func (tn *town) join(by *citizen, ws uuid.UUID, who *citizen, role users.Role) {
	tn.Helper()
	_, secret, err := tn.users.Invite(by.ctx, by.User, ws, users.NewInvitation{Role: role})
	tn.must(err)
	_, err = tn.users.AcceptInvitation(who.ctx, secret, who.User)
	tn.must(err)
}

// work has somebody leave her name in everything that a workspace has.
func (tn *town) work(who *citizen, ws uuid.UUID, key string) (task uuid.UUID) {
	tn.Helper()
	p, err := tn.tasks.CreateProject(who.ctx, who.c, ws, tasks.NewProject{Name: "Web", Key: key})
	tn.must(err)
	w, err := tn.tasks.CreateTask(who.ctx, who.c, ws, tasks.NewTask{Project: p.ID, Title: "Climb", Assignees: []uuid.UUID{who.User}})
	tn.must(err)
	_, err = tn.tasks.CreateComment(who.ctx, who.c, ws, tasks.NewComment{Task: w.ID.String(), Body: "Up!"})
	tn.must(err)
	_, err = tn.tasks.CreateView(who.ctx, who.c, ws, tasks.NewView{Name: "Only of " + who.c.Actor.Name})
	tn.must(err)
	by := who.c
	by.Actor = tasks.Actor{Type: tasks.ActorToken, ID: uuid.New(), Name: who.c.Actor.Name, User: who.User}
	_, err = tn.tasks.CreateComment(who.ctx, by, ws, tasks.NewComment{Task: w.ID.String(), Body: "By a token"})
	tn.must(err)
	record := fmt.Sprintf(`{"report":{"people":[{"name":%q,"username":%q,"user":%q,"by":"email","tasks":1},{"name":"Zed","username":"zed","user":null}]}}`,
		who.c.Actor.Name, who.c.Actor.Name, who.User)
	tn.must(tn.tasks.KeepImport(who.ctx, who.c, ws, tasks.ImportRecord{ID: uuid.New(), Doc: []byte(record), Data: []byte(record)}))
	return w.ID
}

// find gives where in the file a text is, whatever its case: table and column.
func (tn *town) find(text string) []string {
	tn.Helper()
	text = strings.ToLower(text)
	return tn.holding(func(v []byte) bool { return bytes.Contains(bytes.ToLower(v), []byte(text)) })
}

// holding gives where in the file values are of which is says yes.
func (tn *town) holding(is func(value []byte) bool) []string {
	tn.Helper()
	db, err := sql.Open("sqlite", "file:"+tn.path+"?mode=ro")
	tn.must(err)
	defer db.Close()
	names, err := db.QueryContext(tn.Context(), `SELECT name FROM sqlite_schema WHERE type = 'table'`)
	tn.must(err)
	defer names.Close()
	var tables, found []string
	for names.Next() {
		var name string
		tn.must(names.Scan(&name))
		tables = append(tables, name)
	}
	tn.must(names.Err())
	if len(tables) < 20 {
		tn.Fatalf("only %d tables are looked through", len(tables))
	}
	for _, table := range tables {
		rows, err := db.QueryContext(tn.Context(), `SELECT * FROM "`+table+`"`)
		tn.must(err)
		defer rows.Close()
		columns, err := rows.Columns()
		tn.must(err)
		for rows.Next() {
			values := make([]sql.RawBytes, len(columns))
			dest := make([]any, len(columns))
			for i := range values {
				dest[i] = &values[i]
			}
			tn.must(rows.Scan(dest...))
			for i, v := range values {
				if is(v) {
					found = append(found, table+"."+columns[i]+": "+string(v))
				}
			}
		}
		tn.must(rows.Err())
	}
	return found
}

// finish does all steps, letting time pass when there is nothing to do yet.
func (tn *town) finish() (steps int) {
	tn.Helper()
	for range 10_000 {
		more, err := tn.Step(tn.Context())
		if err != nil && !errors.Is(err, errKilled) {
			tn.Fatal(err)
		}
		steps++
		if !more && err == nil {
			left, err := tn.auth.Departures(tn.Context(), 1)
			tn.must(err)
			if len(left) == 0 {
				return steps
			}
			tn.passes(2 * time.Minute)
		}
	}
	tn.Fatal("it is never done")
	return 0
}

var errKilled = errors.New("killed")

// forgetful loses each note of how far one has come the first time, as a process does that is killed between a step and
// the note of it.
type forgetful struct {
	worker.Accounts
	lost map[string]bool
}

func (f forgetful) KeepProgress(ctx context.Context, d auth.Departure, done bool) error {
	key := fmt.Sprint(d.Progress, done)
	if !f.lost[key] {
		f.lost[key] = true
		return errKilled
	}
	return f.Accounts.KeepProgress(ctx, d, done)
}

// traces are texts that name her.
func traces() []string {
	return []string{"Grace", "Hopper", "grace.hopper@example.org", "192.0.2.77", "Gecko of Grace"}
}

func TestNothingInTheFileNamesSomebodyWhoLeft(t *testing.T) {
	for name, killed := range map[string]bool{"undisturbed": false, "killed between any two steps": true} {
		t.Run(name, func(t *testing.T) { everythingIsForgotten(t, killed) })
	}
}

func everythingIsForgotten(t *testing.T, killed bool) {
	tn := newTown(t)
	ben, grace := tn.citizen("Ben", "ben@example.org", "192.0.2.10"), tn.citizen("Grace Hopper", "grace.hopper@example.org", "192.0.2.77")
	team, _, err := tn.users.CreateWorkspace(ben.ctx, ben.User, users.NewWorkspace{Name: "Team"})
	tn.must(err)
	former, _, err := tn.users.CreateWorkspace(ben.ctx, ben.User, users.NewWorkspace{Name: "Left before"})
	tn.must(err)
	tn.join(ben, team.ID, grace, users.Admin)
	tn.join(ben, former.ID, grace, users.Ordinary)
	task := tn.work(grace, team.ID, "WEB")
	tn.work(grace, former.ID, "OLD")
	tn.work(grace, grace.home, "OWN")
	bens := tn.work(ben, team.ID, "BEN")
	_, _, err = tn.users.Invite(grace.ctx, grace.User, team.ID, users.NewInvitation{Email: "zoe@example.org", Role: users.Ordinary})
	tn.must(err)
	_, _, err = tn.users.Invite(ben.ctx, ben.User, ben.home, users.NewInvitation{Email: "Grace.Hopper@example.org", Role: users.Ordinary})
	tn.must(err)
	tn.must(tn.users.RemoveMember(ben.ctx, ben.User, former.ID, grace.User))
	_, _, err = tn.auth.CreateToken(grace.ctx, grace.Identity, auth.NewToken{Name: "Grace's", Scopes: auth.Scopes()})
	tn.must(err)
	_, err = tn.auth.Login(tn.Context(), "grace.hopper@example.org", "wrong password", auth.Client{Address: netip.MustParseAddr("192.0.2.77")})
	if err == nil {
		t.Fatal("a wrong password lets in")
	}
	tn.must(tn.auth.ForgotPassword(tn.Context(), "grace.hopper@example.org", auth.Client{}))
	for _, text := range traces() {
		if len(tn.find(text)) == 0 {
			t.Fatalf("%q is nowhere to begin with", text)
		}
	}
	name := "Grace Murray Hopper" // which nobody has been told of yet
	if _, err := tn.users.PatchPerson(grace.ctx, grace.User, users.PersonPatch{Name: &name}, users.Seen{}); err != nil {
		t.Fatal(err)
	}
	if tn.deaf = killed; killed {
		tn.Accounts = forgetful{tn.auth, map[string]bool{}}
	}

	tn.must(tn.auth.Leave(grace.ctx, grace.Identity, "", auth.Client{}))
	steps := tn.finish()
	if killed && steps < 20 {
		t.Errorf("%d steps, too few to have been killed in between", steps)
	}
	for _, text := range traces() {
		for _, where := range tn.find(text) {
			t.Errorf("%q is still in %s", text, where)
		}
	}

	doc, _, err := tn.tasks.Task(ben.ctx, ben.c, team.ID, task.String())
	tn.must(err)
	if !strings.Contains(string(doc.JSON), grace.User.String()) {
		t.Errorf("her task is not assigned to her id any more: %s", doc.JSON)
	}
	if doc, _, err = tn.tasks.Task(ben.ctx, ben.c, team.ID, bens.String()); err != nil || strings.Contains(string(doc.JSON), users.FormerMember) {
		t.Errorf("Ben's task: %s, %v", doc.JSON, err)
	}
	if _, err := tn.users.Member(ben.ctx, team.ID, grace.User); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("she is still a member: %v", err)
	}
	if found := tn.find("zoe@example.org"); len(found) != 1 { // somebody else's address is not hers to take away, closed as it is
		t.Errorf("what she sent to others: %v", found)
	}
	again := tn.citizen("Grace Hopper", "grace.hopper@example.org", "192.0.2.77")
	if again.User == grace.User {
		t.Error("she got her id back")
	}
	if more, err := tn.Step(tn.Context()); more || err != nil {
		t.Errorf("there is more to do: %v", err)
	}
}

// now is the time there.
func (tn *town) now() time.Time { return time.UnixMilli(tn.clock.Load()).UTC() }

// passes lets time pass.
func (tn *town) passes(d time.Duration) { tn.clock.Add(d.Milliseconds()) }
