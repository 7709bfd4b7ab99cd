package authtest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/fault"
)

func keepsAccounts(t *testing.T, s auth.Store) {
	a := create(t, s, account(t, "ann@example.org"))
	create(t, s, account(t, "bob@example.org"))
	same(t, s, a)
	byEmail, err := s.AccountByEmail(context.Background(), a.Email)
	must(t, err)
	if byEmail.ID != a.ID || len(byEmail.Sessions) != 2 {
		t.Errorf("by its address: %+v", byEmail)
	}
}

func updates(t *testing.T, s auth.Store) {
	a, b := create(t, s, account(t, "ann@example.org")), create(t, s, account(t, "bob@example.org"))
	change := func(a *auth.Account) error {
		a.Email, a.Password, a.Name, a.Verified, a.Disabled, a.Admin = "new@example.org", "new", "", false, true, false
		a.Sessions = a.Sessions[1:]
		a.Sessions[0].Generation++
		a.Sessions[0].Rotated = []time.Time{noon()}
		a.Tokens[0].UsedAt = noon().Add(time.Hour)
		a.Tokens = a.Tokens[:1]
		a.Links = nil
		a.Mails[0].Attempts = 3
		a.Mails[0].DueAt = noon().Add(time.Minute)
		return nil
	}
	must(t, s.Update(context.Background(), a.ID, change))
	must(t, change(&a))
	same(t, s, a)
	same(t, s, b)

	more := auth.Session{ID: newID(t), Salt: []byte("s"), Digest: []byte("d"), CreatedAt: noon(), SeenAt: noon(), ExpiresAt: noon()}
	must(t, s.Update(context.Background(), a.ID, func(a *auth.Account) error {
		a.Sessions = append(a.Sessions, more)
		return nil
	}))
	a.Sessions = append(a.Sessions, more)
	same(t, s, a)
}

func failedUpdate(t *testing.T, s auth.Store) {
	a := create(t, s, account(t, "ann@example.org"))
	no := errors.New("no")
	err := s.Update(context.Background(), a.ID, func(a *auth.Account) error {
		a.Password, a.Sessions, a.Tokens[0].Name = "other", nil, "other"
		return no
	})
	if !errors.Is(err, no) {
		t.Errorf("got %v, want the change's own error", err)
	}
	same(t, s, a)
}

func absent(t *testing.T, s auth.Store) {
	ctx, nobody := context.Background(), newID(t)
	_, err := s.Account(ctx, nobody)
	notFound(t, "an account", err)
	_, err = s.AccountByEmail(ctx, "nobody@example.org")
	notFound(t, "an address", err)
	notFound(t, "a change", s.Update(ctx, nobody, func(*auth.Account) error { return errors.New("the change must not run") }))
	must(t, s.KeepDeparture(ctx, auth.Departure{ID: nobody}))
}

func uniqueEmail(t *testing.T, s auth.Store) {
	a, b := create(t, s, plain(t, "ann@example.org")), create(t, s, plain(t, "bob@example.org"))
	ctx := context.Background()
	if err := s.Create(ctx, plain(t, a.Email), nil); !errors.Is(err, auth.ErrEmailTaken) {
		t.Errorf("a second account with the address: %v", err)
	}
	again := plain(t, "other@example.org")
	again.ID = a.ID
	if err := s.Create(ctx, again, nil); !errors.Is(err, auth.ErrIDTaken) {
		t.Errorf("a second account with the id: %v", err)
	}
	err := s.Update(ctx, b.ID, func(b *auth.Account) error {
		b.Email, b.Password = a.Email, "changed"
		return nil
	})
	if !errors.Is(err, auth.ErrEmailTaken) {
		t.Errorf("taking another's address: %v", err)
	}
	same(t, s, a)
	same(t, s, b)
}

