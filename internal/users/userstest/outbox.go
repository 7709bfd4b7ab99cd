package userstest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/users"
)

// drained relays until nothing waits in the lane.
func (w *world) drained(lane users.Lane) {
	w.Helper()
	w.relay(func() bool {
		now := w.clock.now()
		l, err := w.store.LeaseLane(w.ctx, lane, now, now) // a lease that has run out as soon as it is had
		if err != nil && !errors.Is(err, users.ErrLeased) {
			w.Fatal(err)
		}
		return l == nil && err == nil
	})
}

// note posts one change of a workspace's members that changes nobody.
func (w *world) note(ws uuid.UUID, text string) error {
	return w.store.UpdateWorkspace(w.ctx, ws, func(users.View) (users.Change, error) {
		return users.Change{Post: []users.Message{{Lane: users.Lane{Kind: users.LaneMembers, ID: ws}, At: w.clock.now(), Doc: []byte(text)}}}, nil
	})
}

func texts(l *users.Lease) (out []string) {
	for _, m := range l.Messages {
		out = append(out, fmt.Sprintf("%d:%s", m.Number, m.Doc))
	}
	return out
}

func testOutboxOrder(w *world) {
	ada := w.person("Ada")
	ws := w.workspace("Team", ada.ID)
	w.told.failing(errors.New("down"))
	bob := w.join(ws.ID, ada.ID, "Bob", users.Guest)
	for i := range 3 {
		_, err := w.PatchPerson(w.ctx, ada.ID, users.PersonPatch{Name: ptr(fmt.Sprintf("Ada %d", i))}, users.Seen{})
		w.ok(err)
	}
	w.ok(w.RemoveMember(w.ctx, ada.ID, ws.ID, bob.ID))
	w.told.failing(nil)
	if err := w.Flush(w.ctx, ws.ID); err != nil {
		w.Fatal(err)
	}
	want := []string{"1:Ada:owner", "2:Bob:guest", "3:Ada 0:owner", "4:Ada 1:owner", "5:Ada 2:owner", "6:Bob:"}
	if got := w.told.of(ws.ID); !slices.Equal(got, want) {
		w.Fatalf("told %v, want %v", got, want)
	}
	w.clock.pass(time.Hour)
	w.relay(func() bool { return len(w.told.of(ada.Home)) == 4 })
	if got := w.told.of(ada.Home); got[3] != "4:Ada 2:owner" {
		w.Fatalf("her home was told %v", got)
	}
}

func testOutboxLeases(w *world) {
	ws := w.workspace("Team", w.person("Ada").ID).ID
	lane := users.Lane{Kind: users.LaneMembers, ID: ws}
	now := w.clock.now()
	take := func(at time.Time) (*users.Lease, error) {
		return w.store.LeaseLane(w.ctx, lane, at, at.Add(time.Minute))
	}
	if l, err := take(now); l != nil || err != nil {
		w.Fatalf("an empty lane gave %+v %v", l, err)
	}
	w.ok(w.note(ws, "a"))
	w.ok(w.note(ws, "b"))
	l, err := take(now)
	w.ok(err)
	if got := texts(l); !slices.Equal(got, []string{"2:a", "3:b"}) {
		w.Fatalf("leased %v", got)
	}
	if _, err := take(now); !errors.Is(err, users.ErrLeased) {
		w.Fatalf("leased twice: %v", err)
	}
	if all, err := w.store.Lease(w.ctx, users.LaneMembers, now.Add(time.Second), now.Add(time.Minute), 10); err != nil || len(all) != 0 {
		w.Fatalf("leased twice: %v %v", all, err)
	}
	w.ok(w.note(ws, "c")) // while the lane is held
	w.ok(w.store.Release(w.ctx, *l, 2, now.Add(time.Hour), true))
	if all, err := w.store.Lease(w.ctx, users.LaneMembers, now.Add(time.Second), now.Add(time.Minute), 10); err != nil || len(all) != 0 {
		w.Fatalf("leased before it was due: %v %v", all, err)
	}
	if all, err := w.store.Lease(w.ctx, users.LaneMail, now.Add(2*time.Hour), now.Add(3*time.Hour), 10); err != nil || len(all) != 0 {
		w.Fatalf("leased another kind: %v %v", all, err)
	}
	all, err := w.store.Lease(w.ctx, users.LaneMembers, now.Add(time.Hour), now.Add(2*time.Hour), 10)
	w.ok(err)
	if len(all) != 1 || all[0].Failures != 1 || !slices.Equal(texts(&all[0]), []string{"3:b", "4:c"}) {
		w.Fatalf("later leased %+v", all)
	}
	stale := all[0]
	taken, err := take(now.Add(2 * time.Hour)) // the lease has run out
	w.ok(err)
	if err := w.store.Release(w.ctx, stale, 4, now, false); !errors.Is(err, users.ErrLeaseLost) {
		w.Fatalf("a lost lease was released: %v", err)
	}
	if got := texts(taken); !slices.Equal(got, []string{"3:b", "4:c"}) {
		w.Fatalf("the next holder has %v", got)
	}
	w.ok(w.store.Release(w.ctx, *taken, 4, now, false))
	if l, err := take(now.Add(3 * time.Hour)); l != nil || err != nil {
		w.Fatalf("the emptied lane gave %+v %v", l, err)
	}
	w.ok(w.note(ws, "d"))
	l, err = take(now.Add(3 * time.Hour))
	w.ok(err)
	if got := texts(l); !slices.Equal(got, []string{"5:d"}) || l.Failures != 0 {
		w.Fatalf("numbers began again: %v", got)
	}
}

