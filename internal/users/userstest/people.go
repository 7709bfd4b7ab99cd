package userstest

import (
	"strings"
	"sync"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/users"
)

func testPeople(w *world) {
	p, home, err := w.CreatePerson(w.ctx, users.NewPerson{ID: newID(), Name: "  Ada Lovelace ", Email: "Ada@Example.com", Locale: "en-gb", Timezone: "Europe/London"})
	w.ok(err)
	if p.Name != "Ada Lovelace" || p.Email != "ada@example.com" || p.Locale != "en-GB" || p.Timezone != "Europe/London" || p.Theme != "system" {
		w.Fatalf("made %+v", p)
	}
	if home.Slug != "ada-lovelace" || home.ID != p.Home || home.CreatedBy != p.ID {
		w.Fatalf("her home is %+v", home)
	}
	p, err = w.PatchPerson(w.ctx, p.ID, users.PersonPatch{
		Theme: ptr("dark"), Locale: ptr("pt-BR"), Notify: map[string]*bool{"task.assigned": ptr(false), "mention": ptr(true)},
		Settings: map[string]*string{"projects": ptr("b,a"), "sidebar": ptr("closed")},
	}, users.Seen{Match: p.Version})
	w.ok(err)
	p, err = w.PatchPerson(w.ctx, p.ID, users.PersonPatch{Notify: map[string]*bool{"mention": nil}, Settings: map[string]*string{"sidebar": nil}}, users.Seen{})
	w.ok(err)
	again, err := w.Person(w.ctx, p.ID)
	w.ok(err)
	if again.Theme != "dark" || again.Locale != "pt-BR" || len(again.Notify) != 1 || again.Notify["task.assigned"] ||
		len(again.Settings) != 1 || again.Settings["projects"] != "b,a" || again.Version != 3 {
		w.Fatalf("kept %+v", again)
	}
	_, err = w.PatchPerson(w.ctx, p.ID, users.PersonPatch{Theme: ptr("light")}, users.Seen{Match: 2})
	w.refused(err, fault.KindStale, "")
	same, err := w.PatchPerson(w.ctx, p.ID, users.PersonPatch{Theme: ptr("dark")}, users.Seen{Match: 3})
	w.ok(err)
	if same.Version != 3 {
		w.Fatal("a patch that changes nothing made a new version")
	}
	if z := w.Zone(w.ctx, p.ID).String(); z != "Europe/London" {
		w.Fatalf("her days are those of %s", z)
	}
	_, err = w.PatchPerson(w.ctx, p.ID, users.PersonPatch{Timezone: ptr("Asia/Tokyo")}, users.Seen{})
	w.ok(err)
	if z := w.Zone(w.ctx, p.ID).String(); z != "Asia/Tokyo" {
		w.Fatalf("after she moved her days are those of %s", z)
	}
	if z := w.Zone(w.ctx, newID()).String(); z != "UTC" {
		w.Fatalf("nobody's days are those of %s", z)
	}
	if name, _, err := w.Profile(w.ctx, p.ID); err != nil || name != "Ada Lovelace" {
		w.Fatalf("her name is %q (%v)", name, err)
	}
	_, _, err = w.Profile(w.ctx, newID())
	w.refused(err, fault.KindNotFound, "not-found")
	w.ok(w.SetEmail(w.ctx, p.ID, "Countess@example.com"))
	if m, err := w.Member(w.ctx, p.Home, p.ID); err != nil || m.Email != "countess@example.com" {
		w.Fatalf("the directory still has %q (%v)", m.Email, err)
	}
	_, err = w.Person(w.ctx, newID())
	w.refused(err, fault.KindNotFound, "not-found")
	_, err = w.PatchPerson(w.ctx, newID(), users.PersonPatch{}, users.Seen{})
	w.refused(err, fault.KindNotFound, "not-found")
}

func testPeopleRefused(w *world) {
	_, _, err := w.CreatePerson(w.ctx, users.NewPerson{ID: newID(), Name: " ", Locale: "not a language", Timezone: "Mars/Olympus"})
	w.invalid(err, "name", "locale", "timezone")
	p := w.person("Ada")
	many := map[string]*bool{}
	for i := range 40 {
		many["n"+strings.Repeat("x", i%39)] = ptr(true)
	}
	for field, patch := range map[string]users.PersonPatch{
		"name":     {Name: ptr("two\nlines")},
		"locale":   {Locale: ptr("")},
		"timezone": {Timezone: ptr("Local")},
		"theme":    {Theme: ptr("pink")},
		"notify":   {Notify: map[string]*bool{"<script>": ptr(true)}},
		"settings": {Settings: map[string]*string{"Not A Name": ptr("x")}},
	} {
		_, err := w.PatchPerson(w.ctx, p.ID, patch, users.Seen{})
		w.invalid(err, field)
	}
	_, err = w.PatchPerson(w.ctx, p.ID, users.PersonPatch{Notify: many}, users.Seen{})
	w.invalid(err, "notify")
	for _, text := range []string{strings.Repeat("x", 16<<10), "nul \x00"} {
		_, err = w.PatchPerson(w.ctx, p.ID, users.PersonPatch{Settings: map[string]*string{"order": &text}}, users.Seen{})
		w.invalid(err, "settings")
	}
	_, err = w.PatchPerson(w.ctx, p.ID, users.PersonPatch{Name: ptr(strings.Repeat("é", 101))}, users.Seen{})
	w.invalid(err, "name")
	_, err = w.PatchPerson(w.ctx, p.ID, users.PersonPatch{Timezone: ptr("")}, users.Seen{})
	w.invalid(err, "timezone")
	if now, err := w.Person(w.ctx, p.ID); err != nil || now.Version != 1 {
		w.Fatalf("a refused patch left %+v (%v)", now, err)
	}
}

func testHomeOnce(w *world) {
	n := users.NewPerson{ID: newID(), Name: "Grace", Email: "grace@example.com"}
	var wg sync.WaitGroup
	homes := make([]uuid.UUID, 8)
	for i := range homes {
		wg.Go(func() {
			_, home, err := w.CreatePerson(w.ctx, n)
			if err != nil {
				w.Error(err)
			}
			homes[i] = home.ID
		})
	}
	wg.Wait()
	for _, h := range homes {
		if h != homes[0] {
			w.Fatalf("homes %v", homes)
		}
	}
	all, more, err := w.Workspaces(w.ctx, n.ID, users.Page{Limit: 10})
	w.ok(err)
	if len(all) != 1 || more || all[0].Role != users.Owner {
		w.Fatalf("she has %+v", all)
	}
	if got := w.told.of(homes[0]); len(got) != 1 || got[0] != "1:Grace:owner" {
		w.Fatalf("told %v", got)
	}
	w.ok(w.DeleteWorkspace(w.ctx, n.ID, homes[0]))
	_, home, err := w.CreatePerson(w.ctx, n)
	w.ok(err)
	if home.ID != homes[0] || home.Live() {
		w.Fatalf("a deleted home came back as %+v", home)
	}
}
