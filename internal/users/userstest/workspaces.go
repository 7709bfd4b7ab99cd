package userstest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/users"
)

func testWorkspaces(w *world) {
	ada := w.person("Ada")
	n := users.NewWorkspace{ID: newID(), Name: "Analytical Engines"}
	ws, created, err := w.CreateWorkspace(w.ctx, ada.ID, n)
	w.ok(err)
	if !created || ws.Slug != "analytical-engines" || ws.Version != 1 {
		w.Fatalf("made %+v", ws)
	}
	m, err := w.PatchWorkspace(w.ctx, ada.ID, ws.ID, users.WorkspacePatch{Name: ptr("Engines"), Slug: ptr("engines")}, users.Seen{Match: ws.Version})
	w.ok(err)
	if m.Workspace.Version != 2 || m.Role != users.Owner {
		w.Fatalf("patched to %+v", m)
	}
	again, created, err := w.CreateWorkspace(w.ctx, ada.ID, n)
	w.ok(err)
	if created || again.Name != "Engines" {
		w.Fatalf("sent twice it gave %v %+v", created, again)
	}
	_, _, err = w.CreateWorkspace(w.ctx, ada.ID, users.NewWorkspace{ID: n.ID, Name: "Other"})
	w.refused(err, fault.KindConflict, "id-taken")
	_, _, err = w.CreateWorkspace(w.ctx, w.person("Eve").ID, n)
	w.refused(err, fault.KindConflict, "id-taken")
	_, err = w.PatchWorkspace(w.ctx, ada.ID, ws.ID, users.WorkspacePatch{Name: ptr("Late")}, users.Seen{Match: 1})
	w.refused(err, fault.KindStale, "")
	_, _, err = w.CreateWorkspace(w.ctx, newID(), users.NewWorkspace{Name: "Nobody's"})
	w.refused(err, fault.KindNotFound, "")
	if u, err := w.Usage(w.ctx, ada.ID, ws.ID); err != nil || u.Members != 1 {
		w.Fatalf("usage %+v %v", u, err)
	}
}

func testWorkspacesRefused(w *world) {
	ada := w.person("Ada")
	for _, slug := range []string{"a", "-ab", "ab-", "Ab", "a b", "admin", "api", "setup", "login", "assets", newID().String(), "0123456789012345678901234567890123456789x", "ä1"} {
		_, _, err := w.CreateWorkspace(w.ctx, ada.ID, users.NewWorkspace{Name: "Team", Slug: slug})
		w.invalid(err, "slug")
		_, err = w.PatchWorkspace(w.ctx, ada.ID, ada.Home, users.WorkspacePatch{Slug: ptr(slug)}, users.Seen{})
		w.invalid(err, "slug")
	}
	_, _, err := w.CreateWorkspace(w.ctx, ada.ID, users.NewWorkspace{Name: "", Slug: "-"})
	w.invalid(err, "name", "slug")
	_, err = w.PatchWorkspace(w.ctx, ada.ID, ada.Home, users.WorkspacePatch{Name: ptr("\x00")}, users.Seen{})
	w.invalid(err, "name")
}

func testSlugs(w *world) {
	ada := w.person("Ada")
	for name, want := range map[string]string{
		"Zoë & Jörg's Straße": "zoe-jorgs-strasse", "李雷": "team", "Admin": "admin-2", "x": "team-2", "  --  ": "team-3",
	} {
		ws := w.workspace(name, ada.ID)
		if want[:4] != "team" && ws.Slug != want || want[:4] == "team" && ws.Slug[:4] != "team" {
			w.Errorf("%q became %q, want %q", name, ws.Slug, want)
		}
	}
	a, b := w.workspace("Same", ada.ID), w.workspace("Same", ada.ID)
	if a.Slug != "same" || b.Slug != "same-2" {
		w.Fatalf("got %q and %q", a.Slug, b.Slug)
	}
	_, _, err := w.CreateWorkspace(w.ctx, ada.ID, users.NewWorkspace{Name: "Third", Slug: "same"})
	w.refused(err, fault.KindConflict, "slug-taken")
	_, err = w.PatchWorkspace(w.ctx, ada.ID, b.ID, users.WorkspacePatch{Slug: ptr("same")}, users.Seen{})
	w.refused(err, fault.KindConflict, "slug-taken")
	w.resolves("same", a.ID)
	_, err = w.PatchWorkspace(w.ctx, ada.ID, a.ID, users.WorkspacePatch{Slug: ptr("former")}, users.Seen{})
	w.ok(err)
	w.resolves("former", a.ID)
	_, err = w.ResolveWorkspace(w.ctx, "same")
	w.refused(err, fault.KindNotFound, "not-found")
	_, err = w.PatchWorkspace(w.ctx, ada.ID, b.ID, users.WorkspacePatch{Slug: ptr("same")}, users.Seen{})
	w.ok(err)
	w.resolves("same", b.ID)
	w.resolves(b.ID.String(), b.ID)
	for _, nonsense := range []string{"", "No Such", "../x"} {
		_, err = w.ResolveWorkspace(w.ctx, nonsense)
		w.refused(err, fault.KindNotFound, "not-found")
	}
}

