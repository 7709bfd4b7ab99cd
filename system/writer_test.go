package system

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"reflect"
	"slices"
)

// writer changes tasks of her own, one change after the other.
type writer struct {
	l        *ledger
	name     string
	projects []string
	n        int
	want     map[string]state // by task, as was acknowledged
	versions map[int64]string // acknowledged in this life of the server, and of which task
	pending  *change          // sent and not acknowledged
}

// change is a request, and what it does to the writer's tasks.
type change struct {
	method, path string
	body         any
	apply        func(map[string]state)
	again        bool // it is sent again
}

// work sends changes until one is not answered.
func (w *writer) work(stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		if w.pending == nil {
			w.pending = w.next()
		}
		if !w.send() {
			return
		}
	}
}

// send sends the pending change and takes note of the answer, if there is one.
func (w *writer) send() bool {
	c := w.pending
	status, a := w.l.ada.quietly(c.method, w.l.ws+c.path, c.body)
	switch {
	case status == 0 || status == http.StatusServiceUnavailable:
		c.again = true
		return false
	case status >= http.StatusBadRequest:
		w.l.Errorf("%s: %s %s answers %d %s", w.name, c.method, c.path, status, a.body)
		return false
	}
	c.apply(w.want)
	if !c.again && (c.method == http.MethodPatch || status == http.StatusCreated) {
		if w.versions == nil {
			w.versions = map[int64]string{}
		}
		w.versions[int64(a.number("version"))] = a.text("id")
	}
	w.pending = nil
	w.l.acknowledged.Add(1)
	return true
}

// next thinks of a change.
func (w *writer) next() *change {
	w.n++
	title := fmt.Sprintf("%s-%d", w.name, w.n)
	project, priority := w.projects[rand.IntN(len(w.projects))], w.n%5
	mine := slices.Sorted(maps.Keys(w.want))
	if len(mine) == 0 || rand.IntN(4) == 0 {
		id := newID()
		return &change{
			method: http.MethodPost, path: "/tasks", body: object{"id": id, "project": project, "title": title},
			apply: func(m map[string]state) { m[id] = state{Title: title, Project: project} },
		}
	}
	id := mine[len(mine)-1-rand.IntN(min(len(mine), 8))] // a late one
	task := "/tasks/" + id
	if w.want[id].Deleted {
		return &change{method: http.MethodPost, path: task + "/restore", apply: edit(id, func(s *state) { s.Deleted = false })}
	}
	switch rand.IntN(6) {
	case 0:
		return &change{
			method: http.MethodPatch, path: task, body: object{"title": title, "priority": priority},
			apply: edit(id, func(s *state) { s.Title, s.Priority = title, priority }),
		}
	case 1:
		return &change{
			method: http.MethodPost, path: task + "/move", body: object{"project": project, "place": "first"},
			apply: edit(id, func(s *state) { s.Project = project }),
		}
	case 2:
		comment := newID()
		return &change{
			method: http.MethodPost, path: task + "/comments", body: object{"id": comment, "body": title},
			apply: edit(id, func(s *state) { s.Comments = slices.Sorted(slices.Values(append(slices.Clone(s.Comments), comment))) }),
		}
	case 3:
		return &change{method: http.MethodDelete, path: task, apply: edit(id, func(s *state) { s.Deleted = true })}
	default:
		return w.batch(id, title, project)
	}
}

func edit(id string, f func(*state)) func(map[string]state) {
	return func(m map[string]state) {
		s := m[id]
		f(&s)
		m[id] = s
	}
}

// batch makes several tasks and changes one, all at once.
func (w *writer) batch(id, title, project string) *change {
	made := []string{newID(), newID(), newID()}
	changes := []object{{"op": "update", "id": id, "patch": object{"title": title}}}
	for _, m := range made {
		changes = append(changes, object{"op": "create", "task": object{"id": m, "project": project, "title": title}})
	}
	changes = append(changes, object{"op": "move", "id": id, "project": project}, object{"op": "update", "id": made[0], "patch": object{"priority": 1}})
	return &change{
		method: http.MethodPost, path: "/tasks/batch", body: object{"changes": changes},
		apply: func(m map[string]state) {
			edit(id, func(s *state) { s.Title, s.Project = title, project })(m)
			for i, t := range made {
				m[t] = state{Title: title, Project: project, Priority: (3 - i) / 3}
			}
		},
	}
}

// settle compares what is there with what was acknowledged, and gives how many of it are this writer's. What was not
// acknowledged must be there wholly or not at all.
func (w *writer) settle(there map[string]state) (known int) {
	w.l.Helper()
	with := maps.Clone(w.want)
	if w.pending != nil {
		w.pending.apply(with)
	}
	now, why := with, differences(there, with, nil)
	if why != "" && w.pending != nil {
		without := differences(there, w.want, with)
		if now = w.want; without == "" {
			why = ""
		} else {
			why = fmt.Sprintf("neither with %s %s, which was not acknowledged: %s; nor without: %s", w.pending.method, w.pending.path, why, without)
		}
	}
	if why != "" {
		w.l.Errorf("%s: %s", w.name, why)
	}
	for _, s := range now {
		if !s.Deleted {
			known++
		}
	}
	return known
}

// differences tells how what is there differs from what should be. Tasks of no that are not wanted must not be there.
func differences(there, want, no map[string]state) string {
	for id, s := range want {
		got, ok := there[id]
		switch {
		case s.Deleted && ok:
			return fmt.Sprintf("task %s was deleted and is there: %+v", id, got)
		case !s.Deleted && !ok:
			return fmt.Sprintf("task %s is not there: %+v", id, s)
		case !s.Deleted && !reflect.DeepEqual(got, s):
			return fmt.Sprintf("task %s is %+v, want %+v", id, got, s)
		}
	}
	for id := range no {
		if _, wanted := want[id]; !wanted {
			if got, ok := there[id]; ok {
				return fmt.Sprintf("task %s is there: %+v", id, got)
			}
		}
	}
	return ""
}
