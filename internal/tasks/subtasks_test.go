package tasks_test

import (
	"fmt"
	"testing"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

func TestSubTasksAreCounted(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	parent := w.titled(p, "parent")
	a, b := w.child(parent, "a"), w.child(parent, "b")
	w.counted(parent, 2, 0)
	w.patch(a, tasks.Patch{Status: tasks.Some(status(p, "Done"))})
	w.counted(parent, 2, 1)
	w.trash(a)
	w.counted(parent, 1, 0)
	w.ok(second(w.RestoreTask(t.Context(), w.ada, w.ws, a.ID.String())))
	w.counted(parent, 2, 1)
	other := w.titled(p, "other")
	w.patch(b, tasks.Patch{Parent: tasks.Some(other.Key)})
	w.counted(parent, 1, 1)
	w.counted(other, 1, 0)
	w.patch(b, tasks.Patch{Parent: tasks.Some("")})
	w.counted(other, 0, 0)
	w.patch(a, tasks.Patch{Status: tasks.Some(status(p, "Backlog"))})
	w.counted(parent, 1, 0)
}

func (w *world) counted(t tasks.TaskDoc, children, done int) {
	w.Helper()
	if got := w.again(t); got.ChildCount != children || got.ChildDoneCount != done {
		w.Errorf("%s has %d sub-tasks, %d of them done, want %d and %d", t.Title, got.ChildCount, got.ChildDoneCount, children, done)
	}
}

func TestSubTasksAreCountedOnceForAllThatChangesWithThem(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	parent := w.titled(p, "parent")
	var steps []tasks.Step
	for i := range 3 {
		steps = append(steps, tasks.Step{Create: &tasks.NewTask{Project: p.ID, Title: fmt.Sprint(i), Parent: parent.ID.String()}})
	}
	before := len(w.heard(w.ada))
	_, _, err := w.Batch(t.Context(), w.ada, w.ws, append(steps, tasks.Step{Update: &tasks.StepUpdate{Ref: parent.Key, Patch: tasks.Patch{Priority: tasks.Some(1)}}}))
	w.ok(err)
	same(t, "told", w.heard(w.ada)[before:], []string{"task.created", "task.created", "task.created", "task.updated", "task.updated"})
	w.counted(parent, 3, 0)
	before = len(w.heard(w.ada))
	w.ok(second(w.UpdateStatus(t.Context(), w.ada, w.ws, p.ID, status(p, "To do"), tasks.StatusPatch{Category: tasks.Some(tasks.CategoryDone)}, tasks.Condition{})))
	w.counted(parent, 3, 3)
	if n := len(w.heard(w.ada)) - before; n != 6 { // the project, four tasks and the count
		t.Errorf("%d changes are told, want 6", n)
	}
}

func TestATaskHasOnlySoManySubTasks(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	parent := w.titled(p, "parent")
	more := func(n int) error {
		var steps []tasks.Step
		for i := range n {
			steps = append(steps, tasks.Step{Create: &tasks.NewTask{Project: p.ID, Title: fmt.Sprint(i), Parent: parent.ID.String()}})
		}
		_, _, err := w.Batch(t.Context(), w.ada, w.ws, steps)
		return err
	}
	for _, n := range []int{500, 500, 500, 499} {
		w.ok(more(n))
	}
	w.refused(more(2), fault.KindInvalid, "changes[1].parent")
	w.counted(parent, 1999, 0)
	w.ok(more(1))
	w.refused(more(1), fault.KindInvalid, "changes[0].parent")
	w.counted(parent, 2000, 0)
}

func TestSubTasksMakeNoCycle(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	a := w.titled(p, "a")
	b := w.child(a, "b")
	c := w.child(b, "c")
	elsewhere := w.titled(w.project(tasks.NewProject{Name: "Other"}), "elsewhere")
	trashed := w.titled(p, "trashed")
	w.trash(trashed)
	for _, parent := range []tasks.TaskDoc{a, b, c, elsewhere, trashed} {
		_, err := w.UpdateTask(t.Context(), w.ada, w.ws, a.Key, tasks.Patch{Parent: tasks.Some(parent.ID.String())}, tasks.Condition{})
		w.refused(err, fault.KindInvalid, "parent")
	}
	if got := w.again(a); got.Parent != nil {
		t.Errorf("a is below %s", got.Parent)
	}
	// two changes that are each right make a cycle together: the second is refused
	x, y := w.titled(p, "x"), w.titled(p, "y")
	errs := make(chan error, 2)
	for _, pair := range [][2]tasks.TaskDoc{{x, y}, {y, x}} {
		go func() {
			errs <- second(w.UpdateTask(t.Context(), w.ada, w.ws, pair[0].Key, tasks.Patch{Parent: tasks.Some(pair[1].Key)}, tasks.Condition{}))
		}()
	}
	if one, two := <-errs, <-errs; (one == nil) == (two == nil) {
		t.Errorf("the two gave %v and %v, want that one is refused", one, two)
	}
}

func TestSubTasksGoOnlySoDeep(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	chain := []tasks.TaskDoc{w.titled(p, "0")}
	for i := range 20 {
		chain = append(chain, w.child(chain[i], fmt.Sprint(i+1)))
	}
	_, err := w.CreateTask(t.Context(), w.ada, w.ws, tasks.NewTask{Project: p.ID, Title: "x", Parent: chain[20].Key})
	w.refused(err, fault.KindInvalid, "parent")
	top := w.titled(p, "top")
	_, err = w.UpdateTask(t.Context(), w.ada, w.ws, chain[0].Key, tasks.Patch{Parent: tasks.Some(top.Key)}, tasks.Condition{})
	w.refused(err, fault.KindInvalid, "parent")
}

func TestSubTasksHaveAnOrderOfTheirOwn(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	parent := w.titled(p, "parent")
	a, b := w.child(parent, "a"), w.child(parent, "b")
	w.create(tasks.NewTask{Project: p.ID, Title: "first", Parent: parent.Key, Place: tasks.Place{First: true}})
	w.patch(a, tasks.Patch{Place: tasks.Some(tasks.Place{After: b.Key})})
	below := tasks.ListQuery{Filter: eq("parent", parent.ID.String())}
	same(t, "children", words(w.list(w.ada, below)), "first b a")
	same(t, "project", words(w.list(w.ada, in(p))), "parent a b first")
	// a neighbor that is no sibling means the project's order
	w.patch(a, tasks.Patch{Place: tasks.Some(tasks.Place{Before: parent.Key})})
	same(t, "children", words(w.list(w.ada, below)), "first b a")
	same(t, "project", words(w.list(w.ada, in(p))), "a parent b first")
	top := tasks.ListQuery{Filter: tasks.Filter{All: []tasks.Filter{eq("project", p.ID.String()), eq("parent", "none")}}}
	same(t, "tasks of their own", words(w.list(w.ada, top)), "parent")
	notBelow := tasks.ListQuery{Filter: tasks.Filter{All: []tasks.Filter{eq("project", p.ID.String()), {Not: ptr(eq("parent", parent.ID.String()))}}}}
	same(t, "tasks not below it", words(w.list(w.ada, notBelow)), "parent")
}
