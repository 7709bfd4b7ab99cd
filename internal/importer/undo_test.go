package importer_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/importer"
	"github.com/rung-app/rung/internal/tasks"
)

// undo undoes an import and waits for the end.
func (h *house) undo(id uuid.UUID) importer.Import {
	h.Helper()
	if _, err := h.imports.Undo(h.Context(), h.ada, h.ws, id); err != nil {
		h.Fatal(err)
	}
	i := h.wait(h.ada, id)
	equal(h, "state", i.State, importer.Undone)
	return i
}

func TestUndoingPutsTheProjectIntoTheTrashAndImportingTakesItOut(t *testing.T) {
	h := open(t)
	first := h.run(h.ada, garden(t), nil)
	undone := h.undo(first.ID)
	equal(t, "tasks", len(h.all()), 0)
	_, _, err := h.tasks.Project(t.Context(), h.ada, h.ws, *first.Report.Project.ID)
	refused(t, err, fault.KindNotFound, "not-found")
	equal(t, "the report stays", undone.Report, first.Report)

	h.undo(first.ID) // again: nothing more to do

	again := h.done(garden(t))
	equal(t, "project", again.Project.ID, first.Report.Project.ID)
	equal(t, "tasks", again.Counts.Tasks, importer.Tally{Unchanged: 8})
	equal(t, "noted", notes(again)["import.restored-project"], 1)
	equal(t, "all are back", len(h.all()), 8)
}

func TestUndoingLeavesWhatOthersMade(t *testing.T) {
	h := open(t)
	first := h.run(h.ada, garden(t), func(r *importer.Request) { r.Choices.Checklists = "subtasks" })
	if _, err := h.tasks.CreateTask(t.Context(), h.ada, h.ws, tasks.NewTask{Project: *first.Report.Project.ID, Title: "Ours"}); err != nil {
		t.Fatal(err)
	}
	undone := h.undo(first.ID)
	equal(t, "progress", undone.Progress, importer.Progress{Done: 11, Total: 11})
	all := h.all()
	if _, ok := all["Ours"]; !ok || len(all) != 1 {
		t.Errorf("there are %d tasks", len(all))
	}

	i := h.run(h.ada, garden(t), func(r *importer.Request) { r.Choices.Checklists = "subtasks" })
	equal(t, "tasks", i.Report.Counts.Tasks, importer.Tally{Updated: 11})
	all = h.all()
	equal(t, "all are back", len(all), 12)
	equal(t, "with their parents", *all["Flour"].Parent, all["Bake the cake"].ID)

	third := h.run(h.ada, garden(t), func(r *importer.Request) { r.Choices.Checklists = "subtasks" })
	equal(t, "and settled", third.Report.Counts.Tasks, importer.Tally{Unchanged: 11})
}

func TestUndoingALaterImportLeavesWhatTheFirstMade(t *testing.T) {
	h := open(t)
	h.done(garden(t))
	b := garden(t)
	b.card("Fireworks")["desc"] = "Loud ones"
	b["cards"] = append(b["cards"].([]any), map[string]any{"id": "600000110000000000005011", "name": "Lights", "idList": "600000000000000000001001"})
	later := h.run(h.ada, b, nil)
	h.undo(later.ID)
	all := h.all()
	if _, ok := all["Lights"]; ok || len(all) != 8 {
		t.Errorf("there are %d tasks", len(all))
	}
}