// testOutboxRelays has several relays, each a process of its own to the store, deliver what many write at once.
func testOutboxRelays(w *world) {
	limits := users.DefaultLimits()
	relays := []*world{w.with(limits), w.with(limits), w.with(limits)}
	writer := users.New(users.Config{Store: w.store, Now: w.clock.now}) // has nobody to push to
	var lanes []uuid.UUID
	ada := w.person("Ada")
	for range 4 {
		ws, _, err := writer.CreateWorkspace(w.ctx, ada.ID, users.NewWorkspace{Name: "Team"})
		w.ok(err)
		lanes = append(lanes, ws.ID)
	}
	bob := w.person("Bob")
	const changes = 30
	var wg sync.WaitGroup
	for _, ws := range lanes {
		_, secret, err := writer.Invite(w.ctx, ada.ID, ws, users.NewInvitation{Role: users.Guest})
		w.ok(err)
		_, err = writer.AcceptInvitation(w.ctx, secret, bob.ID)
		w.ok(err)
		wg.Go(func() {
			for i := range changes {
				role := []users.Role{users.Ordinary, users.Guest}[i%2]
				if _, err := writer.SetRole(w.ctx, ada.ID, ws, bob.ID, role); err != nil {
					w.Error(err)
				}
			}
		})
	}
	for _, r := range relays {
		wg.Go(func() {
			r.relay(func() bool {
				for _, ws := range lanes {
					if len(w.told.of(ws)) < changes+2 {
						return false
					}
				}
				return true
			})
		})
	}
	wg.Wait()
	for _, ws := range lanes {
		got := w.told.of(ws)
		if len(got) != changes+2 {
			w.Fatalf("told %d of %d changes: %v", len(got), changes+2, got)
		}
		for i, c := range got {
			if !strings.HasPrefix(c, fmt.Sprintf("%d:", i+1)) {
				w.Fatalf("out of order at %d: %v", i, got)
			}
		}
	}
}

func testOutboxRetries(w *world) {
	ada := w.person("Ada")
	ws := w.workspace("Team", ada.ID)
	w.told.failing(errors.New("down"))
	bob := w.join(ws.ID, ada.ID, "Bob", users.Guest)
	w.ok(w.RemoveMember(w.ctx, ada.ID, ws.ID, bob.ID))
	if _, err := w.Member(w.ctx, ws.ID, bob.ID); fault.KindOf(err) != fault.KindNotFound {
		w.Fatalf("a change waited for who is told of it: %v", err)
	}
	if err := w.Flush(w.ctx, ws.ID); err == nil {
		w.Fatal("Flush said nothing of the failure")
	}
	w.told.failing(nil)
	w.relay(func() bool {
		w.clock.pass(time.Second)
		return len(w.told.of(ws.ID)) == 3
	})
	if got, want := w.told.of(ws.ID), []string{"1:Ada:owner", "2:Bob:guest", "3:Bob:"}; !slices.Equal(got, want) {
		w.Fatalf("told %v, want %v", got, want)
	}
}
