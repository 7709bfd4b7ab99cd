package api

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/driver/sqldb"
	"github.com/rung-app/rung/internal/mail"
	"github.com/rung-app/rung/internal/users"
)

// gate is an API of the auth and users routes over a real store, at https://rung.test/app, with a web app on another
// site as well.
type gate struct {
	*testing.T
	*village // for what is asked of people
	auth     *auth.Service
	api      *API
	srv      *httptest.Server

	inviter []string // the header of whoever invites, and
	into    string   // where

	mu    sync.Mutex
	mails []mail.Message
}

const (
	gateOrigin  = "https://rung.test"
	otherOrigin = "https://app.other.test"
	evilOrigin  = "https://evil.test"

	annsPassword = "seven rungs up"
)

func newGate(t *testing.T, signup auth.Signup) *gate { return gateAt(t, signup, gateOrigin, "/app") }

// gateAt is a gate that people reach at another address.
func gateAt(t *testing.T, signup auth.Signup, origin, base string) *gate {
	db, err := sqldb.Open(t.Context(), filepath.Join(t.TempDir(), "rung.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, domain := range []string{"auth", "users"} {
		if err := db.Migrate(t.Context(), domain, "1000.0.0"); err != nil {
			t.Fatal(err)
		}
	}
	g := &gate{T: t, village: &village{T: t, house: &house{}, users: users.New(users.Config{Store: sqldb.NewUsersStore(db)})}}
	g.auth, err = auth.New(t.Context(), auth.Options{
		Store: sqldb.NewAuthStore(db), People: g, Attempts: auth.NewAttempts(time.Now), Mailer: g, PublicURL: origin + base,
		Signup: signup, Hashing: auth.Hashing{Memory: 64, Passes: 1, Lanes: 1, AtOnce: 2}, Log: slog.New(slog.DiscardHandler), Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	a, err := New(Options{
		Audit:    []audit.Log{sqldb.NewAuditLog(db, "auth"), sqldb.NewAuditLog(db, "users")},
		Checks:   []Check{{Name: "database", Ask: db.Ping}},
		Services: Services{Auth: g.auth, Users: g.users}, PublicURL: origin + base, BasePath: base, Origins: []string{otherOrigin},
		Verifier: g.auth, Directory: g.village, People: g.village, Now: time.Now, Log: textLog(t.Output()),
	})
	if err != nil {
		t.Fatal(err)
	}
	g.api, g.srv = a, serveAPI(t, a)
	return g
}

func (g *gate) CreatePerson(ctx context.Context, id uuid.UUID, email, name string) (uuid.UUID, error) {
	_, w, err := g.users.CreatePerson(ctx, users.NewPerson{ID: id, Email: email, Name: name})
	return w.ID, err
}

func (g *gate) MayLeave(ctx context.Context, id uuid.UUID) error { return g.users.MayLeave(ctx, id) }

func (g *gate) Invited(ctx context.Context, secret string) (string, error) {
	p, err := g.users.PreviewInvitation(ctx, secret)
	return p.Email, err
}

func (g *gate) Send(_ context.Context, m mail.Message) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.mails = append(g.mails, m)
	return nil
}

// link gives the secret of the last link to a page that was mailed.
func (g *gate) link(page string) string {
	g.Helper()
	if _, err := g.auth.DeliverMail(g.Context()); err != nil {
		g.Fatal(err)
	}
	shape := regexp.MustCompile(`https://rung\.test/app/` + page + `#(\S+)`)
	for _, m := range slices.Backward(g.mails) {
		if found := shape.FindStringSubmatch(m.Text); found != nil {
			return found[1]
		}
	}
	g.Fatalf("no link in %v", g.mails)
	return ""
}

// gateAnswer is an answer with its body read.
type gateAnswer struct {
	answer
	t   *testing.T
	doc map[string]any
}

// send sends JSON; the status must be the one that is wanted and, of a refusal, the code.
func (g *gate) send(method, path, body string, status int, code string, headers ...string) gateAnswer {
	g.Helper()
	got := gateAnswer{answer: ask(g.T, g.srv, method, Prefix+path, body, headers...), t: g.T}
	if got.status != status || code != "" && got.problem(g.T).Code != code {
		g.Fatalf("%s %s: %d %s, want %d %s", method, path, got.status, got.body, status, code)
	}
	if got.body != "" {
		if err := json.Unmarshal([]byte(got.body), &got.doc); err != nil {
			g.Fatalf("%s: %v", got.body, err)
		}
	}
	return got
}

func (g *gate) post(path, body string, status int, code string, headers ...string) gateAnswer {
	g.Helper()
	return g.send(http.MethodPost, path, body, status, code, headers...)
}

// cookie gives the refresh cookie that an answer sets.
func (r gateAnswer) cookie() *http.Cookie {
	r.t.Helper()
	all := (&http.Response{Header: r.header}).Cookies()
	if len(all) != 1 || !strings.HasSuffix(all[0].Name, "rung_refresh") {
		r.t.Fatalf("cookies: %v", r.header["Set-Cookie"])
	}
	return all[0]
}

func (r gateAnswer) text(name string) string {
	r.t.Helper()
	s, ok := r.doc[name].(string)
	if !ok {
		r.t.Fatalf("no text %s in %s", name, r.body)
	}
	return s
}

// bearer is the header for the access token that an answer gave.
func (r gateAnswer) bearer() []string {
	return []string{"Authorization", "Bearer " + r.text("access_token")}
}

// back is the header with the cookie that an answer set.
func (r gateAnswer) back() []string {
	return []string{"Cookie", r.cookie().Name + "=" + r.cookie().Value}
}

const ann = `{"email":"ann@example.org","password":"` + annsPassword + `"}`

func (g *gate) register() gateAnswer {
	g.Helper()
	return g.post("/auth/register", `{"email":"Ann@example.org","password":"`+annsPassword+`","name":"Ann"}`, 201, "")
}
