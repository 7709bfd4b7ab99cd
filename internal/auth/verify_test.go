package auth_test

import (
	"crypto/ed25519"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
)

// forge makes an access token as Rung would, but for what change does to it.
func (h *house) forge(in auth.SignedIn, change func(claims jwt.MapClaims, header map[string]any) (jwt.SigningMethod, any)) string {
	h.t.Helper()
	i, err := h.store.Instance(h.t.Context())
	must(h.t, err)
	claims := jwt.MapClaims{
		"iss": "https://rung.example.org/app", "aud": []string{"rung"}, "sub": in.User.String(), "sid": in.Session.String(),
		"iat": h.clock.read().Unix(), "exp": h.clock.read().Add(time.Minute).Unix(),
	}
	header := map[string]any{"kid": i.Keys[0].ID}
	method, key := change(claims, header)
	if method == nil {
		method, key = jwt.SigningMethodEdDSA, ed25519.NewKeyFromSeed(i.Keys[0].Seed)
	}
	token := jwt.NewWithClaims(method, claims)
	for k, v := range header {
		if token.Header[k] = v; v == nil {
			delete(token.Header, k)
		}
	}
	text, err := token.SignedString(key)
	must(h.t, err)
	return text
}

func TestOnlyOurOwnAccessTokensAreGood(t *testing.T) {
	h := open(t)
	in := h.register("ann@example.org").SignedIn
	stranger := h.register("eve@example.org").SignedIn
	i, err := h.store.Instance(t.Context())
	must(t, err)
	public := []byte(ed25519.NewKeyFromSeed(i.Keys[0].Seed).Public().(ed25519.PublicKey))

	type claims = jwt.MapClaims
	type header = map[string]any
	must(t, func() error {
		_, err := h.Verify(t.Context(), h.forge(in, func(claims, header) (jwt.SigningMethod, any) { return nil, nil }))
		return err
	}())
	for name, c := range map[string]struct {
		code   string
		change func(claims, header) (jwt.SigningMethod, any)
	}{
		"no algorithm": {"token-invalid", func(claims, header) (jwt.SigningMethod, any) {
			return jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType
		}},
		"the public key as a secret": {"token-invalid", func(claims, header) (jwt.SigningMethod, any) { return jwt.SigningMethodHS256, public }},
		"another key": {"token-invalid", func(claims, header) (jwt.SigningMethod, any) {
			return jwt.SigningMethodEdDSA, ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
		}},
		"an unknown key id": {"token-invalid", func(_ claims, h header) (jwt.SigningMethod, any) { h["kid"] = "x"; return nil, nil }},
		"no key id":         {"token-invalid", func(_ claims, h header) (jwt.SigningMethod, any) { h["kid"] = nil; return nil, nil }},
		"another issuer":    {"token-invalid", func(c claims, _ header) (jwt.SigningMethod, any) { c["iss"] = "https://evil.example"; return nil, nil }},
		"no issuer":         {"token-invalid", func(c claims, _ header) (jwt.SigningMethod, any) { delete(c, "iss"); return nil, nil }},
		"another audience":  {"token-invalid", func(c claims, _ header) (jwt.SigningMethod, any) { c["aud"] = "mail"; return nil, nil }},
		"no audience":       {"token-invalid", func(c claims, _ header) (jwt.SigningMethod, any) { delete(c, "aud"); return nil, nil }},
		"no end":            {"token-invalid", func(c claims, _ header) (jwt.SigningMethod, any) { delete(c, "exp"); return nil, nil }},
		"no user":           {"token-invalid", func(c claims, _ header) (jwt.SigningMethod, any) { delete(c, "sub"); return nil, nil }},
		"no session":        {"token-invalid", func(c claims, _ header) (jwt.SigningMethod, any) { delete(c, "sid"); return nil, nil }},
		"one that has run out": {"token-expired", func(c claims, _ header) (jwt.SigningMethod, any) {
			c["exp"] = h.clock.read().Unix() - 1
			return nil, nil
		}},
		"another's session": {"session-ended", func(c claims, _ header) (jwt.SigningMethod, any) {
			c["sid"] = stranger.Session.String()
			return nil, nil
		}},
		"a session of nobody": {"session-ended", func(c claims, _ header) (jwt.SigningMethod, any) { c["sid"] = uuid.NewString(); return nil, nil }},
	} {
		_, err := h.Verify(t.Context(), h.forge(in, c.change))
		refused(t, name, err, c.code)
	}
	payload := strings.Split(in.Access, ".")
	theirs := strings.Split(stranger.Access, ".")
	for name, token := range map[string]string{
		"nothing": "", "a word": "token", "a refresh token": in.Refresh, "another's claims": payload[0] + "." + theirs[1] + "." + payload[2],
		"no signature": payload[0] + "." + payload[1] + ".", "a personal token's beginning": "rung_pat_", "a made-up personal token": "rung_pat_" + strings.Repeat("A", 86),
	} {
		if _, err := h.Verify(t.Context(), token); err == nil {
			t.Errorf("%s was good", name)
		}
	}
}

