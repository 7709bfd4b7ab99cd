package api

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/fault"
)

// user gives the id of whoever an answer of auth is about.
func (r gateAnswer) user() string {
	r.t.Helper()
	return r.doc["user"].(map[string]any)["id"].(string)
}

// join registers somebody.
func (g *gate) join(name string) gateAnswer {
	g.Helper()
	return g.post("/auth/register", `{"email":"`+strings.ToLower(name)+`@example.org","password":"`+annsPassword+`","name":"`+name+`"}`, 201, "")
}

// root registers an administrator of the installation.
func (g *gate) root() gateAnswer {
	g.Helper()
	in := g.join("Root")
	if err := g.auth.Promote(g.Context(), "root@example.org", true); err != nil {
		g.Fatal(err)
	}
	return in
}

func (r gateAnswer) items() []map[string]any {
	r.t.Helper()
	var all []map[string]any
	for _, i := range r.doc["items"].([]any) {
		all = append(all, i.(map[string]any))
	}
	return all
}

func TestAdministratorsFindAndDeleteAccounts(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	root, ann := g.root(), g.join("Ann")
	for query, want := range map[string]int{"": 2, "?q=ANN": 1, "?admin=true": 1, "?admin=false&q=ann": 1, "?disabled=true": 0, "?q=%25": 0} {
		if got := g.send("GET", "/admin/users"+query, "", 200, "", root.bearer()...).items(); len(got) != want {
			t.Errorf("%q finds %d, want %d", query, len(got), want)
		}
	}
	g.send("GET", "/admin/users?admin=perhaps", "", 422, "invalid", root.bearer()...)
	if a := g.send("GET", "/admin/users/"+ann.user(), "", 200, "", root.bearer()...); a.text("email") != "ann@example.org" {
		t.Errorf("one account: %s", a.body)
	}
	g.send("DELETE", "/admin/users/"+ann.user()+"/sessions", "", 204, "", root.bearer()...)
	g.send("GET", "/me", "", 401, "session-ended", ann.bearer()...)
	ann = g.post("/auth/login", `{"email":"ann@example.org","password":"`+annsPassword+`"}`, 200, "")
	g.send("DELETE", "/admin/users/"+root.user(), "", 403, "forbidden", ann.bearer()...)
	g.send("DELETE", "/admin/users/"+root.user(), "", 403, "own-account", root.bearer()...)
	g.send("DELETE", "/admin/users/"+ann.user(), "", 204, "", root.bearer()...)
	g.send("DELETE", "/admin/users/"+ann.user(), "", 404, "not-found", root.bearer()...)
	g.send("GET", "/me", "", 401, "session-ended", ann.bearer()...)
}

func TestAdministratorsSeeWorkspacesAndAppointOwners(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	root, ann := g.root(), g.join("Ann")
	g.send("GET", "/admin/workspaces", "", 403, "forbidden", ann.bearer()...)
	list := g.send("GET", "/admin/workspaces", "", 200, "", root.bearer()...).items()
	if len(list) != 2 || list[1]["members"] != 1.0 || list[1]["owners"].([]any)[0].(map[string]any)["email"] != "ann@example.org" {
		t.Errorf("workspaces: %v", list)
	}
	anns := "/admin/workspaces/" + list[1]["id"].(string)
	g.send("PATCH", anns, `{"owner":"`+root.user()+`"}`, 422, "invalid", root.bearer()...) // she is no member
	g.send("PATCH", anns, `{"owner":"`+ann.user()+`"}`, 200, "", root.bearer()...)
	g.send("PATCH", anns, `{"name":"Mine"}`, 422, "invalid", root.bearer()...)
	g.send("GET", "/workspaces/"+list[1]["id"].(string), "", 404, "not-found", root.bearer()...) // and sees nothing of what is in it
}

