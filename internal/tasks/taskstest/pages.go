package taskstest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// pages tests that a list read page by page, while others write, gives what stayed in its place exactly once.
func pages(t *testing.T, open func(*testing.T) tasks.Store) {
	parts(t, open, map[string]func(*workspace){
		"stable under writes": func(w *workspace) {
			for _, sort := range sorts() {
				for _, desc := range []bool{false, true} {
					for _, where := range []string{"", tasks.FieldProject, tasks.FieldParent, tasks.FieldAssignee, tasks.FieldLabel} {
						w.pageThrough(sort, desc, where)
					}
				}
			}
		},
		"a page ends where it was asked to": func(w *workspace) {
			s, all := w.filled(60)
			for range 200 {
				q := w.question(s, all)
				want := answer(all, q)
				if len(want) > 0 {
					i := w.rand.IntN(len(want))
					q.After, want = place(want[i], q), want[i+1:]
				}
				q.Limit = 1 + w.rand.IntN(20)
				w.ask(q, want)
			}
		},
	})
}

// pageThrough reads a list in small pages and changes the workspace between any two of them.
func (w *workspace) pageThrough(sort string, desc bool, field string) {
	inner := newWorkspace(w.T, w.store)
	inner.rand = w.rand
	inner.id = w.newID()
	s, all := inner.filled(90)
	q := tasks.TaskQuery{Sort: sort, Descending: desc, Limit: 7}
	switch field {
	case tasks.FieldProject:
		q.Where = tasks.Where{Field: field, Op: tasks.OpIn, IDs: s.projects[:1]}
	case tasks.FieldParent:
		q.Where = tasks.Where{Field: field, Op: tasks.OpIn, IDs: s.parents[:1]}
	case tasks.FieldAssignee:
		q.Where = tasks.Where{Field: field, Op: tasks.OpIn, IDs: s.people[:1]}
	case tasks.FieldLabel:
		q.Where = tasks.Where{Field: field, Op: tasks.OpIn, IDs: s.labels[:1]}
	}
	// every third task is left alone; the others move, come and go
	stays := map[uuid.UUID]bool{}
	var movers []*tasks.Row
	for i, r := range all {
		if i%3 == 0 {
			stays[r.ID] = true
		} else {
			movers = append(movers, r)
		}
	}
	want := ids(only(answer(all, q), func(r *tasks.Row) bool { return stays[r.ID] }))
	got := []uuid.UUID{}
	for {
		page := inner.tasks(q)
		for _, r := range page {
			if stays[r.ID] {
				got = append(got, r.ID)
			}
		}
		if len(page) < q.Limit {
			break
		}
		q.After = place(page[len(page)-1], q)
		var changed []*tasks.Row
		for range 6 {
			r := pick(w, movers...)
			if !slices.Contains(changed, r) {
				inner.shuffle(s, r)
				changed = append(changed, r)
			}
		}
		r := inner.randomTask(s)
		movers = append(movers, r)
		inner.write(append(changed, r)...)
	}
	if !slices.Equal(got, want) {
		w.Errorf("%s: what stayed came as %v, want %v", fmt.Sprint(sort, desc, field), got, want)
	}
}
