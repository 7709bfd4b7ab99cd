package userstest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/mail"
	"github.com/rung-app/rung/internal/users"
)

func testLink(w *world) {
	ada := w.person("Ada")
	ws := w.workspace("Team", ada.ID)
	project := newID()
	i, secret, err := w.Invite(w.ctx, ada.ID, ws.ID, users.NewInvitation{
		Role: users.Guest, MaxUses: 2, Projects: []users.Grant{{Project: project, Role: "commenter"}},
	})
	w.ok(err)
	if i.MaxUses != 2 || i.Mail != "" || !strings.HasPrefix(secret, "rung_inv_") {
		w.Fatalf("made %+v", i)
	}
	bob, cid, eve := w.person("Bob"), w.person("Cid"), w.person("Eve")
	m, err := w.AcceptInvitation(w.ctx, secret, bob.ID)
	w.ok(err)
	if m.Workspace.ID != ws.ID || m.Role != users.Guest {
		w.Fatalf("accepted into %+v", m)
	}
	last := w.told.changes[len(w.told.changes)-1]
	if last.User != bob.ID || last.Role != users.Guest || len(last.Projects) != 1 || last.Projects[0].Project != project {
		w.Fatalf("told %+v", last)
	}
	told := len(w.told.changes)
	_, err = w.AcceptInvitation(w.ctx, secret, bob.ID)
	w.ok(err)
	if len(w.told.changes) != told {
		w.Fatal("accepting twice was told twice")
	}
	_, err = w.AcceptInvitation(w.ctx, secret, cid.ID)
	w.ok(err)
	_, err = w.AcceptInvitation(w.ctx, secret, cid.ID)
	w.ok(err)
	_, err = w.AcceptInvitation(w.ctx, secret, eve.ID)
	w.refused(err, fault.KindNotFound, "not-found")
	_, err = w.Member(w.ctx, ws.ID, eve.ID)
	w.refused(err, fault.KindNotFound, "not-found")

	_, open, err := w.Invite(w.ctx, ada.ID, ws.ID, users.NewInvitation{Role: users.Ordinary})
	w.ok(err)
	m, err = w.AcceptInvitation(w.ctx, open, bob.ID)
	w.ok(err)
	if m.Role != users.Guest {
		w.Fatalf("an invitation made a guest a %s", m.Role)
	}
	w.ok(w.RemoveMember(w.ctx, ada.ID, ws.ID, bob.ID))
	_, err = w.AcceptInvitation(w.ctx, open, bob.ID)
	w.refused(err, fault.KindNotFound, "not-found")
	_, err = w.AcceptInvitation(w.ctx, open, newID())
	w.refused(err, fault.KindNotFound, "not-found")
	w.clock.pass(7*24*time.Hour + time.Second)
	_, err = w.AcceptInvitation(w.ctx, open, eve.ID)
	w.refused(err, fault.KindNotFound, "not-found")

	i, open, err = w.Invite(w.ctx, ada.ID, ws.ID, users.NewInvitation{Role: users.Ordinary})
	w.ok(err)
	w.ok(w.RevokeInvitation(w.ctx, ada.ID, ws.ID, i.ID))
	w.ok(w.RevokeInvitation(w.ctx, ada.ID, ws.ID, i.ID))
	w.refused(w.RevokeInvitation(w.ctx, ada.ID, ws.ID, newID()), fault.KindNotFound, "not-found")
	_, err = w.AcceptInvitation(w.ctx, open, eve.ID)
	w.refused(err, fault.KindNotFound, "not-found")
	for _, nonsense := range []string{"", "rung_inv_", "rung_inv_AAAA", strings.Repeat("rung_inv_", 1000)} {
		_, err = w.AcceptInvitation(w.ctx, nonsense, eve.ID)
		w.refused(err, fault.KindNotFound, "not-found")
	}
}

