package importer_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/importer"
	"github.com/rung-app/rung/internal/tasks"
)

// halting is the tasks domain that, after some entries, takes no more until it is let go on.
type halting struct {
	*tasks.Service
	entries int
	halted  chan struct{} // closed when the next entry would come
	goOn    chan struct{}
}

func (h *halting) Batch(ctx context.Context, c tasks.Caller, ws uuid.UUID, steps []tasks.Step) ([]tasks.Result, tasks.Head, error) {
	if h.entries--; h.entries < 0 {
		close(h.halted)
		select {
		case <-h.goOn:
		case <-ctx.Done():
			return nil, tasks.Head{}, ctx.Err()
		}
	}
	return h.Service.Batch(ctx, c, ws, steps)
}

// halfway begins an import of a board that takes several entries, and comes back when the second would be written.
func halfway(t *testing.T, h *house) (id uuid.UUID, b board, other *importer.Service, goOn func()) {
	t.Helper()
	b = garden(t)
	for range 600 {
		b["cards"] = append(b["cards"].([]any), map[string]any{"id": uuid.NewString(), "name": "card", "idList": "600000000000000000001001"})
	}
	stuck := &halting{Service: h.tasks, entries: 1, halted: make(chan struct{}), goOn: make(chan struct{})}
	other = importer.New(stuck, h.members, time.Now, slog.New(slog.DiscardHandler))
	i, err := other.Start(t.Context(), h.ada, h.ws, importer.Request{Source: "trello", File: b.file(t)})
	if err != nil {
		t.Fatal(err)
	}
	<-stuck.halted
	return i.ID, b, other, func() { close(stuck.goOn) }
}

func TestAnImportThatTheServerStoppedGoesOnWhenItIsImportedAgain(t *testing.T) {
	h := open(t)
	id, b, stopped, _ := halfway(t, h)
	stopped.Close()
	i := h.wait(h.ada, id)
	equal(t, "state", i.State, importer.Failed)
	equal(t, "why", i.Error.Code, "import-interrupted")
	made := i.Report.Counts.Tasks.Created
	if made == 0 || made == 608 {
		t.Fatalf("it was not halfway: %d tasks", made)
	}
	equal(t, "progress", i.Progress, importer.Progress{Done: made, Total: 608})
	equal(t, "the rest", h.done(b).Counts.Tasks, importer.Tally{Created: 608 - made, Unchanged: made})

	_, err := stopped.Start(t.Context(), h.ada, h.ws, importer.Request{Source: "trello", File: b.file(t)})
	refused(t, err, fault.KindUnavailable, "unavailable")
}

func TestAnImportWhoseProcessIsGoneHasFailed(t *testing.T) {
	h := open(t)
	id, _, stuck, goOn := halfway(t, h)
	t.Cleanup(stuck.Close)
	t.Cleanup(goOn)
	seen := func(after time.Duration) importer.Import {
		elsewhere := importer.New(h.tasks, h.members, func() time.Time { return time.Now().Add(after) }, slog.New(slog.DiscardHandler))
		t.Cleanup(elsewhere.Close)
		i, err := elsewhere.Import(t.Context(), h.ada, h.ws, id)
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	equal(t, "at first", seen(0).State, importer.Running)
	i := seen(5 * time.Minute)
	equal(t, "later", i.State, importer.Failed)
	equal(t, "why", i.Error.Code, "import-interrupted")
}

func TestAWorkspaceTakesOneImportAtATime(t *testing.T) {
	h := open(t)
	id, b, busy, goOn := halfway(t, h)
	t.Cleanup(busy.Close)
	r := importer.Request{Source: "trello", File: b.file(t)}
	_, err := busy.Start(t.Context(), h.ada, h.ws, r)
	refused(t, err, fault.KindConflict, "import-running")
	_, err = busy.Undo(t.Context(), h.ada, h.ws, id)
	refused(t, err, fault.KindConflict, "import-running")
	goOn()
}
