package system

import (
	"net/http"
	"slices"
	"strings"
)

// project makes a project for a chapter and gives its id, and its statuses' ids by name.
func (s *story) project(name string, more ...any) (id string, statuses map[string]string) {
	s.Helper()
	made := s.ada.makes(s.ws+"/projects", with(object{"name": name}, more...))
	statuses = map[string]string{}
	for _, st := range made.objects("statuses") {
		statuses[st["name"].(string)] = st["id"].(string)
	}
	return made.id(), statuses
}

// task makes a task and gives its answer.
func (p *person) task(project, title string, more ...any) *answer {
	p.s.Helper()
	return p.makes(p.s.ws+"/tasks", with(object{"project": project, "title": title}, more...))
}

// tasks makes a task with everything that it can have, and changes it.
func (s *story) tasks() {
	project, status := s.project("Everything", "key", "EVE")
	label := s.ada.makes(s.ws+"/labels", object{"name": "everything"}).id()
	const text = "# Title\r\n\r\n- [ ] one\t\n<script>alert(1)</script> ünïcödé 🪜 [@Ben](rung:user/x)  \n"
	id := newID()
	made := s.ada.makes(s.ws+"/tasks", object{
		"id": id, "project": project, "title": "Everything at once", "description": text, "status": status["In progress"],
		"priority": 2, "assignees": []string{s.ben.id}, "labels": []string{label}, "estimate": 2.5,
		"due": object{"date": "2031-12-24", "time": "17:00", "time_zone": "Europe/Berlin"}, "start": "2031-12-01",
		"external": object{"source": "elsewhere", "id": "42", "url": "https://example.org/42"}, "ical_uid": "42@example.org",
		"recurrence": object{"rrule": "FREQ=WEEKLY;BYDAY=WE", "basis": "due"}, "custom": object{"size": "XL", "n": 3},
	})
	s.ada.get(s.ws + "/tasks/EVE-1").has(object{
		"id": id, "key": "EVE-1", "number": 1, "project": project, "title": "Everything at once", "description": text,
		"status": status["In progress"], "priority": 2, "assignees": []string{s.ben.id}, "labels": []string{label}, "estimate": 2.5,
		"due": object{"date": "2031-12-24", "time": "17:00", "time_zone": "Europe/Berlin"}, "due_at": "2031-12-24T16:00:00.000Z",
		"start": object{"date": "2031-12-01", "time": nil, "time_zone": nil}, "parent": nil, "previous_keys": []string{},
		"external": object{"source": "elsewhere", "id": "42", "url": "https://example.org/42"}, "ical_uid": "42@example.org",
		"recurrence": object{"rrule": "FREQ=WEEKLY;BYDAY=WE", "basis": "due"}, "custom": object{"size": "XL", "n": 3},
		"author": object{"user": s.ada.id, "name": "Ada"}, "created_by": s.ada.id, "completed_at": nil, "deleted_at": nil,
		"subscribers": []string{s.ada.id, s.ben.id}, "comment_count": 0, "attachment_count": 0, "child_count": 0, "child_done_count": 0,
		"version": made.number("version"), "created_at": made.text("created_at"),
	})

	task := s.ws + "/tasks/" + id
	done := s.ben.patch(task, object{"status": status["Done"]}).is(http.StatusOK).has(object{"title": "Everything at once", "description": text})
	if done.text("completed_at") == "" || done.number("version") <= made.number("version") {
		s.Errorf("a task in Done is completed at %v, version %s", done.at("completed_at"), done.version())
	}
	s.ben.patch(task, object{"due": nil, "estimate": nil, "priority": 0, "status": status["To do"], "custom": object{}}).is(http.StatusOK).
		has(object{"due": nil, "due_at": nil, "estimate": nil, "priority": 0, "completed_at": nil, "title": "Everything at once"})
	s.ben.patch(task, object{"due": "2030-01-01"}).is(http.StatusOK).has(object{"due": object{"date": "2030-01-01", "time": nil, "time_zone": nil}})
	s.ben.patch(task, object{"assignees_add": []string{s.ada.id}, "assignees_remove": []string{s.ben.id}, "labels_remove": []string{label}}).
		is(http.StatusOK).has(object{"assignees": []string{s.ada.id}, "labels": []string{}})
	s.ben.patch(task, object{"labels_add": []string{label, label}}).is(http.StatusOK).has(object{"labels": []string{label}})

	// What comes as null may be sent as null.
	none := object{"due": nil, "start": nil, "estimate": nil, "parent": nil, "external": nil, "recurrence": nil, "ical_uid": nil}
	s.ada.delete(s.ws + "/tasks/" + s.ada.task(project, "Nothing", "due", nil, "start", nil, "estimate", nil, "parent", nil, "external", nil, "recurrence", nil, "ical_uid", nil).has(none).id())

	s.wrongTasks(project, status, task)
	s.told(task)
}

