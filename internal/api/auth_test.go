package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
)

func TestRegisterAnswersWithAllThatAnAppNeeds(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	in := g.register()
	user, _ := in.doc["user"].(map[string]any)
	ws, _ := in.doc["workspace"].(map[string]any)
	if user["name"] != "Ann" || user["email"] != "ann@example.org" || user["admin"] != false || ws["role"] != "owner" || ws["id"] != user["workspace"] {
		t.Errorf("answer %s", in.body)
	}
	if in.doc["expires_in"] != 600.0 || in.header.Get("Cache-Control") != "no-store" {
		t.Errorf("expires in %v, %s", in.doc["expires_in"], in.header.Get("Cache-Control"))
	}
	c := in.cookie()
	if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/app/api/v1/auth" || c.Partitioned || c.Domain != "" || c.MaxAge < 29*24*3600 {
		t.Errorf("cookie %+v", c)
	}
	if strings.Contains(in.body, c.Value) {
		t.Error("the refresh token stands in the body too")
	}
	me := g.send("GET", "/me", "", 200, "", in.bearer()...)
	if me.text("name") != "Ann" {
		t.Errorf("me: %s", me.body)
	}
	g.post("/auth/register", `{"email":"ann@example.org","password":"`+annsPassword+`","name":"Ann"}`, 409, "email-taken")
	bad := g.post("/auth/register", `{"email":"x","password":"y","name":""}`, 422, "invalid").problem(t)
	if len(bad.Errors) != 3 {
		t.Errorf("errors: %+v", bad.Errors)
	}
}

func TestARegistrationCanBeAskedForAgain(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	body := `{"id":"` + uuid.NewString() + `","email":"ann@example.org","password":"` + annsPassword + `","name":"Ann"}`
	first := g.post("/auth/register", body, 201, "")
	again := g.post("/auth/register", body, 200, "")
	if first.doc["user"].(map[string]any)["id"] != again.doc["user"].(map[string]any)["id"] {
		t.Error("another user")
	}
	g.post("/auth/register", strings.Replace(body, "ann@", "bob@", 1), 409, "id-taken")
}

func TestWhoMayRegister(t *testing.T) {
	g := newGate(t, auth.SignupInvite)
	if m := g.send("GET", "/auth/methods", "", 200, ""); m.doc["signup"] != "invite" || m.doc["setup"] != true || m.doc["password"] != true {
		t.Errorf("methods: %s", m.body)
	}
	who := `{"email":"ann@example.org","password":"` + annsPassword + `","name":"Ann"`
	g.post("/auth/register", who+`}`, 403, "invitation-required")
	g.post("/auth/register", who+`,"invitation":"guessed"}`, 404, "")
	g.post("/auth/register", who+`,"setup":"guessed"}`, 403, "setup-done")
	token, _, err := g.auth.SetupToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	in := g.post("/auth/register", who+`,"setup":"`+token+`"}`, 201, "")
	if in.doc["user"].(map[string]any)["admin"] != true {
		t.Errorf("no administrator: %s", in.body)
	}
	ws := in.doc["workspace"].(map[string]any)["id"].(string)
	inv := g.send("POST", "/workspaces/"+ws+"/invitations", `{"role":"member"}`, 201, "", in.bearer()...)
	bob := g.post("/auth/register", `{"email":"bob@example.org","password":"`+annsPassword+`","name":"Bob","invitation":"`+inv.text("token")+`"}`, 201, "")
	g.post("/invitations/"+inv.text("token")+"/accept", "", 200, "", bob.bearer()...)
}

func TestLoginAnswersTheSameForAllThatIsWrong(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	g.register()
	in := g.post("/auth/login", ann, 200, "")
	if in.text("status") != "ok" || in.cookie().Value == "" {
		t.Errorf("answer %s", in.body)
	}
	wrong := g.post("/auth/login", `{"email":"ann@example.org","password":"wrong"}`, 401, "wrong-credentials")
	unknown := g.post("/auth/login", `{"email":"bob@example.org","password":"wrong"}`, 401, "wrong-credentials")
	if wrong.body != unknown.body {
		t.Errorf("%s differs from %s", wrong.body, unknown.body)
	}
	for range 9 {
		g.post("/auth/login", `{"email":"ann@example.org","password":"wrong"}`, 401, "wrong-credentials")
	}
	if r := g.post("/auth/login", ann, 429, "too-many-requests"); r.header.Get("Retry-After") == "" {
		t.Error("it is not said when to come back")
	}
}

