package tasks_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// entries counts the entries that a change makes and the events of the longest of them.
func (w *world) entries(change func()) (n, longest int) {
	w.Helper()
	st, err := w.Follow(w.Context(), w.ada, w.ws, "", -1)
	w.ok(err)
	defer st.Close()
	change()
	now, err := w.Head(w.Context(), w.ws)
	w.ok(err)
	for _, upTo := st.UpTo(); upTo < now.Seq; _, upTo = st.UpTo() {
		told, err := st.Next(w.Context())
		w.ok(err)
		n, longest = n+1, max(longest, len(told))
	}
	return n, longest
}

// TestManyTasksFollowInSteps removes a label and a status that many tasks have.
func TestManyTasksFollowInSteps(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	w.StepAtOnce(10)
	p := w.project(tasks.NewProject{Name: "Site"})
	todo, doing, done := status(p, "To do"), status(p, "In progress"), status(p, "Done")
	label, err := w.CreateLabel(ctx, w.ada, w.ws, tasks.NewLabel{Name: "bug"})
	w.ok(err)
	steps := make([]tasks.Step, 35)
	for i := range steps {
		steps[i].Create = &tasks.NewTask{Project: p.ID, Title: fmt.Sprint(i), Status: todo, Labels: []uuid.UUID{label.ID}}
	}
	_, _, err = w.Batch(ctx, w.ada, w.ws, steps)
	w.ok(err)
	if n, longest := w.entries(func() { w.ok(second(w.DeleteLabel(ctx, w.ada, w.ws, label.ID))) }); n != 4 || longest != 10 {
		t.Errorf("a label of 35 tasks goes in %d entries of up to %d events, want 4 of 10", n, longest)
	}
	w.ok(second(w.DeleteLabel(ctx, w.ada, w.ws, label.ID)))
	for _, task := range w.all(w.ada, in(p)) {
		if len(task.Labels) > 0 || task.Status != todo {
			t.Fatalf("%+v", task)
		}
	}

	// cut short it is as if somebody had moved some of the tasks
	cut, cancel := context.WithCancel(ctx)
	other := tasks.New(cutting{w.store, cancel}, w, func() time.Time { return w.now }, slog.New(slog.DiscardHandler))
	other.StepAtOnce(10)
	_, err = other.DeleteStatus(cut, w.ada, w.ws, p.ID, todo, done)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("cut short: %v", err)
	}
	same(t, "the columns", words(w.columns(p)), "Backlog To do In progress Done")
	if n := len(w.list(w.ada, tasks.ListQuery{Filter: eq("status", done.String())})); n != 10 {
		t.Errorf("%d are done, want 10", n)
	}
	w.ok(second(w.DeleteStatus(ctx, w.ada, w.ws, p.ID, todo, doing)))
	w.ok(second(w.DeleteStatus(ctx, w.ada, w.ws, p.ID, todo, doing)))
	same(t, "the columns", words(w.columns(p)), "Backlog In progress Done")
	s := w.stats(w.ada, tasks.StatsQuery{})
	if s.Total != 35 || s.Completed != 10 || s.ByCategory.Doing != 25 {
		t.Errorf("%+v", s)
	}
}

// cutting is a store whose user goes away once an entry has been made.
type cutting struct {
	tasks.Store
	cancel func()
}

func (s cutting) Update(ctx context.Context, ws uuid.UUID, change func(tasks.View) ([]tasks.Change, error)) (tasks.Entry, error) {
	defer s.cancel()
	return s.Store.Update(ctx, ws, change)
}
