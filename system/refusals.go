package system

import (
	"net/http"
	"strings"
)

// refusals asks for what one may not have. What one may not see does not exist: the same bytes as for something that
// nobody has ever made.
func (s *story) refusals() {
	task := s.ada.task(s.secret, "Private").id()
	open := s.ada.task(s.board, "Open").id()
	comment := s.ada.makes(s.ws+"/tasks/"+task+"/comments", object{"body": "Private"}).id()
	tasks, project := s.ws+"/tasks/", s.ws+"/projects/"

	for _, p := range []*person{s.gil, s.ben} {
		for _, r := range []struct {
			method, path, random string
			body                 any
		}{
			{http.MethodGet, tasks + task, tasks + newID(), nil},
			{http.MethodPatch, tasks + task, tasks + newID(), object{"title": "Mine"}},
			{http.MethodDelete, tasks + task, tasks + newID(), nil},
			{http.MethodPost, tasks + task + "/restore", tasks + newID() + "/restore", nil},
			{http.MethodPost, tasks + task + "/move", tasks + newID() + "/move", object{"project": s.board}},
			{http.MethodGet, tasks + task + "/comments", tasks + newID() + "/comments", nil},
			{http.MethodPost, tasks + task + "/comments", tasks + newID() + "/comments", object{"body": "Hello?"}},
			{http.MethodDelete, tasks + task + "/comments/" + comment, tasks + newID() + "/comments/" + newID(), nil},
			{http.MethodGet, tasks + task + "/activity", tasks + newID() + "/activity", nil},
			{http.MethodGet, tasks + task + "/relations", tasks + newID() + "/relations", nil},
			{http.MethodGet, project + s.secret, project + newID(), nil},
			{http.MethodPatch, project + s.secret, project + newID(), object{"name": "Mine"}},
			{http.MethodDelete, project + s.secret, project + newID(), nil},
			{http.MethodGet, project + s.secret + "/statuses", project + newID() + "/statuses", nil},
			{http.MethodGet, project + s.secret + "/members", project + newID() + "/members", nil},
			{http.MethodPost, tasks[:len(tasks)-1], tasks[:len(tasks)-1], object{"title": "Mine"}},
			{http.MethodGet, tasks[:len(tasks)-1] + "?project=", tasks[:len(tasks)-1] + "?project=", nil},
		} {
			real, random := r.body, r.body
			if o, ok := r.body.(object); ok && r.path == r.random {
				real, random = with(o, "project", s.secret), with(o, "project", newID())
			} else if strings.HasSuffix(r.path, "=") {
				r.path, r.random = r.path+s.secret, r.random+newID()
			}
			s.alike(p.ask(r.method, r.path, real).send(), p.ask(r.method, r.random, random).send())
		}
	}

	// A stranger knows no more of the workspace than of one that does not exist; what it is called makes no difference.
	for _, path := range []string{"", "/tasks", "/tasks/" + open, "/projects", "/members", "/changes", "/snapshot", "/labels", "/trash"} {
		nowhere := s.eve.ask(http.MethodGet, "/workspaces/"+newID()+path, nil).is(http.StatusNotFound)
		s.alike(s.eve.ask(http.MethodGet, s.ws+path, nil).is(http.StatusNotFound), nowhere)
		s.alike(s.eve.ask(http.MethodGet, "/workspaces/ladders"+path, nil).is(http.StatusNotFound), nowhere)
		s.nobody.ask(http.MethodGet, s.ws+path, nil).is(http.StatusUnauthorized)
	}
	// Who administers the installation, as Ada does, is a stranger in other people's workspaces all the same.
	s.ada.get("/me").has(object{"admin": true})
	for _, path := range []string{"", "/tasks", "/members", "/snapshot", "/changes"} {
		nowhere := s.ada.ask(http.MethodGet, "/workspaces/"+newID()+path, nil).is(http.StatusNotFound)
		s.alike(s.ada.ask(http.MethodGet, "/workspaces/"+s.eve.home+path, nil).is(http.StatusNotFound), nowhere)
	}
	s.alike(s.eve.ask(http.MethodDelete, s.ws, nil).send(), s.eve.ask(http.MethodDelete, "/workspaces/"+newID(), nil).send())

	// What one may see and not do is forbidden. The guest comments on the board; that is all.
	s.gil.get(tasks + open)
	s.gil.makes(tasks+open+"/comments", object{"body": "Hello"})
	s.gil.patch(tasks+open, object{"title": "Mine"}).is(http.StatusForbidden)
	s.gil.delete(tasks + open).is(http.StatusForbidden)
	s.gil.post(s.ws+"/tasks", object{"project": s.board, "title": "Mine"}).is(http.StatusForbidden)
	s.gil.post(s.ws+"/tasks/batch", object{"changes": []object{{"op": "delete", "id": open}}}).is(http.StatusForbidden, http.StatusUnprocessableEntity)
	s.gil.patch(project+s.board, object{"name": "Mine"}).is(http.StatusForbidden)
	s.gil.delete(project + s.board).is(http.StatusForbidden)
	s.gil.put(project+s.board+"/members/"+s.gil.id, object{"role": "admin"}).is(http.StatusForbidden)
	s.gil.patch(s.ws, object{"name": "Mine"}).is(http.StatusForbidden)
	s.gil.delete(s.ws).is(http.StatusForbidden)
	s.gil.post(s.ws+"/invitations", object{"role": "admin"}).is(http.StatusForbidden)
	s.gil.patch(s.ws+"/members/"+s.gil.id, object{"role": "owner"}).is(http.StatusForbidden)
	s.gil.delete(s.ws + "/members/" + s.ben.id).is(http.StatusForbidden)
	s.ben.patch(project+s.board, object{"name": "Mine"}).is(http.StatusForbidden)
	s.ben.delete(s.ws).is(http.StatusForbidden)
	s.ben.patch(s.ws+"/members/"+s.gil.id, object{"role": "owner"}).is(http.StatusForbidden)
	s.ada.get(tasks + open).has(object{"title": "Open"})
	for _, t := range s.gil.list(s.ws+"/tasks", 200) {
		if t["project"] != s.board {
			s.Errorf("the guest finds %s", asJSON(t))
		}
	}
	s.ada.as(s.ada.token+"x").ask(http.MethodGet, s.ws, nil).is(http.StatusUnauthorized)
}

