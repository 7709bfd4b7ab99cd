package system

import (
	"net/http"
	"slices"
)

// projects makes and changes them, open ones and private ones, and their columns.
func (s *story) projects() {
	all := s.ws + "/projects"
	made := s.ada.makes(all, object{"name": "Garden", "description": "Apples", "color": "green", "icon": "tree", "estimate_unit": "minutes"})
	garden := all + "/" + made.id()
	made.has(object{"name": "Garden", "description": "Apples", "color": "green", "icon": "tree", "access": "workspace", "estimate_unit": "minutes", "archived": false})
	if got := column(made.objects("statuses"), "name"); !slices.Equal(got, []string{"Backlog", "To do", "In progress", "Done"}) {
		s.Errorf("a new project has the statuses %v", got)
	}
	if key := made.text("key"); key == "" {
		s.Error("a project without a key was given none")
	}
	s.ben.get(garden).has(object{"name": "Garden"})

	s.ada.post(all, object{"name": "Another", "key": "WEB"}).is(http.StatusConflict)
	s.ada.post(all, object{"name": ""}).is(http.StatusUnprocessableEntity).names("name")
	s.ada.post(all, object{"name": "x", "access": "public"}).is(http.StatusUnprocessableEntity).names("access")
	s.ada.post(all, object{"name": "x", "colour": "red"}).is(http.StatusUnprocessableEntity).names("colour")

	s.ada.patch(garden, object{"name": "Orchard", "key": "ORC"}).is(http.StatusOK).has(object{"name": "Orchard", "key": "ORC", "color": "green"})
	task := s.ada.makes(s.ws+"/tasks", object{"project": made.id(), "title": "Prune"})
	if task.text("key") != "ORC-1" {
		s.Errorf("the first task of ORC is %s", task.text("key"))
	}
	s.ada.patch(garden, object{"key": "TREE"}).is(http.StatusOK)
	for _, key := range []string{"TREE-1", "ORC-1", "orc-1"} {
		s.ada.get(s.ws + "/tasks/" + key).has(object{"id": task.id(), "key": "TREE-1"})
	}

	s.ada.patch(garden, object{"archived": true}).is(http.StatusOK).has(object{"archived": true})
	s.ada.post(s.ws+"/tasks", object{"project": made.id(), "title": "Too late"}).is(http.StatusConflict)
	s.ada.patch(garden, object{"archived": false}).is(http.StatusOK)

	s.statuses(garden, made)
	s.private()
}

// statuses adds, renames, orders and removes columns.
func (s *story) statuses(project string, made *answer) {
	names := func() []string { return column(s.ben.get(project+"/statuses").items(), "name") }
	done := made.text("statuses.3.id")
	review := s.ada.makes(project+"/statuses", object{"name": "Review", "category": "doing", "place": object{"before": done}}).id()
	if got := names(); !slices.Equal(got, []string{"Backlog", "To do", "In progress", "Review", "Done"}) {
		s.Errorf("the statuses are %v", got)
	}
	s.ada.patch(project+"/statuses/"+review, object{"name": "Check", "place": "first"}).is(http.StatusOK).has(object{"name": "Check", "category": "doing"})
	if got := names(); !slices.Equal(got, []string{"Check", "Backlog", "To do", "In progress", "Done"}) {
		s.Errorf("the statuses are %v", got)
	}

	task := s.ada.makes(s.ws+"/tasks", object{"project": made.id(), "title": "In a column that goes", "status": review})
	s.ada.delete(project+"/statuses/"+review).is(http.StatusConflict, http.StatusUnprocessableEntity)
	s.ada.delete(project + "/statuses/" + review + "?move_to=" + done).is(http.StatusNoContent)
	s.ada.delete(project + "/statuses/" + review + "?move_to=" + done).is(http.StatusNoContent)
	now := s.ada.get(s.ws + "/tasks/" + task.id()).has(object{"status": done})
	if now.at("completed_at") == nil {
		s.Error("a task whose column's end put it into Done is not completed")
	}
	s.ben.post(project+"/statuses", object{"name": "Mine"}).is(http.StatusForbidden)
	s.ada.patch(project+"/statuses/"+done, object{"category": "someday"}).is(http.StatusUnprocessableEntity).names("category")
}

// private shows a project to those who were let in, and to nobody else.
func (s *story) private() {
	project := s.ws + "/projects/" + s.secret
	s.ben.ask(http.MethodGet, project, nil).is(http.StatusNotFound)
	s.ada.put(project+"/members/"+s.ben.id, object{"role": "viewer"}).is(http.StatusOK).has(object{"user": s.ben.id, "role": "viewer"})
	s.ben.get(project).has(object{"name": "Salaries"})
	s.ben.post(s.ws+"/tasks", object{"project": s.secret, "title": "More"}).is(http.StatusForbidden)
	s.ada.put(project+"/members/"+s.ben.id, object{"role": "editor"}).is(http.StatusOK)
	s.ben.makes(s.ws+"/tasks", object{"project": s.secret, "title": "More"})
	s.ada.put(project+"/members/"+s.eve.id, object{"role": "viewer"}).is(http.StatusNotFound)
	s.ada.put(project+"/members/"+s.ben.id, object{"role": "boss"}).is(http.StatusUnprocessableEntity).names("role")
	s.ada.delete(project + "/members/" + s.ben.id).is(http.StatusNoContent)
	s.ada.delete(project + "/members/" + s.ben.id).is(http.StatusNoContent)
	s.ben.ask(http.MethodGet, project, nil).is(http.StatusNotFound)

	seen := ids(s.gil.list(s.ws+"/projects", 1))
	if !slices.Equal(seen, []string{s.board}) {
		s.Errorf("the guest sees the projects %v, want %s alone", seen, s.board)
	}
	if seen := ids(s.ben.list(s.ws+"/projects", 1)); slices.Contains(seen, s.secret) || !slices.Contains(seen, s.board) {
		s.Errorf("the member sees the projects %v", seen)
	}
	s.gil.ask(http.MethodGet, project, nil).is(http.StatusNotFound)
	s.gil.get(s.ws + "/projects/" + s.board)
	s.gil.post(s.ws+"/projects", object{"name": "Mine"}).is(http.StatusForbidden)
}
