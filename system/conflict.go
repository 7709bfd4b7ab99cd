package system

import (
	"net/http"
	"strconv"
	"strings"
)

// batches changes many things at once, or nothing.
func (s *story) batches() {
	project, status := s.project("Batches", "key", "BAT")
	other, _ := s.project("Other batches")
	kept := s.ada.task(project, "Kept")
	a, b := newID(), newID()
	_, before := s.ada.get(s.ws + "/projects").seq()
	results := s.ada.post(s.ws+"/tasks/batch", object{"changes": []object{
		{"op": "create", "task": object{"id": a, "project": project, "title": "A"}},
		{"op": "create", "task": object{"id": b, "project": project, "title": "B", "parent": a}},
		{"op": "update", "id": kept.id(), "patch": object{"priority": 1}},
		{"op": "update", "id": a, "patch": object{"title": "A, changed"}},
		{"op": "move", "id": kept.text("key"), "project": other},
		{"op": "delete", "id": b},
	}}).is(http.StatusOK)
	results.has(object{
		"results.0.created": true, "results.0.task.id": a, "results.0.task.title": "A, changed", "results.2.task.id": kept.id(),
		"results.4.task.project": other, "results.5.task": nil,
	})
	if n := len(results.objects("results")); n != 6 {
		s.Errorf("six changes have %d results", n)
	}
	if _, after := results.seq(); after <= before {
		s.Errorf("a batch left the history at %d", after)
	}
	s.ada.get(s.ws + "/tasks/" + a).has(object{"title": "A, changed", "child_count": 0})
	s.ada.get(s.ws + "/tasks/" + kept.id()).has(object{"project": other, "priority": 1})

	_, before = s.ada.get(s.ws + "/projects").seq()
	for i, bad := range []object{
		{"op": "update", "id": newID(), "patch": object{"title": "Nobody"}},
		{"op": "update", "id": a, "patch": object{"priority": 9}},
		{"op": "create", "task": object{"project": newID(), "title": "Nowhere"}},
		{"op": "move", "id": a, "project": other, "status": status["Done"]},
		{"op": "create", "task": object{"id": kept.id(), "project": project, "title": "Taken"}},
		{"op": "delete", "id": "BAT-999"},
		{"op": "explode", "id": a},
		{"op": "update", "id": a},
	} {
		changes := []object{{"op": "update", "id": a, "patch": object{"title": "Half done"}}, {"op": "create", "task": object{"project": project, "title": "Half"}}, bad}
		if s.ada.post(s.ws+"/tasks/batch", object{"changes": changes}).is(http.StatusUnprocessableEntity).names("changes[2]"); s.Failed() {
			s.Fatalf("that was bad change %d", i)
		}
	}
	if _, after := s.ada.get(s.ws + "/projects").seq(); after != before {
		s.Errorf("refused batches have moved the history from %d to %d", before, after)
	}
	s.ada.get(s.ws + "/tasks/" + a).has(object{"title": "A, changed"})
	s.ada.post(s.ws+"/tasks/batch", object{"changes": []object{}}).is(http.StatusUnprocessableEntity).names("changes")
	many := make([]object, 501)
	for i := range many {
		many[i] = object{"op": "delete", "id": a}
	}
	s.ada.post(s.ws+"/tasks/batch", object{"changes": many}).is(http.StatusUnprocessableEntity).names("changes")
}

// twice sends everything again, as a client does whose answer was lost.
func (s *story) twice() {
	project, _ := s.project("Twice")
	for _, c := range []struct {
		path        string
		first, diff object
	}{
		{"/projects", object{"name": "Again"}, object{"name": "Not again"}},
		{"/labels", object{"name": "again"}, object{"name": "not again"}},
		{"/views", object{"name": "Again", "query": object{}}, object{"name": "Not again", "query": object{}}},
		{"/tasks", object{"project": project, "title": "Again"}, object{"project": project, "title": "Not again"}},
		{"/tasks/" + s.ada.task(project, "Spoken of").id() + "/comments", object{"body": "Again"}, object{"body": "Not again"}},
	} {
		id := newID()
		s.ada.post(s.ws+c.path, with(c.first, "id", id)).is(http.StatusCreated)
		_, before := s.ada.get(s.ws + "/labels").seq()
		s.ada.post(s.ws+c.path, with(c.first, "id", id)).is(http.StatusOK).has(object{"id": id})
		s.ada.post(s.ws+c.path, with(c.diff, "id", id)).is(http.StatusConflict)
		if _, after := s.ada.get(s.ws + "/labels").seq(); after != before {
			s.Errorf("POST %s again has moved the history", c.path)
		}
	}

	id := newID()
	request := object{"id": id, "project": project, "title": "First"}
	s.ada.makes(s.ws+"/tasks", request)
	changed := s.ada.patch(s.ws+"/tasks/"+id, object{"title": "Second"}).is(http.StatusOK)
	s.ada.post(s.ws+"/tasks", request).is(http.StatusOK).has(object{"title": "Second"}) // as it is now
	s.ada.patch(s.ws+"/tasks/"+id, object{"title": "Second"}).is(http.StatusOK).has(object{"version": changed.number("version")})
	s.ada.delete(s.ws + "/tasks/" + id).is(http.StatusNoContent)
	s.ada.delete(s.ws + "/tasks/" + id).is(http.StatusNoContent)
	s.ada.post(s.ws+"/tasks/"+id+"/restore", nil).is(http.StatusOK)
	s.ada.post(s.ws+"/tasks/"+id+"/restore", nil).is(http.StatusOK).has(object{"title": "Second", "deleted_at": nil})

	ws := object{"id": newID(), "name": "Again and again"}
	s.ada.makes("/workspaces", ws)
	s.ada.post("/workspaces", ws).is(http.StatusOK)
	s.ada.post("/workspaces", with(ws, "name", "Another")).is(http.StatusConflict)
	s.eve.post("/workspaces", ws).is(http.StatusConflict)
	for range 2 {
		s.ada.delete("/workspaces/"+ws["id"].(string)).is(http.StatusNoContent, http.StatusNotFound)
	}
}