// alike expects two answers that tell as little as each other.
func (s *story) alike(a, b *answer) {
	s.Helper()
	if a.status != b.status {
		s.Errorf("%s: %d, and %d for what does not exist\n%s\n%s", a.what, a.status, b.status, a.body, b.body)
		return
	}
	if a.status == http.StatusNoContent {
		return
	}
	x, y := a.without("request_id"), b.without("request_id")
	if string(x) != string(y) {
		s.Errorf("%s: what may not be seen is told from what does not exist:\n%s\n%s", a.what, x, y)
	}
}

// leaving takes the member out of the workspace while he watches.
func (s *story) leaving() {
	project, _ := s.project("Left")
	task := s.ada.task(project, "His", "assignees", []string{s.ben.id}).id()
	stream := s.ben.follow(s.ws, "")
	s.ada.delete(s.ws + "/members/" + s.ben.id).is(http.StatusNoContent)
	s.ada.delete(s.ws+"/members/"+s.ben.id).is(http.StatusNoContent, http.StatusNotFound)
	s.eventually("he is out", func() bool {
		return s.ben.ask(http.MethodGet, s.ws, nil).send().status == http.StatusNotFound
	})
	s.eventually("his stream has ended", func() bool {
		select {
		case <-stream.ended:
			return true
		default:
			return false
		}
	})
	s.ben.ask(http.MethodGet, s.ws+"/tasks/"+task, nil).is(http.StatusNotFound)
	s.ada.get(s.ws + "/tasks/" + task).has(object{"title": "His"})
	s.ben.get("/workspaces/" + s.ben.home) // his own is still his
	token := s.invite(object{"role": "member"})
	s.ben.post("/invitations/"+token+"/accept", nil).is(http.StatusOK)
	s.ben.get(s.ws + "/tasks/" + task)
}
