package tasks_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

func TestTheOrderIsWhatTheMovesMakeIt(t *testing.T) {
	w := newWorld(t)
	random := rand.New(rand.NewPCG(5, 5))
	p := w.project(tasks.NewProject{Name: "Website"})
	parent := w.titled(p, "parent")
	var want []uuid.UUID
	for i := range 20 {
		want = append(want, w.child(parent, fmt.Sprint(i)).ID)
	}
	for i := range 400 {
		from := 1 + random.IntN(len(want)-1)
		id := want[from]
		want = slices.Delete(want, from, from+1)
		place, at := tasks.Place{After: want[0].String()}, 1 // most of the time between the same two
		switch i % 10 {
		case 0:
			place, at = tasks.Place{Last: true}, len(want)
		case 1:
			at = random.IntN(len(want))
			place = tasks.Place{Before: want[at].String()}
		}
		want = slices.Insert(want, at, id)
		w.ok(second(w.UpdateTask(t.Context(), w.ada, w.ws, id.String(), tasks.Patch{Place: tasks.Some(place)}, tasks.Condition{})))
	}
	var got []uuid.UUID
	for _, c := range w.all(w.ada, tasks.ListQuery{Filter: eq("parent", parent.ID.String())}) {
		got = append(got, c.ID)
		if len(c.ChildPos) != 13 || len(c.Position) != 13 {
			t.Errorf("positions %q and %q", c.Position, c.ChildPos)
		}
	}
	same(t, "the order", got, want)
}

func TestTheOrderIsWhatTheMovesOfABatchMakeIt(t *testing.T) {
	w := newWorld(t)
	random := rand.New(rand.NewPCG(6, 6))
	p := w.project(tasks.NewProject{Name: "Website"})
	var want []uuid.UUID
	for i := range 150 {
		want = append(want, w.titled(p, fmt.Sprint(i)).ID)
	}
	for range 4 {
		var steps []tasks.Step
		for i := range 120 {
			from := random.IntN(len(want))
			id := want[from]
			want = slices.Delete(want, from, from+1)
			at := random.IntN(len(want))
			place := tasks.Place{Before: want[at].String()}
			if i%3 == 0 {
				at = min(at, 3) + 1
				place = tasks.Place{After: want[at-1].String()}
			}
			want = slices.Insert(want, at, id)
			steps = append(steps, tasks.Step{Update: &tasks.StepUpdate{Ref: id.String(), Patch: tasks.Patch{Place: tasks.Some(place)}}})
		}
		_, _, err := w.Batch(t.Context(), w.ada, w.ws, steps)
		w.ok(err)
		var got []uuid.UUID
		for _, c := range w.all(w.ada, in(p)) {
			got = append(got, c.ID)
		}
		same(t, "the order", got, want)
	}
}

// TestABatchSeesPastWhatItMovedAway crowds a place, empties most of it and puts something there, all but the first in one
// batch.
func TestABatchSeesPastWhatItMovedAway(t *testing.T) {
	for name, side := range map[string]struct {
		at   func(anchor string) tasks.Place
		away tasks.Place
		want string
	}{
		"behind": {
			func(a string) tasks.Place { return tasks.Place{After: a} },
			tasks.Place{Last: true},
			"anchor new 3 2 1 0",
		},
		"in front": {
			func(a string) tasks.Place { return tasks.Place{Before: a} },
			tasks.Place{First: true},
			"0 1 2 3 new anchor",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			p := w.project(tasks.NewProject{Name: "Website"})
			w.titled(p, "start")
			anchor := w.titled(p, "anchor")
			w.titled(p, "end")
			var crowd []tasks.TaskDoc
			for i := range 20 {
				crowd = append(crowd, w.create(tasks.NewTask{Project: p.ID, Title: fmt.Sprint(i), Place: side.at(anchor.Key)}))
			}
			var steps []tasks.Step
			for _, c := range crowd[4:] {
				steps = append(steps, tasks.Step{Update: &tasks.StepUpdate{Ref: c.Key, Patch: tasks.Patch{Place: tasks.Some(side.away)}}})
			}
			steps = append(steps, tasks.Step{Create: &tasks.NewTask{Project: p.ID, Title: "new", Place: side.at(anchor.Key)}})
			_, _, err := w.Batch(t.Context(), w.ada, w.ws, steps)
			w.ok(err)
			if got := words(w.list(w.ada, in(p))); !strings.Contains(got, side.want) {
				t.Errorf("the order is %s, want in it %s", got, side.want)
			}
		})
	}
}

func TestMovesAtTheSameTimeLeaveOneOrder(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	anchor := w.titled(p, "anchor")
	last := w.titled(p, "last")
	var movers []tasks.TaskDoc
	for i := range 12 {
		movers = append(movers, w.titled(p, fmt.Sprint(i)))
	}
	var wg sync.WaitGroup
	for _, m := range movers {
		wg.Go(func() {
			for range 15 {
				if _, err := w.UpdateTask(context.Background(), w.ada, w.ws, m.Key, tasks.Patch{Place: tasks.Some(tasks.Place{After: anchor.Key})}, tasks.Condition{}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	all := w.all(w.ada, in(p))
	if len(all) != 14 || all[0].ID != anchor.ID || all[13].ID != last.ID {
		t.Errorf("the order is %v", w.list(w.ada, in(p)))
	}
	seen := map[string]bool{}
	for _, task := range all {
		if seen[task.Position] || len(task.Position) != 13 {
			t.Errorf("position %q", task.Position)
		}
		seen[task.Position] = true
	}
}
