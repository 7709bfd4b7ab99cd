package userstest

import (
	"net/netip"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/audit/audittest"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/users"
)

// forget has somebody forgotten to the end.
func (w *world) forget(user uuid.UUID) {
	w.Helper()
	for range 100 {
		more, err := w.Forget(w.ctx, user)
		w.ok(err)
		if !more {
			return
		}
	}
	w.Fatal("it never ends")
}

func testForget(w *world) {
	ann, bob := w.person("Ann"), w.person("Bob")
	w.ok(second(w.PatchPerson(w.ctx, ann.ID, users.PersonPatch{
		Timezone: ptr("Europe/Berlin"), Notify: map[string]*bool{"mentions": ptr(true)},
	}, users.Seen{})))
	team := w.workspace("Team", bob.ID)
	_, secret, err := w.Invite(w.ctx, bob.ID, team.ID, users.NewInvitation{Role: users.Admin})
	w.ok(err)
	w.ok(second(w.AcceptInvitation(w.ctx, secret, ann.ID)))
	own := w.workspace("Her own", ann.ID)
	var many []uuid.UUID // more than are left at once
	for range 25 {
		many = append(many, w.workspace("Ann's", ann.ID).ID)
	}
	_, hers, err := w.Invite(w.ctx, ann.ID, team.ID, users.NewInvitation{Role: users.Ordinary})
	w.ok(err)
	_, toHer, err := w.Invite(w.ctx, bob.ID, w.workspace("Other", bob.ID).ID, users.NewInvitation{Email: "ann@example.com", Role: users.Ordinary})
	w.ok(err)

	w.forget(ann.ID)
	if _, err := w.Person(w.ctx, ann.ID); fault.KindOf(err) != fault.KindNotFound {
		w.Errorf("the person is there: %v", err)
	}
	kept, err := w.store.Person(w.ctx, ann.ID)
	w.ok(err)
	if kept == nil || kept.Email != "" || kept.Name != users.FormerMember || kept.Timezone != "UTC" || len(kept.Notify) != 0 || kept.DeletedAt.IsZero() {
		w.Errorf("what is kept: %+v", kept)
	}
	for _, ws := range append(many, own.ID, ann.Home) {
		gone, err := w.store.Workspace(w.ctx, ws)
		w.ok(err)
		if gone.Live() || gone.Name != users.FormerWorkspace || gone.Slug != ws.String() {
			w.Errorf("a workspace of hers alone: %+v", gone)
		}
		if abandoned, err := w.Abandoned(w.ctx, ws); err != nil || !abandoned {
			w.Errorf("abandoned: %t, %v", abandoned, err)
		}
	}
	if told := w.told.of(team.ID); !slices.Contains(told, "3:"+users.FormerMember+":") {
		w.Errorf("what was told of her: %v", told)
	}
	if abandoned, err := w.Abandoned(w.ctx, team.ID); err != nil || abandoned {
		w.Errorf("the team is abandoned: %t, %v", abandoned, err)
	}
	for what, secret := range map[string]string{"made by her": hers, "made out to her": toHer} {
		_, err := w.PreviewInvitation(w.ctx, secret)
		w.refused(err, fault.KindNotFound, "")
		_ = what
	}
	if p, err := w.store.PersonByEmail(w.ctx, "ann@example.com"); err != nil || p != nil {
		w.Errorf("her address leads to %+v, %v", p, err)
	}
	before := len(w.told.of(team.ID))
	w.forget(ann.ID)
	w.forget(newID())
	if after := len(w.told.of(team.ID)); after != before {
		w.Errorf("forgetting her again told %d things", after-before)
	}
}

func second[T any](_ T, err error) error { return err }

// testHeir has the last owner go although others are there, as when another owner leaves while she does.
func testHeir(w *world) {
	ann, bob := w.person("Ann"), w.person("Bob")
	for name, c := range map[string]struct {
		roles []users.Role
		heir  int
	}{
		"the greatest role":          {[]users.Role{users.Guest, users.Ordinary, users.Admin}, 2},
		"who has been in longest":    {[]users.Role{users.Ordinary, users.Ordinary}, 0},
		"a guest, if there are only": {[]users.Role{users.Guest}, 0},
	} {
		ws := w.workspace(name, ann.ID)
		var members []users.Person
		for i, role := range c.roles {
			w.clock.pass(time.Minute)
			members = append(members, w.join(ws.ID, ann.ID, string(rune('C'+i))+name, role))
		}
		two := w.workspace("Two", ann.ID)
		w.join(two.ID, ann.ID, "Other"+name, users.Owner)
		w.forget(ann.ID)
		for i, p := range members {
			m, err := w.Member(w.ctx, ws.ID, p.ID)
			w.ok(err)
			if (m.Role == users.Owner) != (i == c.heir) {
				w.Errorf("%s: member %d is %s", name, i, m.Role)
			}
		}
		ann = w.person("Ann")
	}
	_ = bob
}

func testSoleOwner(w *world) {
	ann := w.person("Ann")
	w.workspace("Alone", ann.ID)
	w.ok(w.MayLeave(w.ctx, ann.ID))
	team := w.workspace("Team", ann.ID)
	bob := w.join(team.ID, ann.ID, "Bob", users.Admin)
	err := w.MayLeave(w.ctx, ann.ID)
	w.refused(err, fault.KindConflict, "sole-owner")
	w.ok(w.MayLeave(w.ctx, bob.ID))
	w.ok(second(w.SetRole(w.ctx, ann.ID, team.ID, bob.ID, users.Owner)))
	w.ok(w.MayLeave(w.ctx, ann.ID))
	w.ok(w.MayLeave(w.ctx, bob.ID))
}

