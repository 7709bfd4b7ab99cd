package taskstest

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// filters tests that every question is answered as its plain meaning demands.
func filters(t *testing.T, open func(*testing.T) tasks.Store) {
	parts(t, open, map[string]func(*workspace){
		"against the plain meaning": func(w *workspace) {
			s, all := w.filled(250)
			for range 500 {
				q := w.question(s, all)
				w.ask(q, answer(all, q))
			}
			w.rewrite(s, all)
			for range 300 {
				q := w.question(s, all)
				w.ask(q, answer(all, q))
			}
		},
		"every sort of every common list": func(w *workspace) {
			s, all := w.filled(250)
			open := tasks.Where{Not: &tasks.Where{Field: tasks.FieldCompleted, Op: tasks.OpHas}}
			in := func(field string, id uuid.UUID) tasks.Where {
				return tasks.Where{Field: field, Op: tasks.OpIn, IDs: []uuid.UUID{id}}
			}
			for _, where := range []tasks.Where{
				{},
				open,
				in(tasks.FieldProject, s.projects[0]),
				in(tasks.FieldParent, s.parents[0]),
				in(tasks.FieldParent, uuid.Nil),
				in(tasks.FieldAssignee, s.people[0]),
				in(tasks.FieldLabel, s.labels[0]),
				{All: []tasks.Where{in(tasks.FieldProject, s.projects[0]), in(tasks.FieldStatus, s.statuses[0])}},
				{All: []tasks.Where{in(tasks.FieldAssignee, s.people[0]), open}},
				{All: []tasks.Where{in(tasks.FieldAssignee, s.people[0]), in(tasks.FieldProject, s.projects[0])}},
				{All: []tasks.Where{in(tasks.FieldAssignee, s.people[0]), in(tasks.FieldAssignee, s.people[1])}},
				{All: []tasks.Where{in(tasks.FieldLabel, s.labels[0]), in(tasks.FieldLabel, s.labels[1])}},
				{All: []tasks.Where{in(tasks.FieldLabel, s.labels[0]), in(tasks.FieldParent, s.parents[1])}},
			} {
				for _, sort := range sorts() {
					for _, desc := range []bool{false, true} {
						q := tasks.TaskQuery{Where: where, Sort: sort, Descending: desc}
						w.ask(q, answer(all, q))
						q.Limit, q.Hidden = 3, s.projects[1:2]
						w.ask(q, answer(all, q))
					}
				}
			}
		},
		"what a list leaves out": func(w *workspace) {
			r := w.fullTask()
			r.Deleted = 0
			w.write(r)
			r.Seq = 1
			for _, compact := range []bool{false, true} {
				got := w.tasks(tasks.TaskQuery{Sort: tasks.SortCreated, Compact: compact})
				if len(got) != 1 || string(got[0].Doc) != string(r.Doc) || got[0].Seq != 1 || got[0].Task.Number != r.Task.Number {
					w.Fatalf("got %+v", got)
				}
				want := r.Task.Description
				if compact {
					want = ""
				}
				if got[0].Task.Description != want {
					w.Errorf("compact %v gives the description %q", compact, got[0].Task.Description)
				}
			}
			w.sameTask(w.tasks(tasks.TaskQuery{Sort: tasks.SortCreated, Whole: true})[0], r)
		},
		"letters of any language": func(w *workspace) {
			r := w.task(w.newID(), 1)
			r.Task.Title, r.Task.Description = "Ärger mit ÉCLAIRS", "ПРИВЕТ"
			w.write(r)
			for text, want := range map[string]int{"ärger": 1, "éclairs": 1, "Éclairs": 1, "привет": 1, "arger": 1, "mi eclairs": 0, "privet": 0} {
				q := tasks.TaskQuery{Where: tasks.Where{Field: tasks.FieldText, Op: tasks.OpContains, Text: text}, Sort: tasks.SortCreated}
				if got := w.tasks(q); len(got) != want {
					w.Errorf("%q finds %d, want %d", text, len(got), want)
				}
			}
		},
	})
}

// filled writes n random tasks.
func (w *workspace) filled(n int) (*stock, []*tasks.Row) {
	s := w.stock()
	var all []*tasks.Row
	for range n {
		all = append(all, w.randomTask(s))
	}
	w.write(all...)
	return s, all
}

// rewrite gives half of the tasks other values, so that what was kept of the old ones would show.
func (w *workspace) rewrite(s *stock, all []*tasks.Row) {
	for _, r := range all {
		if w.rand.IntN(2) == 0 {
			w.shuffle(s, r)
		}
	}
	w.write(all...)
}

func (w *workspace) tasks(q tasks.TaskQuery) (out []*tasks.Row) {
	w.Helper()
	w.read(func(v tasks.View) (err error) {
		out, err = v.Tasks(q)
		return err
	})
	return out
}

func (w *workspace) ask(q tasks.TaskQuery, want []*tasks.Row) {
	w.Helper()
	if q.Limit > 0 {
		want = want[:min(q.Limit, len(want))]
	}
	if got := w.tasks(q); !slices.Equal(ids(got), ids(want)) {
		w.Fatalf("%s\ngives %d: %v\nwant  %d: %v", describe(q), len(got), ids(got), len(want), ids(want))
	}
}
