package tasks_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// TestAWorkspaceHasNoMoreProjectsThanItMay makes them in parallel, hides them and takes them out of the trash.
func TestAWorkspaceHasNoMoreProjectsThanItMay(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	w.Limit(tasks.Limits{Projects: 5})
	secret := w.project(tasks.NewProject{Name: "Secret", Access: "private"})
	ben := w.person("Ben", "member")
	var made atomic.Int32
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			_, err := w.CreateProject(ctx, ben, w.ws, tasks.NewProject{Name: fmt.Sprint("Project ", i)})
			if err == nil {
				made.Add(1)
			} else if fault.KindOf(err) != fault.KindForbidden {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if made.Load() != 4 {
		t.Errorf("%d projects were made beside the first, want 4", made.Load())
	}
	count := func(want int) {
		t.Helper()
		if n, err := w.CountProjects(ctx, w.ws); err != nil || n != want {
			t.Errorf("%d projects are counted (%v), want %d", n, err, want)
		}
	}
	count(5)
	_, err := w.UpdateProject(ctx, w.ada, w.ws, secret.ID, tasks.ProjectPatch{Archived: tasks.Some(true)}, tasks.Condition{})
	w.ok(err)
	n := tasks.NewProject{ID: uuid.Must(uuid.NewV7()), Name: "One more"}
	_, err = w.CreateProject(ctx, w.ada, w.ws, n) // an archived one is still there
	w.refused(err, fault.KindForbidden, "quota-exceeded")

	_, err = w.DeleteProject(ctx, w.ada, w.ws, secret.ID)
	w.ok(err)
	count(4)
	_, err = w.CreateProject(ctx, w.ada, w.ws, n)
	w.ok(err)
	_, err = w.RestoreProject(ctx, w.ada, w.ws, secret.ID)
	w.refused(err, fault.KindForbidden, "quota-exceeded")
	if _, err := w.CreateProject(ctx, w.ada, w.ws, n); err != nil { // which it was, before the limit was reached
		t.Errorf("sent again: %v", err)
	}
	w.Limit(tasks.Limits{Projects: 6})
	_, err = w.RestoreProject(ctx, w.ada, w.ws, secret.ID)
	w.ok(err)
	_, err = w.RestoreProject(ctx, w.ada, w.ws, secret.ID)
	w.ok(err)
	count(6)
}

// TestBothEndsOfARelationAreBounded relates one task to as many as it may, from the one side and from the other.
func TestBothEndsOfARelationAreBounded(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Site"})
	hub := w.titled(p, "hub").ID.String()
	relate := func(i int) error {
		other := w.titled(p, fmt.Sprint(i)).ID.String()
		if i%2 == 0 {
			return second(w.Relate(t.Context(), w.ada, w.ws, hub, "relates", other))
		}
		return second(w.Relate(t.Context(), w.ada, w.ws, other, "relates", hub))
	}
	for i := range 200 {
		w.ok(relate(i))
	}
	w.refused(relate(200), fault.KindConflict, "too-many-relations")
	w.refused(relate(201), fault.KindConflict, "too-many-relations")
}

// TestATaskHasNoMoreCommentsThanItMay talks a lot.
func TestATaskHasNoMoreCommentsThanItMay(t *testing.T) {
	w := newWorld(t)
	task := w.titled(w.project(tasks.NewProject{Name: "Site"}), "talked about").ID.String()
	steps := make([]tasks.Step, tasks.MaxBatch)
	for i := range steps {
		steps[i].Comment = &tasks.NewComment{Task: task, Body: "Well."}
	}
	for n := 0; n < 10_000; n += len(steps) {
		_, _, err := w.Batch(t.Context(), w.ada, w.ws, steps)
		w.ok(err)
	}
	w.refused(second(w.CreateComment(t.Context(), w.ada, w.ws, tasks.NewComment{Task: task, Body: "And."})), fault.KindForbidden, "quota-exceeded")
	page, err := w.Comments(t.Context(), w.ada, w.ws, task, tasks.PageOf{Limit: 1})
	w.ok(err)
	first := decode[tasks.Comment](t, page.Items[0])
	_, err = w.DeleteComment(t.Context(), w.ada, w.ws, task, first.ID)
	w.ok(err)
	w.ok(second(w.CreateComment(t.Context(), w.ada, w.ws, tasks.NewComment{Task: task, Body: "And."})))
}
