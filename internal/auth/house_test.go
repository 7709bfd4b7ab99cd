package auth_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"path/filepath"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/driver/sqldb"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/mail"
)

// house is a service on a database of its own, with a clock that goes when it is told to.
type house struct {
	*auth.Service
	t      testing.TB
	store  auth.Store
	people *people
	post   *post
	log    *bytes.Buffer
	clock  *clock
}

func open(t testing.TB, change ...func(*auth.Options)) *house {
	t.Helper()
	db, err := sqldb.Open(t.Context(), filepath.Join(t.TempDir(), "rung.db"))
	must(t, err)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	must(t, db.Migrate(t.Context(), "auth", "1000.0.0"))
	h := &house{
		t: t, store: twice{sqldb.NewAuthStore(db)}, post: &post{}, log: &bytes.Buffer{},
		people: &people{made: map[uuid.UUID]string{}, homes: map[uuid.UUID]uuid.UUID{}},
		clock:  &clock{now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)},
	}
	h.Service = h.serve(change...)
	return h
}

// serve opens another service on the same database, as another process would.
func (h *house) serve(change ...func(*auth.Options)) *auth.Service {
	h.t.Helper()
	o := auth.Options{
		Store: h.store, People: h.people, Attempts: auth.NewAttempts(h.clock.read), Mailer: h.post,
		PublicURL: "https://rung.example.org/app/", Signup: auth.SignupOpen,
		Hashing: auth.Hashing{Memory: 64, Passes: 1, Lanes: 1, AtOnce: 4},
		Log:     slog.New(slog.NewTextHandler(h.log, nil)), Now: h.clock.read,
	}
	for _, f := range change {
		f(&o)
	}
	s, err := auth.New(h.t.Context(), o)
	must(h.t, err)
	return s
}

// twice is a store that runs every change twice and keeps what the second run gives, as one does where another writer was
// first: whatever a change does to anything but what it is given shows.
type twice struct{ auth.Store }

func (s twice) Update(ctx context.Context, id uuid.UUID, change func(*auth.Account) error) error {
	if a, err := s.Account(ctx, id); err == nil {
		_ = change(&a)
	}
	return s.Store.Update(ctx, id, change)
}

func (s twice) UpdateInstance(ctx context.Context, change func(*auth.Instance) error) error {
	if i, err := s.Instance(ctx); err == nil {
		_ = change(&i)
	}
	return s.Store.UpdateInstance(ctx, change)
}

func (s twice) Create(ctx context.Context, a auth.Account, claim func(*auth.Instance) error) error {
	if i, err := s.Instance(ctx); err == nil && claim != nil {
		_ = claim(&i)
	}
	return s.Store.Create(ctx, a, claim)
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) read() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// people makes persons in memory.
type people struct {
	mu      sync.Mutex
	made    map[uuid.UUID]string
	homes   map[uuid.UUID]uuid.UUID
	trouble error
}

func (p *people) CreatePerson(_ context.Context, id uuid.UUID, _, name string) (uuid.UUID, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.trouble != nil {
		return uuid.Nil, p.trouble
	}
	if _, there := p.made[id]; !there {
		p.made[id], p.homes[id] = name, uuid.New()
	}
	return p.homes[id], nil
}

func (p *people) MayLeave(_ context.Context, _ uuid.UUID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.trouble
}

func (p *people) Invited(_ context.Context, invitation string) (string, error) {
	switch invitation {
	case "for-ann":
		return "Ann@Example.org", nil
	case "for-anybody":
		return "", nil
	}
	return "", fault.NotFound()
}

// post keeps what is mailed, or refuses it.
type post struct {
	mu      sync.Mutex
	sent    []mail.Message
	trouble error
}

func (p *post) Send(_ context.Context, m mail.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.trouble == nil {
		p.sent = append(p.sent, m)
	}
	return p.trouble
}

// deliver has waiting mail sent and gives what was.
func (h *house) deliver() []mail.Message {
	h.t.Helper()
	for more := true; more; {
		var err error
		more, err = h.DeliverMail(h.t.Context())
		must(h.t, err)
	}
	sent := h.post.sent
	h.post.sent = nil
	return sent
}

var linkShape = regexp.MustCompile(`https://rung\.example\.org/app/([a-z-]+)#(rung_link_[A-Za-z0-9_-]+)`)

// link gives the secret of the link in the one mail that waits, which must lead to the page.
func (h *house) link(page string) string {
	h.t.Helper()
	sent := h.deliver()
	if len(sent) != 1 {
		h.t.Fatalf("%d mails, want 1: %v", len(sent), sent)
	}
	m := linkShape.FindStringSubmatch(sent[0].Text)
	if m == nil || m[1] != page {
		h.t.Fatalf("no link to %s in %q", page, sent[0].Text)
	}
	return m[2]
}

const goodPassword = "correct horse battery"

func here() auth.Client {
	return auth.Client{Address: netip.MustParseAddr("192.0.2.1"), Agent: "test"}
}

func elsewhere() auth.Client {
	return auth.Client{Address: netip.MustParseAddr("198.51.100.7"), Agent: "elsewhere"}
}

// register registers somebody and lets the mail about it be read by nobody.
func (h *house) register(email string) auth.Registered {
	h.t.Helper()
	r, err := h.Register(h.t.Context(), auth.Registration{Email: email, Password: goodPassword, Name: "Ann"}, here())
	must(h.t, err)
	h.deliver()
	return r
}

func (h *house) login(email string) auth.SignedIn {
	h.t.Helper()
	in, err := h.Login(h.t.Context(), email, goodPassword, here())
	must(h.t, err)
	return in
}

// identity gives who an access token speaks for.
func (h *house) identity(in auth.SignedIn) auth.Identity {
	h.t.Helper()
	id, err := h.Verify(h.t.Context(), in.Access)
	must(h.t, err)
	return id
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused checks that an error is a fault with the code.
func refused(t testing.TB, what string, err error, code string) {
	t.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Code != code {
		t.Errorf("%s: %v, want %s", what, err, code)
	}
}

// invalid checks that an error is about a field.
func invalid(t testing.TB, what string, err error, field string) {
	t.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != fault.KindInvalid || len(f.Fields) != 1 || f.Fields[0].Field != field {
		t.Errorf("%s: %v, want %s to be invalid", what, err, field)
	}
}
