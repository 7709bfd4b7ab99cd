package taskstest

import (
	"context"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// numbers tests that a task's number is given once and leads to it for ever.
func numbers(t *testing.T, open func(*testing.T) tasks.Store) {
	parts(t, open, map[string]func(*workspace){
		"each is given once": func(w *workspace) {
			project := w.newID()
			made := make([]*tasks.Row, writers*writesOfEach)
			for i := range made {
				made[i] = w.task(project, 0)
			}
			var mu sync.Mutex
			given := map[int64]uuid.UUID{}
			w.together(func(ctx context.Context, i int) {
				for n := range writesOfEach {
					r := made[i*writesOfEach+n]
					e, err := w.store.Update(ctx, w.id, func(v tasks.View) ([]tasks.Change, error) {
						c, idx := *r, *r.Task
						c.Task = &idx
						var err error
						idx.Number, err = v.NextNumber(project)
						return changes(v, &c), err
					})
					if err != nil {
						w.Error(err)
						return
					}
					mu.Lock()
					given[e.Rows[0].Task.Number] = r.ID
					mu.Unlock()
				}
			})
			if len(given) != len(made) {
				w.Errorf("%d numbers for %d tasks", len(given), len(made))
			}
			for n, id := range given {
				w.numbered(project, n, id)
			}
		},
		"a new project begins at 1": func(w *workspace) {
			w.next(w.newID(), 1)
		},
		"a former number leads to where the task is now": func(w *workspace) {
			from, to := w.newID(), w.newID()
			r := w.task(from, 4)
			w.write(r)
			r.Task.Project, r.Task.Number = to, 1
			w.write(r)
			w.numbered(from, 4, r.ID)
			w.numbered(to, 1, r.ID)
			w.next(from, 5)
			w.next(to, 2)
			r.Task.Project, r.Task.Number = from, 5
			w.write(r)
			w.numbered(from, 4, r.ID)
			w.numbered(to, 1, r.ID)
			w.numbered(from, 5, r.ID)
			w.numbered(from, 6, uuid.Nil)
		},
		"a purged task's is never given again": func(w *workspace) {
			p := w.newID()
			a, b := w.task(p, 1), w.task(p, 2)
			w.write(a, b)
			w.purge(b)
			w.next(p, 3)
			if _, err := w.try(w.task(p, 2)); !isConflict(err) {
				w.Errorf("the number of a purged task was given again: %v", err)
			}
			w.numbered(p, 2, b.ID)
			w.purge(a)
			w.next(p, 3)
		},
		"a former one is never given again": func(w *workspace) {
			p, q := w.newID(), w.newID()
			r := w.task(p, 1)
			w.write(r)
			r.Task.Project = q
			w.write(r)
			if _, err := w.try(w.task(p, 1)); !isConflict(err) {
				w.Errorf("the former number of a moved task was given again: %v", err)
			}
		},
	})
}

func (w *workspace) numbered(project uuid.UUID, n int64, want uuid.UUID) {
	w.Helper()
	w.read(func(v tasks.View) error {
		got, err := v.ByNumber(project, n)
		if got != want {
			w.Errorf("number %d is of %s, want %s", n, got, want)
		}
		return err
	})
}

func (w *workspace) next(project uuid.UUID, want int64) {
	w.Helper()
	w.read(func(v tasks.View) error {
		got, err := v.NextNumber(project)
		if got != want {
			w.Errorf("the next number is %d, want %d", got, want)
		}
		return err
	})
}

// purge removes rows for good, with an event that tells of it.
func (w *workspace) purge(rows ...*tasks.Row) {
	w.Helper()
	if _, err := w.update(func(v tasks.View) ([]tasks.Change, error) {
		var out []tasks.Change
		for i, r := range rows {
			out = append(out, tasks.Change{Row: r, Purge: true, Event: tasks.Event{
				Seq: v.Head().Seq + int64(i) + 1, Type: "purged", At: 1, JSON: []byte(`{"data":{}}`),
			}})
		}
		return out, nil
	}); err != nil {
		w.Fatal(err)
	}
}