// wrongTasks sends what can't be, and expects the field to be named.
func (s *story) wrongTasks(project string, status map[string]string, task string) {
	_, elsewhere := s.project("Elsewhere")
	for _, w := range []struct {
		field string
		value any
	}{
		{"title", ""},
		{"title", " \t"},
		{"title", strings.Repeat("x", 1001)},
		{"title", nil},
		{"priority", 5},
		{"priority", "urgent"},
		{"status", elsewhere["Done"]},
		{"status", newID()},
		{"assignees", []string{s.eve.id}},
		{"assignees", []string{s.gil.id}}, // a guest who can't see the project
		{"labels", []string{newID()}},
		{"due", "2031-02-30"},
		{"due", object{"date": "2031-12-24", "time": "25:00"}},
		{"due", object{"date": "2031-12-24", "time_zone": "Nowhere/Land"}},
		{"estimate", -1},
		{"parent", newID()},
		{"recurrence", object{"rrule": "FREQ=SOMETIMES", "basis": "due"}},
		{"version", 1},
		{"created_at", "2020-02-02T02:02:02.000Z"},
		{"colour", "red"},
	} {
		s.ada.post(s.ws+"/tasks", with(object{"project": project, "title": "Wrong"}, w.field, w.value)).is(http.StatusUnprocessableEntity).names(w.field)
		s.ada.patch(task, object{w.field: w.value}).is(http.StatusUnprocessableEntity).names(w.field)
	}
	s.ada.post(s.ws+"/tasks", object{"title": "No project"}).is(http.StatusUnprocessableEntity).names("project")
	s.ada.ask(http.MethodPost, s.ws+"/tasks", []byte(`{"title":`)).with("Content-Type", "application/json").is(http.StatusBadRequest)
	s.ada.ask(http.MethodPost, s.ws+"/tasks", []byte(`title=x`)).with("Content-Type", "application/x-www-form-urlencoded").is(http.StatusUnsupportedMediaType)
	s.ada.post(s.ws+"/tasks", object{"project": project, "title": "Big", "description": strings.Repeat("x", 1<<20)}).is(http.StatusRequestEntityTooLarge)
	if n := len(s.ada.list(s.ws+"/tasks?project="+project, 200)); n != 1 {
		s.Errorf("%d tasks are there after many refusals, want 1", n)
	}
}

// told reads what happened to a task.
func (s *story) told(task string) {
	var fields []string
	for _, line := range s.ada.list(task+"/activity", 2) {
		if after, ok := line["after"].(object); ok {
			for f := range after {
				fields = append(fields, f)
			}
		}
	}
	for _, f := range []string{"status", "due", "assignees", "labels", "priority"} {
		if !slices.Contains(fields, f) {
			s.Errorf("the activity does not tell that %s has changed, only %v", f, fields)
		}
	}
}

// subTasks hangs tasks below others, never in a circle.
func (s *story) subTasks() {
	project, status := s.project("Below", "key", "BEL")
	parent := s.ada.task(project, "Parent")
	a := s.ada.task(project, "A", "parent", parent.id()).has(object{"parent": parent.id()})
	b := s.ada.task(project, "B", "parent", "BEL-1", "place", "first")
	c := s.ada.task(project, "C", "parent", a.id())
	path := s.ws + "/tasks/"
	counts := func(id string, all, done int) {
		s.Helper()
		s.ada.get(path + id).has(object{"child_count": all, "child_done_count": done})
	}
	counts(parent.id(), 2, 0)
	s.ada.patch(path+b.id(), object{"status": status["Done"]}).is(http.StatusOK)
	counts(parent.id(), 2, 1)

	if got := column(s.ada.list(path[:len(path)-1]+"?parent="+parent.id()+"&sort=position", 1), "title"); !slices.Equal(got, []string{"B", "A"}) {
		s.Errorf("the sub-tasks in their order are %v, want B, A", got)
	}
	for _, parent := range []string{c.id(), a.id()} {
		s.ada.patch(path+a.id(), object{"parent": parent}).is(http.StatusUnprocessableEntity, http.StatusConflict)
	}
	s.ada.patch(path+c.id(), object{"parent": nil}).is(http.StatusOK).has(object{"parent": nil})
	counts(a.id(), 0, 0)
	s.ada.patch(path+c.id(), object{"parent": parent.id()}).is(http.StatusOK)
	counts(parent.id(), 3, 1)
	s.ada.delete(path + a.id()).is(http.StatusNoContent)
	counts(parent.id(), 2, 1)
	if got := column(s.ada.list(path[:len(path)-1]+"?parent=none&project="+project, 50), "title"); !slices.Equal(got, []string{"Parent"}) {
		s.Errorf("without a parent are %v", got)
	}
}
