package system

import (
	"net/http"
)

// sessions signs in, refreshes, and out.
func (s *story) sessions() {
	login := func(email, password string) *answer {
		return s.nobody.post("/auth/login", object{"email": email, "password": password})
	}
	wrong := login(s.ben.email, "not the password").refused(http.StatusUnauthorized, "wrong-credentials")
	unknown := login("nobody@example.org", "not the password").refused(http.StatusUnauthorized, "wrong-credentials")
	if a, b := wrong.without("request_id"), unknown.without("request_id"); string(a) != string(b) {
		s.Errorf("an unknown address is told from a wrong password:\n%s\n%s", a, b)
	}

	in := login("BEN@example.org", password("Ben")).is(http.StatusOK).has(object{"status": "ok"})
	b := &person{s: s, name: "Ben"}
	b.signIn(in)
	b.get("/me").has(object{"name": "Ben"})
	if n := len(b.get("/auth/sessions").items()); n < 2 {
		s.Errorf("Ben has %d sessions, want the first and this one", n)
	}

	// Every refresh gives the next token; the one before works a while longer, with the same outcome.
	first := b.jar
	second := b.refresh(first).is(http.StatusOK)
	third := b.refresh(first).is(http.StatusOK)
	if second.cookie() != third.cookie() || second.cookie() == first || second.cookie() == "" {
		s.Errorf("a refresh token that came twice had the successors %q and %q", second.cookie(), third.cookie())
	}
	b.token = third.text("access_token")
	b.get("/me").has(object{"name": "Ben"})
	s.nobody.post("/auth/refresh", nil).is(http.StatusUnauthorized)
	b.refresh("rung_refresh=guessed").is(http.StatusUnauthorized)

	s.nobody.ask(http.MethodPost, "/auth/logout", nil).with("Cookie", second.cookie()).is(http.StatusNoContent)
	b.refresh(second.cookie()).is(http.StatusUnauthorized)
	b.ask(http.MethodGet, "/me", nil).is(http.StatusUnauthorized)
	s.ben.get("/me") // his other session goes on

	s.endedFromElsewhere()
	s.passwords()
}

func (p *person) refresh(cookie string) *answer {
	p.s.Helper()
	return p.s.nobody.ask(http.MethodPost, "/auth/refresh", nil).with("Cookie", cookie).send()
}

func (p *person) login() {
	p.s.Helper()
	p.signIn(p.s.nobody.post("/auth/login", object{"email": p.email, "password": password(p.name)}).is(http.StatusOK))
}

// endedFromElsewhere ends a session that somebody else may have.
func (s *story) endedFromElsewhere() {
	lost := &person{s: s, name: "Ben", email: s.ben.email}
	lost.login()
	known := map[any]bool{}
	for _, session := range s.ben.get("/auth/sessions").items() {
		known[session["id"]] = true
	}
	fresh := &person{s: s, name: "Ben", email: s.ben.email}
	fresh.login()
	for _, session := range s.ben.get("/auth/sessions").items() {
		if !known[session["id"]] {
			s.ben.delete("/auth/sessions/" + session["id"].(string)).is(http.StatusNoContent)
			s.ben.delete("/auth/sessions/" + session["id"].(string)).is(http.StatusNoContent)
		}
	}
	s.eventually("the ended session is refused", func() bool {
		return fresh.ask(http.MethodGet, "/me", nil).send().status == http.StatusUnauthorized
	})
	lost.get("/me")
}

// passwords changes one and expects the old one and the other sessions to be of no use then.
func (s *story) passwords() {
	b := &person{s: s, name: "Ben", email: s.ben.email}
	b.login()
	b.post("/auth/password/change", object{"current": "wrong", "new": "a much better one"}).is(http.StatusUnauthorized, http.StatusForbidden, http.StatusUnprocessableEntity)
	known := s.nobody.post("/auth/password/forgot", object{"email": s.ben.email})
	unknown := s.nobody.post("/auth/password/forgot", object{"email": "nobody@example.org"})
	if known.status != unknown.status || string(known.body) != string(unknown.body) || known.status >= http.StatusBadRequest {
		s.Errorf("forgot tells who has an account: %d %s, %d %s", known.status, known.body, unknown.status, unknown.body)
	}
}
