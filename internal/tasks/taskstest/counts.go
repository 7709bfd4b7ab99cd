package taskstest

import (
	"fmt"
	"maps"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// counts tests that tasks are counted by every field as by hand.
func counts(t *testing.T, open func(*testing.T) tasks.Store) {
	parts(t, open, map[string]func(*workspace){
		"against the plain meaning": func(w *workspace) {
			s, all := w.filled(250)
			for i := range 200 {
				if i == 120 {
					w.rewrite(s, all)
				}
				q := w.question(s, all)
				found := answer(all, q)
				for _, by := range []string{"", tasks.FieldStatus, tasks.FieldPriority, tasks.FieldAssignee, tasks.FieldLabel} {
					want := map[string]int{}
					for _, r := range found {
						for _, k := range keys(r.Task, by) {
							want[k]++
						}
					}
					got := map[string]int{}
					w.read(func(v tasks.View) error {
						groups, err := v.Count(q, by)
						for _, g := range groups {
							if g.Count > 0 {
								got[fmt.Sprint(g.Key, g.Value)] += g.Count
							}
						}
						return err
					})
					if !maps.Equal(got, want) {
						w.Fatalf("by %q of %s\ngot  %v\nwant %v", by, describe(q), got, want)
					}
				}
			}
		},
		"a field that is none": func(w *workspace) {
			w.read(func(v tasks.View) error {
				if _, err := v.Count(tasks.TaskQuery{}, "color"); err == nil {
					w.Error("counted by a field that there is not")
				}
				return nil
			})
		},
	})
}

// keys are the groups that a task counts for.
func keys(t *tasks.TaskIndex, by string) (out []string) {
	list := func(ids []uuid.UUID) {
		for _, id := range ids {
			out = append(out, fmt.Sprint(id, 0))
		}
		if len(ids) == 0 {
			out = append(out, fmt.Sprint(uuid.Nil, 0))
		}
	}
	switch by {
	case tasks.FieldStatus:
		list([]uuid.UUID{t.Status})
	case tasks.FieldPriority:
		out = append(out, fmt.Sprint(uuid.Nil, t.Priority))
	case tasks.FieldAssignee:
		list(t.Assignees)
	case tasks.FieldLabel:
		list(t.Labels)
	default:
		list(nil)
	}
	return out
}

// describe writes a question so that it can be read in a failure.
func describe(q tasks.TaskQuery) string {
	return fmt.Sprintf("%s sort %s descending %v hidden %v visible %v (%v) limit %d", describeWhere(q.Where), q.Sort, q.Descending, q.Hidden, q.Visible, q.Only, q.Limit)
}

func describeWhere(w tasks.Where) string {
	list := func(name string, of []tasks.Where) string {
		out := name + "("
		for i, c := range of {
			if i > 0 {
				out += ", "
			}
			out += describeWhere(c)
		}
		return out + ")"
	}
	switch {
	case len(w.All) > 0:
		return list("all", w.All)
	case len(w.Any) > 0:
		return list("any", w.Any)
	case w.Not != nil:
		return "not(" + describeWhere(*w.Not) + ")"
	case w.Field == "":
		return "true"
	}
	return fmt.Sprintf("%s %s ids%v nums%v %q", w.Field, w.Op, w.IDs, w.Nums, w.Text)
}
