package system

import (
	"net/http"
	"slices"
	"strings"
)

// moving takes tasks to other projects, where they are found under their former keys for ever.
func (s *story) moving() {
	from, fromStatus := s.project("From here", "key", "FRM")
	to, toStatus := s.project("To there", "key", "TOO")
	s.ada.task(to, "There before")
	task := s.ada.task(from, "Moves", "status", fromStatus["In progress"])
	child := s.ada.task(from, "Child", "parent", task.id())
	stays := s.ada.task(from, "Stays")
	s.ada.makes(s.ws+"/tasks/"+task.id()+"/comments", object{"body": "Moves along"})
	move := func(p *person, ref string, body object) *answer {
		s.Helper()
		return p.post(s.ws+"/tasks/"+ref+"/move", body)
	}

	move(s.ben, "FRM-1", object{"project": to, "with_children": true}).is(http.StatusOK).has(object{
		"id": task.id(), "project": to, "key": "TOO-2", "previous_keys": []string{"FRM-1"}, "status": toStatus["In progress"], "child_count": 1, "comment_count": 1,
	})
	s.ada.get(s.ws + "/tasks/" + child.id()).has(object{"project": to, "key": "TOO-3", "parent": task.id()})
	for _, key := range []string{"FRM-1", "TOO-2"} {
		s.ada.get(s.ws + "/tasks/" + key).has(object{"id": task.id()})
	}
	move(s.ben, "FRM-1", object{"project": to}).is(http.StatusOK).has(object{"key": "TOO-2"}) // it is there already

	move(s.ada, task.id(), object{"project": from, "status": fromStatus["Done"]}).is(http.StatusOK).
		has(object{"project": from, "status": fromStatus["Done"], "child_count": 0, "previous_keys": []string{"FRM-1", "TOO-2"}})
	s.ada.get(s.ws + "/tasks/" + child.id()).has(object{"project": to, "parent": nil}) // left behind, on its own
	s.ada.patch(s.ws+"/projects/"+from, object{"key": "FRO"}).is(http.StatusOK)
	now := s.ada.get(s.ws + "/tasks/FRM-1").has(object{"id": task.id()})
	for _, key := range []string{"TOO-2", now.text("key"), "FRO-1"} {
		s.ada.get(s.ws + "/tasks/" + key).has(object{"id": task.id()})
	}

	move(s.ben, stays.id(), object{"project": s.secret}).is(http.StatusUnprocessableEntity, http.StatusNotFound)
	move(s.ada, stays.id(), object{"project": to, "status": fromStatus["Done"]}).is(http.StatusUnprocessableEntity).names("status")
	move(s.ada, newID(), object{"project": to}).is(http.StatusNotFound)

	// What a task said in a private project stays there when it leaves.
	hush := s.ada.task(s.secret, "Ben leaves us")
	s.ada.patch(s.ws+"/tasks/"+hush.id(), object{"title": "Talk to Ben"}).is(http.StatusOK)
	move(s.ada, hush.id(), object{"project": to}).is(http.StatusOK)
	for path, private := range map[string]string{"/activity": "leaves us", "": hush.text("key")} {
		if got := s.ben.get(s.ws + "/tasks/" + hush.id() + path).body; strings.Contains(string(got), private) {
			s.Errorf("Ben reads %s", got)
		}
	}
	s.ada.get(s.ws + "/tasks/" + hush.text("key")).has(object{"id": hush.id(), "title": "Talk to Ben"})

	// Whoever can't see the private project is no longer assigned there.
	s.ada.patch(s.ws+"/tasks/"+stays.id(), object{"assignees": []string{s.ada.id, s.ben.id}}).is(http.StatusOK)
	move(s.ada, stays.id(), object{"project": s.secret}).is(http.StatusOK).has(object{"assignees": []string{s.ada.id}})
	s.ben.ask(http.MethodGet, s.ws+"/tasks/"+stays.text("key"), nil).is(http.StatusNotFound)
	if left := column(s.ada.list(s.ws+"/tasks?project="+from, 50), "title"); !slices.Equal(left, []string{"Moves"}) {
		s.Errorf("left behind are %v", left)
	}
}
