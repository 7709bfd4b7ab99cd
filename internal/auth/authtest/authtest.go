// Package authtest holds what every engine must show before auth may keep accounts in it.
package authtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit/audittest"
	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/fault"
)

// Run shows that a store does what auth.Store says. Open gives a store over an empty database.
func Run(t *testing.T, open func(t *testing.T) auth.Store) {
	for _, c := range []struct {
		name string
		test func(*testing.T, auth.Store)
	}{
		{"an account comes back as it was kept", keepsAccounts},
		{"what is changed is kept and nothing else", updates},
		{"a change that fails changes nothing", failedUpdate},
		{"what is not there is not found", absent},
		{"an address belongs to one account", uniqueEmail},
		{"of many that want one address one gets it", racedEmail},
		{"of many that want one id one gets it", racedID},
		{"changes of one account follow each other", racedUpdates},
		{"a one-time link is used once", racedLink},
		{"accounts are listed in pages", lists},
		{"a deleted account leaves nothing", deletes},
		{"grants tell what holds now", grants},
		{"the installation is kept", instance},
		{"one claim wins, and its account with it", racedSetup},
		{"of many that make the first key one does", racedKeys},
		{"the audit log is kept", func(t *testing.T, s auth.Store) { audittest.Run(t, s.Audit()) }},
		{"entries come with their change, or not at all", auditedChanges},
		{"others who administer are counted", countsAdmins},
		{"accounts are searched", searches},
		{"mail is lent to one at a time", leases},
		{"of many that ask for mail nobody gets what another has", racedLeases},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, open(t)) })
	}
}

// parallel is how many race.
const parallel = 16

// noon is when everything in here happens.
func noon() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 123_000_000, time.UTC) }

func newID(t testing.TB) uuid.UUID {
	t.Helper()
	id, err := uuid.NewV7()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// account is one with everything that an account can have.
func account(t testing.TB, email string) auth.Account {
	t.Helper()
	id := newID(t)
	return auth.Account{
		ID: id, Email: email, Password: "$argon2id$…", Name: "Ann", Verified: true, Admin: true, CreatedAt: noon(),
		Sessions: []auth.Session{
			{
				ID: newID(t), Salt: []byte{0, 1, 255}, Generation: 1 << 40, Digest: []byte("digest"),
				Rotated: []time.Time{noon(), noon().Add(time.Millisecond)}, CreatedAt: noon(), SeenAt: noon().Add(time.Second),
				ExpiresAt: noon().Add(time.Hour), Address: "2001:db8::1", Agent: "Mozilla/5.0 (ä)",
			},
			{ID: newID(t), Salt: []byte("salt"), Digest: []byte("x"), CreatedAt: noon(), SeenAt: noon(), ExpiresAt: noon().Add(time.Hour)},
		},
		Tokens: []auth.Token{
			{
				ID: newID(t), Name: "backup", Digest: []byte("d1"), Scopes: []string{"read", "import"},
				Workspaces: []uuid.UUID{newID(t), newID(t)}, CreatedAt: noon(), ExpiresAt: noon().Add(time.Hour), UsedAt: noon(),
			},
			{ID: newID(t), Name: "for ever", Digest: []byte("d2"), Scopes: []string{"write"}, Workspaces: []uuid.UUID{}, CreatedAt: noon()},
		},
		Links: []auth.Link{
			{ID: newID(t), Kind: auth.LinkReset, Digest: []byte("l1"), Email: email, ExpiresAt: noon().Add(time.Hour)},
			{ID: newID(t), Kind: auth.LinkVerify, Digest: []byte("l2"), Email: "old@example.org", ExpiresAt: noon().Add(time.Hour)},
		},
		Mails: []auth.Mail{
			{ID: newID(t), Account: id, To: email, Subject: "Hello", Text: "Hello\nAnn", DueAt: noon(), ExpiresAt: noon().Add(time.Hour)},
		},
	}
}

// plain is an account with nothing on it.
func plain(t testing.TB, email string) auth.Account {
	t.Helper()
	return auth.Account{ID: newID(t), Email: email, Password: "x", CreatedAt: noon()}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func create(t testing.TB, s auth.Store, a auth.Account) auth.Account {
	t.Helper()
	must(t, s.Create(context.Background(), a, nil))
	return a
}

// same compares an account with what the store has; lists that are empty and lists that are nil are the same.
func same(t testing.TB, s auth.Store, want auth.Account) {
	t.Helper()
	got, err := s.Account(context.Background(), want.ID)
	must(t, err)
	if diff := cmp.Diff(want, got, emptyIsNil()); diff != "" {
		t.Errorf("the account is not as it was kept (-want +got):\n%s", diff)
	}
}

func emptyIsNil() cmp.Option {
	return cmp.FilterValues(func(x, y []uuid.UUID) bool { return len(x) == 0 && len(y) == 0 }, cmp.Ignore())
}

// race runs f many times at once and gives how many of them had no error; another error than the allowed fails.
func race(t testing.TB, allowed error, f func(i int) error) int {
	t.Helper()
	var won atomic.Int64
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range parallel {
		all.Go(func() {
			<-start
			switch err := f(i); {
			case err == nil:
				won.Add(1)
			case allowed == nil || !errors.Is(err, allowed):
				t.Errorf("racer %d: %v", i, err)
			}
		})
	}
	close(start)
	all.Wait()
	return int(won.Load())
}

func notFound(t testing.TB, what string, err error) {
	t.Helper()
	if fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("%s: %v, want not found", what, err)
	}
}

func sameBytes(t testing.TB, what string, got, want []byte) {
	t.Helper()
	if !bytes.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func address(i int) string { return fmt.Sprintf("user%03d@example.org", i) }
