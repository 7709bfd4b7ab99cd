package system

import (
	"net/http"
	"strings"
)

// people brings a team together: a workspace, invitations by link, roles.
func (s *story) people() {
	team := s.ada.makes("/workspaces", object{"name": "The Ladder Company", "slug": "ladders"})
	s.ws = "/workspaces/" + team.id()
	s.ada.get("/workspaces/ladders").has(object{"id": team.id(), "name": "The Ladder Company"})
	s.ada.post("/workspaces", object{"name": "Others", "slug": "ladders"}).is(http.StatusConflict)
	s.ada.patch(s.ws, object{"name": "Ladders & Co"}).is(http.StatusOK).has(object{"name": "Ladders & Co", "slug": "ladders"})

	s.board = s.ada.makes(s.ws+"/projects", object{"name": "Website", "key": "WEB"}).id()
	s.secret = s.ada.makes(s.ws+"/projects", object{"name": "Salaries", "key": "SAL", "access": "private"}).id()

	s.ben = s.join("Ben", object{"role": "member"})
	s.gil = s.join("Gil", object{"role": "guest", "projects": []object{{"project": s.board, "role": "commenter"}}})
	s.eve = s.register("Eve", object{"invitation": s.invite(object{"role": "member"})}) // registers, and never comes in

	roles := map[string]any{}
	for _, m := range s.ada.list(s.ws+"/members", 2) {
		roles[m["id"].(string)] = m["role"]
	}
	want := object{s.ada.id: "owner", s.ben.id: "member", s.gil.id: "guest"}
	if !same(roles, want) {
		s.Errorf("the members are %s, want %s", asJSON(roles), asJSON(want))
	}

	s.nobody.post("/invitations/rung_inv_guessed/accept", nil).is(http.StatusUnauthorized)
	s.eve.post("/invitations/rung_inv_guessed/accept", nil).is(http.StatusNotFound)
	s.eve.ask(http.MethodGet, s.ws, nil).is(http.StatusNotFound)
	s.ben.post(s.ws+"/invitations", object{"role": "member"}).is(http.StatusForbidden)
	s.ada.post(s.ws+"/invitations", object{"role": "king"}).is(http.StatusUnprocessableEntity).names("role")

	closed := s.invite(object{"role": "member"})
	for _, i := range s.ada.list(s.ws+"/invitations", 50) {
		s.ada.delete(s.ws + "/invitations/" + i["id"].(string)).is(http.StatusNoContent)
	}
	s.eve.post("/invitations/"+closed+"/accept", nil).is(http.StatusNotFound)

	s.lastOwner()
	s.profile()
}

// lastOwner shows that a workspace always has somebody who answers for it.
func (s *story) lastOwner() {
	me, him := s.ws+"/members/"+s.ada.id, s.ws+"/members/"+s.ben.id
	s.ada.delete(me).is(http.StatusConflict)
	s.ada.patch(me, object{"role": "admin"}).is(http.StatusConflict)
	s.ben.patch(him, object{"role": "owner"}).is(http.StatusForbidden)

	s.ada.patch(him, object{"role": "owner"}).is(http.StatusOK).has(object{"role": "owner"})
	s.ada.patch(him, object{"role": "member"}).is(http.StatusOK).has(object{"role": "member"})
}

func (s *story) profile() {
	s.ben.get("/me").has(object{"name": "Ben", "admin": false})
	s.ben.patch("/me", object{"timezone": "Europe/Berlin", "locale": "de", "theme": "dark"}).is(http.StatusOK).
		has(object{"name": "Ben", "timezone": "Europe/Berlin", "locale": "de", "theme": "dark"})
	s.ben.patch("/me", object{"timezone": "Middle-earth/Shire"}).is(http.StatusUnprocessableEntity).names("timezone")
}

// join makes a user who is invited by a link and accepts.
func (s *story) join(name string, invitation object) *person {
	s.Helper()
	token := s.invite(invitation)
	p := s.register(name, object{"invitation": token})
	p.ask(http.MethodGet, s.ws, nil).is(http.StatusNotFound) // not before she accepts
	p.post("/invitations/"+token+"/accept", nil).is(http.StatusOK)
	p.post("/invitations/"+token+"/accept", nil).is(http.StatusOK)
	p.get(s.ws).has(object{"slug": "ladders", "role": invitation["role"]})
	return p
}

// invite makes an invitation by link and gives its token.
func (s *story) invite(invitation object) string {
	s.Helper()
	made := s.ada.makes(s.ws+"/invitations", invitation)
	token := made.text("token")
	if !strings.HasPrefix(token, "rung_inv_") {
		s.Fatalf("the invitation has no token: %s", made.body)
	}
	return token
}
