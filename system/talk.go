package system

import (
	"net/http"
	"slices"
	"strings"
)

// talk is labels, comments and relations.
func (s *story) talk() {
	s.labels()
	project, _ := s.project("Talk")
	task := s.ada.task(project, "What do you think?")
	s.comments(s.ws+"/tasks/"+task.id(), task.id())
	s.relations(project, task)
}

func (s *story) labels() {
	all := s.ws + "/labels"
	bug := s.ben.makes(all, object{"name": "Bug", "color": "red"}).has(object{"name": "Bug", "color": "red"})
	s.ada.post(all, object{"name": " bug"}).is(http.StatusConflict)
	s.gil.post(all, object{"name": "Mine"}).is(http.StatusForbidden)
	s.ada.patch(all+"/"+bug.id(), object{"name": "Fault"}).is(http.StatusOK).has(object{"name": "Fault", "color": "red"})
	project, _ := s.project("Labelled")
	task := s.ada.task(project, "Faulty", "labels", []string{bug.id()})
	s.ada.delete(all + "/" + bug.id()).is(http.StatusNoContent)
	s.ada.delete(all + "/" + bug.id()).is(http.StatusNoContent)
	s.ada.get(s.ws + "/tasks/" + task.id()).has(object{"labels": []string{}})
	if names := column(s.ada.list(all, 1), "name"); slices.Contains(names, "Fault") {
		s.Errorf("the deleted label is among %v", names)
	}
}

func (s *story) comments(task, id string) {
	const body = "I *think*:\r\n> quite so 🪜\n"
	first := s.ben.makes(task+"/comments", object{"body": body}).has(object{"body": body, "author.user": s.ben.id, "author.name": "Ben", "task": id})
	second := s.ada.makes(task+"/comments", object{"id": newID(), "body": "And I don't."})
	s.ada.get(task).has(object{"comment_count": 2, "subscribers": []string{s.ada.id, s.ben.id}})
	if got := ids(s.ada.list(task+"/comments", 1)); !slices.Equal(got, []string{first.id(), second.id()}) {
		s.Errorf("the comments are %v", got)
	}
	s.ada.post(task+"/comments", object{"body": " "}).is(http.StatusUnprocessableEntity).names("body")

	edited := s.ben.patch(task+"/comments/"+first.id(), object{"body": "I know."}).is(http.StatusOK).has(object{"body": "I know."})
	if edited.at("edited_at") == nil {
		s.Error("an edited comment does not say so")
	}
	s.ben.patch(task+"/comments/"+second.id(), object{"body": "She does."}).is(http.StatusForbidden)
	s.ada.patch(task+"/comments/"+first.id(), object{"body": "He does not."}).is(http.StatusForbidden) // nobody edits another's words
	s.ben.delete(task + "/comments/" + second.id()).is(http.StatusForbidden)
	s.ada.delete(task + "/comments/" + first.id()).is(http.StatusNoContent) // but an administrator may remove them
	s.ada.delete(task + "/comments/" + first.id()).is(http.StatusNoContent)
	s.ada.get(task).has(object{"comment_count": 1})
}

func (s *story) relations(project string, task *answer) {
	other := s.ada.task(project, "First this")
	from, to := s.ws+"/tasks/"+task.id()+"/relations", s.ws+"/tasks/"+other.id()+"/relations"
	s.ada.makes(to, object{"type": "blocks", "task": task.text("key")})
	s.ada.post(to, object{"type": "blocks", "task": task.id()}).is(http.StatusOK)
	s.ada.post(from, object{"type": "blocks", "task": other.id()}).is(http.StatusConflict) // a circle
	s.ada.post(from, object{"type": "relates", "task": task.id()}).is(http.StatusUnprocessableEntity, http.StatusConflict)
	s.ada.post(from, object{"type": "hates", "task": other.id()}).is(http.StatusUnprocessableEntity).names("type")
	if n := len(s.ada.get(from).items()); n != 1 {
		s.Errorf("the blocked task has %d relations, want 1", n)
	}

	private := s.ada.task(s.secret, "Private")
	before := s.ada.get(from).header.Get("Rung-Seq")
	s.ada.makes(from, object{"type": "relates", "task": private.id()})
	for _, path := range []string{s.ws + "/changes?since=" + before, s.ws + "/tasks/" + task.id() + "/activity"} {
		if !strings.Contains(string(s.ada.get(path).body), private.id()) || strings.Contains(string(s.ben.get(path).body), private.id()) {
			s.Errorf("%s does not tell Ada of a relation to a private task, or does tell Ben", path)
		}
	}
	if n := len(s.ada.get(from).items()); n != 2 {
		s.Errorf("Ada sees %d relations, want 2", n)
	}
	if n := len(s.ben.get(from).items()); n != 1 {
		s.Errorf("Ben sees %d relations, one of them to a private task", n)
	}
	s.ben.post(from, object{"type": "relates", "task": private.id()}).is(http.StatusUnprocessableEntity, http.StatusNotFound)
	for range 2 {
		s.ada.delete(to + "?type=blocks&task=" + task.id()).is(http.StatusNoContent)
	}
	if n := len(s.ada.get(to).items()); n != 0 {
		s.Errorf("%d relations are left, want none", n)
	}
}
