package tasks_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// erasing is a store in which a workspace is erased right after somebody was told how far its history has come.
type erasing struct {
	tasks.Store
	erase func()
}

func (e *erasing) Head(ctx context.Context, ws uuid.UUID) (tasks.Head, error) {
	h, err := e.Store.Head(ctx, ws)
	if erase := e.erase; erase != nil {
		e.erase = nil
		erase()
	}
	return h, err
}

// TestAWorkspaceThatIsErasedMeanwhileIsNotWaitedFor asks for what there is of one while the last of it goes.
func TestAWorkspaceThatIsErasedMeanwhileIsNotWaitedFor(t *testing.T) {
	w := newWorld(t)
	store := &erasing{Store: w.store}
	w.Service = tasks.New(store, w, func() time.Time { return w.now }, slog.New(slog.DiscardHandler))
	w.project(tasks.NewProject{Name: "Website"})
	store.erase = func() {
		for more := true; more; {
			var err error
			more, err = w.DropWorkspace(t.Context(), w.ws)
			w.ok(err)
		}
	}
	n, err := w.CountProjects(t.Context(), w.ws)
	w.ok(err)
	same(t, "projects", n, 0)
	h, err := w.Head(t.Context(), w.ws)
	w.ok(err)
	same(t, "how far its history has come", h.Seq, int64(0))
}