func TestAnAccessTokenRunsOutAfterTenMinutes(t *testing.T) {
	h := open(t)
	in := h.register("ann@example.org").SignedIn
	id := h.identity(in)
	if in.ExpiresIn != 10*time.Minute || !id.Expires.Equal(h.clock.read().Add(10*time.Minute)) {
		t.Errorf("expires in %v, at %v", in.ExpiresIn, id.Expires)
	}
	h.clock.pass(10*time.Minute - time.Second)
	h.identity(in)
	h.clock.pass(time.Second)
	_, err := h.Verify(t.Context(), in.Access)
	refused(t, "after ten minutes", err, "token-expired")
	must(t, h.StillValid(t.Context(), id)) // a stream goes on: its session has not ended
}

// What one process revokes is at once no good there, and within five seconds no good anywhere.
func TestRevocationActsEverywhere(t *testing.T) {
	for name, revoke := range map[string]func(h *house, in auth.SignedIn, token auth.Token) (session, personal bool){
		"logout": func(h *house, in auth.SignedIn, _ auth.Token) (bool, bool) {
			must(h.t, h.Logout(h.t.Context(), in.Refresh))
			return true, false
		},
		"ending the session": func(h *house, in auth.SignedIn, _ auth.Token) (bool, bool) {
			must(h.t, h.EndSession(h.t.Context(), h.identity(in), in.Session))
			return true, false
		},
		"deleting the token": func(h *house, in auth.SignedIn, token auth.Token) (bool, bool) {
			must(h.t, h.DeleteToken(h.t.Context(), h.identity(in), token.ID))
			return false, true
		},
		"a new password from the operator": func(h *house, _ auth.SignedIn, _ auth.Token) (bool, bool) {
			_, err := h.SetPassword(h.t.Context(), "ann@example.org", newPassword)
			must(h.t, err)
			return true, false
		},
		"disabling the account": func(h *house, _ auth.SignedIn, _ auth.Token) (bool, bool) {
			must(h.t, h.Disable(h.t.Context(), "ann@example.org", true))
			return true, true
		},
		"erasing the account": func(h *house, in auth.SignedIn, _ auth.Token) (bool, bool) {
			must(h.t, h.Leave(h.t.Context(), h.identity(in), "", here()))
			return true, true
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t, func(o *auth.Options) { o.Exclusive = true }) // which lets it believe for longer what it did not end itself
			other := h.serve()
			in := h.register("ann@example.org").SignedIn
			token, secret, err := h.CreateToken(t.Context(), h.identity(in), auth.NewToken{Name: "x", Scopes: []string{"read"}})
			must(t, err)
			ids := map[string]auth.Identity{}
			for _, s := range []*auth.Service{h.Service, other} {
				for _, bearer := range []string{in.Access, secret} {
					ids[bearer], err = s.Verify(t.Context(), bearer)
					must(t, err)
				}
			}
			session, personal := revoke(h, in, token)
			check := func(where string, s *auth.Service) {
				t.Helper()
				for bearer, gone := range map[string]bool{in.Access: session, secret: personal} {
					_, verifyErr := s.Verify(t.Context(), bearer)
					streamErr := s.StillValid(t.Context(), ids[bearer])
					if gone {
						refused(t, where+": a request", verifyErr, "session-ended")
						refused(t, where+": a stream", streamErr, "session-ended")
						continue
					}
					must(t, verifyErr)
					must(t, streamErr)
				}
			}
			check("here, at once", h.Service)
			h.clock.pass(5 * time.Second)
			check("elsewhere, within five seconds", other)
		})
	}
}