func testMail(w *world) {
	ada := w.person("Ada")
	ws := w.workspace("Team", ada.ID)
	i, shown, err := w.Invite(w.ctx, ada.ID, ws.ID, users.NewInvitation{Email: " Bob@Bücher.example", Role: users.Ordinary})
	w.ok(err)
	if i.Email != "bob@xn--bcher-kva.example" || i.MaxUses != 1 || i.Mail != users.MailQueued {
		w.Fatalf("made %+v", i)
	}
	w.relay(func() bool { return w.mailOf(ada.ID, ws.ID, i.ID) == users.MailSent })
	mails := w.mailed.all()
	if len(mails) != 1 || mails[0].To != i.Email || !strings.Contains(mails[0].Subject, "Ada") {
		w.Fatalf("mailed %+v", mails)
	}
	_, secret, found := strings.Cut(mails[0].Text, "https://rung.test/base/invite#")
	secret, _, _ = strings.Cut(secret, "\n")
	if !found || secret == shown || strings.Contains(mails[0].Text, shown) {
		w.Fatalf("the mail says %q", mails[0].Text)
	}
	_, _, err = w.Invite(w.ctx, ada.ID, ws.ID, users.NewInvitation{Email: "BOB@bücher.example", Role: users.Guest})
	w.refused(err, fault.KindConflict, "already-invited")
	bob := w.person("Robert")
	_, err = w.AcceptInvitation(w.ctx, secret, bob.ID)
	w.ok(err)
	for _, s := range []string{secret, shown} {
		_, err = w.AcceptInvitation(w.ctx, s, bob.ID)
		w.ok(err)
		_, err = w.AcceptInvitation(w.ctx, s, w.person("Eve").ID)
		w.refused(err, fault.KindNotFound, "not-found")
	}
	_, _, err = w.Invite(w.ctx, ada.ID, ws.ID, users.NewInvitation{Email: "ROBERT@example.com", Role: users.Guest})
	w.refused(err, fault.KindConflict, "already-member")

	dropped, _, err := w.Invite(w.ctx, ada.ID, ws.ID, users.NewInvitation{Email: "late@example.com", Role: users.Guest})
	w.ok(err)
	w.ok(w.RevokeInvitation(w.ctx, ada.ID, ws.ID, dropped.ID))
	w.drained(users.Lane{Kind: users.LaneMail, ID: dropped.ID})
	if n := len(w.mailed.all()); n != 1 {
		w.Fatalf("a revoked invitation was mailed: %d mails", n)
	}
}

func (w *world) mailOf(actor, ws, invitation uuid.UUID) users.MailState {
	w.Helper()
	all, _, err := w.Invitations(w.ctx, actor, ws, users.Page{Limit: 50})
	w.ok(err)
	for _, i := range all {
		if i.ID == invitation {
			return i.Mail
		}
	}
	return ""
}

func testInvitationsRefused(w *world) {
	ada := w.person("Ada")
	p := newID()
	for field, n := range map[string]users.NewInvitation{
		"email":               {Email: "not an address", Role: users.Guest},
		"role":                {Role: users.Owner},
		"max_uses":            {Role: users.Guest, MaxUses: -1},
		"projects[0].role":    {Role: users.Guest, Projects: []users.Grant{{Project: p, Role: "owner"}}},
		"projects[1].project": {Role: users.Guest, Projects: []users.Grant{{Project: p, Role: "viewer"}, {Project: p, Role: "admin"}}},
	} {
		_, _, err := w.Invite(w.ctx, ada.ID, ada.Home, n)
		w.invalid(err, field)
	}
	for _, email := range []string{"Ada <ada@example.com>", "a@b.c, d@e.f", "a@b.c\r\nBcc: d@e.f", strings.Repeat("x", 251) + "@b.c"} {
		_, _, err := w.Invite(w.ctx, ada.ID, ada.Home, users.NewInvitation{Email: email, Role: users.Guest})
		w.invalid(err, "email")
	}
}

// known is the projects that a workspace has.
type known []uuid.UUID

func (k *known) MissingProjects(_ context.Context, _ uuid.UUID, ids []uuid.UUID) (missing []uuid.UUID, err error) {
	for _, id := range ids {
		if !slices.Contains(*k, id) {
			missing = append(missing, id)
		}
	}
	return missing, nil
}

func testInvitedProjects(w *world) {
	ada := w.person("Ada")
	here := known{newID()}
	s := users.New(users.Config{Store: w.store, Projects: &here, Now: w.clock.now})
	n := users.NewInvitation{ID: newID(), Role: users.Guest, Projects: []users.Grant{{Project: here[0], Role: "viewer"}}}
	_, _, err := s.Invite(w.ctx, ada.ID, ada.Home, n)
	w.ok(err)
	_, _, err = s.Invite(w.ctx, ada.ID, ada.Home, users.NewInvitation{
		Role: users.Guest, Projects: []users.Grant{{Project: here[0], Role: "viewer"}, {Project: newID(), Role: "viewer"}},
	})
	w.invalid(err, "projects[1].project")
	here = nil
	again, _, err := s.Invite(w.ctx, ada.ID, ada.Home, n)
	w.ok(err)
	if again.ID != n.ID {
		w.Fatalf("sent again it gave %+v", again)
	}
}