func testForgottenStaysOut(w *world) {
	ann, bob := w.person("Ann"), w.person("Bob")
	team := w.workspace("Team", bob.ID)
	_, secret, err := w.Invite(w.ctx, bob.ID, team.ID, users.NewInvitation{Role: users.Ordinary, MaxUses: 5})
	w.ok(err)
	w.forget(ann.ID)
	w.refused(second(w.AcceptInvitation(w.ctx, secret, ann.ID)), fault.KindNotFound, "")
	_, _, err = w.CreateWorkspace(w.ctx, ann.ID, users.NewWorkspace{Name: "Again"})
	w.refused(err, fault.KindNotFound, "")
	w.refused(second(w.PatchPerson(w.ctx, ann.ID, users.PersonPatch{Name: ptr("Ann")}, users.Seen{})), fault.KindNotFound, "")
	if _, _, err := w.Profile(w.ctx, ann.ID); fault.KindOf(err) != fault.KindNotFound {
		w.Errorf("her profile: %v", err)
	}
}

func testOverviews(w *world) {
	ann := w.person("Ann")
	team := w.workspace("Team", ann.ID)
	bob := w.join(team.ID, ann.ID, "Bob", users.Ordinary)
	gone := w.workspace("Gone", ann.ID)
	w.ok(w.DeleteWorkspace(w.ctx, ann.ID, gone.ID))
	seen := map[uuid.UUID]users.Overview{}
	for page, more := (users.Page{Limit: 1}), true; more; {
		var some []users.Overview
		var err error
		some, more, err = w.Overviews(w.ctx, page)
		w.ok(err)
		for _, o := range some {
			seen[o.ID], page.After = o, o.ID
		}
	}
	if len(seen) != 3 || seen[team.ID].Members != 2 || len(seen[team.ID].Owners) != 1 || seen[team.ID].Owners[0].User != ann.ID {
		w.Errorf("overviews: %+v", seen)
	}
	one, err := w.Overview(w.ctx, team.ID)
	w.ok(err)
	if one.Name != "Team" || one.Members != 2 {
		w.Errorf("one: %+v", one)
	}
	for _, ws := range []uuid.UUID{gone.ID, newID(), uuid.Nil} {
		_, err := w.Overview(w.ctx, ws)
		w.refused(err, fault.KindNotFound, "")
	}
	w.refused(w.Appoint(w.ctx, gone.ID, ann.ID), fault.KindNotFound, "")
	w.invalid(w.Appoint(w.ctx, team.ID, newID()), "owner")
	w.ok(w.Appoint(w.ctx, team.ID, bob.ID))
	w.ok(w.Appoint(w.ctx, team.ID, bob.ID))
	if m, err := w.Member(w.ctx, team.ID, bob.ID); err != nil || m.Role != users.Owner {
		w.Errorf("Bob is %s, %v", m.Role, err)
	}
}

func testAudit(w *world) {
	audittest.Run(w.T, w.store.Audit())
	ann := w.person("Ann")
	from := audit.Origin{By: audit.ByUser, User: ann.ID, Address: netip.MustParseAddr("192.0.2.5"), Agent: "test", Request: "r"}
	w.ctx = audit.With(w.ctx, from)
	team := w.workspace("Team", ann.ID)
	bob := w.join(team.ID, ann.ID, "Bob", users.Ordinary)
	w.ok(second(w.SetRole(w.ctx, ann.ID, team.ID, bob.ID, users.Admin)))
	w.ok(second(w.SetRole(w.ctx, ann.ID, team.ID, bob.ID, users.Admin))) // nothing happens
	w.refused(second(w.SetRole(w.ctx, bob.ID, team.ID, ann.ID, users.Guest)), fault.KindForbidden, "")
	i, _, err := w.Invite(w.ctx, ann.ID, team.ID, users.NewInvitation{Role: users.Guest})
	w.ok(err)
	w.ok(w.RevokeInvitation(w.ctx, ann.ID, team.ID, i.ID))
	w.ok(w.RevokeInvitation(w.ctx, ann.ID, team.ID, i.ID))
	w.ok(w.RemoveMember(w.ctx, ann.ID, team.ID, bob.ID))
	w.ok(w.DeleteWorkspace(w.ctx, ann.ID, team.ID))
	entries, err := w.store.Audit().Entries(w.ctx, audit.Query{Workspace: team.ID, Limit: 100})
	w.ok(err)
	slices.Reverse(entries)
	var got []string
	for _, e := range entries {
		got = append(got, e.Action)
		if e.Actor != ann.ID || e.Address != "192.0.2.5" || e.Agent != "test" || e.Request != "r" {
			w.Errorf("an entry's origin is %+v", e)
		}
	}
	want := []string{
		audit.WorkspaceCreated, audit.InvitationCreated, audit.InvitationAccepted, audit.MemberChanged, audit.InvitationCreated,
		audit.InvitationRevoked, audit.MemberRemoved, audit.WorkspaceDeleted,
	}
	if !slices.Equal(got, want) {
		w.Errorf("written down: %v, want %v", got, want)
	}
}
