package authtest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
)

func instance(t *testing.T, s auth.Store) {
	ctx := context.Background()
	got, err := s.Instance(ctx)
	must(t, err)
	if got.Setup != "" || got.Owner != uuid.Nil || len(got.Keys) != 0 {
		t.Errorf("at first: %+v", got)
	}
	want := auth.Instance{Setup: "token", Owner: newID(t), Keys: []auth.SigningKey{
		{ID: "a", Seed: []byte{1, 0, 2}, SignsFrom: noon(), ExpiresAt: noon().Add(time.Hour)},
		{ID: "b", Seed: []byte{3}, SignsFrom: noon().Add(time.Minute)},
	}}
	must(t, s.UpdateInstance(ctx, func(i *auth.Instance) error {
		*i = want
		return nil
	}))
	no := errors.New("no")
	if err := s.UpdateInstance(ctx, func(i *auth.Instance) error {
		i.Setup, i.Keys[0].ID = "other", "other"
		return no
	}); !errors.Is(err, no) {
		t.Errorf("got %v, want the change's own error", err)
	}
	got, err = s.Instance(ctx)
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("not as it was kept (-want +got):\n%s", diff)
	}
	want.Keys = want.Keys[1:]
	must(t, s.UpdateInstance(ctx, func(i *auth.Instance) error {
		i.Keys = i.Keys[1:]
		return nil
	}))
	got, err = s.Instance(ctx)
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("after a key was removed (-want +got):\n%s", diff)
	}
}

func racedSetup(t *testing.T, s auth.Store) {
	ctx := context.Background()
	must(t, s.UpdateInstance(ctx, func(i *auth.Instance) error {
		i.Setup = "token"
		return nil
	}))
	late := errors.New("somebody was first")
	accounts := make([]auth.Account, parallel)
	for i := range accounts {
		accounts[i] = account(t, address(i))
	}
	n := race(t, late, func(i int) error {
		return s.Create(ctx, accounts[i], func(in *auth.Instance) error {
			if in.Setup != "token" {
				return late
			}
			in.Setup, in.Owner = "", accounts[i].ID
			return nil
		})
	})
	if n != 1 {
		t.Errorf("%d set up the installation", n)
	}
	in, err := s.Instance(ctx)
	must(t, err)
	for _, a := range accounts {
		if a.ID == in.Owner {
			same(t, s, a)
			continue
		}
		_, err := s.Account(ctx, a.ID)
		notFound(t, "an account that lost", err)
	}

	// A claim that succeeds with an account that does not leaves nothing either.
	taken := plain(t, address(999))
	create(t, s, plain(t, taken.Email))
	err = s.Create(ctx, taken, func(in *auth.Instance) error {
		in.Owner = taken.ID
		return nil
	})
	if !errors.Is(err, auth.ErrEmailTaken) {
		t.Errorf("got %v, want the address to be taken", err)
	}
	again, err := s.Instance(ctx)
	must(t, err)
	if again.Owner != in.Owner {
		t.Error("a claim was kept whose account was refused")
	}
}

func racedKeys(t *testing.T, s auth.Store) {
	ctx := context.Background()
	race(t, nil, func(i int) error {
		return s.UpdateInstance(ctx, func(in *auth.Instance) error {
			if len(in.Keys) == 0 {
				in.Keys = append(in.Keys, auth.SigningKey{ID: address(i), Seed: []byte{byte(i)}, SignsFrom: noon()})
			}
			return nil
		})
	})
	in, err := s.Instance(ctx)
	must(t, err)
	if len(in.Keys) != 1 {
		t.Errorf("%d first keys", len(in.Keys))
	}
}

func leases(t *testing.T, s auth.Store) {
	ctx := context.Background()
	a := plain(t, "ann@example.org")
	for i, due := range []time.Duration{0, -time.Minute, time.Minute} {
		a.Mails = append(a.Mails, auth.Mail{
			ID: newID(t), Account: a.ID, To: a.Email, Subject: "s", Text: address(i), DueAt: noon().Add(due), ExpiresAt: noon().Add(time.Hour),
		})
	}
	create(t, s, a)
	lease := func(at time.Time, limit int) []auth.Mail {
		t.Helper()
		mails, err := s.LeaseMail(ctx, at, at.Add(3*time.Minute), limit)
		must(t, err)
		return mails
	}
	first := lease(noon(), 1)
	if len(first) != 1 || first[0].ID != a.Mails[1].ID {
		t.Fatalf("the longest due: %+v", first)
	}
	want := a.Mails[1]
	want.Attempts, want.DueAt = 1, noon().Add(3*time.Minute)
	if diff := cmp.Diff(want, first[0]); diff != "" {
		t.Errorf("what was lent (-want +got):\n%s", diff)
	}
	if second := lease(noon(), 10); len(second) != 1 || second[0].ID != a.Mails[0].ID {
		t.Errorf("the rest of what is due: %+v", second)
	}
	if third := lease(noon(), 10); len(third) != 0 {
		t.Errorf("lent twice: %+v", third)
	}
	must(t, s.Update(ctx, a.ID, func(a *auth.Account) error {
		a.Mails = a.Mails[1:] // it was sent
		return nil
	}))
	late := lease(noon().Add(time.Hour), 10)
	if len(late) != 2 || late[0].ID != a.Mails[2].ID || late[1].ID != a.Mails[1].ID || late[1].Attempts != 2 {
		t.Errorf("after the lease ended: %+v", late)
	}
}

func racedLeases(t *testing.T, s auth.Store) {
	const n = 40
	for i := range n {
		create(t, s, account(t, address(i)))
	}
	var mu sync.Mutex
	lent := map[uuid.UUID]int{}
	race(t, nil, func(int) error {
		for {
			mails, err := s.LeaseMail(context.Background(), noon(), noon().Add(time.Minute), 3)
			if err != nil || len(mails) == 0 {
				return err
			}
			mu.Lock()
			for _, m := range mails {
				lent[m.ID]++
			}
			mu.Unlock()
		}
	})
	if len(lent) != n {
		t.Errorf("%d of %d mails were lent", len(lent), n)
	}
	for id, times := range lent {
		if times != 1 {
			t.Errorf("mail %v was lent %d times", id, times)
		}
	}
}
