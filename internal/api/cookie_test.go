package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/rung-app/rung/internal/auth"
)

func TestACookieIsBoundToItsHost(t *testing.T) {
	for _, c := range []struct {
		origin, base string
		name, path   string
		secure       bool
	}{
		{"https://rung.test", "", "__Host-rung_refresh", "/", true},
		{"https://rung.test", "/app", "__Secure-rung_refresh", "/app/api/v1/auth", true},
		{"http://rung.test", "", "rung_refresh", "/api/v1/auth", false},
	} {
		t.Run(c.origin+c.base, func(t *testing.T) {
			g := gateAt(t, auth.SignupOpen, c.origin, c.base)
			in := g.register()
			k := in.cookie()
			if k.Name != c.name || k.Path != c.path || k.Secure != c.secure || k.Domain != "" || !k.HttpOnly || k.SameSite != http.SameSiteLaxMode {
				t.Errorf("the cookie is %+v", k)
			}
			// under another name, as somebody might plant it, it is none
			for _, other := range []string{"rung_refresh", "__Secure-rung_refresh", "__Host-rung_refresh"} {
				if other != c.name {
					g.post("/auth/refresh", "", 401, "session-ended", "Cookie", other+"="+k.Value)
				}
			}
			sent := in.back()[1]
			if c.secure {
				sent = "rung_refresh=planted; " + sent + "; rung_refresh=planted"
			}
			next := g.post("/auth/refresh", "", 200, "", "Cookie", sent)
			g.post("/auth/logout", "", 204, "", next.back()...)
			g.post("/auth/refresh", "", 401, "session-ended", next.back()...)
		})
	}
}

func TestSigningInEndsTheSessionThatTheBrowserHad(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	elsewhere := g.register()
	first := g.post("/auth/login", ann, 200, "")
	g.post("/auth/login", strings.Replace(ann, annsPassword, "guessed, and wrong", 1), 401, "wrong-credentials", first.back()...)
	g.send("GET", "/me", "", 200, "", first.bearer()...)

	second := g.post("/auth/login", ann, 200, "", first.back()...)
	g.send("GET", "/me", "", 401, "session-ended", first.bearer()...)
	g.post("/auth/refresh", "", 401, "session-ended", first.back()...)

	bob := g.post("/auth/register", `{"email":"bob@example.org","password":"`+annsPassword+`","name":"Bob"}`, 201, "", second.back()...)
	g.send("GET", "/me", "", 401, "session-ended", second.bearer()...)
	for _, still := range []gateAnswer{elsewhere, bob} {
		g.send("GET", "/me", "", 200, "", still.bearer()...)
	}
	g.post("/auth/login", ann, 200, "", "Cookie", bob.cookie().Name+"=made-up")
	g.send("GET", "/me", "", 200, "", bob.bearer()...)
}