func testInvitationTwice(w *world) {
	ada := w.person("Ada")
	n := users.NewInvitation{ID: newID(), Email: "bob@example.com", Role: users.Ordinary}
	first, secret, err := w.Invite(w.ctx, ada.ID, ada.Home, n)
	w.ok(err)
	again, none, err := w.Invite(w.ctx, ada.ID, ada.Home, n)
	w.ok(err)
	if again.ID != first.ID || secret == "" || none != "" {
		w.Fatalf("sent twice it gave %+v and %q", again, none)
	}
	n.Role = users.Guest
	_, _, err = w.Invite(w.ctx, ada.ID, ada.Home, n)
	w.refused(err, fault.KindConflict, "id-taken")
	w.drained(users.Lane{Kind: users.LaneMail, ID: n.ID})
	if mails := w.mailed.all(); len(mails) != 1 {
		w.Fatalf("%d mails", len(mails))
	}
}

func testInvitationRace(w *world) {
	ada := w.person("Ada")
	ws := w.workspace("Team", ada.ID)
	_, secret, err := w.Invite(w.ctx, ada.ID, ws.ID, users.NewInvitation{Role: users.Ordinary, MaxUses: 3})
	w.ok(err)
	var people []users.Person
	for range 10 {
		people = append(people, w.person("P"))
	}
	var in atomic.Int32
	var wg sync.WaitGroup
	for _, p := range people {
		for range 2 {
			wg.Go(func() {
				_, err := w.AcceptInvitation(w.ctx, secret, p.ID)
				switch {
				case err == nil:
					in.Add(1)
				case fault.KindOf(err) != fault.KindNotFound:
					w.Error(err)
				}
			})
		}
	}
	wg.Wait()
	members, _, err := w.Members(w.ctx, ada.ID, ws.ID, users.Page{Limit: 50})
	w.ok(err)
	if in.Load() != 6 || len(members) != 4 || len(w.told.of(ws.ID)) != 4 {
		w.Fatalf("%d answers of success, %d members, told %v", in.Load(), len(members), w.told.of(ws.ID))
	}
}

func testFlood(w *world) {
	limits := users.DefaultLimits()
	limits.OpenInvitations, limits.InvitationsADay = 3, 5
	w = w.with(limits)
	ada := w.person("Ada")
	invite := func() (users.Invitation, error) {
		i, _, err := w.Invite(w.ctx, ada.ID, ada.Home, users.NewInvitation{Role: users.Guest})
		return i, err
	}
	var made []users.Invitation
	for range 3 {
		i, err := invite()
		w.ok(err)
		made = append(made, i)
	}
	_, err := invite()
	w.refused(err, fault.KindForbidden, "quota-exceeded")
	for n := range 2 {
		w.ok(w.RevokeInvitation(w.ctx, ada.ID, ada.Home, made[n].ID))
		_, err = invite()
		w.ok(err)
	}
	w.ok(w.RevokeInvitation(w.ctx, ada.ID, ada.Home, made[2].ID))
	_, err = invite()
	w.refused(err, fault.KindForbidden, "quota-exceeded")
	w.clock.pass(25 * time.Hour)
	_, err = invite()
	w.ok(err)
	w.clock.pass(8 * 24 * time.Hour)
	for range 3 {
		_, err = invite()
		w.ok(err)
	}
}

func testInvitationsEndWithRole(w *world) {
	ada := w.person("Ada")
	for _, end := range []func(ws, admin uuid.UUID) error{
		func(ws, admin uuid.UUID) error { return w.RemoveMember(w.ctx, ada.ID, ws, admin) },
		func(ws, admin uuid.UUID) error { return w.RemoveMember(w.ctx, admin, ws, admin) },
		func(ws, admin uuid.UUID) error {
			_, err := w.SetRole(w.ctx, ada.ID, ws, admin, users.Ordinary)
			return err
		},
	} {
		ws := w.workspace("Team", ada.ID)
		admin := w.join(ws.ID, ada.ID, "Admin", users.Admin)
		_, hers, err := w.Invite(w.ctx, admin.ID, ws.ID, users.NewInvitation{Role: users.Admin})
		w.ok(err)
		_, others, err := w.Invite(w.ctx, ada.ID, ws.ID, users.NewInvitation{Role: users.Guest})
		w.ok(err)
		w.ok(end(ws.ID, admin.ID))
		_, err = w.AcceptInvitation(w.ctx, hers, w.person("Eve").ID)
		w.refused(err, fault.KindNotFound, "not-found")
		_, err = w.AcceptInvitation(w.ctx, others, w.person("Bob").ID)
		w.ok(err)
	}
}

