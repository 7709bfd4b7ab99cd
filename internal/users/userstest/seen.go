package userstest

import (
	"errors"
	"slices"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/users"
)

// conflicts expects that nothing is changed because these fields have been changed by somebody else since.
func (w *world) conflicts(err error, fields ...string) {
	w.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != fault.KindStale {
		w.Fatalf("got %v, want a conflict", err)
	}
	changed, _ := f.Extra["conflicts"].([]fault.Changed)
	var got []string
	for _, c := range changed {
		got = append(got, c.Field)
	}
	if !slices.Equal(got, fields) {
		w.Fatalf("conflicts in %v, want %v", got, fields)
	}
}

func testSeenPeople(w *world) {
	p := w.person("Ada")
	patch := func(patch users.PersonPatch, seen users.Seen) error {
		_, err := w.PatchPerson(w.ctx, p.ID, patch, seen)
		return err
	}
	first := users.Seen{Base: p.Version}
	w.ok(patch(users.PersonPatch{Theme: ptr("dark")}, first))
	w.ok(patch(users.PersonPatch{Locale: ptr("de")}, first)) // nobody changed that
	w.conflicts(patch(users.PersonPatch{Theme: ptr("light")}, first), "theme")
	w.conflicts(patch(users.PersonPatch{Theme: ptr("light"), Locale: ptr("fr"), Timezone: ptr("Asia/Tokyo")}, first), "locale", "theme")
	w.ok(patch(users.PersonPatch{Theme: ptr("dark")}, first)) // it is that already
	w.ok(patch(users.PersonPatch{Theme: ptr("light")}, users.Seen{Base: 3}))
	w.ok(patch(users.PersonPatch{Notify: map[string]*bool{"due": ptr(true)}}, first))
	w.conflicts(patch(users.PersonPatch{Notify: map[string]*bool{"due": ptr(false)}}, first), "notify")
	w.refused(patch(users.PersonPatch{Name: ptr("Countess")}, users.Seen{Match: 3}), fault.KindStale, "")
	w.ok(patch(users.PersonPatch{Name: ptr("Countess")}, users.Seen{Match: 5}))
	w.ok(w.SetEmail(w.ctx, p.ID, "countess@example.com"))
	w.ok(patch(users.PersonPatch{Timezone: ptr("Asia/Tokyo")}, first))
}

func testSeenWorkspaces(w *world) {
	ada := w.person("Ada")
	ws := w.workspace("Team", ada.ID)
	patch := func(patch users.WorkspacePatch, seen users.Seen) error {
		_, err := w.PatchWorkspace(w.ctx, ada.ID, ws.ID, patch, seen)
		return err
	}
	first := users.Seen{Base: ws.Version}
	w.ok(patch(users.WorkspacePatch{Slug: ptr("engines")}, first))
	w.ok(patch(users.WorkspacePatch{Name: ptr("Engines")}, first)) // nobody changed that
	w.conflicts(patch(users.WorkspacePatch{Slug: ptr("motors")}, first), "slug")
	w.conflicts(patch(users.WorkspacePatch{Name: ptr("Motors"), Slug: ptr("motors")}, first), "name", "slug")
	w.conflicts(patch(users.WorkspacePatch{Name: ptr("Motors"), Slug: ptr("motors")}, users.Seen{Base: 2}), "name")
	w.ok(patch(users.WorkspacePatch{Name: ptr("Engines"), Slug: ptr("engines")}, first))
	w.ok(patch(users.WorkspacePatch{Slug: ptr("motors")}, users.Seen{Base: 3}))
	w.resolves("motors", ws.ID)
}
