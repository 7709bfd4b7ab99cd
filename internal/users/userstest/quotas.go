package userstest

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/users"
)

// passed runs n attempts at once and counts those that were not refused by a quota.
func (w *world) passed(n int, attempt func(i int) error) int {
	w.Helper()
	var passed atomic.Int32
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			err := attempt(i)
			if err == nil {
				passed.Add(1)
			} else if fault.KindOf(err) != fault.KindForbidden {
				w.Error(err)
			}
		})
	}
	wg.Wait()
	return int(passed.Load())
}

func testWorkspaceQuotaRace(w *world) {
	limits := users.DefaultLimits()
	limits.Workspaces = 4
	w = w.with(limits)
	ada := w.person("Ada")
	if n := w.passed(20, func(int) error {
		_, _, err := w.CreateWorkspace(w.ctx, ada.ID, users.NewWorkspace{Name: "Another"})
		return err
	}); n != 3 {
		w.Errorf("%d workspaces were made beside her home, want 3", n)
	}
}

func testMemberQuotaRace(w *world) {
	limits := users.DefaultLimits()
	limits.Members = 4
	w = w.with(limits)
	ada := w.person("Ada")
	_, secret, err := w.Invite(w.ctx, ada.ID, ada.Home, users.NewInvitation{Role: users.Ordinary})
	w.ok(err)
	people := make([]users.Person, 12)
	for i := range people {
		people[i] = w.person("Bob")
	}
	if n := w.passed(len(people), func(i int) error {
		_, err := w.AcceptInvitation(w.ctx, secret, people[i].ID)
		return err
	}); n != 3 {
		w.Errorf("%d came in beside her, want 3", n)
	}
}

// testOwnerQuota has people made owners of what others made.
func testOwnerQuota(w *world) {
	limits := users.DefaultLimits()
	limits.Workspaces = 2
	w = w.with(limits)
	ada, bob := w.person("Ada"), w.person("Bob")
	w.workspace("His", bob.ID)
	ws := w.workspace("Hers", ada.ID)
	member := w.join(ws.ID, ada.ID, "Cid", users.Ordinary)
	_, secret, err := w.Invite(w.ctx, ada.ID, ws.ID, users.NewInvitation{Role: users.Ordinary})
	w.ok(err)
	_, err = w.AcceptInvitation(w.ctx, secret, bob.ID)
	w.ok(err)
	_, err = w.SetRole(w.ctx, ada.ID, ws.ID, bob.ID, users.Owner)
	w.refused(err, fault.KindForbidden, "quota-exceeded")
	_, err = w.SetRole(w.ctx, ada.ID, ws.ID, member.ID, users.Owner)
	w.ok(err)
	_, err = w.SetRole(w.ctx, ada.ID, ws.ID, member.ID, users.Owner) // who is one stays one
	w.ok(err)
	if n, err := w.Owned(w.ctx, member.ID); err != nil || n != 2 {
		w.Errorf("she owns %d workspaces (%v), want 2", n, err)
	}
}

// held answers for what others keep.
type held struct{ of uuid.UUID }

func (h held) Held(_ context.Context, ws uuid.UUID) (users.Held, error) {
	if ws != h.of {
		return users.Held{}, nil
	}
	return users.Held{Projects: 7, Storage: 1 << 30}, nil
}

func testUsage(w *world) {
	ada := w.person("Ada")
	ws := w.workspace("Team", ada.ID)
	bob, gus := w.join(ws.ID, ada.ID, "Bob", users.Ordinary), w.join(ws.ID, ada.ID, "Gus", users.Guest)
	full, few := users.Usage{Members: 3, Held: &users.Held{Projects: 7, Storage: 1 << 30}}, users.Usage{Members: 3}
	w.Service = users.New(users.Config{Store: w.store, Now: w.clock.now, Holdings: held{ws.ID}})
	for who, want := range map[uuid.UUID]users.Usage{ada.ID: full, bob.ID: full, gus.ID: few} {
		got, err := w.Usage(w.ctx, who, ws.ID)
		w.ok(err)
		if got.Members != want.Members || (got.Held == nil) != (want.Held == nil) || got.Held != nil && *got.Held != *want.Held {
			w.Errorf("usage is %+v, want %+v", got, want)
		}
	}
	_, err := w.Usage(w.ctx, w.person("Eve").ID, ws.ID)
	w.refused(err, fault.KindNotFound, "not-found")
	if n, err := w.Owned(w.ctx, ada.ID); err != nil || n != 2 {
		w.Errorf("she owns %d workspaces (%v), want 2", n, err)
	}
	w.ok(w.DeleteWorkspace(w.ctx, ada.ID, ws.ID))
	if n, err := w.Owned(w.ctx, ada.ID); err != nil || n != 1 {
		w.Errorf("she owns %d workspaces (%v), want 1", n, err)
	}
}
