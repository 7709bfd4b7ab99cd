package userstest

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/users"
)

// testContention has many closures count on from what they read: if one of them were not run again after losing to
// another, or were counted twice, the sum would tell.
func testContention(w *world) {
	ada := w.person("Ada")
	ws := w.workspace("Team", ada.ID)
	const writers, each = 8, 15
	var runs atomic.Int64
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			for range each {
				err := w.store.UpdateWorkspace(w.ctx, ws.ID, func(v users.View) (users.Change, error) {
					runs.Add(1)
					now, err := v.Workspace()
					if err != nil {
						return users.Change{}, err
					}
					now.Version++
					return users.Change{Workspace: now}, nil
				})
				if err != nil {
					w.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range each {
				err := w.store.UpdatePerson(w.ctx, ada.ID, func(v users.PersonView) (users.PersonChange, error) {
					p, err := v.Person()
					if err != nil {
						return users.PersonChange{}, err
					}
					p.Version++
					return users.PersonChange{Person: p}, nil
				})
				if err != nil {
					w.Error(err)
				}
			}
		})
	}
	wg.Wait()
	now, err := w.store.Workspace(w.ctx, ws.ID)
	w.ok(err)
	p, err := w.Person(w.ctx, ada.ID)
	w.ok(err)
	if now.Version != 1+writers*each || p.Version != 1+writers*each || runs.Load() < writers*each {
		w.Fatalf("the workspace counted to %d, the person to %d, of %d", now.Version, p.Version, 1+writers*each)
	}
}

// testAllOrNone fails an update after it has decided on everything, in the closure and in the store.
func testAllOrNone(w *world) {
	ada := w.person("Ada")
	first, second := w.workspace("One", ada.ID), w.workspace("Two", ada.ID)
	boom := errors.New("boom")
	for _, slug := range []string{"free", first.Slug} {
		err := w.store.UpdateWorkspace(w.ctx, second.ID, func(v users.View) (users.Change, error) {
			now, err := v.Workspace()
			if err != nil {
				return users.Change{}, err
			}
			now.Slug, now.Name = slug, "Changed"
			c := users.Change{
				Workspace: now,
				Members:   []users.Member{{Workspace: second.ID, User: newID(), Role: users.Guest, JoinedAt: w.clock.now()}},
				Removed:   nil,
				Invitations: []users.Invitation{{
					Workspace: second.ID, ID: newID(), Role: users.Guest, CreatedBy: ada.ID, CreatedAt: w.clock.now(), ExpiresAt: w.clock.now(),
				}},
				Post: []users.Message{{Lane: users.Lane{Kind: users.LaneMembers, ID: second.ID}, At: w.clock.now(), Doc: []byte("x")}},
			}
			if slug == "free" {
				return c, boom
			}
			return c, nil
		})
		if want := map[string]error{"free": boom, first.Slug: users.ErrSlugTaken}[slug]; !errors.Is(err, want) {
			w.Fatalf("got %v, want %v", err, want)
		}
	}
	m, err := w.Workspace(w.ctx, ada.ID, second.ID)
	w.ok(err)
	n, err := w.store.CountMembers(w.ctx, second.ID)
	w.ok(err)
	open, _, err := w.Invitations(w.ctx, ada.ID, second.ID, users.Page{Limit: 9})
	w.ok(err)
	l, err := w.store.LeaseLane(w.ctx, users.Lane{Kind: users.LaneMembers, ID: second.ID}, w.clock.now(), w.clock.now())
	w.ok(err)
	if m.Workspace.Name != "Two" || n != 1 || len(open) != 0 || l != nil {
		w.Fatalf("a failed update left %+v, %d members, %d invitations, %+v", m, n, len(open), l)
	}
}

// testReadAfterWrite keeps the directory warm while the role changes: whoever was answered must see her change.
func testReadAfterWrite(w *world) {
	ada := w.person("Ada")
	ws := w.workspace("Team", ada.ID)
	bob := w.join(ws.ID, ada.ID, "Bob", users.Guest)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					_, _ = w.Member(w.ctx, ws.ID, bob.ID)
					_, _ = w.ResolveWorkspace(w.ctx, "slug-1")
				}
			}
		})
	}
	for i := range 60 {
		role := []users.Role{users.Admin, users.Ordinary, users.Guest}[i%3]
		_, err := w.SetRole(w.ctx, ada.ID, ws.ID, bob.ID, role)
		w.ok(err)
		m, err := w.Member(w.ctx, ws.ID, bob.ID)
		w.ok(err)
		if m.Role != role {
			w.Fatalf("after change %d the directory says %s, want %s", i, m.Role, role)
		}
		slug := fmt.Sprintf("slug-%d", i%2)
		_, err = w.PatchWorkspace(w.ctx, ada.ID, ws.ID, users.WorkspacePatch{Slug: ptr(slug)}, users.Seen{})
		w.ok(err)
		w.resolves(slug, ws.ID)
	}
	w.ok(w.RemoveMember(w.ctx, ada.ID, ws.ID, bob.ID))
	if _, err := w.Member(w.ctx, ws.ID, bob.ID); fault.KindOf(err) != fault.KindNotFound {
		w.Errorf("who was removed is still there: %v", err)
	}
	close(stop)
	wg.Wait()
}

// testOtherProcess changes members behind the directory's back: it may not notice at once, but within a second.
func testOtherProcess(w *world) {
	ada := w.person("Ada")
	ws := w.workspace("Team", ada.ID)
	bob := w.join(ws.ID, ada.ID, "Bob", users.Guest)
	other := w.with(users.Limits{})
	_, err := w.Member(w.ctx, ws.ID, bob.ID)
	w.ok(err)
	w.ok(other.RemoveMember(w.ctx, ada.ID, ws.ID, bob.ID))
	w.clock.pass(time.Second)
	w.isNoMember(ws.ID, bob.ID)
	all, _, err := w.Members(w.ctx, ada.ID, ws.ID, users.Page{Limit: 9})
	w.ok(err)
	if slices.ContainsFunc(all, func(m users.Member) bool { return m.User == bob.ID }) {
		w.Fatal("the list still has her")
	}
}

func (w *world) isNoMember(ws, user uuid.UUID) {
	w.Helper()
	_, err := w.Member(w.ctx, ws, user)
	w.isNotFound("who is no member any more", err)
}

func (w *world) isNotFound(what string, err error) {
	w.Helper()
	if fault.KindOf(err) != fault.KindNotFound {
		w.Errorf("%s: %v", what, err)
	}
}
