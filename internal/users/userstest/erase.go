package userstest

import (
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/users"
)

// empty removes all who are in a deleted workspace, a row at a time.
func (w *world) empty(ws uuid.UUID) (steps int) {
	w.Helper()
	for range 1000 {
		more, err := w.store.EmptyWorkspace(w.ctx, ws, w.clock.now(), 1)
		w.ok(err)
		if steps++; !more {
			return steps
		}
	}
	w.Fatal("it never ends")
	return 0
}

func testErase(w *world) {
	ann, bob := w.person("Ann"), w.person("Bob")
	request := users.NewWorkspace{ID: newID(), Name: "Gone", Slug: "gone"}
	gone, _, err := w.CreateWorkspace(w.ctx, ann.ID, request)
	w.ok(err)
	team := w.workspace("Team", ann.ID)
	secrets := map[uuid.UUID]string{}
	for _, ws := range []uuid.UUID{gone.ID, team.ID} {
		_, secret, err := w.Invite(w.ctx, ann.ID, ws, users.NewInvitation{Role: users.Ordinary, MaxUses: 5})
		w.ok(err)
		w.ok(second(w.AcceptInvitation(w.ctx, secret, bob.ID)))
		_, _, err = w.Invite(w.ctx, ann.ID, ws, users.NewInvitation{Role: users.Ordinary, Email: "zoe@example.com"})
		w.ok(err)
		secrets[ws] = secret
	}
	due := func() []uuid.UUID {
		w.Helper()
		found, err := w.Deleted(w.ctx, w.clock.now().Add(-time.Hour), 10)
		w.ok(err)
		return found
	}
	if _, err := w.store.EmptyWorkspace(w.ctx, gone.ID, w.clock.now(), 10); !errors.Is(err, users.ErrLive) {
		w.Errorf("emptying a live workspace: %v", err)
	}
	if err := w.NoteErased(w.ctx, gone.ID); !errors.Is(err, users.ErrLive) {
		w.Errorf("a live workspace is erased: %v", err)
	}
	w.told.failing(errors.New("nobody listens")) // so that something waits to be told
	w.ok(second(w.SetRole(w.ctx, ann.ID, gone.ID, bob.ID, users.Admin)))
	w.ok(w.DeleteWorkspace(w.ctx, ann.ID, gone.ID))
	w.told.failing(nil)
	if found := due(); len(found) != 0 {
		w.Errorf("due before its time: %v", found)
	}
	w.clock.pass(time.Hour + time.Minute)
	early := w.workspace("Deleted later", ann.ID)
	w.ok(w.DeleteWorkspace(w.ctx, ann.ID, early.ID))
	if found := due(); !slices.Equal(found, []uuid.UUID{gone.ID}) {
		w.Errorf("due are %v", found)
	}

	if steps := w.empty(gone.ID); steps < 5 {
		w.Errorf("two members, two invitations and a message were removed in %d steps", steps)
	}
	if done, more, err := w.EmptyWorkspace(w.ctx, gone.ID); !done || more || err != nil {
		w.Errorf("emptying again: %t, %t, %v", done, more, err)
	}
	if n, err := w.store.CountMembers(w.ctx, gone.ID); err != nil || n != 0 {
		w.Errorf("%d members, %v", n, err)
	}
	if lane, err := w.store.LeaseLane(w.ctx, users.Lane{Kind: users.LaneMembers, ID: gone.ID}, w.clock.now(), w.clock.now()); err != nil || lane != nil {
		w.Errorf("there is something to tell: %+v, %v", lane, err)
	}
	w.refused(second(w.PreviewInvitation(w.ctx, secrets[gone.ID])), fault.KindNotFound, "")
	w.ok(w.NoteErased(w.ctx, gone.ID))
	w.ok(w.NoteErased(w.ctx, gone.ID))
	w.ok(w.NoteErased(w.ctx, newID()))
	if found := due(); len(found) != 0 {
		w.Errorf("due after it was erased: %v", found)
	}
	kept, err := w.store.Workspace(w.ctx, gone.ID)
	w.ok(err)
	if kept == nil || kept.Name != users.FormerWorkspace || kept.Slug != gone.ID.String() || kept.Origin != nil || kept.Live() || !kept.ErasedAt.Equal(w.clock.now()) {
		w.Errorf("what is kept: %+v", kept)
	}
	w.refused(w.DeleteWorkspace(w.ctx, ann.ID, gone.ID), fault.KindNotFound, "")
	_, _, err = w.CreateWorkspace(w.ctx, ann.ID, request)
	w.refused(err, fault.KindConflict, "id-taken")
	entries, err := w.store.Audit().Entries(w.ctx, audit.Query{Workspace: gone.ID, Action: audit.WorkspaceErased, Limit: 10})
	w.ok(err)
	if len(entries) != 1 || entries[0].By != audit.BySystem || entries[0].Subject != gone.ID {
		w.Errorf("written down: %+v", entries)
	}

	if m, err := w.Member(w.ctx, team.ID, bob.ID); err != nil || m.Role != users.Ordinary {
		w.Errorf("Bob is %s in the other workspace, %v", m.Role, err)
	}
	w.ok(second(w.PreviewInvitation(w.ctx, secrets[team.ID])))
}

// testEraseWaits has somebody tell of the members of a workspace while it is to be erased: what she tells must not come
// behind what removes it.
func testEraseWaits(w *world) {
	ann := w.person("Ann")
	gone := w.workspace("Gone", ann.ID)
	w.told.failing(errors.New("nobody listens"))
	bob := w.join(gone.ID, ann.ID, "Bob", users.Ordinary)
	w.ok(w.DeleteWorkspace(w.ctx, ann.ID, gone.ID))
	w.clock.pass(time.Hour)
	now := w.clock.now()
	l, err := w.store.LeaseLane(w.ctx, users.Lane{Kind: users.LaneMembers, ID: gone.ID}, now, now.Add(time.Minute))
	w.ok(err)
	if l == nil || len(l.Messages) == 0 {
		w.Fatalf("nothing is to be told of %s: %+v", bob.ID, l)
	}
	if done, more, err := w.EmptyWorkspace(w.ctx, gone.ID); done || more || err != nil {
		w.Errorf("it is emptied while somebody tells of its members: %t, %t, %v", done, more, err)
	}
	if n, err := w.store.CountMembers(w.ctx, gone.ID); err != nil || n != 2 {
		w.Errorf("%d members are left, %v", n, err)
	}
	w.clock.pass(2 * time.Minute) // she has died
	if done, _, err := w.EmptyWorkspace(w.ctx, gone.ID); !done || err != nil {
		w.Errorf("it is not emptied: %v", err)
	}
}
