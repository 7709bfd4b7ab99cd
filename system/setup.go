package system

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/rung-app/rung/internal/api/apitest"
)

// settingUp makes the first user, who comes by an address that works once.
func (s *story) settingUp() {
	s.nobody.get("/livez")
	s.nobody.get("/readyz").has(object{"status": "ok"})
	api := s.nobody.get("/openapi.json")
	if v := api.text("openapi"); !strings.HasPrefix(v, "3.1") {
		s.Errorf("the document is written in OpenAPI %q, want 3.1", v)
	}
	var err error
	if s.document, err = apitest.Read(api.body); err != nil {
		s.Fatal(err)
	}
	s.nobody.get("/docs")
	if keys := s.nobody.get("/.well-known/jwks.json").objects("keys"); len(keys) == 0 || keys[0]["kty"] != "OKP" || keys[0]["d"] != nil {
		s.Errorf("the public keys are %s", asJSON(keys))
	}
	s.nobody.ask(http.MethodGet, "/me", nil).is(http.StatusUnauthorized)
	s.nobody.ask(http.MethodGet, "/nowhere", nil).is(http.StatusNotFound)

	setup := s.setupToken()
	who := object{"name": "Ada", "email": "ada@example.org", "password": "a ladder has rungs"}
	s.nobody.post("/auth/register", with(who, "setup", "guessed")).is(http.StatusForbidden)
	s.nobody.post("/auth/register", who).is(http.StatusForbidden)
	s.nobody.post("/auth/register", with(who, "setup", setup, "password", "short")).is(http.StatusUnprocessableEntity).names("password")

	s.ada = s.register("Ada", object{"setup": setup})
	s.ada.get("/me").has(object{"name": "Ada", "email": "ada@example.org", "admin": true, "workspace": s.ada.home})
	other := object{"name": "Mallory", "email": "mallory@example.org", "password": "me too, please", "setup": setup}
	s.nobody.post("/auth/register", other).is(http.StatusForbidden)
}

// setupToken gives what the set-up address carries, where no server sees it.
func (s *story) setupToken() string {
	s.Helper()
	u, err := url.Parse(s.env.SetupURL)
	if err != nil || u.Fragment == "" {
		s.Fatalf("the set-up address is %q, want a token behind a #", s.env.SetupURL)
	}
	return u.Fragment
}

// register makes a user of the given name, who is signed in then. more says why she may.
func (s *story) register(name string, more object) *person {
	s.Helper()
	p := &person{s: s, name: name, email: strings.ToLower(name) + "@example.org"}
	who := object{"id": newID(), "name": name, "email": p.email, "password": password(name)}
	for k, v := range more {
		who[k] = v
	}
	in := s.nobody.post("/auth/register", who).is(http.StatusCreated)
	p.signIn(in)
	p.home = in.text("workspace.id")
	if p.home == "" {
		s.Fatalf("%s got no workspace of her own: %s", name, in.body)
	}
	// A lost answer: the same request again is the same user.
	again := s.nobody.post("/auth/register", who).is(http.StatusOK, http.StatusCreated)
	if again.text("user.id") != p.id || again.text("workspace.id") != p.home {
		s.Errorf("registering twice made something else: %s", again.body)
	}
	return p
}

func password(name string) string { return "the password of " + name }

// signIn takes over what an answer of auth gave.
func (p *person) signIn(a *answer) {
	p.s.Helper()
	p.id, p.token, p.jar = a.text("user.id"), a.text("access_token"), a.cookie()
	if p.id == "" || p.token == "" || p.jar == "" || a.number("expires_in") < 60 {
		p.s.Fatalf("%s: signed in without a user, a token or a cookie: %v %s", a.what, a.header["Set-Cookie"], a.body)
	}
}

// with is an object with some members replaced: name, value, name, value ...
func with(o object, pairs ...any) object {
	out := object{}
	for k, v := range o {
		out[k] = v
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		out[pairs[i].(string)] = pairs[i+1]
	}
	return out
}
