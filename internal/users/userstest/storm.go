package userstest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/users"
)

// Storm changes the members of several workspaces at once until it is killed or ctx ends. Each time that a change is
// acknowledged it writes a line "WORKSPACE NUMBER" to ledger: the changes of that workspace that were acknowledged.
func Storm(ctx context.Context, store users.Store, ledger io.Writer) error {
	s := users.New(users.Config{Store: store}) // tells nobody, so the outbox keeps all
	var write sync.Mutex
	acknowledged := func(ws uuid.UUID, n int) error {
		write.Lock()
		defer write.Unlock()
		_, err := fmt.Fprintf(ledger, "%s %d\n", ws, n)
		return err
	}
	var wg sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wg.Go(func() { errs[i] = stormOne(ctx, s, acknowledged) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

// stormOne makes one workspace in which somebody comes, rises, falls and goes.
func stormOne(ctx context.Context, s *users.Service, acknowledged func(uuid.UUID, int) error) error {
	owner, home, err := s.CreatePerson(ctx, users.NewPerson{ID: newID(), Name: "Owner", Email: "owner@example.com"})
	if err != nil {
		return err
	}
	other, _, err := s.CreatePerson(ctx, users.NewPerson{ID: newID(), Name: "Other", Email: "other@example.com"})
	if err != nil {
		return err
	}
	n := 1
	if err := acknowledged(home.ID, n); err != nil {
		return err
	}
	role := func(r users.Role) func() error {
		return func() error { _, err := s.SetRole(ctx, owner.ID, home.ID, other.ID, r); return err }
	}
	rename := func() error {
		_, err := s.PatchPerson(ctx, owner.ID, users.PersonPatch{Name: ptr(fmt.Sprintf("Owner %d", n))}, users.Seen{})
		return err
	}
	for ctx.Err() == nil {
		_, secret, err := s.Invite(ctx, owner.ID, home.ID, users.NewInvitation{Role: users.Guest, MaxUses: 1})
		if err != nil {
			return nil //nolint:nilerr // the day's invitations are used up
		}
		for _, step := range []func() error{
			func() error { _, err := s.AcceptInvitation(ctx, secret, other.ID); return err },
			role(users.Owner), rename, role(users.Admin), role(users.Ordinary),
			func() error { return s.RemoveMember(ctx, owner.ID, home.ID, other.ID) },
		} {
			if err := step(); err != nil {
				return err
			}
			n++
			if err := acknowledged(home.ID, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// CheckStorm compares what a store holds after a Storm was killed with what was acknowledged: nothing of that is lost,
// and the members are exactly what the outbox has promised to tell, with no number missing.
func CheckStorm(t *testing.T, store users.Store, ledger string) {
	t.Helper()
	acknowledged := map[uuid.UUID]int{}
	for line := range strings.Lines(ledger) {
		var id string
		var n int
		if _, err := fmt.Sscanf(line, "%s %d\n", &id, &n); err != nil || !strings.HasSuffix(line, "\n") {
			continue // cut off by the kill
		}
		ws := uuid.MustParse(id)
		acknowledged[ws] = max(n, acknowledged[ws])
	}
	if len(acknowledged) == 0 {
		t.Fatal("the storm was killed before it began")
	}
	for ws, n := range acknowledged {
		told, last := replay(t, store, ws)
		if last < int64(n) {
			t.Errorf("%d changes were acknowledged and %d are there", n, last)
		}
		members, err := store.Members(t.Context(), ws, uuid.Nil, 100)
		if err != nil {
			t.Fatal(err)
		}
		are := map[uuid.UUID]users.Role{}
		for _, m := range members {
			are[m.User] = m.Role
		}
		if !maps.Equal(are, told) {
			t.Errorf("the members are %v and the outbox tells of %v", are, told)
		}
	}
}

// replay empties a workspace's lane and gives the members that its messages lead to.
func replay(t *testing.T, store users.Store, ws uuid.UUID) (roles map[uuid.UUID]users.Role, last int64) {
	t.Helper()
	roles = map[uuid.UUID]users.Role{}
	lane := users.Lane{Kind: users.LaneMembers, ID: ws}
	for {
		now := time.Now()
		l, err := store.LeaseLane(t.Context(), lane, now, now.Add(time.Minute))
		if err != nil {
			t.Fatal(err)
		}
		if l == nil {
			return roles, last
		}
		for _, m := range l.Messages {
			var c users.MemberChange
			if err := json.Unmarshal(m.Doc, &c); err != nil {
				t.Fatal(err)
			}
			if m.Number != last+1 {
				t.Fatalf("after number %d comes %d", last, m.Number)
			}
			last = m.Number
			roles[c.User] = c.Role
			if c.Role == "" {
				delete(roles, c.User)
			}
		}
		if err := store.Release(t.Context(), *l, last, now, false); err != nil {
			t.Fatal(err)
		}
	}
}
