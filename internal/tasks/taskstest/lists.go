package taskstest

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// lists tests the orders that tasks have in a project and under a parent.
func lists(t *testing.T, open func(*testing.T) tasks.Store) {
	parts(t, open, map[string]func(*workspace){
		"children": func(w *workspace) {
			project, parent := w.newID(), w.newID()
			var all []*tasks.Row
			for i := range 20 {
				r := w.task(project, int64(i+1))
				r.Task.Parent, r.Task.ChildPosition = pick(w, parent, uuid.Nil, w.newID()), fmt.Sprint(w.rand.IntN(5))
				r.Deleted = int64(w.rand.IntN(2))
				all = append(all, r)
			}
			w.write(all...)
			want := only(all, func(r *tasks.Row) bool { return r.Task.Parent == parent })
			slices.SortFunc(want, byPosition(tasks.TaskList{Parent: parent}))
			w.read(func(v tasks.View) error {
				got, err := v.Children(parent)
				if !slices.Equal(ids(got), ids(want)) {
					w.Errorf("got %v, want %v", ids(got), ids(want))
				}
				return err
			})
		},
		"neighbors and the last": neighbors,
	})
}

func neighbors(w *workspace) {
	project, parent := w.newID(), w.newID()
	var all []*tasks.Row
	for i := range 60 {
		r := w.task(pick(w, project, w.newID()), int64(i+1))
		r.Task.Parent, r.Task.ChildPosition = pick(w, parent, uuid.Nil), fmt.Sprintf("%02d", w.rand.IntN(20))
		r.Task.Position = fmt.Sprintf("%02d", w.rand.IntN(20))
		r.Deleted = pick(w, 0, 0, int64(1))
		all = append(all, r)
	}
	w.write(all...)
	for _, list := range []tasks.TaskList{{Project: project}, {Parent: parent}, {Project: w.newID()}, {Parent: w.newID()}} {
		in := only(all, func(r *tasks.Row) bool {
			return r.Deleted == 0 && (list.Parent != uuid.Nil && r.Task.Parent == list.Parent || list.Parent == uuid.Nil && r.Task.Project == list.Project)
		})
		slices.SortFunc(in, byPosition(list))
		last := ""
		if len(in) > 0 {
			last = positionIn(in[len(in)-1], list)
		}
		w.read(func(v tasks.View) error {
			got, err := v.Last(list)
			if got != last {
				w.Errorf("the last of %v is at %q, want %q", list, got, last)
			}
			return err
		})
		for at := range 21 {
			pos, n := fmt.Sprintf("%02d", at), 1+w.rand.IntN(5)
			before := only(in, func(r *tasks.Row) bool { return positionIn(r, list) < pos })
			slices.Reverse(before)
			behind := only(in, func(r *tasks.Row) bool { return positionIn(r, list) > pos })
			w.read(func(v tasks.View) error {
				b, a, err := v.Neighbors(list, pos, n)
				if !slices.Equal(ids(b), ids(before[:min(n, len(before))])) || !slices.Equal(ids(a), ids(behind[:min(n, len(behind))])) {
					w.Errorf("%d around %s of %v: %v and %v, want of %v and %v", n, pos, list, ids(b), ids(a), ids(before), ids(behind))
				}
				return err
			})
		}
	}
}

func only(rows []*tasks.Row, keep func(*tasks.Row) bool) []*tasks.Row {
	var out []*tasks.Row
	for _, r := range rows {
		if keep(r) {
			out = append(out, r)
		}
	}
	return out
}

func positionIn(r *tasks.Row, l tasks.TaskList) string {
	if l.Parent != uuid.Nil {
		return r.Task.ChildPosition
	}
	return r.Task.Position
}

func byPosition(l tasks.TaskList) func(a, b *tasks.Row) int {
	return func(a, b *tasks.Row) int {
		return cmp.Or(cmp.Compare(positionIn(a, l), positionIn(b, l)), slices.Compare(a.ID[:], b.ID[:]))
	}
}