func TestAdministratorsSeeHealth(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	root := g.root()
	h := g.send("GET", "/admin/health", "", 200, "", root.bearer()...)
	if h.text("status") != "ok" || h.doc["checks"].([]any)[0].(map[string]any)["status"] != "ok" {
		t.Errorf("health: %s", h.body)
	}
	g.send("GET", "/admin/health", "", 401, "unauthenticated")

	full := fault.New(fault.KindUnavailable, "unavailable", "The disk is nearly full.")
	g.api.Checks = append(g.api.Checks, Check{Name: "storage", Survives: true, Ask: func(context.Context) error { return full }})
	h = g.send("GET", "/admin/health", "", 200, "", root.bearer()...)
	checks := h.doc["checks"].([]any)
	if h.text("status") != "ok" || checks[len(checks)-1].(map[string]any)["status"] != "unavailable" {
		t.Errorf("what can't be done for a while does not make it unavailable as a whole: %s", h.body)
	}
}

func TestAdministrationNeedsScopeAndOffice(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	root, ann := g.root(), g.join("Ann")
	token := func(who gateAnswer, scopes string) []string {
		made := g.post("/auth/tokens", `{"name":"x","scopes":`+scopes+`}`, 201, "", who.bearer()...)
		return []string{"Authorization", "Bearer " + made.text("token")}
	}
	for _, path := range []string{"/admin/users", "/admin/workspaces", "/admin/health", "/admin/audit"} {
		g.send("GET", path, "", 200, "", token(root, `["admin"]`)...)
		g.send("GET", path, "", 403, "insufficient-scope", token(root, `["read","write","import"]`)...)
		g.send("GET", path, "", 403, "forbidden", token(ann, `["admin"]`)...)
	}
}

func TestTheAuditLogTellsWhoDidWhat(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	before := time.Now().UTC().Format(time.RFC3339Nano)
	root := g.root()
	ann := g.join("Ann")
	g.post("/auth/login", `{"email":"ann@example.org","password":"not this one"}`, 401, "wrong-credentials", "User-Agent", strings.Repeat("guess", 100))
	g.post("/auth/login", `{"email":"my-password-by-mistake","password":"x"}`, 401, "wrong-credentials")
	made := g.post("/auth/tokens", `{"name":"secret name","scopes":["read"]}`, 201, "", ann.bearer()...)
	g.send("DELETE", "/auth/tokens/"+made.text("id"), "", 204, "", ann.bearer()...)
	g.post("/auth/password/change", `{"current":"`+annsPassword+`","new":"eight rungs up"}`, 204, "", ann.bearer()...)
	g.send("PATCH", "/admin/users/"+ann.user(), `{"disabled":true}`, 200, "", root.bearer()...)
	g.send("PATCH", "/admin/users/"+ann.user(), `{"disabled":false,"admin":true}`, 200, "", root.bearer()...)

	var got []string
	log := g.send("GET", "/admin/audit?limit=100&subject="+ann.user(), "", 200, "", root.bearer()...)
	for _, e := range log.items() {
		got = append(got, e["action"].(string))
	}
	want := "account.enabled account.promoted account.disabled password.changed token.deleted token.created session.refused " +
		"session.created account.created"
	if strings.Join(got, " ") != want {
		// what one request did has one time, and comes in any order
		if strings.Join(got, " ") != strings.Replace(want, "account.enabled account.promoted", "account.promoted account.enabled", 1) {
			t.Errorf("of Ann: %v", got)
		}
	}
	for _, secret := range []string{"not this one", "my-password-by-mistake", "secret name", annsPassword, "eight rungs up", "ann@example.org"} {
		if all := g.send("GET", "/admin/audit?limit=200", "", 200, "", root.bearer()...); strings.Contains(all.body, secret) {
			t.Errorf("the log tells %q: %s", secret, all.body)
		}
	}
	refused := g.send("GET", "/admin/audit?action=session.refused&subject="+ann.user(), "", 200, "", root.bearer()...).items()
	if len(refused) != 1 || refused[0]["address"] != "127.0.0.1" || refused[0]["actor"] != nil || len(refused[0]["agent"].(string)) != 200 {
		t.Errorf("refused: %v", refused)
	}
	if by := g.send("GET", "/admin/audit?action=account.disabled", "", 200, "", root.bearer()...).items(); len(by) != 1 || by[0]["actor"] != root.user() || by[0]["by"] != "user" {
		t.Errorf("disabled: %v", by)
	}

	// Pages hold every entry once, of all domains.
	whole := g.send("GET", "/admin/audit?limit=200&until="+time.Now().UTC().Format(time.RFC3339Nano), "", 200, "", root.bearer()...)
	seen, cursor := map[any]bool{}, ""
	for range 100 {
		page := g.send("GET", "/admin/audit?limit=2"+cursor, "", 200, "", root.bearer()...)
		for _, e := range page.items() {
			if seen[e["id"]] {
				t.Errorf("%v came twice", e)
			}
			seen[e["id"]] = true
		}
		next, more := page.doc["next_cursor"].(string)
		if !more {
			break
		}
		cursor = "&cursor=" + next
	}
	domains := map[string]bool{}
	for _, e := range whole.items() {
		if !seen[e["id"]] {
			t.Errorf("no page has %v", e)
		}
		domains[strings.Split(e["action"].(string), ".")[0]] = true
	}
	if !domains["workspace"] || !domains["account"] || !domains["admin"] {
		t.Errorf("entries of %v alone", domains)
	}
	if got := g.send("GET", "/admin/audit?until="+before, "", 200, "", root.bearer()...).items(); len(got) != 0 {
		t.Errorf("before anything happened: %v", got)
	}
	g.send("GET", "/admin/audit", "", 401, "session-ended", ann.bearer()...)
}

