package auth_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
)

// asked counts how often a store is asked whether something still holds.
type asked struct {
	auth.Store
	grants int
}

func (s *asked) SessionGrant(ctx context.Context, account, session uuid.UUID) (auth.Grant, error) {
	s.grants++
	return s.Store.SessionGrant(ctx, account, session)
}

func TestAServiceThatIsAloneBelievesForAMinute(t *testing.T) {
	for exclusive, life := range map[bool]time.Duration{true: time.Minute, false: 4 * time.Second} {
		var store *asked
		h := open(t, func(o *auth.Options) {
			store = &asked{Store: o.Store}
			o.Store, o.Exclusive = store, exclusive
		})
		in := h.register("ann@example.org").SignedIn
		h.identity(in)
		h.clock.pass(life - time.Second)
		h.identity(in)
		if store.grants != 1 {
			t.Errorf("alone %t: asked %d times before %v were over", exclusive, store.grants, life)
		}
		h.clock.pass(time.Second)
		h.identity(in)
		if store.grants != 2 {
			t.Errorf("alone %t: asked %d times after %v", exclusive, store.grants, life)
		}
	}
}

// A session that goes on for longer because it was refreshed is not taken for one that ends when it would have.
func TestARefreshedSessionIsNotTakenForOneThatEnded(t *testing.T) {
	h := open(t, func(o *auth.Options) { o.Exclusive = true })
	in := h.register("ann@example.org").SignedIn
	h.clock.pass(in.RefreshExpires.Sub(h.clock.read()) - 20*time.Second)
	must(t, h.StillValid(t.Context(), auth.Identity{User: in.User, Session: in.Session})) // it is known when it will end
	next, err := h.Refresh(t.Context(), in.Refresh, here())
	must(t, err)
	h.clock.pass(30 * time.Second)
	h.identity(next)
}

func TestAUseThatWasNotedIsNotNotedAgain(t *testing.T) {
	h := open(t, func(o *auth.Options) { o.Exclusive = true })
	id := h.identity(h.register("ann@example.org").SignedIn)
	_, secret, err := h.CreateToken(t.Context(), id, auth.NewToken{Name: "x", Scopes: []string{"read"}})
	must(t, err)
	var last time.Time
	for range 3 {
		_, err := h.Verify(t.Context(), secret)
		must(t, err)
		must(t, h.FlushUses(t.Context()))
		h.clock.pass(10 * time.Second)
		list, err := h.Tokens(t.Context(), id)
		must(t, err)
		if used := list[0].UsedAt; last.IsZero() {
			last = used
		} else if !used.Equal(last) {
			t.Errorf("noted again %v later", used.Sub(last))
		}
	}
}

// doubtful is a store that says of each change that it failed, and has made it.
type doubtful struct {
	auth.Store
	fail bool
}

func (s *doubtful) inDoubt(err error) error {
	if !s.fail {
		return err
	}
	return errors.Join(err, errors.New("who knows what became of it"))
}

func (s *doubtful) Update(ctx context.Context, id uuid.UUID, change func(*auth.Account) error) error {
	return s.inDoubt(s.Store.Update(ctx, id, change))
}

func (s *doubtful) UpdateAmong(ctx context.Context, id uuid.UUID, change func(*auth.Account, func() (int, error)) error) error {
	return s.inDoubt(s.Store.UpdateAmong(ctx, id, change))
}

func TestWhatEndedAlthoughItFailedIsNotBelieved(t *testing.T) {
	for name, end := range map[string]func(*house, auth.SignedIn) error{
		"logout":    func(h *house, in auth.SignedIn) error { return h.Logout(h.t.Context(), in.Refresh) },
		"disabling": func(h *house, _ auth.SignedIn) error { return h.Disable(h.t.Context(), "ann@example.org", true) },
	} {
		var store *doubtful
		h := open(t, func(o *auth.Options) {
			store = &doubtful{Store: o.Store}
			o.Store, o.Exclusive = store, true
		})
		in := h.register("ann@example.org").SignedIn
		h.identity(in)
		store.fail = true
		if end(h, in) == nil {
			t.Fatalf("%s: it did not fail", name)
		}
		_, err := h.Verify(t.Context(), in.Access)
		refused(t, name, err, "session-ended")
	}
}
