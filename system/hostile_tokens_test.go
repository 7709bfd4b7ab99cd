package system

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// forged gives a secret with one bit turned in each of its characters in turn, cut off, longer, and in other spellings.
func forged(secret string) []string {
	all := []string{"", " ", secret + "A", secret + "=", secret[:len(secret)-1], secret[1:], strings.ToLower(secret), strings.ToUpper(secret), secret + "\u200b", "../" + secret}
	for i := range secret {
		for _, bit := range []byte{1, 2, 32} {
			turned := []byte(secret)
			if turned[i] ^= bit; turned[i] > ' ' && turned[i] < 0x7f {
				all = append(all, string(turned))
			}
		}
	}
	out := all[:0]
	for _, f := range all {
		if f != secret {
			out = append(out, f)
		}
	}
	return out
}

// TestForgedSecrets turns bits in every kind of secret that is sent to the server; what is left of it opens nothing, and
// says no more than a made-up one does. The secret itself still works afterwards.
func TestForgedSecrets(t *testing.T) {
	srv := newServer(t, "", "RUNG_SIGNUP=open", "RUNG_LOG_LEVEL=debug", "RUNG_PUBLIC_URL=http://rung.example.com")
	srv.start()
	s := &story{T: t, env: Env{BaseURL: srv.base(), SetupURL: srv.setup}, http: newHTTP()}
	s.nobody = &person{s: s, name: "nobody"}
	who := object{"name": "Root", "email": "root@example.org", "password": password("Root")}
	setup := s.setupToken()
	for _, f := range forged(setup)[:12] {
		if f != "" && len(f) < len(setup)+10 {
			a := s.nobody.post("/auth/register", with(who, "setup", f)).is(http.StatusCreated, http.StatusForbidden, http.StatusUnprocessableEntity, http.StatusTooManyRequests)
			if a.status == http.StatusCreated && s.nobody.post("/auth/login", who).at("user.admin") == true {
				t.Fatalf("the set-up address with the secret %q made an administrator", f)
			}
		}
	}
	s.register("Root2", object{"setup": setup})
	ada := s.register("Ada", nil)

	token := ada.makes("/auth/tokens", object{"name": "A", "scopes": []string{"read"}}).text("token")
	// What can't be a token is told so; whether the account, the token or the secret in it is the wrong one is not.
	malformed := s.nobody.as("rung_pat_guessed").ask(http.MethodGet, "/me", nil).is(http.StatusUnauthorized)
	unknown := s.nobody.as("rung_pat_"+strings.Repeat("A", len(token)-len("rung_pat_"))).ask(http.MethodGet, "/me", nil).is(http.StatusUnauthorized)
	if unknown.text("code") == malformed.text("code") {
		t.Fatalf("made up badly: %s", unknown.body)
	}
	for _, f := range forged(token) {
		if strings.TrimSpace(f) == "" || strings.Contains(f, "\u200b") {
			continue
		}
		got := s.nobody.as(f).ask(http.MethodGet, "/me", nil).is(http.StatusUnauthorized)
		want := unknown
		if got.text("code") == malformed.text("code") {
			want = malformed
		}
		s.alike(got, want)
	}
	s.nobody.as(token).get("/me").has(object{"name": "Ada"})

	invitation := ada.makes("/workspaces/"+ada.home+"/invitations", object{"role": "member"}).text("token")
	want := s.nobody.ask(http.MethodGet, "/invitations/guessed", nil).is(http.StatusNotFound)
	for _, f := range forged(invitation) {
		if strings.TrimSpace(f) == "" || strings.ContainsAny(f, "/\u200b") {
			continue
		}
		got := s.nobody.ask(http.MethodGet, "/invitations/"+url.PathEscape(f), nil).send()
		if got.status == http.StatusTooManyRequests {
			t.Log("looking at invitations is limited")
			break
		}
		s.alike(got, want)
	}
	s.nobody.get("/invitations/" + invitation)

	s.forgedAddresses(ada)

	s.nobody.post("/auth/password/forgot", object{"email": ada.email}).is(http.StatusAccepted, http.StatusNoContent, http.StatusOK)
	s.env.Mail = func(address string) string { return srv.log.mailed(address) }
	secret := s.mailed(ada.email, "/reset-password")
	next := "a password of Ada's that is new"
	for _, path := range []string{"/auth/password/reset", "/auth/email/verify"} {
		body := object{"token": "guessed"}
		if strings.HasSuffix(path, "reset") {
			body["password"] = next
		}
		want = s.nobody.post(path, body)
		all := forged(secret)
		for i := 1; i < 4; i++ { // guessing is limited, and the secret itself is to be tried yet
			s.alike(s.nobody.post(path, with(body, "token", all[i*len(all)/4])), want)
		}
	}
	s.nobody.post("/auth/email/verify", object{"token": secret}).is(http.StatusUnprocessableEntity, http.StatusForbidden, http.StatusNotFound, http.StatusBadRequest, http.StatusGone) // it is for a password
	s.nobody.post("/auth/login", object{"email": ada.email, "password": password("Ada")}).is(http.StatusOK)
	s.nobody.post("/auth/password/reset", object{"token": secret, "password": next}).is(http.StatusOK, http.StatusNoContent)
	s.nobody.post("/auth/password/reset", object{"token": secret, "password": next + "!"}).is(want.status, http.StatusUnprocessableEntity, http.StatusForbidden)
	srv.stop()
}

// forgedAddresses does so with the address of a file, which is a secret in itself.
func (s *story) forgedAddresses(p *person) {
	s.Helper()
	ws := "/workspaces/" + p.home
	project := p.makes(ws+"/projects", object{"name": "With files"}).id()
	task := ws + "/tasks/" + p.makes(ws+"/tasks", object{"project": project, "title": "With a file"}).id()
	file := task + "/attachments/" + p.attaches(task, "a.txt", []byte("Words"), "").is(http.StatusCreated).id()
	address := p.addressOf(file)
	token := strings.TrimPrefix(address, "/files/")
	want := s.nobody.ask(http.MethodGet, "/files/"+strings.Repeat("A", len(token)), nil).is(http.StatusNotFound)
	for _, f := range forged(token) {
		if strings.TrimSpace(f) == "" || strings.ContainsAny(f, "/\u200b") {
			continue
		}
		s.alike(s.nobody.ask(http.MethodGet, "/files/"+url.PathEscape(f), nil).send(), want)
	}
	if got := s.nobody.get(address); string(got.body) != "Words" {
		s.Errorf("the address gives %q", got.body)
	}
}
