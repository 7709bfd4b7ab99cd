package auth_test

import (
	"crypto/ed25519"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/auth"
)

// TestAfterALeakNothingInTheCopyIsOfUse has a thief with a copy of the database.
func TestAfterALeakNothingInTheCopyIsOfUse(t *testing.T) {
	h := open(t)
	ann := h.register("ann@example.org")
	bob := h.register("bob@example.org")
	in := ann.SignedIn
	token, secret, err := h.CreateToken(t.Context(), h.identity(in), auth.NewToken{Name: "laptop", Scopes: auth.Scopes()})
	must(t, err)
	must(t, h.ForgotPassword(t.Context(), "bob@example.org", here()))
	link := h.link("reset-password")
	stolen, err := h.store.Instance(t.Context())
	must(t, err)
	forge := func(of auth.SignedIn) string {
		return h.forge(of, func(_ jwt.MapClaims, header map[string]any) (jwt.SigningMethod, any) {
			header["kid"] = stolen.Keys[0].ID
			return jwt.SigningMethodEdDSA, ed25519.NewKeyFromSeed(stolen.Keys[0].Seed)
		})
	}
	_, err = h.Verify(t.Context(), forge(in))
	must(t, err) // or the rest proves nothing

	n, err := h.SignOutEveryone(t.Context())
	must(t, err)
	if n != 2 {
		t.Errorf("%d accounts had sessions", n)
	}
	_, err = h.Verify(t.Context(), in.Access)
	refused(t, "an access token from before", err, "token-invalid")
	_, err = h.refresh(in.Refresh)
	refused(t, "a refresh token from before", err, "session-ended")
	if err := h.ResetPassword(t.Context(), link, "another good password", here()); err == nil {
		t.Error("a link that was waiting sets a password")
	}
	again := h.login("ann@example.org")
	h.identity(again)
	_, err = h.Verify(t.Context(), forge(again))
	refused(t, "a token by a key of the copy", err, "token-invalid")
	if strings.Contains(string(h.JWKS(t.Context())), stolen.Keys[0].ID) {
		t.Error("the old key is still published")
	}
	if id, err := h.Verify(t.Context(), secret); err != nil || id.Token != token.ID {
		t.Errorf("a personal access token, which is in no copy: %v", err)
	}
	other := h.serve()
	_, err = other.Verify(t.Context(), again.Access)
	must(t, err)

	for user, want := range map[uuid.UUID]string{ann.User: audit.SessionsEnded, bob.User: audit.SessionsEnded, uuid.Nil: audit.KeysReplaced} {
		if user != uuid.Nil && !slices.Contains(h.actions(user), want) {
			t.Errorf("written down of %s: %v", user, h.actions(user))
		}
		if found, err := h.store.Audit().Entries(t.Context(), audit.Query{Action: want, Limit: 5}); err != nil || len(found) == 0 {
			t.Errorf("%s is not written down: %v", want, err)
		}
	}
	h.clock.pass(time.Hour)
	if n, err := h.SignOutEveryone(t.Context()); err != nil || n != 1 {
		t.Errorf("asked again: %d, %v", n, err)
	}
}