func testMemberQuota(w *world) {
	limits := users.DefaultLimits()
	limits.Members = 2
	w = w.with(limits)
	ada := w.person("Ada")
	_, secret, err := w.Invite(w.ctx, ada.ID, ada.Home, users.NewInvitation{Role: users.Ordinary})
	w.ok(err)
	bob := w.person("Bob")
	_, err = w.AcceptInvitation(w.ctx, secret, bob.ID)
	w.ok(err)
	cid := w.person("Cid")
	_, err = w.AcceptInvitation(w.ctx, secret, cid.ID)
	w.refused(err, fault.KindForbidden, "quota-exceeded")
	w.ok(w.RemoveMember(w.ctx, ada.ID, ada.Home, bob.ID))
	_, err = w.AcceptInvitation(w.ctx, secret, cid.ID)
	w.ok(err)
}

func testPreview(w *world) {
	ada := w.person("Ada")
	ws := w.workspace("Team", ada.ID)
	i, shown, err := w.Invite(w.ctx, ada.ID, ws.ID, users.NewInvitation{Email: "bob@example.com", Role: users.Ordinary})
	w.ok(err)
	p, err := w.PreviewInvitation(w.ctx, shown)
	w.ok(err)
	if p.Workspace != ws.ID || p.Name != "Team" || p.InvitedBy != "Ada" || p.Role != users.Ordinary || p.Mailed || p.Account != nil {
		w.Fatalf("whoever made it sees %+v", p)
	}
	w.relay(func() bool { return w.mailOf(ada.ID, ws.ID, i.ID) == users.MailSent })
	_, mailed, _ := strings.Cut(w.mailed.all()[0].Text, "#")
	mailed, _, _ = strings.Cut(mailed, "\n")
	p, err = w.PreviewInvitation(w.ctx, mailed)
	w.ok(err)
	if !p.Mailed || p.Account == nil || *p.Account || p.Email != "bob@example.com" {
		w.Fatalf("whoever was mailed sees %+v", p)
	}
	bob := w.person("Bob")
	p, err = w.PreviewInvitation(w.ctx, mailed)
	w.ok(err)
	if p.Account == nil || !*p.Account {
		w.Fatalf("with an account she sees %+v", p)
	}
	_, err = w.AcceptInvitation(w.ctx, mailed, bob.ID)
	w.ok(err)
	for _, s := range []string{mailed, shown, "rung_inv_nothing"} {
		_, err = w.PreviewInvitation(w.ctx, s)
		w.refused(err, fault.KindNotFound, "not-found")
	}
}

func testSweep(w *world) {
	ada := w.person("Ada")
	i, secret, err := w.Invite(w.ctx, ada.ID, ada.Home, users.NewInvitation{Email: "bob@example.com", Role: users.Guest})
	w.ok(err)
	w.clock.pass(36 * 24 * time.Hour)
	w.ok(w.Sweep(w.ctx))
	if all, _, err := w.Invitations(w.ctx, ada.ID, ada.Home, users.Page{Limit: 9}); err != nil || len(all) != 1 {
		w.Fatalf("after 36 days: %v %v", all, err)
	}
	w.clock.pass(2 * 24 * time.Hour)
	w.ok(w.Sweep(w.ctx))
	if all, _, err := w.Invitations(w.ctx, ada.ID, ada.Home, users.Page{Limit: 9}); err != nil || len(all) != 0 {
		w.Fatalf("after 38 days: %v %v", all, err)
	}
	l, err := w.store.LeaseLane(w.ctx, users.Lane{Kind: users.LaneMail, ID: i.ID}, w.clock.now(), w.clock.now().Add(time.Second))
	if l != nil || err != nil {
		w.Fatalf("its mail is still waiting: %v %v", l, err)
	}
	_, err = w.PreviewInvitation(w.ctx, secret)
	w.refused(err, fault.KindNotFound, "")
}

func testMailGivenUp(w *world) {
	ada := w.person("Ada")
	w.mailed.failing(fmt.Errorf("no such mailbox: %w", mail.ErrRefused))
	refused, _, err := w.Invite(w.ctx, ada.ID, ada.Home, users.NewInvitation{Email: "nobody@example.com", Role: users.Guest})
	w.ok(err)
	w.relay(func() bool { return w.mailOf(ada.ID, ada.Home, refused.ID) == users.MailFailed })
	w.mailed.failing(errors.New("no such host"))
	i, secret, err := w.Invite(w.ctx, ada.ID, ada.Home, users.NewInvitation{Email: "bob@example.com", Role: users.Guest})
	w.ok(err)
	w.relay(func() bool {
		w.clock.pass(time.Minute)
		return w.mailOf(ada.ID, ada.Home, i.ID) == users.MailFailed
	})
	w.drained(users.Lane{Kind: users.LaneMail, ID: i.ID})
	_, err = w.AcceptInvitation(w.ctx, secret, w.person("Bob").ID)
	w.ok(err)
}