func racedEmail(t *testing.T, s auth.Store) {
	accounts := make([]auth.Account, parallel)
	for i := range accounts {
		accounts[i] = account(t, "ann@example.org")
	}
	if n := race(t, auth.ErrEmailTaken, func(i int) error { return s.Create(context.Background(), accounts[i], nil) }); n != 1 {
		t.Errorf("%d got the address", n)
	}
	a, err := s.AccountByEmail(context.Background(), "ann@example.org")
	must(t, err)
	for i := range accounts {
		if accounts[i].ID == a.ID {
			same(t, s, accounts[i])
		}
	}
}

func racedID(t *testing.T, s auth.Store) {
	id := newID(t)
	n := race(t, auth.ErrIDTaken, func(i int) error {
		a := plain(t, address(i))
		a.ID = id
		return s.Create(context.Background(), a, nil)
	})
	if n != 1 {
		t.Errorf("%d got the id", n)
	}
}

// racedUpdates is what the rotation of refresh tokens stands on: the one after another, none lost.
func racedUpdates(t *testing.T, s auth.Store) {
	a := create(t, s, account(t, "ann@example.org"))
	before := a.Sessions[0].Generation
	race(t, nil, func(int) error {
		return s.Update(context.Background(), a.ID, func(a *auth.Account) error {
			a.Sessions[0].Generation++
			return nil
		})
	})
	got, err := s.Account(context.Background(), a.ID)
	must(t, err)
	if n := got.Sessions[0].Generation - before; n != parallel {
		t.Errorf("%d of %d changes were kept", n, parallel)
	}
}

func racedLink(t *testing.T, s auth.Store) {
	a := create(t, s, account(t, "ann@example.org"))
	gone := fault.NotFound()
	n := race(t, gone, func(int) error {
		return s.Update(context.Background(), a.ID, func(a *auth.Account) error {
			for i, l := range a.Links {
				if l.Kind == auth.LinkReset {
					a.Links = append(a.Links[:i:i], a.Links[i+1:]...)
					return nil
				}
			}
			return gone
		})
	})
	if n != 1 {
		t.Errorf("the link was used %d times", n)
	}
}

func lists(t *testing.T, s auth.Store) {
	var want []uuid.UUID
	for i := range 7 {
		want = append(want, create(t, s, plain(t, address(i))).ID)
	}
	var got []uuid.UUID
	after := uuid.Nil
	for {
		page, err := s.List(context.Background(), after, 3)
		must(t, err)
		if len(page) == 0 {
			break
		}
		if len(page) > 3 {
			t.Fatalf("%d on a page of 3", len(page))
		}
		for _, a := range page {
			got = append(got, a.ID)
		}
		after = page[len(page)-1].ID
	}
	if len(got) != len(want) {
		t.Fatalf("%d accounts, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("at %d: %v, want %v", i, got[i], want[i])
		}
	}
}

