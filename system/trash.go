package system

import (
	"net/http"
	"slices"
	"strings"
)

// trash throws things away, takes them back, and throws them away for good.
func (s *story) trash() {
	project, _ := s.project("Thrown away", "key", "THR")
	tasks := s.ws + "/tasks"
	parent := s.ada.task(project, "Parent")
	child := s.ada.task(project, "Child", "parent", parent.id())
	early := s.ada.task(project, "Thrown earlier", "parent", parent.id())
	s.ada.delete(tasks + "/" + early.id()).is(http.StatusNoContent)

	s.ben.delete(tasks + "/THR-1").is(http.StatusNoContent)
	if left := s.ada.list(tasks+"?project="+project, 50); len(left) != 0 {
		s.Errorf("in the list are still %v", column(left, "title"))
	}
	s.ada.get(tasks + "/" + parent.id()) // it can still be looked at, to take it back
	s.ada.patch(tasks+"/"+parent.id(), object{"title": "Changed in the trash"}).is(http.StatusNotFound)
	s.ada.post(tasks+"/"+parent.id()+"/comments", object{"body": "Gone?"}).is(http.StatusNotFound)
	in := ids(s.ada.list(s.ws+"/trash", 1))
	if !slices.Contains(in, parent.id()) || !slices.Contains(in, early.id()) || slices.Contains(in, child.id()) {
		s.Errorf("in the trash are %v, want the parent and what was thrown away before it", in)
	}
	if slices.Contains(ids(s.gil.list(s.ws+"/trash", 50)), parent.id()) {
		s.Error("the guest sees in the trash what he could not see before")
	}

	s.ben.post(tasks+"/"+parent.id()+"/restore", nil).is(http.StatusOK).has(object{"deleted_at": nil, "key": "THR-1", "child_count": 1})
	back := column(s.ada.list(tasks+"?project="+project+"&sort=title", 50), "title")
	if !slices.Equal(back, []string{"Child", "Parent"}) {
		s.Errorf("back are %v, want what was thrown away together", back)
	}

	s.purged(project, parent)
	s.thrownProject()
}

// purged looks for what is gone for good.
func (s *story) purged(project string, parent *answer) {
	const words = "quicksilver-and-sulphur"
	task := s.ada.task(project, words, "description", words)
	path := s.ws + "/tasks/" + task.id()
	s.ada.makes(path+"/comments", object{"body": words})
	s.ada.patch(path, object{"title": words + " changed"}).is(http.StatusOK)
	purge := s.ws + "/trash/task/" + task.id()
	s.ada.delete(purge).is(http.StatusNotFound, http.StatusConflict) // not in the trash
	s.ada.delete(path).is(http.StatusNoContent)
	s.ben.delete(purge).is(http.StatusForbidden)
	s.ada.delete(purge).is(http.StatusNoContent)
	s.ada.delete(purge).is(http.StatusNoContent)
	s.ada.ask(http.MethodGet, path, nil).is(http.StatusNotFound)
	s.ada.post(path+"/restore", nil).is(http.StatusNotFound)
	for events, since := []object{{}}, ""; len(events) > 0; {
		page := s.ada.get(s.ws + "/changes?limit=1000" + since)
		if strings.Contains(string(page.body), words) {
			s.Fatal("the history still holds the words of a purged task")
		}
		events, since = page.items(), "&since="+page.text("seq")
	}
	if next := s.ada.task(project, "Next"); next.number("number") <= task.number("number") {
		s.Errorf("the number %v was used again", task.at("number"))
	}
	s.ada.delete(s.ws + "/tasks/" + parent.id()).is(http.StatusNoContent)
	s.ada.delete(s.ws + "/trash/task/" + parent.id()).is(http.StatusNoContent)
}

func (s *story) thrownProject() {
	project, _ := s.project("Thrown project", "key", "TPR")
	path, task := s.ws+"/projects/"+project, s.ada.task(project, "In it").id()
	s.ben.delete(path).is(http.StatusForbidden)
	for range 2 {
		s.ada.delete(path).is(http.StatusNoContent)
	}
	s.ada.ask(http.MethodGet, path, nil).is(http.StatusNotFound)
	s.ada.ask(http.MethodGet, s.ws+"/tasks/"+task, nil).is(http.StatusNotFound)
	s.ada.post(path+"/restore", nil).is(http.StatusOK).has(object{"name": "Thrown project", "deleted_at": nil})
	s.ada.get(s.ws + "/tasks/TPR-1").has(object{"id": task})
	s.ada.delete(path).is(http.StatusNoContent)
	for range 2 {
		s.ada.delete(s.ws + "/trash/project/" + project).is(http.StatusNoContent)
	}
	s.ada.post(path+"/restore", nil).is(http.StatusNotFound)
	s.ada.post(s.ws+"/projects", object{"name": "Same key", "key": "TPR"}).is(http.StatusConflict) // keys are never used again
}
