package taskstest

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/rung-app/rung/internal/tasks"
)

// unique tests that what may be taken once is taken once, whoever else tries at the same moment.
func unique(t *testing.T, open func(*testing.T) tasks.Store) {
	parts(t, open, map[string]func(*workspace){
		"one of many gets a name": func(w *workspace) {
			w.race(func(i int) *tasks.Row {
				r := w.label(`{}`)
				r.Unique = "the name"
				return r
			})
			w.read(func(v tasks.View) error {
				r, err := v.ByUnique(tasks.KindLabel, "the name")
				if r == nil || r.Unique != "the name" {
					w.Errorf("the name is of %+v", r)
				}
				return err
			})
		},
		"one of many gets an external id": func(w *workspace) {
			project := w.newID()
			w.race(func(i int) *tasks.Row {
				r := w.task(project, int64(i+1))
				r.Task.External = "trello\x00card"
				return r
			})
			w.read(func(v tasks.View) error {
				r, err := v.ByExternal("trello\x00card")
				if r == nil || r.Task.External != "trello\x00card" {
					w.Errorf("the external id is of %+v", r)
				}
				return err
			})
		},
		"one of many gets a number": func(w *workspace) {
			project := w.newID()
			w.race(func(int) *tasks.Row { return w.task(project, 7) })
		},
		"a name is free in other kinds and again once it is let go": func(w *workspace) {
			a, b := w.label(`{}`), w.label(`{}`)
			a.Unique, b.Unique = "x", "x"
			other := &tasks.Row{Kind: tasks.KindKey, ID: w.newID(), Unique: "x", Doc: []byte(`{}`)}
			w.write(a, other)
			a.Unique = ""
			w.write(a)
			w.write(b)
			w.read(func(v tasks.View) error {
				r, err := v.ByUnique(tasks.KindLabel, "x")
				if r == nil || r.ID != b.ID {
					w.Errorf("the name is of %+v", r)
				}
				k, err2 := v.ByUnique(tasks.KindKey, "x")
				if k == nil || k.ID != other.ID {
					w.Errorf("the key is of %+v, %v", k, err2)
				}
				none, err2 := v.ByUnique(tasks.KindLabel, "y")
				if none != nil || err2 != nil {
					w.Errorf("nobody's name is of %+v, %v", none, err2)
				}
				return err
			})
		},
		"its owner keeps it": func(w *workspace) {
			r := w.label(`{}`)
			r.Unique = "mine"
			w.write(r)
			r.Doc = []byte(`{"again":1}`)
			w.write(r)
			task := w.task(w.newID(), 1)
			task.Task.External = "a\x00b"
			w.write(task)
			task.Task.Title = "other"
			w.write(task)
		},
		"a trashed task keeps its external id": func(w *workspace) {
			p := w.newID()
			a, b := w.task(p, 1), w.task(p, 2)
			a.Task.External, b.Task.External = "s\x001", "s\x001"
			a.Deleted = 5
			w.write(a)
			if _, err := w.try(b); !isConflict(err) {
				w.Errorf("got %v, want a conflict", err)
			}
			a.Task.External = ""
			w.write(a)
			w.write(b)
		},
	})
}

// race has everyone write a row of their own at once; exactly one may succeed, the others are told of a conflict.
func (w *workspace) race(row func(i int) *tasks.Row) {
	rows := make([]*tasks.Row, writers)
	for i := range rows {
		rows[i] = row(i)
	}
	var won, lost atomic.Int32
	w.together(func(ctx context.Context, i int) {
		_, err := w.store.Update(ctx, w.id, func(v tasks.View) ([]tasks.Change, error) { return changes(v, rows[i]), nil })
		switch {
		case err == nil:
			won.Add(1)
		case isConflict(err):
			lost.Add(1)
		default:
			w.Error(err)
		}
	})
	if won.Load() != 1 || lost.Load() != writers-1 {
		w.Errorf("%d got it and %d were refused", won.Load(), lost.Load())
	}
	w.gapless()
	if w.head().Seq != 1 {
		w.Errorf("the head is %+v", w.head())
	}
}
