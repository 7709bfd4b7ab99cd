package tasks_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
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