// conflicts lets two people change one task.
func (s *story) conflicts() {
	project, status := s.project("Conflicts")
	seen := s.ada.task(project, "Base", "priority", 1)
	task := s.ws + "/tasks/" + seen.id()
	try := func(header, version string, patch object) *answer {
		s.Helper()
		return s.ada.ask(http.MethodPatch, task, patch).with(header, version).send()
	}
	theirs := s.ben.patch(task, object{"title": "Ben's"}).is(http.StatusOK)

	// Without a condition the last writer of a field wins, field by field.
	s.ada.patch(task, object{"priority": 2}).is(http.StatusOK).has(object{"title": "Ben's", "priority": 2})

	try("If-Match", `"`+seen.version()+`"`, object{"priority": 3}).is(http.StatusPreconditionFailed)
	now := s.ada.get(task).has(object{"priority": 2})
	if tag := strings.TrimPrefix(now.header.Get("ETag"), "W/"); tag != strconv.Quote(now.version()) {
		s.Errorf("the ETag of version %s is %s", now.version(), tag)
	}
	try("If-Match", now.header.Get("ETag"), object{"priority": 3}).is(http.StatusOK).has(object{"priority": 3})

	// Since the version that Ada had seen the title has changed and the description has not.
	try("Rung-Base-Version", seen.version(), object{"description": "Ada's"}).is(http.StatusOK).has(object{"title": "Ben's", "description": "Ada's"})
	refused := try("Rung-Base-Version", seen.version(), object{"title": "Ada's", "description": "More of Ada's", "estimate": 3}).is(http.StatusPreconditionFailed)
	found := map[any]object{}
	for _, c := range refused.objects("conflicts") {
		found[c["field"]] = c
	}
	if c := found["title"]; c == nil || c["base"] != "Base" || c["theirs"] != "Ben's" {
		s.Errorf("the conflicts are %s, want the title, Base, Ben's", refused.body)
	}
	if found["estimate"] != nil {
		s.Errorf("a field that nobody else has changed is in conflict: %s", refused.body)
	}
	s.ada.get(task).has(object{"title": "Ben's", "estimate": nil})
	try("Rung-Base-Version", theirs.version(), object{"title": "Ada's"}).is(http.StatusOK).has(object{"title": "Ada's"})
	try("Rung-Base-Version", seen.version(), object{"title": "Ada's"}).is(http.StatusOK) // the same value is no conflict
	try("If-Match", `"soon"`, object{"title": "x"}).is(http.StatusUnprocessableEntity)

	s.ben.patch(task, object{"status": status["Done"]}).is(http.StatusOK)
	s.ada.ask(http.MethodDelete, task, nil).with("If-Match", now.header.Get("ETag")).is(http.StatusPreconditionFailed)
	s.ada.get(task).has(object{"deleted_at": nil})
}

// unchanged asks again for what one has.
func (s *story) unchanged() {
	project, _ := s.project("Unchanged")
	made := s.ada.task(project, "As it was")
	task, list := s.ws+"/tasks/"+made.id(), s.ws+"/tasks?project="+project
	for _, path := range []string{task, list, s.ws + "/projects/" + project, s.ws + "/projects", s.ws + "/labels", s.ws + "/tasks/groups?group_by=status&project=" + project} {
		first := s.ada.get(path)
		tag := first.header.Get("ETag")
		if tag == "" {
			s.Errorf("GET %s has no ETag", path)
			continue
		}
		same := s.ada.ask(http.MethodGet, path, nil).with("If-None-Match", tag).is(http.StatusNotModified)
		if len(same.body) > 0 {
			s.Errorf("GET %s: a 304 with a body", path)
		}
		same.seq()
		s.ada.ask(http.MethodGet, path, nil).with("If-None-Match", `"other"`).is(http.StatusOK)
	}

	// A read behind an acknowledged write is never stale.
	tag, epoch, last := s.ada.get(list).header.Get("ETag"), "", int64(0)
	for i := range 20 {
		title := "Now " + strconv.Itoa(i)
		e, n := s.ben.patch(task, object{"title": title}).is(http.StatusOK).seq()
		if n <= last || epoch != "" && e != epoch {
			s.Fatalf("the history went from %s-%d to %s-%d", epoch, last, e, n)
		}
		epoch, last = e, n
		got := s.ada.ask(http.MethodGet, list, nil).with("If-None-Match", tag).is(http.StatusOK).has(object{"items.0.title": title})
		if _, at := got.seq(); at < n {
			s.Fatalf("the list is of %d, after an acknowledged %d", at, n)
		}
		tag = got.header.Get("ETag")
	}
	for _, a := range []*answer{
		s.ada.get(s.ws + "/projects"), s.ada.get(s.ws + "/tasks"), s.ada.get(s.ws + "/labels"), s.ada.get(s.ws + "/views"), s.ada.get(s.ws + "/trash"),
		s.ada.get(s.ws + "/changes"), s.ada.get(task + "/activity"), s.ada.get(s.ws + "/members"), s.ada.delete(task).is(http.StatusNoContent),
		s.ada.ask(http.MethodGet, s.ws+"/tasks/"+newID(), nil).is(http.StatusNotFound),
	} {
		if e, n := a.seq(); e != epoch || n < last {
			s.Errorf("%s is of %s-%d, after %s-%d", a.what, e, n, epoch, last)
		}
	}
}
