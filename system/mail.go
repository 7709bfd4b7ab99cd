package system

import (
	"net/http"
	"net/url"
)

// mail does what takes a mailbox: inviting an address, confirming one, and setting a new password.
func (s *story) mail() {
	if s.env.Mail == nil {
		return
	}
	fay := s.invitedByMail()
	old := *fay

	s.nobody.post("/auth/email/verify", object{"token": "rung_link_guessed"}).is(http.StatusGone)
	fay.post("/auth/email/ask", nil).is(http.StatusNoContent)
	verify := s.mailed(fay.email, "/verify-email")
	s.nobody.post("/auth/email/verify", object{"token": verify}).is(http.StatusNoContent)

	s.nobody.post("/auth/password/forgot", object{"email": fay.email}).is(http.StatusNoContent)
	reset := s.mailed(fay.email, "/reset-password")
	fresh := object{"token": reset, "password": "a better password of Fay"}
	s.nobody.post("/auth/password/reset", with(fresh, "password", "short")).is(http.StatusUnprocessableEntity).names("password")
	s.nobody.post("/auth/password/reset", fresh).is(http.StatusNoContent)
	if again := s.nobody.post("/auth/password/reset", with(fresh, "password", "somebody else's password")); again.status < http.StatusBadRequest {
		s.Errorf("a link that was used works again: %d", again.status)
	}
	s.nobody.post("/auth/login", object{"email": fay.email, "password": password("Fay")}).is(http.StatusUnauthorized)
	s.nobody.post("/auth/login", object{"email": fay.email, "password": "a better password of Fay"}).is(http.StatusOK)
	s.eventually("her old session has ended", func() bool {
		return old.ask(http.MethodGet, "/me", nil).send().status == http.StatusUnauthorized
	})
}

// invitedByMail lets somebody in who was sent a link.
func (s *story) invitedByMail() *person {
	s.Helper()
	const to = "fay@example.org"
	made := s.ada.makes(s.ws+"/invitations", object{"role": "member", "email": to}).has(object{"email": to})
	s.ada.post(s.ws+"/invitations", object{"role": "member", "email": to}).is(http.StatusConflict)
	token := s.mailed(to, "/invite")
	if token == made.text("token") {
		s.Error("whoever invites by mail is shown the secret that proves the mailbox")
	}
	s.nobody.get("/invitations/" + token).has(object{"invited_by": "Ada", "role": "member", "email": to})
	s.nobody.post("/auth/register", object{"name": "Mallory", "email": "mallory@example.org", "password": "me too, please", "invitation": token}).
		is(http.StatusUnprocessableEntity).names("email") // made out to another address
	fay := s.register("Fay", object{"invitation": token})
	fay.post("/invitations/"+token+"/accept", nil).is(http.StatusOK)
	fay.get(s.ws).has(object{"role": "member"})
	s.eve.post("/invitations/"+token+"/accept", nil).is(http.StatusNotFound) // it works once
	return fay
}

// mailed waits for a link to a page and gives what stands behind its #.
func (s *story) mailed(to, page string) (token string) {
	s.Helper()
	s.eventually("a mail to "+to+" with a link to "+page, func() bool {
		u, err := url.Parse(s.env.Mail(to))
		if err != nil || u.Fragment == "" || u.Path != page {
			return false
		}
		token = u.Fragment
		return true
	})
	return token
}
