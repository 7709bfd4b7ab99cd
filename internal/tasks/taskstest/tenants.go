package taskstest

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// tenants tests that two workspaces that use the very same ids, names and numbers know nothing of each other.
func tenants(t *testing.T, open func(*testing.T) tasks.Store) {
	t.Run("the same ids in two workspaces", func(t *testing.T) {
		a := newWorkspace(t, open(t))
		b := *a
		b.id = a.newID()
		s, project := a.stock(), a.newID()
		var shared []*tasks.Row
		for i := range 30 {
			r := a.task(project, int64(i+1))
			a.shuffle(s, r)
			r.Deleted = 0
			shared = append(shared, r)
		}
		label := a.label(`{}`)
		label.Unique, label.Scope = "name", project
		shared = append(shared, label)
		for _, w := range []*workspace{a, &b} {
			for _, r := range shared {
				r.Doc = fmt.Appendf(nil, `{"of":"%s"}`, w.id)
			}
			w.write(shared...)
		}
		before := b.everything(shared)
		if reflect.DeepEqual(before, a.everything(shared)) {
			t.Fatal("the two give the same documents")
		}
		// all that can be done to one of them
		for _, r := range shared[:10] {
			a.shuffle(s, r)
		}
		a.write(shared[:10]...)
		a.purge(shared[10:20]...)
		label.Unique = "other"
		a.write(label)
		if after := b.everything(shared); !reflect.DeepEqual(before, after) {
			t.Errorf("what was done in one shows in the other:\nbefore %v\nafter  %v", before, after)
		}
		if h := b.head(); h.Seq != int64(len(shared)) || h.Epoch == a.head().Epoch {
			t.Errorf("the heads are %+v and %+v", a.head(), h)
		}
	})
}

// everything is what can be read of rows in the workspace.
func (w *workspace) everything(of []*tasks.Row) (out []string) {
	w.Helper()
	w.read(func(v tasks.View) error {
		for _, r := range of {
			got, err := v.Get(r.Kind, r.ID)
			if err != nil {
				return err
			}
			lines, err := v.Activity(r.ID, 0, false, 100)
			if err != nil {
				return err
			}
			out = append(out, string(got.Doc))
			for _, l := range lines {
				out = append(out, string(l.Doc))
			}
			if r.Kind == tasks.KindTask {
				id, err := v.ByNumber(r.Task.Project, got.Task.Number)
				if err != nil || id != r.ID {
					w.Errorf("number %d is of %s, %v", got.Task.Number, id, err)
				}
				next, err := v.NextNumber(r.Task.Project)
				out = append(out, fmt.Sprint(next, err))
				for _, field := range [][]uuid.UUID{got.Task.Assignees, got.Task.Labels} {
					out = append(out, fmt.Sprint(field))
				}
			}
		}
		for _, by := range []string{"", tasks.FieldAssignee, tasks.FieldLabel, tasks.FieldStatus} {
			groups, err := v.Count(tasks.TaskQuery{}, by)
			if err != nil {
				return err
			}
			out = append(out, fmt.Sprint(groups))
		}
		rows, err := v.Tasks(tasks.TaskQuery{Sort: tasks.SortTitle, Whole: true})
		if err != nil {
			return err
		}
		for _, r := range rows {
			out = append(out, fmt.Sprintf("%s %+v", r.Doc, *r.Task))
		}
		events, err := v.Events(0, 1_000)
		for _, e := range events {
			out = append(out, string(e.JSON))
		}
		name, err2 := v.ByUnique(tasks.KindLabel, "name")
		out = append(out, fmt.Sprint(name != nil, err, err2))
		labels, err := v.List(tasks.RowQuery{Kind: tasks.KindLabel})
		out = append(out, fmt.Sprint(len(labels)))
		return err
	})
	return out
}
