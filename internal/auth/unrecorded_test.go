package auth_test

import (
	"context"
	"errors"
	"testing"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/auth"
)

// mute is a store whose audit log takes nothing while it is told so.
type mute struct {
	auth.Store
	silent bool
}

type muteLog struct {
	audit.Log
	of *mute
}

func (m *mute) Audit() audit.Log { return muteLog{m.Store.Audit(), m} }

func (l muteLog) Record(ctx context.Context, entries ...audit.Entry) error {
	if l.of.silent {
		return errors.New("the disk is almost full")
	}
	return l.Log.Record(ctx, entries...)
}

// TestFailuresThatCanNotBeWrittenDownAreCounted guesses before the log takes nothing, meanwhile, and afterwards.
func TestFailuresThatCanNotBeWrittenDownAreCounted(t *testing.T) {
	h := open(t)
	m := &mute{Store: h.store}
	h.store = m
	h.Service = h.serve()
	ann := h.register("ann@example.org")
	for i := range 9 {
		m.silent = i >= 2 && i < 5
		_, err := h.Login(t.Context(), "ann@example.org", "wrong password", auth.Client{})
		refused(t, "a wrong password", err, "wrong-credentials")
	}
	found, err := h.store.Audit().Entries(t.Context(), audit.Query{Action: audit.SignInFailed, Subject: ann.User, Limit: 100})
	must(t, err)
	if len(found) != 6 {
		t.Fatalf("%d failures are written down, want 6", len(found))
	}
	for i, e := range found { // the last first
		if want := map[bool]string{true: "3"}[i == 3]; e.Detail["unrecorded"] != want {
			t.Errorf("failure %d tells of %q others, want %q", len(found)-i, e.Detail["unrecorded"], want)
		}
	}
}

// TestEverybodyIsSignedOutThoughItCanNotBeWrittenDown does so after a leak, while the audit log takes nothing.
func TestEverybodyIsSignedOutThoughItCanNotBeWrittenDown(t *testing.T) {
	h := open(t)
	m := &mute{Store: h.store}
	h.store = m
	h.Service = h.serve()
	ann := h.register("ann@example.org")
	m.silent = true
	if n, err := h.SignOutEveryone(t.Context()); n != 1 || err == nil {
		t.Errorf("%d were signed out, want 1, and it is said that it was not written down: %v", n, err)
	}
	_, err := h.refresh(ann.Refresh)
	refused(t, "a session that was ended", err, "session-ended")
}
