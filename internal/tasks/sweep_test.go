package tasks_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// sweep sweeps until there is nothing left to do.
func (w *world) sweep() (runs int) {
	w.Helper()
	for {
		more, err := w.Sweep(w.Context(), 0)
		w.ok(err)
		if runs++; !more {
			return runs
		}
		if runs > 100 {
			w.Fatal("it never ends")
		}
	}
}

func (w *world) there(kind tasks.Kind, id uuid.UUID) (there bool) {
	w.Helper()
	w.ok(w.store.Read(w.Context(), w.ws, func(v tasks.View) error {
		r, err := v.Get(kind, id)
		there = r != nil
		return err
	}))
	return there
}

func TestTheTrashIsEmptiedAfterThirtyDays(t *testing.T) {
	w := newWorld(t)
	p, website := w.project(tasks.NewProject{Name: "Stays"}), w.project(tasks.NewProject{Name: "Website"})
	a := w.titled(p, "a")
	b := w.child(a, "b")
	inside := w.titled(website, "inside")
	w.trash(a)
	w.ok(second(w.DeleteProject(t.Context(), w.ada, w.ws, website.ID)))
	w.later(24 * time.Hour)
	late := w.titled(p, "late")
	w.trash(late)
	w.later(29*24*time.Hour - time.Minute)
	w.sweep()
	if !w.there(tasks.KindTask, a.ID) || !w.there(tasks.KindProject, website.ID) {
		t.Fatal("purged before its time")
	}
	w.later(2 * time.Minute)
	w.sweep()
	for _, id := range []uuid.UUID{a.ID, b.ID, inside.ID} {
		if w.there(tasks.KindTask, id) {
			t.Errorf("task %s is still there", id)
		}
	}
	if w.there(tasks.KindProject, website.ID) {
		t.Error("the project is still there")
	}
	same(t, "the trash", w.trashed(w.ada), []string{"task:late"})
	same(t, "the next number", w.titled(p, "next").Number, 4)
}

func TestWhatIsTooLargeToBePurgedAtOnceIsPurgedInParts(t *testing.T) {
	w := newWorld(t)
	w.PurgeAtOnce(4)
	large, small := w.project(tasks.NewProject{Name: "Large"}), w.project(tasks.NewProject{Name: "Small"})
	for i := range 9 {
		w.titled(large, fmt.Sprint(i))
	}
	w.trash(w.titled(large, "trashed before"))
	for _, p := range []tasks.Project{large, small} {
		w.ok(second(w.DeleteProject(t.Context(), w.ada, w.ws, p.ID)))
	}
	w.refused(second(w.Purge(t.Context(), w.ada, w.ws, "project", large.ID)), fault.KindConflict, "too-large")
	if n := w.held(large); n != 9 {
		t.Errorf("a refused purge left %d of 9 tasks", n)
	}
	w.later(31 * 24 * time.Hour)
	if runs := w.sweep(); runs < 3 {
		t.Errorf("all was purged in %d runs", runs)
	}
	if w.there(tasks.KindProject, large.ID) || w.there(tasks.KindProject, small.ID) || w.held(large) != 0 {
		t.Error("a project is still there")
	}
	same(t, "the trash", w.trashed(w.ada), nil)
}

func TestHistoryIsForgottenAfterNinetyDays(t *testing.T) {
	w := newWorld(t)
	task := w.titled(w.project(tasks.NewProject{Name: "Website"}), "one")
	began, err := w.Head(t.Context(), w.ws)
	w.ok(err)
	w.later(90*24*time.Hour - time.Minute)
	task = w.patch(task, tasks.Patch{Title: tasks.Some("uno")})
	w.sweep()
	if told, _, _, err := w.Changes(t.Context(), w.ada, w.ws, began.Epoch, 0, 1000); err != nil || len(told) == 0 {
		t.Fatalf("forgotten before its time: %v", err)
	}
	w.later(2 * time.Minute)
	w.sweep()
	_, _, _, err = w.Changes(t.Context(), w.ada, w.ws, began.Epoch, 0, 1000)
	w.refused(err, fault.KindGone, "history-gone")
	_, err = w.Follow(t.Context(), w.ada, w.ws, began.Epoch, 0)
	w.refused(err, fault.KindGone, "history-gone")
	told, _, _, err := w.Changes(t.Context(), w.ada, w.ws, began.Epoch, began.Seq, 1000)
	w.ok(err)
	if len(told) != 1 || told[0].Type != tasks.TaskUpdated {
		t.Errorf("what is kept: %v", told)
	}
	w.later(90 * 24 * time.Hour)
	w.sweep()
	if told, upTo, _, err := w.Changes(t.Context(), w.ada, w.ws, began.Epoch, task.Version, 1000); err != nil || len(told) != 0 || upTo != task.Version {
		t.Errorf("who has seen all is told %v up to %d: %v", told, upTo, err)
	}
	page, err := w.Activity(t.Context(), w.ada, w.ws, task.Key, tasks.PageOf{})
	w.ok(err)
	if len(page.Items) != 2 {
		t.Errorf("the task's story has %d lines, want both", len(page.Items))
	}
}

// held counts a project's tasks, whether or not it is in the trash.
func (w *world) held(p tasks.Project) (n int) {
	w.Helper()
	w.ok(w.store.Read(w.Context(), w.ws, func(v tasks.View) error {
		rows, err := v.Tasks(tasks.TaskQuery{
			Where: tasks.Where{Field: tasks.FieldProject, Op: tasks.OpIn, IDs: []uuid.UUID{p.ID}}, Sort: tasks.SortPosition,
		})
		n = len(rows)
		return err
	}))
	return n
}
