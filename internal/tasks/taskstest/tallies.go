package taskstest

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// tallies tests that the numbers that are kept are those that counting by hand would give.
func tallies(t *testing.T, open func(*testing.T) tasks.Store) {
	parts(t, open, map[string]func(*workspace){
		"after every kind of change": func(w *workspace) {
			s, all := w.filled(150)
			for range 6 {
				w.spread(all)
				w.sameTallies(s, all)
				w.rewrite(s, all)
				w.sameTallies(s, all)
				for _, r := range all[:20] { // another project, and so another number
					s.next++
					r.Task.Project, r.Task.Number = pick(w, s.projects...), s.next
				}
				w.write(all[:20]...)
				w.sameTallies(s, all)
				gone := w.rand.IntN(len(all))
				w.purge(all[gone])
				all = slices.Delete(all, gone, gone+1)
				w.sameTallies(s, all)
			}
		},
		"nothing is left of what is gone": func(w *workspace) {
			s, all := w.filled(30)
			w.purge(all...)
			w.sameTallies(s, nil)
			if got := w.quarters(tasks.TallyCreated, s.projects, -tasks.NoDue, tasks.NoDue); len(got) > 0 {
				w.Errorf("%v", got)
			}
		},
		"no projects, no numbers": func(w *workspace) {
			w.filled(10)
			w.read(func(v tasks.View) error {
				loads, err := v.Loads(nil)
				quarters, err2 := v.Quarters(tasks.TallyCreated, nil, -tasks.NoDue, tasks.NoDue)
				if err != nil || err2 != nil || len(loads)+len(quarters) > 0 {
					w.Errorf("%v %v %v %v", loads, quarters, err, err2)
				}
				return nil
			})
		},
		"each workspace its own": func(w *workspace) {
			s, all := w.filled(20)
			other := newWorkspace(w.T, w.store)
			other.id = w.newID()
			other.write(other.task(s.projects[0], 1))
			w.sameTallies(s, all)
		},
	})
}

// spread moves the moments of tasks to both sides of the borders of quarters, and of 1970.
func (w *workspace) spread(all []*tasks.Row) {
	moment := func() int64 {
		return int64(w.rand.IntN(9)-4)*tasks.QuarterLength + pick(w, -1, 0, 1, int64(tasks.QuarterLength)/2)
	}
	for _, r := range all {
		t := r.Task
		t.Created = moment()
		if t.Completed != 0 {
			t.Completed = cmpOr(moment(), 1)
		}
		if t.Due != tasks.NoDue {
			t.Due = moment()
		}
	}
	w.write(all...)
}

func cmpOr(a, b int64) int64 {
	if a == 0 {
		return b
	}
	return a
}

func (w *workspace) quarters(by tasks.Tally, projects []uuid.UUID, from, to int64) (out []tasks.Quarter) {
	w.Helper()
	w.read(func(v tasks.View) (err error) {
		out, err = v.Quarters(by, projects, from, to)
		return err
	})
	return out
}

// sameTallies compares all that is kept of some projects with the tasks.
func (w *workspace) sameTallies(s *stock, all []*tasks.Row) {
	w.Helper()
	projects := append(w.some(s.projects, len(s.projects)), w.newID())
	live := only(all, func(r *tasks.Row) bool { return r.Deleted == 0 && slices.Contains(projects, r.Task.Project) })
	loads, want := map[uuid.UUID]tasks.Load{}, map[uuid.UUID]tasks.Load{}
	w.read(func(v tasks.View) error {
		got, err := v.Loads(projects)
		for _, l := range got {
			loads[l.Assignee] = l
		}
		return err
	})
	for _, r := range live {
		who := r.Task.Assignees
		if len(who) == 0 {
			who = []uuid.UUID{uuid.Nil}
		}
		for _, a := range who {
			l := want[a]
			l.Assignee = a
			if r.Task.Completed == 0 {
				l.Open++
			} else {
				l.Completed++
			}
			want[a] = l
		}
	}
	if !maps.Equal(loads, want) {
		w.Fatalf("loads\ngot  %v\nwant %v", loads, want)
	}
	from, to := int64(w.rand.IntN(9)-4)*tasks.QuarterLength, int64(w.rand.IntN(9)-2)*tasks.QuarterLength
	for by := tasks.TallyCreated; by <= tasks.TallyDueFloating; by++ {
		counted := map[int64]int{}
		for _, r := range live {
			if at, ok := tallied(r.Task, by); ok && at >= from && at < to {
				counted[at]++
			}
		}
		var plain []tasks.Quarter
		for _, at := range slices.Sorted(maps.Keys(counted)) {
			plain = append(plain, tasks.Quarter{At: at, Count: counted[at]})
		}
		if got := w.quarters(by, projects, from, to); !slices.Equal(got, plain) {
			w.Fatalf("tally %d from %d to %d\ngot  %v\nwant %v", by, from, to, got, plain)
		}
	}
}

// tallied is the quarter that a task counts in, found by going there step by step.
func tallied(t *tasks.TaskIndex, by tasks.Tally) (int64, bool) {
	at, ok := t.Created, true
	switch by {
	case tasks.TallyCompleted:
		at, ok = t.Completed, t.Completed != 0
	case tasks.TallyDue:
		at, ok = t.Due, t.Completed == 0 && t.Due != tasks.NoDue && !t.DueFloating
	case tasks.TallyDueFloating:
		at, ok = t.Due, t.Completed == 0 && t.Due != tasks.NoDue && t.DueFloating
	}
	if !ok {
		return 0, false
	}
	q := int64(0)
	for q > at {
		q -= tasks.QuarterLength
	}
	for q+tasks.QuarterLength <= at {
		q += tasks.QuarterLength
	}
	return q, true
}