func TestRefreshAndLogout(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	in := g.register()
	second := g.post("/auth/refresh", "", 200, "", in.back()...)
	same := g.post("/auth/refresh", "", 200, "", in.back()...)
	if second.cookie().Value == in.cookie().Value || second.cookie().Value != same.cookie().Value {
		t.Error("not the one successor")
	}
	g.send("GET", "/me", "", 200, "", second.bearer()...)
	g.post("/auth/refresh", "", 401, "session-ended")
	if gone := g.post("/auth/refresh", "", 401, "session-ended", "Cookie", "__Secure-rung_refresh=made-up").cookie(); gone.MaxAge >= 0 {
		t.Errorf("the useless cookie stays: %+v", gone)
	}
	out := g.post("/auth/logout", "", 204, "", second.back()...)
	if c := out.cookie(); c.MaxAge >= 0 || c.Value != "" || c.Path != in.cookie().Path {
		t.Errorf("the cookie stays: %+v", c)
	}
	g.post("/auth/logout", "", 204, "")
	g.send("GET", "/me", "", 401, "session-ended", second.bearer()...)
	g.post("/auth/refresh", "", 401, "session-ended", second.back()...)
}

func TestOtherSitesCanNotUseTheCookie(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	in := g.register()
	for _, path := range []string{"/auth/refresh", "/auth/logout", "/auth/login", "/auth/register"} {
		body := ""
		switch path {
		case "/auth/login":
			body = ann
		case "/auth/register":
			body = `{"email":"bob@example.org","password":"` + annsPassword + `","name":"Bob"}`
		}
		for _, from := range [][]string{
			{"Origin", evilOrigin},
			{"Origin", "null"},
			{"Sec-Fetch-Site", "cross-site"},
			{"Sec-Fetch-Site", "same-site"},
			{"Origin", evilOrigin, "Sec-Fetch-Site", "cross-site"},
			{"Origin", otherOrigin + ".evil.test"},
		} {
			r := g.post(path, body, 403, "cross-origin", append(in.back(), from...)...)
			if len(r.header["Set-Cookie"]) != 0 {
				t.Errorf("%s from %v set a cookie", path, from)
			}
		}
	}
	g.post("/auth/refresh", "", 200, "", append(in.back(), "Origin", gateOrigin, "Sec-Fetch-Site", "same-origin")...)
	g.post("/auth/refresh", "", 200, "", append(in.back(), "Origin", g.srv.URL)...)
}

func TestAWebAppOnAnotherSiteGetsACookieThatWorksThere(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	g.register()
	in := g.post("/auth/login", ann, 200, "", "Origin", otherOrigin, "Sec-Fetch-Site", "cross-site")
	if c := in.cookie(); c.SameSite != http.SameSiteNoneMode || !c.Secure || !c.Partitioned || !c.HttpOnly {
		t.Errorf("cookie %+v", c)
	}
	own := g.post("/auth/login", ann, 200, "", "Origin", gateOrigin, "Sec-Fetch-Site", "same-origin")
	if c := own.cookie(); c.SameSite != http.SameSiteLaxMode || c.Partitioned {
		t.Errorf("our own app's cookie %+v", c)
	}
}

func TestPasswordsByTheAPI(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	in := g.register()
	verify := g.link("verify-email")
	g.post("/auth/email/verify", `{"token":"made up"}`, 410, "link-used")
	g.post("/auth/email/verify", `{"token":"`+verify+`"}`, 204, "")
	g.post("/auth/email/ask", "", 204, "", in.bearer()...)
	g.post("/auth/email/ask", "", 401, "unauthenticated")

	g.post("/auth/password/change", `{"current":"wrong","new":"eight rungs up"}`, 422, "invalid", in.bearer()...)
	g.post("/auth/password/change", `{"current":"`+annsPassword+`","new":"eight rungs up"}`, 401, "unauthenticated")
	g.post("/auth/password/change", `{"current":"`+annsPassword+`","new":"eight rungs up"}`, 204, "", in.bearer()...)
	g.post("/auth/login", ann, 401, "wrong-credentials")

	known := g.post("/auth/password/forgot", `{"email":"ann@example.org"}`, 204, "")
	unknown := g.post("/auth/password/forgot", `{"email":"bob@example.org"}`, 204, "")
	if known.body != unknown.body {
		t.Errorf("%q differs from %q", known.body, unknown.body)
	}
	link := g.link("reset-password")
	g.post("/auth/password/reset", `{"token":"`+link+`","password":"short"}`, 422, "invalid")
	g.post("/auth/password/reset", `{"token":"`+link+`","password":"`+annsPassword+`"}`, 204, "")
	g.post("/auth/password/reset", `{"token":"`+link+`","password":"`+annsPassword+`"}`, 410, "link-used")
	g.post("/auth/login", ann, 200, "")
}

func TestSessionsByTheAPI(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	first := g.register()
	second := g.post("/auth/login", ann, 200, "", "User-Agent", "Firefox")
	page := g.send("GET", "/auth/sessions?limit=1", "", 200, "", first.bearer()...)
	rest := g.send("GET", "/auth/sessions?limit=1&cursor="+page.text("next_cursor"), "", 200, "", first.bearer()...)
	newest, oldest := page.doc["items"].([]any)[0].(map[string]any), rest.doc["items"].([]any)[0].(map[string]any)
	if newest["agent"] != "Firefox" || newest["current"] != false || oldest["current"] != true || rest.doc["next_cursor"] != nil || newest["address"] != "127.0.0.1" {
		t.Errorf("sessions: %s then %s", page.body, rest.body)
	}
	for range 2 {
		g.send("DELETE", "/auth/sessions/"+newest["id"].(string), "", 204, "", first.bearer()...)
	}
	g.send("GET", "/me", "", 401, "session-ended", second.bearer()...)
	g.send("GET", "/auth/sessions?cursor=x", "", 422, "invalid", first.bearer()...)
}