func deletes(t *testing.T, s auth.Store) {
	a, b := create(t, s, account(t, "ann@example.org")), create(t, s, account(t, "bob@example.org"))
	ctx := context.Background()
	no := errors.New("no")
	e := audit.New(ctx, noon(), audit.AccountDeleted, a.ID)
	if err := s.Depart(ctx, a.ID, noon(), e, func(*auth.Account, func() (int, error)) error { return no }); !errors.Is(err, no) {
		t.Errorf("got %v, want the refusal", err)
	}
	same(t, s, a)
	must(t, s.Depart(ctx, a.ID, noon(), e, func(got *auth.Account, others func() (int, error)) error {
		if n, err := others(); err != nil || n != 1 || got.Email != a.Email {
			t.Errorf("%d others, %v, of %s", n, err, got.Email)
		}
		return nil
	}))
	notFound(t, "departing again", s.Depart(ctx, a.ID, noon(), e, func(*auth.Account, func() (int, error)) error { return nil }))
	_, err := s.Account(ctx, a.ID)
	notFound(t, "the account", err)
	_, err = s.SessionGrant(ctx, a.ID, a.Sessions[0].ID)
	notFound(t, "its session", err)
	_, err = s.TokenGrant(ctx, a.ID, a.Tokens[0].ID)
	notFound(t, "its token", err)
	mails, err := s.LeaseMail(ctx, noon(), noon().Add(time.Minute), 10)
	must(t, err)
	if len(mails) != 1 || mails[0].Account != b.ID {
		t.Errorf("mails left: %v", mails)
	}
	if err := s.Create(ctx, a, nil); !errors.Is(err, auth.ErrIDTaken) {
		t.Errorf("somebody else with its id: %v", err)
	}
	create(t, s, plain(t, a.Email)) // its address is free
	left, err := s.Departures(ctx, 10)
	must(t, err)
	if len(left) != 1 || left[0].ID != a.ID || !left[0].At.Equal(noon()) || left[0].Progress != "" {
		t.Fatalf("departures: %+v", left)
	}
	left[0].Progress = "half"
	must(t, s.KeepDeparture(ctx, left[0]))
	if again, err := s.Departures(ctx, 10); err != nil || len(again) != 1 || again[0] != left[0] {
		t.Errorf("half done: %+v, %v", again, err)
	}
	left[0].DoneAt = noon()
	must(t, s.KeepDeparture(ctx, left[0]))
	if again, err := s.Departures(ctx, 10); err != nil || len(again) != 0 {
		t.Errorf("done: %+v, %v", again, err)
	}
	if err := s.Create(ctx, auth.Account{ID: a.ID, Email: "new@example.org"}, nil); !errors.Is(err, auth.ErrIDTaken) {
		t.Errorf("its id is free: %v", err)
	}
	b.Mails[0].Attempts, b.Mails[0].DueAt = 1, noon().Add(time.Minute)
	same(t, s, b)
}

func grants(t *testing.T, s auth.Store) {
	a, b := create(t, s, account(t, "ann@example.org")), create(t, s, plain(t, "bob@example.org"))
	ctx := context.Background()
	g, err := s.SessionGrant(ctx, a.ID, a.Sessions[0].ID)
	must(t, err)
	if !g.Admin || g.Disabled || !g.ExpiresAt.Equal(a.Sessions[0].ExpiresAt) {
		t.Errorf("of a session: %+v", g)
	}
	g, err = s.TokenGrant(ctx, a.ID, a.Tokens[0].ID)
	must(t, err)
	sameBytes(t, "digest", g.Digest, a.Tokens[0].Digest)
	if !g.Admin || g.Disabled || !g.ExpiresAt.Equal(a.Tokens[0].ExpiresAt) || !g.UsedAt.Equal(a.Tokens[0].UsedAt) ||
		len(g.Scopes) != 2 || g.Scopes[0] != "read" || len(g.Workspaces) != 2 || g.Workspaces[1] != a.Tokens[0].Workspaces[1] {
		t.Errorf("of a token: %+v", g)
	}
	g, err = s.TokenGrant(ctx, a.ID, a.Tokens[1].ID)
	must(t, err)
	if !g.ExpiresAt.IsZero() || !g.UsedAt.IsZero() || len(g.Workspaces) != 0 {
		t.Errorf("of a token without end: %+v", g)
	}
	_, err = s.SessionGrant(ctx, b.ID, a.Sessions[0].ID)
	notFound(t, "another's session", err)
	_, err = s.TokenGrant(ctx, b.ID, a.Tokens[0].ID)
	notFound(t, "another's token", err)
	_, err = s.TokenGrant(ctx, a.ID, a.Sessions[0].ID)
	notFound(t, "a session as a token", err)

	must(t, s.Update(ctx, a.ID, func(a *auth.Account) error {
		a.Disabled, a.Admin, a.Sessions = true, false, a.Sessions[1:]
		return nil
	}))
	_, err = s.SessionGrant(ctx, a.ID, a.Sessions[0].ID)
	notFound(t, "a session that ended", err)
	g, err = s.SessionGrant(ctx, a.ID, a.Sessions[1].ID)
	must(t, err)
	if g.Admin || !g.Disabled {
		t.Errorf("of a disabled account: %+v", g)
	}
}