func TestAdministratorsAreKnownWithinFiveSeconds(t *testing.T) {
	h := open(t)
	other := h.serve()
	in := h.register("ann@example.org").SignedIn
	h.register("root@example.org")
	must(t, h.Promote(t.Context(), "root@example.org", true)) // somebody must stay one
	for _, admin := range []bool{true, false} {
		_, err := other.Verify(t.Context(), in.Access)
		must(t, err)
		must(t, h.Promote(t.Context(), "ann@example.org", admin))
		if h.identity(in).Admin != admin {
			t.Errorf("here: not %t at once", admin)
		}
		h.clock.pass(5 * time.Second)
		if id, err := other.Verify(t.Context(), in.Access); err != nil || id.Admin != admin {
			t.Errorf("elsewhere: %t, %v", id.Admin, err)
		}
	}
}

func TestKeysAreRotatedWithoutAnybodyNoticing(t *testing.T) {
	h := open(t)
	other := h.serve()
	old := h.register("ann@example.org").SignedIn
	published := func(s *auth.Service) (ids []string) {
		var doc struct {
			Keys []struct{ Kty, Crv, Kid, Alg, Use, X, D string }
		}
		must(t, json.Unmarshal(s.JWKS(t.Context()), &doc))
		for _, k := range doc.Keys {
			if k.Kty != "OKP" || k.Crv != "Ed25519" || k.Alg != "EdDSA" || k.Use != "sig" || k.X == "" || k.D != "" {
				t.Errorf("published key %+v", k)
			}
			ids = append(ids, k.Kid)
		}
		return ids
	}
	kid := func(in auth.SignedIn) string {
		token, _, err := jwt.NewParser().ParseUnverified(in.Access, jwt.MapClaims{})
		must(t, err)
		return token.Header["kid"].(string)
	}
	before := kid(old)
	must(t, h.RotateKeys(t.Context()))
	must(t, h.RotateKeys(t.Context()))
	if ids := published(h.Service); len(ids) != 2 || ids[0] != before {
		t.Fatalf("published: %v", ids)
	}
	if kid(h.login("ann@example.org")) != before {
		t.Error("the new key signs before everybody knows it")
	}
	h.clock.pass(5 * time.Minute)
	fresh := h.login("ann@example.org")
	if kid(fresh) == before {
		t.Error("the old key still signs")
	}
	for _, s := range []*auth.Service{h.Service, other} {
		for _, in := range []auth.SignedIn{old, fresh} {
			if _, err := s.Verify(t.Context(), in.Access); err != nil {
				t.Error(err)
			}
		}
	}
	h.clock.pass(12 * time.Minute)
	if ids := published(other); len(ids) != 1 || ids[0] != kid(fresh) {
		t.Errorf("published at last: %v", ids)
	}
	forged := h.forge(old, func(jwt.MapClaims, map[string]any) (jwt.SigningMethod, any) { return nil, nil })
	_, err := h.Verify(t.Context(), forged)
	refused(t, "a new token by the old key", err, "token-invalid")
}

func TestAKeyMadeElsewhereIsLearnedWhenItIsSeen(t *testing.T) {
	h := open(t)
	other := h.serve()
	in := h.register("ann@example.org").SignedIn
	must(t, other.RotateKeys(t.Context()))
	i, err := h.store.Instance(t.Context())
	must(t, err)
	h.clock.pass(2 * time.Second)
	token := h.forge(in, func(_ jwt.MapClaims, header map[string]any) (jwt.SigningMethod, any) {
		header["kid"] = i.Keys[1].ID
		return jwt.SigningMethodEdDSA, ed25519.NewKeyFromSeed(i.Keys[1].Seed)
	})
	_, err = h.Verify(t.Context(), token)
	must(t, err)
}

func TestAWarmVerificationCostsNearlyNothing(t *testing.T) {
	h := open(t)
	in := h.register("ann@example.org").SignedIn
	id := h.identity(in)
	if n := testing.AllocsPerRun(100, func() {
		if _, err := h.Verify(t.Context(), in.Access); err != nil {
			t.Error(err)
		}
		if err := h.StillValid(t.Context(), id); err != nil {
			t.Error(err)
		}
	}); n > 2 {
		t.Errorf("%v allocations", n)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	h := open(t)
	for name, change := range map[string]func(*auth.Options){
		"signup":                  func(o *auth.Options) { o.Signup = "perhaps" },
		"an address without host": func(o *auth.Options) { o.PublicURL = "https://" },
		"another scheme":          func(o *auth.Options) { o.PublicURL = "ftp://example.org" },
		"a query":                 func(o *auth.Options) { o.PublicURL = "https://example.org/?a=b" },
	} {
		o := auth.Options{Store: h.store, Signup: auth.SignupOpen, Hashing: auth.DefaultHashing(), Now: h.clock.read}
		change(&o)
		if _, err := auth.New(t.Context(), o); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
