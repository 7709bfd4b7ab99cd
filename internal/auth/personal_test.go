package auth_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
)

func TestPersonalTokens(t *testing.T) {
	h := open(t)
	id := h.identity(h.register("ann@example.org").SignedIn)
	ws := uuid.New()
	made, secret, err := h.CreateToken(t.Context(), id, auth.NewToken{
		Name: " backup ", Scopes: []string{"import", "read", "read"}, Workspaces: []uuid.UUID{ws, ws}, Expires: h.clock.read().Add(time.Hour),
	})
	must(t, err)
	if !strings.HasPrefix(secret, "rung_pat_") || made.Name != "backup" {
		t.Errorf("made %+v with %s", made, secret)
	}
	by, err := h.Verify(t.Context(), secret)
	must(t, err)
	if by.User != id.User || by.Token != made.ID || by.Session != uuid.Nil || by.Admin ||
		!slices.Equal(by.Scopes, []string{"read", "import"}) || !slices.Equal(by.Workspaces, []uuid.UUID{ws}) || !by.Expires.Equal(made.ExpiresAt) {
		t.Errorf("identity: %+v", by)
	}
	_, forever, err := h.CreateToken(t.Context(), id, auth.NewToken{Name: "for ever", Scopes: []string{"write"}})
	must(t, err)
	list, err := h.Tokens(t.Context(), id)
	must(t, err)
	if len(list) != 2 {
		t.Errorf("tokens: %+v", list)
	}
	h.clock.pass(time.Hour)
	_, err = h.Verify(t.Context(), secret)
	refused(t, "when it has run out", err, "session-ended")
	h.clock.pass(100 * 365 * 24 * time.Hour)
	by, err = h.Verify(t.Context(), forever)
	must(t, err)
	if !by.Expires.IsZero() || len(by.Workspaces) != 0 {
		t.Errorf("identity: %+v", by)
	}
}

func TestTheDatabaseDoesNotGiveSecretsAway(t *testing.T) {
	h := open(t)
	in := h.register("ann@example.org").SignedIn
	_, secret, err := h.CreateToken(t.Context(), h.identity(in), auth.NewToken{Name: "x", Scopes: []string{"read"}})
	must(t, err)
	in = h.mustRefresh(in.Refresh)
	a, err := h.store.Account(t.Context(), in.User)
	must(t, err)
	// Who has the database can put nothing of it into a token that works.
	for _, stolen := range [][]byte{a.Sessions[0].Digest, a.Sessions[0].Salt} {
		forged := replaceSecret(t, in.Refresh, stolen)
		_, err := h.refresh(forged)
		refused(t, "a refresh token made from the database", err, "session-ended")
	}
	_, err = h.Verify(t.Context(), replaceSecret(t, secret, a.Tokens[0].Digest))
	refused(t, "a personal token made from the database", err, "token-invalid")
	h.mustRefresh(in.Refresh)
}

func TestAPersonalTokenNeedsItsSecret(t *testing.T) {
	h := open(t)
	ann, eve := h.identity(h.register("ann@example.org").SignedIn), h.identity(h.register("eve@example.org").SignedIn)
	n := auth.NewToken{Name: "x", Scopes: []string{"read"}}
	_, hers, err := h.CreateToken(t.Context(), ann, n)
	must(t, err)
	token, _, err := h.CreateToken(t.Context(), eve, n)
	must(t, err)
	must(t, h.DeleteToken(t.Context(), eve, token.ID))
	_, err = h.Verify(t.Context(), hers)
	must(t, err)
	_, err = h.Verify(t.Context(), replaceSecret(t, hers, bytes.Repeat([]byte{1}, 32)))
	refused(t, "another secret", err, "token-invalid")
	list, err := h.Tokens(t.Context(), ann)
	must(t, err)
	must(t, h.DeleteToken(t.Context(), eve, list[0].ID)) // not Eve's: nothing happens
	_, err = h.Verify(t.Context(), hers)
	must(t, err)
}

