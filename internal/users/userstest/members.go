package userstest

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/users"
)

func testRoles(w *world) {
	ada := w.person("Ada")
	ws := w.workspace("Team", ada.ID)
	bob := w.join(ws.ID, ada.ID, "Bob", users.Guest)
	for _, r := range []users.Role{users.Ordinary, users.Admin, users.Owner, users.Guest} {
		m, err := w.SetRole(w.ctx, ada.ID, ws.ID, bob.ID, r)
		w.ok(err)
		known, err := w.Member(w.ctx, ws.ID, bob.ID)
		w.ok(err)
		if m.Role != r || known.Role != r || known.Name != "Bob" {
			w.Fatalf("asked for %s, got %s, known %+v", r, m.Role, known)
		}
	}
	_, err := w.SetRole(w.ctx, ada.ID, ws.ID, bob.ID, users.Guest)
	w.ok(err)
	_, err = w.SetRole(w.ctx, ada.ID, ws.ID, bob.ID, "king")
	w.invalid(err, "role")
	_, err = w.SetRole(w.ctx, ada.ID, ws.ID, newID(), users.Guest)
	w.refused(err, fault.KindNotFound, "")
	w.ok(w.RemoveMember(w.ctx, bob.ID, ws.ID, bob.ID))
	w.refused(w.RemoveMember(w.ctx, bob.ID, ws.ID, bob.ID), fault.KindNotFound, "")
	w.ok(w.RemoveMember(w.ctx, ada.ID, ws.ID, bob.ID))
	want := []string{"1:Ada:owner", "2:Bob:guest", "3:Bob:member", "4:Bob:admin", "5:Bob:owner", "6:Bob:guest", "7:Bob:"}
	if got := w.told.of(ws.ID); !slices.Equal(got, want) {
		w.Fatalf("told %v, want %v", got, want)
	}
}

// testPermissions walks every action with every role; the table is written by hand.
func testPermissions(w *world) {
	const (
		yes = fault.Kind(-1)
		no  = fault.KindForbidden
	)
	type try struct {
		what string
		do   func(actor users.Person, ws users.Workspace, other map[users.Role]users.Person) error
		want map[users.Role]fault.Kind
	}
	role := func(of users.Role, to users.Role) func(users.Person, users.Workspace, map[users.Role]users.Person) error {
		return func(a users.Person, ws users.Workspace, other map[users.Role]users.Person) error {
			_, err := w.SetRole(w.ctx, a.ID, ws.ID, other[of].ID, to)
			return err
		}
	}
	remove := func(of users.Role) func(users.Person, users.Workspace, map[users.Role]users.Person) error {
		return func(a users.Person, ws users.Workspace, other map[users.Role]users.Person) error {
			return w.RemoveMember(w.ctx, a.ID, ws.ID, other[of].ID)
		}
	}
	row := func(owner, admin, member, guest fault.Kind) map[users.Role]fault.Kind {
		return map[users.Role]fault.Kind{users.Owner: owner, users.Admin: admin, users.Ordinary: member, users.Guest: guest}
	}
	for _, try := range []try{
		{"read", func(a users.Person, ws users.Workspace, _ map[users.Role]users.Person) error {
			_, err := w.Workspace(w.ctx, a.ID, ws.ID)
			return err
		}, row(yes, yes, yes, yes)},
		{"list members", func(a users.Person, ws users.Workspace, other map[users.Role]users.Person) error {
			all, _, err := w.Members(w.ctx, a.ID, ws.ID, users.Page{Limit: 50})
			if err != nil {
				return err
			}
			me, err := w.Member(w.ctx, ws.ID, a.ID)
			for _, m := range all {
				if shown := m.Email != ""; shown != (me.Role != users.Guest || m.User == a.ID) {
					return fmt.Errorf("a %s is shown the address %q", me.Role, m.Email)
				}
			}
			return err
		}, row(yes, yes, yes, yes)},
		{"rename", func(a users.Person, ws users.Workspace, _ map[users.Role]users.Person) error {
			_, err := w.PatchWorkspace(w.ctx, a.ID, ws.ID, users.WorkspacePatch{Name: ptr("By " + a.Name)}, users.Seen{})
			return err
		}, row(yes, yes, no, no)},
		{"invite", func(a users.Person, ws users.Workspace, _ map[users.Role]users.Person) error {
			_, _, err := w.Invite(w.ctx, a.ID, ws.ID, users.NewInvitation{Role: users.Admin})
			return err
		}, row(yes, yes, no, no)},
		{"list invitations", func(a users.Person, ws users.Workspace, _ map[users.Role]users.Person) error {
			_, _, err := w.Invitations(w.ctx, a.ID, ws.ID, users.Page{Limit: 50})
			return err
		}, row(yes, yes, no, no)},
		{"revoke an invitation", func(a users.Person, ws users.Workspace, other map[users.Role]users.Person) error {
			i, _, err := w.Invite(w.ctx, other[users.Owner].ID, ws.ID, users.NewInvitation{Role: users.Guest})
			return errors.Join(err, w.RevokeInvitation(w.ctx, a.ID, ws.ID, i.ID))
		}, row(yes, yes, no, no)},
		{"make a guest a member", role(users.Guest, users.Ordinary), row(yes, yes, no, no)},
		{"make a member an admin", role(users.Ordinary, users.Admin), row(yes, yes, no, no)},
		{"make an admin a guest", role(users.Admin, users.Guest), row(yes, yes, no, no)},
		{"make a member an owner", role(users.Ordinary, users.Owner), row(yes, no, no, no)},
		{"make an owner a guest", role(users.Owner, users.Guest), row(yes, no, no, no)},
		{"remove a guest", remove(users.Guest), row(yes, yes, no, no)},
		{"remove an admin", remove(users.Admin), row(yes, yes, no, no)},
		{"remove an owner", remove(users.Owner), row(yes, no, no, no)},
		{"leave", func(a users.Person, ws users.Workspace, _ map[users.Role]users.Person) error {
			return w.RemoveMember(w.ctx, a.ID, ws.ID, a.ID)
		}, row(yes, yes, yes, yes)},
		{"delete", func(a users.Person, ws users.Workspace, _ map[users.Role]users.Person) error {
			return w.DeleteWorkspace(w.ctx, a.ID, ws.ID)
		}, row(yes, no, no, no)},
	} {
		for actorRole, want := range try.want {
			founder := w.person("Founder")
			ws := w.workspace("Team", founder.ID)
			actor := w.join(ws.ID, founder.ID, "Actor", actorRole)
			other := map[users.Role]users.Person{}
			for _, r := range []users.Role{users.Owner, users.Admin, users.Ordinary, users.Guest} {
				other[r] = w.join(ws.ID, founder.ID, "Other", r)
			}
			err := try.do(actor, ws, other)
			if got := kindOf(err); got != want {
				w.Errorf("%s tries to %s: %v", actorRole, try.what, err)
			}
		}
	}
}