func TestAccountsAreDeletedByTheirOwners(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	ann, bob := g.join("Ann"), g.join("Bob")
	ws := g.send("POST", "/workspaces", `{"name":"Team"}`, 201, "", ann.bearer()...).text("id")
	inv := g.send("POST", "/workspaces/"+ws+"/invitations", `{"role":"member"}`, 201, "", ann.bearer()...).text("token")
	g.post("/invitations/"+inv+"/accept", "", 200, "", bob.bearer()...)
	g.send("DELETE", "/me", "", 401, "unauthenticated")
	token := g.post("/auth/tokens", `{"name":"x","scopes":["read","write","admin","import"]}`, 201, "", ann.bearer()...).text("token")
	g.send("DELETE", "/me", `{"password":"`+annsPassword+`"}`, 403, "session-required", "Authorization", "Bearer "+token)
	sole := g.send("DELETE", "/me", "", 409, "sole-owner", ann.bearer()...)
	if named := sole.doc["workspaces"].([]any); len(named) != 1 || named[0].(map[string]any)["id"] != ws {
		t.Errorf("which workspaces: %s", sole.body)
	}
	g.send("DELETE", "/me", `{"password":"wrong"}`, 422, "invalid", ann.bearer()...)
	g.send("PATCH", "/workspaces/"+ws+"/members/"+bob.user(), `{"role":"owner"}`, 200, "", ann.bearer()...)
	gone := g.send("DELETE", "/me", `{"password":"`+annsPassword+`"}`, 204, "", ann.bearer()...)
	if gone.cookie().MaxAge >= 0 {
		t.Error("the cookie stays")
	}
	g.send("GET", "/me", "", 401, "session-ended", ann.bearer()...)
	g.send("GET", "/me", "", 401, "session-ended", "Authorization", "Bearer "+token)
	g.post("/auth/refresh", "", 401, "session-ended", ann.back()...)
	g.post("/auth/login", `{"email":"ann@example.org","password":"`+annsPassword+`"}`, 401, "wrong-credentials")
	for {
		more, err := g.users.Forget(context.Background(), mustID(t, ann.user()))
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			break
		}
	}
	if members := g.send("GET", "/workspaces/"+ws+"/members", "", 200, "", bob.bearer()...).items(); len(members) != 1 {
		t.Errorf("members: %v", members)
	}
	g.join("Ann")
}

func mustID(t *testing.T, text string) uuid.UUID {
	t.Helper()
	id, err := uuid.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return id
}
