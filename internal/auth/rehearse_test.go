package auth_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
)

const madeUpEmail = "person-1@rehearsal.invalid"

// madeUp makes somebody up.
func (h *house) madeUp() uuid.UUID {
	h.t.Helper()
	id := uuid.Must(uuid.NewV7())
	must(h.t, h.MakeUp(h.t.Context(), id, madeUpEmail))
	return id
}

func TestNobodyGetsInAsSomebodyMadeUp(t *testing.T) {
	h := open(t)
	h.madeUp()
	for _, password := range []string{"", goodPassword} {
		_, err := h.Login(t.Context(), madeUpEmail, password, here())
		refused(t, "the password "+password, err, "wrong-credentials")
	}
	must(t, h.ForgotPassword(t.Context(), madeUpEmail, here()))
	if sent := h.deliver(); len(sent) != 0 {
		t.Errorf("mail to somebody who does not exist: %v", sent)
	}
}

func TestSomebodyMadeUpHasOneSession(t *testing.T) {
	h := open(t)
	id := h.madeUp()
	first, err := h.SignInMadeUp(t.Context(), id)
	must(t, err)
	in, err := h.Refresh(t.Context(), first, auth.Client{Agent: "Firefox"}) // which gives the session another name
	must(t, err)
	second, err := h.SignInMadeUp(t.Context(), id)
	must(t, err)
	_, err = h.refresh(in.Refresh)
	refused(t, "a session of before", err, "session-ended")
	_, err = h.refresh(second)
	must(t, err)
	if a, err := h.store.Account(t.Context(), id); err != nil || len(a.Sessions) != 1 {
		t.Errorf("%d sessions, %v", len(a.Sessions), err)
	}
}

func TestSomebodyMadeUpIsMadeOnce(t *testing.T) {
	h := open(t)
	id := h.madeUp()
	must(t, h.MakeUp(t.Context(), id, madeUpEmail))
	refused(t, "another address", h.MakeUp(t.Context(), id, "person-2@rehearsal.invalid"), "id-taken")
	refused(t, "another id", h.MakeUp(t.Context(), uuid.New(), madeUpEmail), "email-taken")
	invalid(t, "no address", h.MakeUp(t.Context(), uuid.New(), "person"), "email")
}

func TestWhoIsNotMadeUpIsNotSignedIn(t *testing.T) {
	h := open(t)
	in := h.register("ann@example.org").SignedIn
	_, err := h.SignInMadeUp(t.Context(), in.User)
	refused(t, "who has a password", err, "forbidden")
	_, err = h.refresh(in.Refresh)
	must(t, err)
	id := h.madeUp()
	must(t, h.Disable(t.Context(), madeUpEmail, true))
	_, err = h.SignInMadeUp(t.Context(), id)
	refused(t, "who is disabled", err, "forbidden")
	_, err = h.SignInMadeUp(t.Context(), uuid.New())
	refused(t, "nobody", err, "not-found")
}