func kindOf(err error) fault.Kind {
	if err == nil {
		return -1
	}
	return fault.KindOf(err)
}

// testStrangers compares what a stranger is told of a workspace with what she is told of one that never was.
func testStrangers(w *world) {
	ada, eve := w.person("Ada"), w.person("Eve")
	ws := w.workspace("Team", ada.ID)
	i, _, err := w.Invite(w.ctx, ada.ID, ws.ID, users.NewInvitation{Role: users.Guest})
	w.ok(err)
	for n, try := range []func(ws uuid.UUID) error{
		func(ws uuid.UUID) error { _, err := w.Member(w.ctx, ws, eve.ID); return err },
		func(ws uuid.UUID) error { _, err := w.Workspace(w.ctx, eve.ID, ws); return err },
		func(ws uuid.UUID) error { _, err := w.Usage(w.ctx, eve.ID, ws); return err },
		func(ws uuid.UUID) error {
			_, err := w.PatchWorkspace(w.ctx, eve.ID, ws, users.WorkspacePatch{Name: ptr("x")}, users.Seen{Match: 9})
			return err
		},
		func(ws uuid.UUID) error { return w.DeleteWorkspace(w.ctx, eve.ID, ws) },
		func(ws uuid.UUID) error {
			_, _, err := w.Members(w.ctx, eve.ID, ws, users.Page{Limit: 1})
			return err
		},
		func(ws uuid.UUID) error {
			_, err := w.SetRole(w.ctx, eve.ID, ws, ada.ID, users.Guest)
			return err
		},
		func(ws uuid.UUID) error { return w.RemoveMember(w.ctx, eve.ID, ws, ada.ID) },
		func(ws uuid.UUID) error { return w.RemoveMember(w.ctx, eve.ID, ws, eve.ID) },
		func(ws uuid.UUID) error {
			_, _, err := w.Invite(w.ctx, eve.ID, ws, users.NewInvitation{Role: users.Guest})
			return err
		},
		func(ws uuid.UUID) error {
			_, _, err := w.Invitations(w.ctx, eve.ID, ws, users.Page{Limit: 1})
			return err
		},
		func(ws uuid.UUID) error { return w.RevokeInvitation(w.ctx, eve.ID, ws, i.ID) },
	} {
		real, absent := try(ws.ID), try(newID())
		w.refused(real, fault.KindNotFound, "not-found")
		w.refused(absent, fault.KindNotFound, "not-found")
		if real.Error() != absent.Error() {
			w.Errorf("attempt %d tells them apart: %v, %v", n, real, absent)
		}
	}
}

