// Package userstest holds what every store of the users domain must show, through the service that uses it. A driver's
// test calls Run with a way to open an empty store.
package userstest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/mail"
	"github.com/rung-app/rung/internal/users"
)

// Run runs the whole suite; open gives an empty store each time.
func Run(t *testing.T, open func(t *testing.T) users.Store) {
	for name, test := range map[string]func(*world){
		"people":                        testPeople,
		"people are validated":          testPeopleRefused,
		"what was seen of people":       testSeenPeople,
		"what was seen of workspaces":   testSeenWorkspaces,
		"home is made once":             testHomeOnce,
		"workspaces":                    testWorkspaces,
		"workspaces are validated":      testWorkspacesRefused,
		"slugs":                         testSlugs,
		"slug race":                     testSlugRace,
		"workspace is deleted":          testDeleteWorkspace,
		"workspace quota":               testWorkspaceQuota,
		"workspace quota race":          testWorkspaceQuotaRace,
		"quota of who is made owner":    testOwnerQuota,
		"usage":                         testUsage,
		"workspace pages are stable":    testWorkspacePages,
		"roles":                         testRoles,
		"permissions":                   testPermissions,
		"strangers see nothing":         testStrangers,
		"last owner":                    testLastOwner,
		"last owner race":               testLastOwnerRace,
		"member pages are stable":       testMemberPages,
		"invitation by link":            testLink,
		"invitation by mail":            testMail,
		"invitations are validated":     testInvitationsRefused,
		"invited projects":              testInvitedProjects,
		"invitation idempotency":        testInvitationTwice,
		"invitation race":               testInvitationRace,
		"invitation flood":              testFlood,
		"invitations end with a role":   testInvitationsEndWithRole,
		"member quota":                  testMemberQuota,
		"member quota race":             testMemberQuotaRace,
		"preview":                       testPreview,
		"sweep":                         testSweep,
		"nothing is lost in a crowd":    testContention,
		"an error changes nothing":      testAllOrNone,
		"outbox order":                  testOutboxOrder,
		"outbox leases":                 testOutboxLeases,
		"outbox with many relays":       testOutboxRelays,
		"outbox tries again":            testOutboxRetries,
		"mail is given up":              testMailGivenUp,
		"forgetting":                    testForget,
		"forgetting finds an heir":      testHeir,
		"sole owners":                   testSoleOwner,
		"nobody comes back":             testForgottenStaysOut,
		"overviews":                     testOverviews,
		"a deleted workspace is erased": testErase,
		"who is being told of":          testEraseWaits,
		"what happens is written down":  testAudit,
		"a read follows a write":        testReadAfterWrite,
		"another process's write acts":  testOtherProcess,
		"the only process believes":     testExclusive,
		"a failure may have changed it": testChangedAllTheSame,
	} {
		t.Run(name, func(t *testing.T) { test(newWorld(t, open(t))) })
	}
}

// world is a service on a store, with everything that it tells written down.
type world struct {
	*testing.T
	ctx   context.Context
	store users.Store
	*users.Service
	clock  *clock
	told   *told
	mailed *mailed
}

func newWorld(t *testing.T, store users.Store) *world {
	return (&world{
		T: t, ctx: t.Context(), store: store, clock: &clock{at: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)},
		told: &told{}, mailed: &mailed{},
	}).with(users.Limits{})
}

// with is the same world under other limits, as another process would see it.
func (w *world) with(limits users.Limits) *world {
	return w.as(func(c *users.Config) { c.Limits = limits })
}

// as is the same world as another process would see it, made as change says.
func (w *world) as(change func(*users.Config)) *world {
	next := *w
	c := users.Config{
		Store: twice{w.store}, Members: w.told, Mailer: w.mailed, PublicURL: "https://rung.test/base/", Now: w.clock.now,
		LookEvery: 5 * time.Millisecond,
	}
	change(&c)
	next.Service = users.New(c)
	return &next
}

// twice is a store that runs every change twice and keeps what the second run gives, as one does where another writer was
// first: whatever a change does to anything but its result shows.
type twice struct{ users.Store }

