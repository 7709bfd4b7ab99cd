package system

import (
	"net/http"
	"net/url"
	"slices"
)

// sample is a project with tasks that differ in everything by which they can be found.
type sample struct {
	project string
	status  map[string]string
	red     string            // a label
	id      map[string]string // of tasks, by title
}

// sampled makes the tasks A to F.
func (s *story) sampled(name string) sample {
	s.Helper()
	m := sample{id: map[string]string{}}
	m.project, m.status = s.project(name)
	m.red = s.ada.makes(s.ws+"/labels", object{"name": name + " red"}).id()
	for _, t := range []object{
		{"title": "A", "priority": 1, "due": "2031-01-01", "assignees": []string{s.ada.id}, "description": "needle in it"},
		{"title": "B", "priority": 2, "due": "2031-01-02", "assignees": []string{s.ben.id}, "labels": []string{m.red}},
		{"title": "C", "priority": 3, "due": object{"date": "2031-01-03", "time": "00:30", "time_zone": "Europe/Berlin"}, "status": m.status["Done"]},
		{"title": "D", "priority": 0, "assignees": []string{s.ada.id, s.ben.id}, "status": m.status["Backlog"]},
		{"title": "E needle", "priority": 0, "external": object{"source": name, "id": "e:1"}, "status": m.status["In progress"]},
	} {
		title := t["title"].(string)
		m.id[title] = s.ada.makes(s.ws+"/tasks", with(t, "project", m.project)).id()
	}
	m.id["F"] = s.ada.task(m.project, "F", "parent", m.id["A"], "priority", 4, "labels", []string{m.red}).id()
	return m
}

// lists finds tasks by each parameter, alone and together.
func (s *story) lists() {
	m := s.sampled("Lists")
	find := func(p *person, query string) []string {
		s.Helper()
		got := column(p.list(s.ws+"/tasks?project="+m.project+query, 2), "title")
		slices.Sort(got)
		return got
	}
	for _, f := range []struct {
		query string
		want  []string
	}{
		{"", []string{"A", "B", "C", "D", "E needle", "F"}},
		{"&status=" + m.status["Done"], []string{"C"}},
		{"&status=" + m.status["Done"] + "," + m.status["Backlog"], []string{"C", "D"}},
		{"&category=backlog", []string{"D"}},
		{"&category=doing,done", []string{"C", "E needle"}},
		{"&assignee=me", []string{"A", "D"}},
		{"&assignee=" + s.ben.id, []string{"B", "D"}},
		{"&assignee=none", []string{"C", "E needle", "F"}},
		{"&assignee=none," + s.ben.id, []string{"B", "C", "D", "E needle", "F"}},
		{"&label=" + m.red, []string{"B", "F"}},
		{"&label=none", []string{"A", "C", "D", "E needle"}},
		{"&priority=0", []string{"D", "E needle"}},
		{"&priority=1,4", []string{"A", "F"}},
		{"&parent=" + m.id["A"], []string{"F"}},
		{"&parent=none", []string{"A", "B", "C", "D", "E needle"}},
		{"&due_before=2031-01-02", []string{"A"}},
		{"&due_after=2031-01-02", []string{"B", "C"}},
		{"&due_after=2031-01-02&due_before=2031-01-03&tz=UTC", []string{"B", "C"}},
		{"&due_after=2031-01-02&due_before=2031-01-03&tz=Europe/Berlin", []string{"B"}},
		{"&completed=true", []string{"C"}},
		{"&completed=false", []string{"A", "B", "D", "E needle", "F"}},
		{"&external=" + url.QueryEscape("Lists:e:1"), []string{"E needle"}},
		{"&q=NEEDLE", []string{"A", "E needle"}},
		{"&assignee=me&priority=1&q=needle&completed=false", []string{"A"}},
		{"&assignee=me&priority=2", nil},
		{"&updated_after=2000-01-01", []string{"A", "B", "C", "D", "E needle", "F"}},
		{"&updated_after=2999-01-01", nil},
	} {
		if got := find(s.ada, f.query); !slices.Equal(got, f.want) {
			s.Errorf("%s finds %v, want %v", f.query, got, f.want)
		}
	}
	if got := find(s.ben, "&assignee=me"); !slices.Equal(got, []string{"B", "D"}) {
		s.Errorf("Ben's own are %v, want B and D", got)
	}
	for query, field := range map[string]string{
		"priority=9": "priority", "sort=colour": "sort", "limit=0": "limit", "limit=201": "limit", "cursor=bent": "cursor",
		"assignee=somebody": "assignee", "due_before=soon": "due_before", "tz=Nowhere/Land": "tz", "colour=red": "colour",
		"completed=perhaps": "completed", "fields=some": "fields", "category=urgent": "category",
	} {
		s.ada.ask(http.MethodGet, s.ws+"/tasks?"+query, nil).is(http.StatusUnprocessableEntity).names(field)
	}
	if compact := s.ada.get(s.ws + "/tasks?fields=compact&q=needle&project=" + m.project).items(); len(compact) != 2 || compact[0]["description"] != nil {
		s.Errorf("compact tasks are %s", asJSON(compact))
	}
	s.sorts(m)
}

// sorts reads the same tasks in each order, and backwards.
func (s *story) sorts(m sample) {
	for _, o := range []struct {
		sort string
		want []string // those that the order decides on
	}{
		{"due", []string{"A", "C", "B"}}, // half past midnight in Berlin is before the end of the day before in UTC
		{"priority", []string{"A", "B", "C", "F"}},
		{"title", []string{"A", "B", "C", "D", "E needle", "F"}},
		{"created", []string{"A", "B", "C", "D", "E needle", "F"}},
		{"position", []string{"A", "B", "C", "D", "E needle", "F"}},
	} {
		path := s.ws + "/tasks?project=" + m.project + "&sort="
		up, down := column(s.ada.list(path+o.sort, 1), "title"), column(s.ada.list(path+"-"+o.sort, 4), "title")
		if !slices.Equal(up[:len(o.want)], o.want) {
			s.Errorf("by %s: %v, want %v first", o.sort, up, o.want)
		}
		slices.Reverse(down)
		if o.sort != "due" && !slices.Equal(up, down) { // without a due date is last, both ways
			s.Errorf("by -%s backwards: %v, want %v", o.sort, down, up)
		}
	}
	s.ada.patch(s.ws+"/tasks/"+m.id["B"], object{"title": "b, changed"}).is(http.StatusOK)
	if got := column(s.ada.list(s.ws+"/tasks?project="+m.project+"&sort=-updated", 50), "title"); got[0] != "b, changed" {
		s.Errorf("last changed is %s", got[0])
	}
}
