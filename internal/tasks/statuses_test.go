package tasks_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// columns gives the names of a project's statuses in their order.
func (w *world) columns(p tasks.Project) (out []string) {
	w.Helper()
	page, err := w.Statuses(w.Context(), w.ada, w.ws, p.ID, tasks.PageOf{})
	w.ok(err)
	for _, item := range page.Items {
		out = append(out, decode[tasks.Status](w, item).Name)
	}
	return out
}

func TestStatusesAreMadeMovedAndRenamed(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	same(t, "at first", words(w.columns(p)), "Backlog To do In progress Done")
	got, err := w.AddStatus(t.Context(), w.ada, w.ws, p.ID, tasks.NewStatus{
		Name: "Review", Category: tasks.CategoryDoing, Place: tasks.Place{Before: status(p, "Done").String()},
	})
	w.ok(err)
	review := decode[tasks.Status](t, got.JSON)
	same(t, "with one more", words(w.columns(p)), "Backlog To do In progress Review Done")
	w.ok(second(w.UpdateStatus(t.Context(), w.ada, w.ws, p.ID, review.ID, tasks.StatusPatch{
		Name: tasks.Some("Check"), Place: tasks.Some(tasks.Place{First: true}),
	}, tasks.Condition{})))
	same(t, "moved", words(w.columns(p)), "Check Backlog To do In progress Done")
	for field, patch := range map[string]tasks.StatusPatch{
		"name":     {Name: tasks.Some(" ")},
		"category": {Category: tasks.Some("soon")},
		"place":    {Place: tasks.Some(tasks.Place{After: uuid.NewString()})},
	} {
		w.refused(second(w.UpdateStatus(t.Context(), w.ada, w.ws, p.ID, review.ID, patch, tasks.Condition{})), fault.KindInvalid, field)
	}
	w.missing(second(w.UpdateStatus(t.Context(), w.ada, w.ws, p.ID, uuid.Must(uuid.NewV7()), tasks.StatusPatch{}, tasks.Condition{})))
	bob := w.person("Bob", tasks.RoleMember)
	w.refused(second(w.AddStatus(t.Context(), bob, w.ws, p.ID, tasks.NewStatus{Name: "x"})), fault.KindForbidden, "")
}

func TestADeletedStatusHandsItsTasksOn(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	other := w.project(tasks.NewProject{Name: "Other"})
	todo, done := status(p, "To do"), status(p, "Done")
	parent := w.create(tasks.NewTask{Project: p.ID, Title: "parent", Status: status(p, "Backlog")})
	child := w.child(parent, "child")
	w.refused(second(w.DeleteStatus(t.Context(), w.ada, w.ws, p.ID, todo, uuid.Nil)), fault.KindConflict, "status-in-use")
	for _, to := range []uuid.UUID{todo, status(other, "Done"), uuid.Must(uuid.NewV7())} {
		w.refused(second(w.DeleteStatus(t.Context(), w.ada, w.ws, p.ID, todo, to)), fault.KindInvalid, "move_to")
	}
	w.ok(second(w.DeleteStatus(t.Context(), w.ada, w.ws, p.ID, todo, done)))
	w.ok(second(w.DeleteStatus(t.Context(), w.ada, w.ws, p.ID, todo, done)))
	if got := w.again(child); got.Status != done || got.CompletedAt == nil {
		t.Errorf("the task is now %+v", got)
	}
	w.counted(parent, 1, 1)
	for _, name := range []string{"In progress", "Done"} {
		w.ok(second(w.DeleteStatus(t.Context(), w.ada, w.ws, p.ID, status(p, name), status(p, "Backlog"))))
	}
	if got := w.again(child); got.CompletedAt != nil {
		t.Errorf("the task is now %+v", got)
	}
	w.refused(second(w.DeleteStatus(t.Context(), w.ada, w.ws, p.ID, status(p, "Backlog"), uuid.Nil)), fault.KindConflict, "last-status")
}

func TestACategoryThatCompletesCompletesTasks(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	parent := w.create(tasks.NewTask{Project: p.ID, Title: "parent", Status: status(p, "Backlog")})
	child := w.child(parent, "child")
	todo := status(p, "To do")
	category := func(c string) {
		w.ok(second(w.UpdateStatus(t.Context(), w.ada, w.ws, p.ID, todo, tasks.StatusPatch{Category: tasks.Some(c)}, tasks.Condition{})))
	}
	category(tasks.CategoryCanceled)
	if got := w.again(child); got.CompletedAt == nil {
		t.Error("not completed")
	}
	w.counted(parent, 1, 1)
	version := w.again(child).Version
	category(tasks.CategoryDone)
	if got := w.again(child); got.Version != version {
		t.Error("one way of being completed to another changed the task")
	}
	category(tasks.CategoryDoing)
	if got := w.again(child); got.CompletedAt != nil {
		t.Error("still completed")
	}
	w.counted(parent, 1, 0)
}