func (w *world) resolves(ref string, want uuid.UUID) {
	w.Helper()
	if got, err := w.ResolveWorkspace(w.ctx, ref); err != nil || got != want {
		w.Fatalf("%q is %v (%v), want %v", ref, got, err, want)
	}
}

func testSlugRace(w *world) {
	ada := w.person("Ada")
	var won, lost atomic.Int32
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() {
			_, _, err := w.CreateWorkspace(w.ctx, ada.ID, users.NewWorkspace{Name: "Team", Slug: "the-one"})
			switch fault.KindOf(err) {
			case fault.KindConflict:
				lost.Add(1)
			default:
				if err != nil {
					w.Error(err)
				}
				won.Add(1)
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 || lost.Load() != 11 {
		w.Fatalf("%d got the slug, %d did not", won.Load(), lost.Load())
	}
	slugs := make(chan string, 6)
	for range 6 {
		wg.Go(func() {
			ws, _, err := w.CreateWorkspace(context.WithoutCancel(w.ctx), ada.ID, users.NewWorkspace{Name: "Crowd"})
			if err != nil {
				w.Error(err)
			}
			slugs <- ws.Slug
		})
	}
	wg.Wait()
	close(slugs)
	seen := map[string]bool{}
	for s := range slugs {
		seen[s] = true
	}
	if len(seen) != 6 {
		w.Fatalf("made slugs %v", seen)
	}
}

func testDeleteWorkspace(w *world) {
	ada := w.person("Ada")
	ws := w.workspace("Team", ada.ID)
	bob := w.join(ws.ID, ada.ID, "Bob", users.Admin)
	_, secret, err := w.Invite(w.ctx, ada.ID, ws.ID, users.NewInvitation{Role: users.Ordinary})
	w.ok(err)
	w.refused(w.DeleteWorkspace(w.ctx, bob.ID, ws.ID), fault.KindForbidden, "")
	_, err = w.Member(w.ctx, ws.ID, bob.ID)
	w.ok(err)
	w.resolves(ws.Slug, ws.ID)
	w.ok(w.DeleteWorkspace(w.ctx, ada.ID, ws.ID))
	w.ok(w.DeleteWorkspace(w.ctx, ada.ID, ws.ID))
	w.refused(w.DeleteWorkspace(w.ctx, bob.ID, ws.ID), fault.KindNotFound, "")
	for _, user := range []uuid.UUID{ada.ID, bob.ID} {
		_, err = w.Member(w.ctx, ws.ID, user)
		w.refused(err, fault.KindNotFound, "not-found")
		_, err = w.Workspace(w.ctx, user, ws.ID)
		w.refused(err, fault.KindNotFound, "not-found")
	}
	_, err = w.ResolveWorkspace(w.ctx, ws.Slug)
	w.refused(err, fault.KindNotFound, "")
	_, err = w.AcceptInvitation(w.ctx, secret, w.person("Eve").ID)
	w.refused(err, fault.KindNotFound, "")
	_, err = w.PatchWorkspace(w.ctx, ada.ID, ws.ID, users.WorkspacePatch{Name: ptr("Back")}, users.Seen{})
	w.refused(err, fault.KindNotFound, "")
	w.refused(w.RemoveMember(w.ctx, ada.ID, ws.ID, bob.ID), fault.KindNotFound, "")
	if again := w.workspace("Team", bob.ID); again.Slug != ws.Slug {
		w.Fatalf("the slug was not free: %q", again.Slug)
	}
	all, _, err := w.Workspaces(w.ctx, ada.ID, users.Page{Limit: 10})
	w.ok(err)
	if len(all) != 1 || all[0].Workspace.ID != ada.Home {
		w.Fatalf("she still has %+v", all)
	}
}

func testWorkspaceQuota(w *world) {
	limits := users.DefaultLimits()
	limits.Workspaces = 3
	w = w.with(limits)
	ada := w.person("Ada")
	w.workspace("Two", ada.ID)
	third := w.workspace("Three", ada.ID)
	_, _, err := w.CreateWorkspace(w.ctx, ada.ID, users.NewWorkspace{Name: "Four"})
	w.refused(err, fault.KindForbidden, "quota-exceeded")
	w.ok(w.DeleteWorkspace(w.ctx, ada.ID, third.ID))
	w.workspace("Four", ada.ID)
}

func testWorkspacePages(w *world) {
	ada := w.person("Ada")
	want := []uuid.UUID{ada.Home}
	for i := range 9 {
		want = append(want, w.workspace(fmt.Sprintf("W%d", i), ada.ID).ID)
	}
	slices.SortFunc(want, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	var got []uuid.UUID
	page := users.Page{Limit: 3}
	for more := true; more; {
		var part []users.Membership
		var err error
		part, more, err = w.Workspaces(w.ctx, ada.ID, page)
		w.ok(err)
		for _, m := range part {
			got = append(got, m.Workspace.ID)
			page.After = m.Workspace.ID
		}
		_, err = w.PatchWorkspace(w.ctx, ada.ID, got[0], users.WorkspacePatch{Name: ptr(fmt.Sprintf("Renamed %d", len(got)))}, users.Seen{})
		w.ok(err)
	}
	if !slices.Equal(got, want) {
		w.Fatalf("pages gave %v, want %v", got, want)
	}
}