func TestTokensByTheAPI(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	in := g.register()
	id := uuid.NewString()
	body := `{"id":"` + id + `","name":"backup","scopes":["read"],"expires_at":"2999-01-01T00:00:00Z"}`
	made := g.post("/auth/tokens", body, 201, "", in.bearer()...)
	if made.text("expires_at") != "2999-01-01T00:00:00.000Z" || made.doc["last_used_at"] != nil {
		t.Errorf("made %s", made.body)
	}
	if again := g.post("/auth/tokens", body, 200, "", in.bearer()...); again.doc["token"] != nil {
		t.Error("the secret was shown twice")
	}
	g.post("/auth/tokens", strings.Replace(body, "backup", "other", 1), 409, "id-taken", in.bearer()...)
	g.post("/auth/tokens", `{"name":"x","scopes":["everything"]}`, 422, "invalid", in.bearer()...)
	g.post("/auth/tokens", `{"name":"x","scopes":[]}`, 422, "invalid", in.bearer()...)

	personal := []string{"Authorization", "Bearer " + made.text("token")}
	g.send("GET", "/me", "", 200, "", personal...)
	g.send("PATCH", "/me", `{"name":"Eve"}`, 403, "insufficient-scope", personal...)
	for _, route := range [][2]string{
		{"GET", "/auth/tokens"}, {"GET", "/auth/sessions"}, {"DELETE", "/auth/tokens/" + id}, {"DELETE", "/auth/sessions/" + id}, {"POST", "/auth/email/ask"},
	} {
		g.send(route[0], route[1], "", 403, "session-required", personal...)
	}
	list := g.send("GET", "/auth/tokens", "", 200, "", in.bearer()...)
	if items := list.doc["items"].([]any); len(items) != 1 || items[0].(map[string]any)["token"] != nil {
		t.Errorf("tokens: %s", list.body)
	}
	g.send("DELETE", "/auth/tokens/"+id, "", 204, "", in.bearer()...)
	g.send("GET", "/me", "", 401, "session-ended", personal...)
}

func TestAdministratorsSeeAndChangeAccounts(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	in := g.register()
	bob := g.post("/auth/register", `{"email":"bob@example.org","password":"`+annsPassword+`","name":"Bob"}`, 201, "")
	id := bob.doc["user"].(map[string]any)["id"].(string)
	g.send("GET", "/admin/users", "", 401, "unauthenticated")
	g.send("GET", "/admin/users", "", 403, "forbidden", in.bearer()...)
	g.send("PATCH", "/admin/users/"+id, `{"disabled":true}`, 403, "forbidden", in.bearer()...)
	if err := g.auth.Promote(t.Context(), "ann@example.org", true); err != nil {
		t.Fatal(err)
	}
	page := g.send("GET", "/admin/users?limit=1", "", 200, "", in.bearer()...)
	rest := g.send("GET", "/admin/users?limit=1&cursor="+page.text("next_cursor"), "", 200, "", in.bearer()...)
	if item := rest.doc["items"].([]any)[0].(map[string]any); item["id"] != id || item["disabled"] != false || rest.doc["next_cursor"] != nil {
		t.Errorf("accounts: %s then %s", page.body, rest.body)
	}
	if now := g.send("PATCH", "/admin/users/"+id, `{"disabled":true}`, 200, "", in.bearer()...); now.doc["disabled"] != true || now.doc["admin"] != false {
		t.Errorf("now %s", now.body)
	}
	g.send("GET", "/me", "", 401, "session-ended", bob.bearer()...)
	g.post("/auth/login", `{"email":"bob@example.org","password":"`+annsPassword+`"}`, 403, "account-disabled")
	own := in.doc["user"].(map[string]any)["id"].(string)
	g.send("PATCH", "/admin/users/"+own, `{"admin":false}`, 403, "own-account", in.bearer()...)
	g.send("PATCH", "/admin/users/"+uuid.NewString(), `{"admin":true}`, 404, "not-found", in.bearer()...)
}

func TestTheKeysArePublished(t *testing.T) {
	g := newGate(t, auth.SignupOpen)
	got := ask(t, g.srv, "GET", "/.well-known/jwks.json", "")
	if got.status != 200 || !strings.Contains(got.body, `"crv":"Ed25519"`) || got.header.Get("Cache-Control") != "public, max-age=60" ||
		got.header.Get("Content-Type") != "application/jwk-set+json" {
		t.Errorf("%d %v %s", got.status, got.header, got.body)
	}
}