func (s twice) UpdatePerson(ctx context.Context, id uuid.UUID, change func(users.PersonView) (users.PersonChange, error)) error {
	return s.Store.UpdatePerson(ctx, id, func(v users.PersonView) (users.PersonChange, error) {
		_, _ = change(v)
		return change(v)
	})
}

func (s twice) UpdateWorkspace(ctx context.Context, ws uuid.UUID, change func(users.View) (users.Change, error)) error {
	return s.Store.UpdateWorkspace(ctx, ws, func(v users.View) (users.Change, error) {
		_, _ = change(v)
		return change(v)
	})
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// told is a member sink that can fail.
type told struct {
	mu      sync.Mutex
	changes []users.MemberChange
	fail    error
}

func (s *told) SetMember(_ context.Context, c users.MemberChange) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		return s.fail
	}
	s.changes = append(s.changes, c)
	return nil
}

func (s *told) failing(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = err
}

// of gives what was told of a workspace as "number:role" for each change.
func (s *told) of(ws uuid.UUID) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, c := range s.changes {
		if c.Workspace == ws {
			out = append(out, fmt.Sprintf("%d:%s:%s", c.Number, c.Name, c.Role))
		}
	}
	return out
}

// mailed is a mailer that can fail.
type mailed struct {
	mu    sync.Mutex
	mails []mail.Message
	fail  error
}

func (m *mailed) Send(_ context.Context, sent mail.Message) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	m.mails = append(m.mails, sent)
	return nil
}

func (m *mailed) failing(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = err
}

func (m *mailed) all() []mail.Message {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.mails)
}

// person makes a person with a home.
func (w *world) person(name string) users.Person {
	w.Helper()
	p, _, err := w.CreatePerson(w.ctx, users.NewPerson{ID: newID(), Name: name, Email: strings.ToLower(name) + "@example.com"})
	w.ok(err)
	return p
}

// workspace makes a workspace with an owner and one member of each further role.
func (w *world) workspace(name string, owner uuid.UUID) users.Workspace {
	w.Helper()
	ws, _, err := w.CreateWorkspace(w.ctx, owner, users.NewWorkspace{Name: name})
	w.ok(err)
	return ws
}

// join has a new person accept an invitation of the owner.
func (w *world) join(ws, owner uuid.UUID, name string, role users.Role) users.Person {
	w.Helper()
	p := w.person(name)
	invited := role
	if role == users.Owner {
		invited = users.Admin
	}
	_, secret, err := w.Invite(w.ctx, owner, ws, users.NewInvitation{Role: invited, MaxUses: 1})
	w.ok(err)
	_, err = w.AcceptInvitation(w.ctx, secret, p.ID)
	w.ok(err)
	if role == users.Owner {
		_, err = w.SetRole(w.ctx, owner, ws, p.ID, users.Owner)
		w.ok(err)
	}
	return p
}

// relay runs Relay until done says so.
func (w *world) relay(done func() bool) {
	w.Helper()
	ctx, stop := context.WithCancel(w.ctx)
	defer stop()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.Relay(ctx)
	}()
	w.until(done)
	stop()
	<-ended
}

func (w *world) until(done func() bool) {
	w.Helper()
	for range 3000 {
		if done() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	w.Fatal("what was waited for did not happen")
}

func (w *world) ok(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// refused wants a fault of the kind and, if it is named, the code.
func (w *world) refused(err error, kind fault.Kind, code string) {
	w.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != kind || code != "" && f.Code != code {
		w.Fatalf("got %v, want a refusal of kind %d %s", err, kind, code)
	}
}

// invalid wants exactly the named fields to be refused.
func (w *world) invalid(err error, fields ...string) {
	w.Helper()
	w.refused(err, fault.KindInvalid, "")
	f, _ := errors.AsType[*fault.Error](err)
	var got []string
	for _, e := range f.Fields {
		got = append(got, e.Field)
	}
	if fmt.Sprint(got) != fmt.Sprint(fields) {
		w.Fatalf("refused for %v, want %v", got, fields)
	}
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

func ptr[T any](v T) *T { return &v }
