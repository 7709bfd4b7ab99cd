package system

import (
	"net/http"
	"strings"
)

// former is somebody who has deleted her account, and what she left behind.
type former struct {
	id, task string
}

// deleting has somebody work with the others and then delete her account. What she is called in what was written before
// is looked at later, see forgotten: it takes a while.
func (s *story) deleting() {
	uma := s.join("Uma", object{"role": "admin"})
	project, _ := s.project("Uma's")
	task := uma.task(project, "Hers", "assignees", []string{uma.id}).id()
	uma.makes(s.ws+"/tasks/"+task+"/comments", object{"body": "I was here."})
	own := uma.makes("/workspaces", object{"name": "Shared with nobody"})
	shared := uma.makes("/workspaces", object{"name": "Shared"})
	invited := uma.makes("/workspaces/"+shared.id()+"/invitations", object{"role": "member"})
	s.gil.post("/invitations/"+invited.text("token")+"/accept", nil).is(http.StatusOK)
	stream := uma.follow(s.ws, "")

	uma.ask(http.MethodDelete, "/me", object{"password": "not hers"}).is(http.StatusUnprocessableEntity).names("password")
	uma.ask(http.MethodDelete, "/me", object{"password": password("Uma")}).is(http.StatusConflict).has(object{"code": "sole-owner"})
	uma.patch("/workspaces/"+shared.id()+"/members/"+s.gil.id, object{"role": "owner"}).is(http.StatusOK)
	uma.ask(http.MethodDelete, "/me", object{"password": password("Uma")}).is(http.StatusNoContent)

	uma.ask(http.MethodGet, "/me", nil).is(http.StatusUnauthorized)
	s.nobody.ask(http.MethodPost, "/auth/refresh", nil).with("Cookie", uma.jar).is(http.StatusUnauthorized)
	s.nobody.post("/auth/login", object{"email": uma.email, "password": password("Uma")}).is(http.StatusUnauthorized)
	s.eventually("her stream has ended", func() bool {
		select {
		case <-stream.ended:
			return true
		default:
			return false
		}
	})
	s.eventually("she is no member any more", func() bool {
		for _, m := range s.ada.list(s.ws+"/members", 50) {
			if m["id"] == uma.id {
				return false
			}
		}
		return true
	})
	for _, w := range s.ada.list("/admin/workspaces", 50) {
		if w["id"] == own.id() {
			s.eventually("the workspace that was hers alone is gone", func() bool {
				return !strings.Contains(string(s.ada.get("/admin/workspaces?limit=200").body), own.id())
			})
		}
	}
	again := s.register("Uma", object{"invitation": s.invite(object{"role": "guest"})}) // her address is free
	if again.id == uma.id {
		s.Error("whoever registers her address becomes what she was")
	}
	s.uma = former{uma.id, task}
}

// forgotten looks at what is left of whoever deleted her account a while ago.
func (s *story) forgotten() {
	task, comments := s.ws+"/tasks/"+s.uma.task, s.ws+"/tasks/"+s.uma.task+"/comments"
	s.eventually("her name is gone from what she wrote", func() bool {
		all := string(s.ada.get(task).body) + string(s.ada.get(comments).body) + string(s.ada.get(task+"/activity").body)
		return !strings.Contains(all, `"Uma"`) && strings.Contains(all, `"Former member"`)
	})
	if kept := s.ada.get(task); !strings.Contains(string(kept.body), s.uma.id) {
		s.Errorf("the task is not assigned to whoever she was: %s", kept.body)
	}
	var told []string
	for _, e := range s.ada.get("/admin/audit?limit=200&subject=" + s.uma.id).items() {
		told = append(told, e["action"].(string))
	}
	for _, action := range []string{"account.created", "account.deleted", "invitation.accepted", "member.removed"} {
		if !strings.Contains(strings.Join(told, " "), action) {
			s.Errorf("the audit log tells of %v, not of %s", told, action)
		}
	}
}
