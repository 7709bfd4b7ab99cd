package api

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
)

// alike says in what two answers differ: status, headers, bytes. What differs in every answer does not count.
func alike(a, b answer) string {
	for _, h := range []http.Header{a.header, b.header} {
		h.Del("Date")
	}
	if a.status != b.status || a.body != b.body || !maps.EqualFunc(a.header, b.header, slices.Equal) {
		return fmt.Sprintf("%d %v %q\n%d %v %q", a.status, a.header, a.body, b.status, b.header, b.body)
	}
	return ""
}

// TestNoAnswerTellsWhoHasAnAccount compares the answers about an address that has an account and one that has none.
func TestNoAnswerTellsWhoHasAnAccount(t *testing.T) {
	g := newGate(t, auth.SignupInvite)
	token, _, err := g.auth.SetupToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	root := g.post("/auth/register", `{"email":"ann@example.org","password":"`+annsPassword+`","name":"Ann","setup":"`+token+`"}`, 201, "")
	ws := "/workspaces/" + root.doc["workspace"].(map[string]any)["id"].(string)
	_, _, err = g.auth.Create(t.Context(), "bob@example.org", "Bob", "", false)
	if err != nil {
		t.Fatal(err)
	}
	for name, ask := range map[string]func(email string) answer{
		"signing in": func(email string) answer {
			return ask(t, g.srv, "POST", Prefix+"/auth/login", `{"email":"`+email+`","password":"wrong password"}`)
		},
		"forgetting the password": func(email string) answer {
			return ask(t, g.srv, "POST", Prefix+"/auth/password/forgot", `{"email":"`+email+`"}`)
		},
		"registering without an invitation": func(email string) answer {
			return ask(t, g.srv, "POST", Prefix+"/auth/register", `{"email":"`+email+`","password":"`+annsPassword+`","name":"X"}`)
		},
		"registering with a wrong one": func(email string) answer {
			return ask(t, g.srv, "POST", Prefix+"/auth/register", `{"email":"`+email+`","password":"`+annsPassword+`","name":"X","invitation":"rung_inv_x"}`)
		},
		"being invited": func(email string) answer {
			got := ask(t, g.srv, "POST", Prefix+ws+"/invitations", `{"email":"`+email+`","role":"member"}`, root.bearer()...)
			if got.status != 201 {
				t.Errorf("inviting %s: %d %s", email, got.status, got.body)
			}
			return answer{status: got.status}
		},
	} {
		if diff := alike(ask("bob@example.org"), ask("eve@example.org")); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
	// An invitation to somebody who has an account reads as one to somebody who has none.
	var read []string
	for _, i := range g.send("GET", ws+"/invitations", "", 200, "", root.bearer()...).items() {
		var keys []string
		for k, v := range i {
			if k == "id" || k == "email" || strings.HasSuffix(k, "_at") {
				v = nil
			}
			keys = append(keys, fmt.Sprint(k, v))
		}
		slices.Sort(keys)
		read = append(read, strings.Join(keys, " "))
	}
	if len(read) != 2 || read[0] != read[1] {
		t.Errorf("invitations: %v", read)
	}
	for _, link := range []string{"made up", "rung_link_" + strings.Repeat("A", 107)} {
		verify := g.post("/auth/email/verify", `{"token":"`+link+`"}`, 410, "link-used")
		reset := g.post("/auth/password/reset", `{"token":"`+link+`","password":"`+annsPassword+`"}`, 410, "link-used")
		if verify.body != reset.body {
			t.Errorf("%s\n%s", verify.body, reset.body)
		}
	}
}

// TestMailedLinksLeadHomeWhateverTheRequestSays names other hosts in every header that proxies use.
func TestMailedLinksLeadHomeWhateverTheRequestSays(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	evil := []string{
		"X-Forwarded-Host", "evil.test", "X-Forwarded-Proto", "http", "Forwarded", "host=evil.test", "X-Host", "evil.test",
		"X-Original-URL", "https://evil.test/", "X-Forwarded-Server", "evil.test", "Referer", "https://evil.test/", "X-Forwarded-Prefix", "/evil.test",
	}
	in := g.post("/auth/register", `{"email":"ann@example.org","password":"`+annsPassword+`","name":"Ann"}`, 201, "", evil...)
	g.post("/auth/password/forgot", `{"email":"ann@example.org"}`, 204, "", evil...)
	g.post("/auth/email/ask", "", 204, "", append(in.bearer(), evil...)...)
	for _, host := range []string{"evil.test", "rung.test@evil.test", "evil.test/rung.test"} {
		req, err := http.NewRequestWithContext(t.Context(), "POST", g.srv.URL+Prefix+"/auth/password/forgot", strings.NewReader(`{"email":"ann@example.org"}`))
		if err != nil {
			t.Fatal(err)
		}
		req.Host = host
		resp, err := g.srv.Client().Do(req)
		if err != nil {
			continue // the client itself refuses it
		}
		resp.Body.Close()
	}
	g.link("reset-password")
	if len(g.mails) < 3 {
		t.Errorf("%d mails", len(g.mails))
	}
	for _, m := range g.mails {
		if strings.Contains(m.Text+m.Subject, "evil") || !strings.Contains(m.Text, gateOrigin+"/app/") {
			t.Errorf("a mail says %s", m.Text)
		}
	}
	ws := in.doc["workspace"].(map[string]any)["id"].(string)
	inv := g.send("POST", "/workspaces/"+ws+"/invitations", `{"role":"member"}`, 201, "", append(in.bearer(), evil...)...)
	if strings.Contains(inv.body, "evil") || strings.Contains(fmt.Sprint(inv.header), "evil") {
		t.Errorf("an invitation says %s %v", inv.body, inv.header)
	}
}

// TestNobodySetsWhatIsNotHersToSet sends fields of the server's, and of others, wherever an account or a workspace is
// made or changed.
func TestNobodySetsWhatIsNotHersToSet(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	ann, eve := g.join("Ann"), g.join("Eve")
	ws := "/workspaces/" + ann.doc["workspace"].(map[string]any)["id"].(string)
	other := eve.user()
	for _, c := range []struct{ method, path, body, fields string }{
		{"POST", "/auth/register", `{"email":"zoe@example.org","password":"` + annsPassword + `","name":"Zoe"`, "admin verified disabled role created_at workspace user"},
		{"POST", "/auth/login", `{"email":"ann@example.org","password":"` + annsPassword + `"`, "admin user id session"},
		{"PATCH", "/me", `{"name":"Ann"`, "id email admin verified disabled version workspace home created_at deleted_at"},
		{"POST", "/auth/tokens", `{"name":"x","scopes":["read"]`, "user admin token digest created_at last_used_at"},
		{"POST", "/workspaces", `{"name":"x"`, "created_by owner role members version deleted_at limits usage"},
		{"PATCH", ws, `{"name":"x"`, "id created_by owner role version deleted_at limits usage"},
		{"PATCH", ws + "/members/" + ann.user(), `{"role":"owner"`, "id user workspace joined_at email name"},
		{"POST", ws + "/invitations", `{"role":"member"`, "created_by workspace token uses expires_at user"},
		{"POST", "/auth/password/change", `{"current":"` + annsPassword + `","new":"eight rungs up"`, "user email id"},
		{"POST", "/auth/password/forgot", `{"email":"ann@example.org"`, "link url to host"},
		{"DELETE", "/me", `{"password":"` + annsPassword + `"`, "user id"},
	} {
		for _, field := range strings.Fields(c.fields) {
			for _, value := range []string{"true", `"owner"`, `"` + other + `"`} {
				got := g.send(c.method, c.path, c.body+`,"`+field+`":`+value+`}`, 422, "invalid", ann.bearer()...)
				if errs := got.problem(t).Errors; len(errs) == 0 || errs[0].Field != field {
					t.Errorf("%s %s with %s: %s", c.method, c.path, field, got.body)
				}
			}
		}
	}
	if me := g.send("GET", "/me", "", 200, "", ann.bearer()...); me.doc["admin"] != false || me.text("id") != ann.user() {
		t.Errorf("she is %s", me.body)
	}
	// Somebody else's id is not hers to take, whether or not it is in a place where a client may choose one.
	g.post("/auth/register", `{"id":"`+other+`","email":"zoe@example.org","password":"`+annsPassword+`","name":"Zoe"}`, 409, "id-taken")
	evesHome := eve.doc["workspace"].(map[string]any)["id"].(string)
	g.send("POST", "/workspaces", `{"id":"`+evesHome+`","name":"Mine"}`, 409, "id-taken", ann.bearer()...)
	g.send("PATCH", "/workspaces/"+evesHome+"/members/"+ann.user(), `{"role":"owner"}`, 404, "not-found", ann.bearer()...)
	g.send("DELETE", "/auth/sessions/"+uuid.NewString(), "", 204, "", ann.bearer()...)
	for _, s := range g.send("GET", "/auth/sessions", "", 200, "", eve.bearer()...).items() {
		g.send("DELETE", "/auth/sessions/"+s["id"].(string), "", 204, "", ann.bearer()...) // nothing happens
	}
	g.send("GET", "/me", "", 200, "", eve.bearer()...)
}

// TestNamesCarryNoHeaders has names try to become headers of the mails that they stand in.
func TestNamesCarryNoHeaders(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	ann := g.join("Ann")
	for _, name := range []string{`Ann\r\nBcc: eve@example.org`, `Ann\nBcc: eve@example.org`, `Ann\rBcc: x`, `Ann\u0000`, `Ann\u0085Bcc: x`} {
		g.post("/auth/register", `{"email":"zoe@example.org","password":"`+annsPassword+`","name":"`+name+`"}`, 422, "invalid")
		g.send("PATCH", "/me", `{"name":"`+name+`"}`, 422, "invalid", ann.bearer()...)
		g.send("POST", "/workspaces", `{"name":"`+name+`"}`, 422, "invalid", ann.bearer()...)
		g.post("/auth/tokens", `{"name":"`+name+`","scopes":["read"]}`, 422, "invalid", ann.bearer()...)
	}
	ws := "/workspaces/" + ann.doc["workspace"].(map[string]any)["id"].(string)
	for _, email := range []string{`zoe@example.org\r\nBcc: eve@example.org`, `zoe@example.org, eve@example.org`, `Zoe <zoe@example.org>`, `zoë@example.org`} {
		g.send("POST", ws+"/invitations", `{"email":"`+email+`","role":"member"}`, 422, "invalid", ann.bearer()...)
		g.post("/auth/password/forgot", `{"email":"`+email+`"}`, 422, "invalid")
	}
}

// TestFloodsAreToldWhenToComeBack asks for the same thing until it is too much.
func TestFloodsAreToldWhenToComeBack(t *testing.T) {
	for name, c := range map[string]struct {
		most int
		ask  func(g *gate, i int) answer
	}{
		"guesses at one account": {11, func(g *gate, _ int) answer {
			return ask(g.T, g.srv, "POST", Prefix+"/auth/login", `{"email":"ann@example.org","password":"wrong password"}`)
		}},
		"guesses at many": {101, func(g *gate, i int) answer {
			return ask(g.T, g.srv, "POST", Prefix+"/auth/login", fmt.Sprintf(`{"email":"u%d@example.org","password":"wrong password"}`, i))
		}},
		"forgotten passwords of one": {5, func(g *gate, _ int) answer {
			return ask(g.T, g.srv, "POST", Prefix+"/auth/password/forgot", `{"email":"ann@example.org"}`)
		}},
		"registrations": {61, func(g *gate, i int) answer {
			return ask(g.T, g.srv, "POST", Prefix+"/auth/register", fmt.Sprintf(`{"email":"u%d@example.org","password":"%s","name":"U"}`, i, annsPassword))
		}},
		"invitations of one address, from ever new workspaces": {6, func(g *gate, i int) answer {
			if i == 0 {
				g.inviter = g.join("Ann").bearer()
			}
			ws := g.send("POST", "/workspaces", `{"name":"W"}`, 201, "", g.inviter...).text("id")
			return ask(g.T, g.srv, "POST", Prefix+"/workspaces/"+ws+"/invitations", `{"email":"eve@example.org","role":"guest"}`, g.inviter...)
		}},
		"invitations of many": {201, func(g *gate, i int) answer {
			if i%150 == 0 { // a workspace has a limit of its own
				if i == 0 {
					g.inviter = g.join("Ann").bearer()
				}
				g.into = g.send("POST", "/workspaces", `{"name":"W"}`, 201, "", g.inviter...).text("id")
			}
			return ask(g.T, g.srv, "POST", Prefix+"/workspaces/"+g.into+"/invitations", fmt.Sprintf(`{"email":"u%d@example.org","role":"guest"}`, i), g.inviter...)
		}},
		"links": {31, func(g *gate, _ int) answer {
			return ask(g.T, g.srv, "POST", Prefix+"/auth/email/verify", `{"token":"x"}`)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGate(t, auth.SignupOpen)
			for i := range c.most + 5 {
				got := c.ask(g, i)
				if got.status != http.StatusTooManyRequests {
					if i > c.most {
						t.Fatalf("the %dth is answered with %d", i, got.status)
					}
					continue
				}
				if got.header.Get("Retry-After") == "" || got.header.Get("Ratelimit") == "" {
					t.Errorf("it is not said when to come back: %v", got.header)
				}
				if i < c.most/2 {
					t.Errorf("the %dth is too many already", i)
				}
				return
			}
			t.Error("it is never too much")
		})
	}
}
