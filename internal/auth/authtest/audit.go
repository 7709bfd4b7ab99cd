package authtest

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/auth"
)

func actions(t testing.TB, s auth.Store, subject uuid.UUID) (all []string) {
	t.Helper()
	entries, err := s.Audit().Entries(context.Background(), audit.Query{Subject: subject, Limit: 100})
	must(t, err)
	for _, e := range entries {
		all = append(all, e.Action)
	}
	return all
}

func auditedChanges(t *testing.T, s auth.Store) {
	ctx := context.Background()
	a := plain(t, "ann@example.org")
	a.Audit = []audit.Entry{audit.New(ctx, noon(), audit.AccountCreated, a.ID)}
	create(t, s, a)
	b := plain(t, "ann@example.org")
	b.Audit = []audit.Entry{audit.New(ctx, noon(), audit.AccountCreated, b.ID)}
	if err := s.Create(ctx, b, nil); !errors.Is(err, auth.ErrEmailTaken) {
		t.Fatal(err)
	}
	no := errors.New("no")
	for _, fails := range []error{no, nil} {
		err := s.Update(ctx, a.ID, func(a *auth.Account) error {
			if len(a.Audit) != 0 {
				t.Errorf("the account comes with %v", a.Audit)
			}
			a.Verified = true
			a.Audit = append(a.Audit, audit.New(ctx, noon(), audit.EmailVerified, a.ID))
			return fails
		})
		if !errors.Is(err, fails) {
			t.Fatal(err)
		}
	}
	if got := actions(t, s, a.ID); len(got) != 2 || got[0] != audit.EmailVerified || got[1] != audit.AccountCreated {
		t.Errorf("of the account: %v", got)
	}
	if got := actions(t, s, b.ID); len(got) != 0 {
		t.Errorf("of the one that was refused: %v", got)
	}
}

// countsAdmins has administrators take each other's office, all at once: one stays.
func countsAdmins(t *testing.T, s auth.Store) {
	ctx := context.Background()
	admins := make([]auth.Account, parallel)
	for i := range admins {
		a := plain(t, address(i))
		a.Admin = true
		admins[i] = create(t, s, a)
	}
	shut := plain(t, "shut@example.org")
	shut.Admin, shut.Disabled = true, true
	create(t, s, shut)
	last := errors.New("the last one")
	n := race(t, last, func(i int) error {
		return s.UpdateAmong(ctx, admins[i].ID, func(a *auth.Account, others func() (int, error)) error {
			n, err := others()
			if err != nil {
				return err
			}
			if n == 0 {
				return last
			}
			a.Admin = false
			return nil
		})
	})
	if n != parallel-1 {
		t.Errorf("%d of %d were demoted", n, parallel)
	}
}

func searches(t *testing.T, s auth.Store) {
	yes, no := true, false
	for i, email := range []string{"ann@example.org", "bob@example.org", "joann@example.com"} {
		a := plain(t, email)
		a.Admin, a.Disabled = i == 0, i == 1
		create(t, s, a)
	}
	for _, c := range []struct {
		q    auth.Search
		want []string
	}{
		{auth.Search{}, []string{"ann@example.org", "bob@example.org", "joann@example.com"}},
		{auth.Search{Text: "ann@"}, []string{"ann@example.org", "joann@example.com"}},
		{auth.Search{Text: "_nn"}, nil},
		{auth.Search{Admin: &yes}, []string{"ann@example.org"}},
		{auth.Search{Admin: &no, Disabled: &no}, []string{"joann@example.com"}},
		{auth.Search{Disabled: &yes, Text: "b"}, []string{"bob@example.org"}},
	} {
		var got []string
		for {
			c.q.Limit = 1
			some, err := s.Search(context.Background(), c.q)
			must(t, err)
			if len(some) == 0 {
				break
			}
			got, c.q.After = append(got, some[0].Email), some[0].ID
		}
		if len(got) != len(c.want) {
			t.Errorf("%+v: %v, want %v", c.q, got, c.want)
		}
	}
}
