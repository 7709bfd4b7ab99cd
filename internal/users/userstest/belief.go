package userstest

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/users"
)

// testExclusive has a service that is promised to be the only one: it sees what it does itself at once, though what it
// knows is believed for a minute.
func testExclusive(outside *world) {
	w := outside.as(func(c *users.Config) { c.Exclusive = true })
	ada := w.person("Ada")
	ws := w.workspace("Team", ada.ID)
	bob := w.join(ws.ID, ada.ID, "Bob", users.Guest)
	known := func() users.Member {
		w.Helper()
		m, err := w.Member(w.ctx, ws.ID, bob.ID)
		w.ok(err)
		return m
	}
	known()
	w.ok(second(outside.SetRole(outside.ctx, ada.ID, ws.ID, bob.ID, users.Admin)))
	w.clock.pass(59 * time.Second)
	if m := known(); m.Role != users.Guest {
		w.Errorf("she was looked up before the minute was over: %+v", m)
	}
	w.clock.pass(time.Second)
	if m := known(); m.Role != users.Admin {
		w.Errorf("after a minute she is %+v", m)
	}

	name, zone, slug := "Robert", "Asia/Tokyo", "other"
	w.ok(second(w.SetRole(w.ctx, ada.ID, ws.ID, bob.ID, users.Ordinary)))
	if m := known(); m.Role != users.Ordinary {
		w.Errorf("her new role is not seen: %+v", m)
	}
	w.ok(w.Appoint(w.ctx, ws.ID, bob.ID))
	if m := known(); m.Role != users.Owner {
		w.Errorf("an appointed owner is %+v", m)
	}
	_, _, err := w.Profile(w.ctx, bob.ID)
	w.ok(err)
	w.ok(second(w.PatchPerson(w.ctx, bob.ID, users.PersonPatch{Name: &name, Timezone: &zone}, users.Seen{})))
	if got, in, err := w.Profile(w.ctx, bob.ID); err != nil || got != name || in.String() != zone || known().Name != name {
		w.Errorf("her new name and zone: %q in %v (%v), %+v", got, in, err, known())
	}
	_, err = w.ResolveWorkspace(w.ctx, slug)
	w.isNotFound("a slug that is free", err)
	w.ok(second(w.PatchWorkspace(w.ctx, ada.ID, ws.ID, users.WorkspacePatch{Slug: &slug}, users.Seen{})))
	if id, err := w.ResolveWorkspace(w.ctx, slug); err != nil || id != ws.ID {
		w.Errorf("the new slug leads to %v (%v)", id, err)
	}
	_, err = w.ResolveWorkspace(w.ctx, ws.Slug)
	w.isNotFound("the former slug", err)
	for more := true; more; {
		more, err = w.Forget(w.ctx, bob.ID)
		w.ok(err)
	}
	w.isNoMember(ws.ID, bob.ID)
	_, _, err = w.Profile(w.ctx, bob.ID)
	w.isNotFound("a person that is forgotten", err)
	w.ok(w.DeleteWorkspace(w.ctx, ada.ID, ws.ID))
	w.isNoMember(ws.ID, ada.ID)
	_, err = w.ResolveWorkspace(w.ctx, slug)
	w.isNotFound("the slug of a deleted workspace", err)
}

// doubtful is a store that says of each change of a workspace that it failed, and has made it.
type doubtful struct{ users.Store }

func (s doubtful) UpdateWorkspace(ctx context.Context, ws uuid.UUID, change func(users.View) (users.Change, error)) error {
	return errors.Join(s.Store.UpdateWorkspace(ctx, ws, change), errInDoubt)
}

func (s doubtful) UpdatePerson(ctx context.Context, id uuid.UUID, change func(users.PersonView) (users.PersonChange, error)) error {
	return errors.Join(s.Store.UpdatePerson(ctx, id, change), errInDoubt)
}

var errInDoubt = errors.New("who knows what became of it")

// testChangedAllTheSame fails changes that are made all the same: nothing that was known before is believed.
func testChangedAllTheSame(sure *world) {
	ada := sure.person("Ada")
	ws := sure.workspace("Team", ada.ID)
	bob := sure.join(ws.ID, ada.ID, "Bob", users.Guest)
	w := sure.as(func(c *users.Config) { c.Store, c.Exclusive = doubtful{c.Store}, true })
	_, err := w.Member(w.ctx, ws.ID, bob.ID)
	w.ok(err)
	_, _, err = w.Profile(w.ctx, bob.ID)
	w.ok(err)
	name, slug := "Robert", "other"
	failed := func(err error) {
		w.Helper()
		if !errors.Is(err, errInDoubt) {
			w.Fatalf("it did not fail: %v", err)
		}
	}
	failed(second(w.PatchPerson(w.ctx, bob.ID, users.PersonPatch{Name: &name}, users.Seen{})))
	if got, _, err := w.Profile(w.ctx, bob.ID); err != nil || got != name {
		w.Errorf("she is called %q (%v)", got, err)
	}
	failed(second(w.PatchWorkspace(w.ctx, ada.ID, ws.ID, users.WorkspacePatch{Slug: &slug}, users.Seen{})))
	if id, err := w.ResolveWorkspace(w.ctx, slug); err != nil || id != ws.ID {
		w.Errorf("the new slug leads to %v (%v)", id, err)
	}
	failed(w.RemoveMember(w.ctx, ada.ID, ws.ID, bob.ID))
	w.isNoMember(ws.ID, bob.ID)
	_, err = w.Member(w.ctx, ws.ID, ada.ID)
	w.ok(err)
	failed(w.DeleteWorkspace(w.ctx, ada.ID, ws.ID))
	w.isNoMember(ws.ID, ada.ID)

	made := users.MadeUp{
		Workspace: users.NewWorkspace{ID: newID(), Name: "Made up", Slug: "made-up"},
		People:    []users.NewPerson{{ID: ada.ID, Email: "ada@example.com", Name: "Ada"}},
	}
	half := sure.as(func(c *users.Config) { c.Store, c.Exclusive = doubtfulSpaces{c.Store}, true })
	half.isNoMember(made.Workspace.ID, ada.ID)
	failed(half.MakeUp(half.ctx, made))
	if m, err := half.Member(half.ctx, made.Workspace.ID, ada.ID); err != nil || m.Role != users.Owner {
		w.Errorf("the owner of what was made up is %+v (%v)", m, err)
	}
}

// doubtfulSpaces is doubtful of workspaces alone.
type doubtfulSpaces struct{ users.Store }

func (s doubtfulSpaces) UpdateWorkspace(ctx context.Context, ws uuid.UUID, change func(users.View) (users.Change, error)) error {
	return doubtful(s).UpdateWorkspace(ctx, ws, change)
}
