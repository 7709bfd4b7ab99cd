package system

import (
	"net/http"
)

// restart stops all of Rung and starts it again: everything is there, and streams go on where they were.
func (s *story) restart() {
	if s.env.Restart == nil {
		s.Fatal("there is no way to restart")
	}
	project, _ := s.project("Survives", "key", "SUR")
	task := s.ada.task(project, "Survives", "description", "Everything").id()
	stream := s.ada.follow(s.ws, "")
	before := s.ada.task(project, "The last one before")
	seen := stream.until("task.created", before.id())
	list := s.ada.list(s.ws+"/tasks", 200)
	events, head := s.ada.changes(s.ws, 500)

	s.env.Restart(s.T)
	select {
	case <-stream.ended:
	default:
		s.eventually("the stream has ended", func() bool {
			select {
			case <-stream.ended:
				return true
			default:
				return false
			}
		})
	}
	if now := s.ada.list(s.ws+"/tasks", 200); !same(now, list) {
		s.Errorf("the tasks are others: %d were there, %d are", len(list), len(now))
	}
	if now, at := s.ada.changes(s.ws, 500); at != head || len(now) != len(events) {
		s.Errorf("the history was at %s with %d events and is at %s with %d", head, len(events), at, len(now))
	}
	s.ada.get(s.ws + "/tasks/" + task).has(object{"title": "Survives", "description": "Everything", "key": "SUR-1"})

	after := s.ada.task(project, "The first one behind")
	again := s.ada.follow(s.ws, seen.id)
	if e := again.next(); e.kind != "task.created" || e.entity() != after.id() {
		s.Errorf("behind %s comes %s %s, want the first thing after the restart", seen.id, e.kind, asJSON(e.data))
	}

	// Sessions live on, and their cookies.
	in := s.ada.refresh(s.ada.jar).is(http.StatusOK)
	s.ada.as(in.text("access_token")).get("/me").has(object{"name": "Ada"})
	s.ben.login()
	s.ben.get(s.ws + "/tasks/" + task)
	s.nobody.post("/auth/register", object{"name": "Mallory", "email": "mallory@example.org", "password": "me too, please", "setup": s.setupToken()}).is(http.StatusForbidden)
}