// The id of a token is no secret: the history names it. So nothing may come of choosing that of another's.
func TestATokensIDIsNobodysGrip(t *testing.T) {
	h := open(t)
	in := h.register("ann@example.org").SignedIn
	ann, eve := h.identity(in), h.identity(h.register("eve@example.org").SignedIn)
	hers, secret, err := h.CreateToken(t.Context(), ann, auth.NewToken{Name: "x", Scopes: []string{"read"}})
	must(t, err)
	_, other, err := h.CreateToken(t.Context(), eve, auth.NewToken{ID: hers.ID, Name: "y", Scopes: []string{"write"}})
	must(t, err)
	for range 2 { // who is asked about first is remembered
		by, err := h.Verify(t.Context(), other)
		must(t, err)
		if by.User != eve.User || !slices.Equal(by.Scopes, []string{"write"}) {
			t.Errorf("Eve's token speaks for %+v", by)
		}
		by, err = h.Verify(t.Context(), secret)
		must(t, err)
		if by.User != ann.User || !slices.Equal(by.Scopes, []string{"read"}) {
			t.Errorf("Ann's token speaks for %+v", by)
		}
	}
	must(t, h.FlushUses(t.Context()))
	for _, id := range []auth.Identity{ann, eve} {
		list, err := h.Tokens(t.Context(), id)
		must(t, err)
		if list[0].UsedAt.IsZero() {
			t.Errorf("the use of %+v was not noted", list[0])
		}
	}

	// Nor does a session outlive its end because a token has its id.
	_, twin, err := h.CreateToken(t.Context(), ann, auth.NewToken{ID: in.Session, Name: "z", Scopes: []string{"read"}})
	must(t, err)
	_, err = h.Verify(t.Context(), twin)
	must(t, err)
	must(t, h.Logout(t.Context(), in.Refresh))
	_, err = h.Verify(t.Context(), in.Access)
	refused(t, "a session that has ended", err, "session-ended")
	refused(t, "its stream", h.StillValid(t.Context(), ann), "session-ended")
	_, err = h.Verify(t.Context(), twin)
	must(t, err)
}

func TestWhatATokenCanNotBe(t *testing.T) {
	h := open(t)
	id := h.identity(h.register("ann@example.org").SignedIn)
	good := auth.NewToken{Name: "x", Scopes: []string{"read"}}
	for name, c := range map[string]struct {
		change func(*auth.NewToken)
		field  string
	}{
		"no name":            {func(n *auth.NewToken) { n.Name = "" }, "name"},
		"no scopes":          {func(n *auth.NewToken) { n.Scopes = nil }, "scopes"},
		"an unknown scope":   {func(n *auth.NewToken) { n.Scopes = []string{"read", "everything"} }, "scopes"},
		"an empty workspace": {func(n *auth.NewToken) { n.Workspaces = []uuid.UUID{uuid.Nil} }, "workspaces"},
		"an end in the past": {func(n *auth.NewToken) { n.Expires = h.clock.read() }, "expires_at"},
		"many workspaces": {func(n *auth.NewToken) {
			for range 101 {
				n.Workspaces = append(n.Workspaces, uuid.New())
			}
		}, "workspaces"},
	} {
		n := good
		c.change(&n)
		_, _, err := h.CreateToken(t.Context(), id, n)
		invalid(t, name, err, c.field)
	}
	good.ID = uuid.New()
	_, _, err := h.CreateToken(t.Context(), id, good)
	must(t, err)
	if same, secret, err := h.CreateToken(t.Context(), id, good); err != nil || secret != "" || same.ID != good.ID {
		t.Errorf("the same again: %+v with %q, %v", same, secret, err)
	}
	other := good
	other.Scopes = []string{"write"}
	_, _, err = h.CreateToken(t.Context(), id, other)
	refused(t, "something else with the same id", err, "id-taken")
	good.ID = uuid.Nil
	for range 99 {
		_, _, err := h.CreateToken(t.Context(), id, good)
		must(t, err)
	}
	_, _, err = h.CreateToken(t.Context(), id, good)
	refused(t, "one more than allowed", err, "quota-exceeded")
}

func TestTheUseOfATokenIsNoted(t *testing.T) {
	h := open(t)
	id := h.identity(h.register("ann@example.org").SignedIn)
	_, secret, err := h.CreateToken(t.Context(), id, auth.NewToken{Name: "x", Scopes: []string{"read"}})
	must(t, err)
	used := func() time.Time {
		must(t, h.FlushUses(t.Context()))
		list, err := h.Tokens(t.Context(), id)
		must(t, err)
		return list[0].UsedAt
	}
	if !used().IsZero() {
		t.Error("used before it was")
	}
	first := h.clock.read()
	for range 3 {
		_, err = h.Verify(t.Context(), secret)
		must(t, err)
	}
	if !used().Equal(first) {
		t.Errorf("used at %v, want %v", used(), first)
	}
	h.clock.pass(2 * time.Minute)
	_, err = h.Verify(t.Context(), secret)
	must(t, err)
	if !used().Equal(h.clock.read()) {
		t.Errorf("used at %v, want %v", used(), h.clock.read())
	}
}

// replaceSecret gives the token with another secret of 32 bytes at its end.
func replaceSecret(t *testing.T, token string, secret []byte) string {
	t.Helper()
	return auth.WithSecret(token, secret)
}