func testLastOwner(w *world) {
	ada := w.person("Ada")
	ws := w.workspace("Team", ada.ID)
	bob := w.join(ws.ID, ada.ID, "Bob", users.Admin)
	_, err := w.SetRole(w.ctx, ada.ID, ws.ID, ada.ID, users.Admin)
	w.refused(err, fault.KindConflict, "last-owner")
	w.refused(w.RemoveMember(w.ctx, ada.ID, ws.ID, ada.ID), fault.KindConflict, "last-owner")
	_, err = w.SetRole(w.ctx, ada.ID, ws.ID, ada.ID, users.Owner)
	w.ok(err)
	_, err = w.SetRole(w.ctx, ada.ID, ws.ID, bob.ID, users.Owner)
	w.ok(err)
	w.ok(w.RemoveMember(w.ctx, ada.ID, ws.ID, ada.ID))
	w.refused(w.RemoveMember(w.ctx, bob.ID, ws.ID, bob.ID), fault.KindConflict, "last-owner")
}

// testLastOwnerRace has all owners go at once, in each way there is: one stays.
func testLastOwnerRace(w *world) {
	for round := range 10 {
		ada := w.person("Ada")
		ws := w.workspace("Team", ada.ID)
		owners := []uuid.UUID{ada.ID}
		for range 3 {
			owners = append(owners, w.join(ws.ID, ada.ID, "Owner", users.Owner).ID)
		}
		var stayed atomic.Int32
		var wg sync.WaitGroup
		for i, o := range owners {
			wg.Go(func() {
				var err error
				if (i+round)%2 == 0 {
					err = w.RemoveMember(w.ctx, o, ws.ID, o)
				} else {
					_, err = w.SetRole(w.ctx, o, ws.ID, o, users.Guest)
				}
				if errors.Is(err, fault.Conflict("last-owner", "")) {
					stayed.Add(1)
				} else if err != nil {
					w.Error(err)
				}
			})
		}
		wg.Wait()
		left := 0
		for _, o := range owners {
			if m, err := w.Member(w.ctx, ws.ID, o); err == nil && m.Role == users.Owner {
				left++
			}
		}
		if left != 1 || stayed.Load() != 1 {
			w.Fatalf("round %d: %d owners are left, %d were refused", round, left, stayed.Load())
		}
	}
}

func testMemberPages(w *world) {
	ada := w.person("Ada")
	ws := w.workspace("Team", ada.ID)
	want := map[uuid.UUID]int{ada.ID: 1}
	var people []users.Person
	for i := range 11 {
		p := w.join(ws.ID, ada.ID, fmt.Sprintf("P%d", i), users.Ordinary)
		people = append(people, p)
		want[p.ID] = 1
	}
	leaver := people[len(people)-1]
	delete(want, leaver.ID)
	page := users.Page{Limit: 4}
	got := map[uuid.UUID]int{}
	for more := true; more; {
		var part []users.Member
		var err error
		part, more, err = w.Members(w.ctx, ada.ID, ws.ID, page)
		w.ok(err)
		for _, m := range part {
			got[m.User]++
			page.After = m.User
		}
		w.ok(w.RemoveMember(w.ctx, ada.ID, ws.ID, leaver.ID))
		_, err = w.PatchPerson(w.ctx, people[0].ID, users.PersonPatch{Name: ptr(fmt.Sprintf("A%d", len(got)))}, users.Seen{})
		w.ok(err)
	}
	delete(got, leaver.ID)
	if len(got) != len(want) {
		w.Fatalf("%d members, want %d", len(got), len(want))
	}
	for id, n := range got {
		if n != want[id] {
			w.Fatalf("%v came %d times", id, n)
		}
	}
}
