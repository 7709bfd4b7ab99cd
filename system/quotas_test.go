package system

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
)

// TestQuotasHoldWhoeverAsksAtOnce asks for much more than there may be, all of it at the same time.
func TestQuotasHoldWhoeverAsksAtOnce(t *testing.T) {
	srv := newServer(t, "", "RUNG_SIGNUP=open", "RUNG_MAX_PROJECTS=3", "RUNG_MAX_MEMBERS=3", "RUNG_MAX_WORKSPACES=3")
	srv.start()
	s := &story{T: t, env: Env{BaseURL: srv.base(), SetupURL: srv.setup}, http: newHTTP()}
	s.nobody = &person{s: s, name: "nobody"}
	c := &cast{story: s, people: map[string]*person{}}
	ada := c.enter("owner", object{"setup": s.setupToken()})
	s.ws = "/workspaces/" + ada.home
	secret := ada.makes(s.ws+"/invitations", object{"role": "member"}).text("token")
	var others []*person
	for i := range 8 {
		others = append(others, c.enter(fmt.Sprint("person ", i), object{}))
	}
	for what, ask := range map[string]func(i int) *ask{
		"projects": func(i int) *ask {
			return ada.ask(http.MethodPost, s.ws+"/projects", object{"name": fmt.Sprint("P", i)})
		},
		"workspaces": func(i int) *ask { return ada.ask(http.MethodPost, "/workspaces", object{"name": fmt.Sprint("W", i)}) },
		"members":    func(i int) *ask { return others[i].ask(http.MethodPost, "/invitations/"+secret+"/accept", nil) },
	} {
		answers := make([]*answer, len(others))
		var wg sync.WaitGroup
		for i := range answers {
			wg.Go(func() {
				a, err := ask(i).do()
				if err != nil {
					t.Error(err)
				}
				answers[i] = a
			})
		}
		wg.Wait()
		done := 0
		for _, a := range answers {
			switch {
			case a == nil:
			case a.status < http.StatusBadRequest:
				done++
			default:
				a.refused(http.StatusForbidden, "quota-exceeded")
			}
		}
		want := 3
		if what != "projects" { // her home and she herself are there already
			want = 2
		}
		if done != want {
			t.Errorf("%d %s were had, want %d", done, what, want)
		}
	}
	ada.get(s.ws).has(object{"usage.members": 3, "usage.projects": 3, "limits.members": 3, "limits.projects": 3})
	ada.get("/me").has(object{"usage": object{"workspaces": 3}, "limits": object{"workspaces": 3}})
	srv.stop()
}
