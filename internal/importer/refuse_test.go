package importer_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/importer"
	"github.com/rung-app/rung/internal/tasks"
)

func TestWhatCanNotBeImportedIsRefusedAtOnce(t *testing.T) {
	h := open(t)
	guest := h.join("Gus", "gus@example.com", tasks.RoleGuest)
	stranger := tasks.Caller{User: uuid.New(), Import: true}
	for name, c := range map[string]struct {
		by   tasks.Caller
		r    importer.Request
		kind fault.Kind
		code string
	}{
		"a guest":         {guest, importer.Request{Source: "trello"}, fault.KindForbidden, "forbidden"},
		"a stranger":      {stranger, importer.Request{Source: "trello"}, fault.KindNotFound, "not-found"},
		"no source":       {h.ada, importer.Request{}, fault.KindInvalid, "invalid"},
		"unknown source":  {h.ada, importer.Request{Source: "abacus"}, fault.KindInvalid, "invalid"},
		"unknown choice":  {h.ada, importer.Request{Source: "trello", Choices: importer.Choices{Checklists: "both"}}, fault.KindInvalid, "invalid"},
		"not a board":     {h.ada, importer.Request{Source: "trello"}, fault.KindInvalid, "import-unreadable"},
		"not a board dry": {h.ada, importer.Request{Source: "trello", DryRun: true}, fault.KindInvalid, "import-unreadable"},
	} {
		t.Run(name, func(t *testing.T) {
			c.r.File = strings.NewReader("{}")
			_, err := h.imports.Start(t.Context(), c.by, h.ws, c.r)
			refused(t, err, c.kind, c.code)
		})
	}
	equal(t, "and the workspace is free for the next", h.done(garden(t)).Counts.Tasks, importer.Tally{Created: 8})
}

func TestAProjectThatCanNotBeSeenFailsTheImport(t *testing.T) {
	h := open(t)
	i := h.run(h.ada, garden(t), func(r *importer.Request) { r.Project = uuid.New() })
	equal(t, "state", i.State, importer.Failed)
	equal(t, "why", *i.Error, importer.Failure{Code: "invalid", Detail: "The request is not valid: project must be a project that you can see"})
}

// full is the tasks domain on a full disk.
type full struct{ *tasks.Service }

func (full) Batch(context.Context, tasks.Caller, uuid.UUID, []tasks.Step) ([]tasks.Result, tasks.Head, error) {
	return nil, tasks.Head{}, fault.Unavailable(errors.New("the engine's own words"))
}

func TestWhatTheEngineSaysIsForTheLogAlone(t *testing.T) {
	h := open(t)
	var log bytes.Buffer
	h.imports = importer.New(full{h.tasks}, h.members, time.Now, slog.New(slog.NewTextHandler(&log, nil)))
	i := h.run(h.ada, garden(t), nil)
	h.imports.Close()
	equal(t, "why", *i.Error, importer.Failure{Code: "unavailable", Detail: "This can't be done just now; please try again."})
	if !strings.Contains(log.String(), "the engine's own words") {
		t.Errorf("the log does not say why: %s", &log)
	}
}

func TestABoardInAProjectThatOneCanNotSee(t *testing.T) {
	h := open(t)
	r := h.done(garden(t))
	if _, err := h.tasks.UpdateProject(t.Context(), h.ada, h.ws, *r.Project.ID, tasks.ProjectPatch{Access: tasks.Some(tasks.AccessPrivate)}, tasks.Condition{}); err != nil {
		t.Fatal(err)
	}
	max := h.join("Max", "max@example.com", tasks.RoleMember)
	i := h.run(max, garden(t), nil)
	equal(t, "state", i.State, importer.Failed)
	equal(t, "why", i.Error.Code, "import-elsewhere")
}

func TestAnImportIsItsOwnersAlone(t *testing.T) {
	h := open(t)
	i := h.run(h.ada, garden(t), nil)
	max := h.join("Max", "max@example.com", tasks.RoleOwner)
	_, err := h.imports.Import(t.Context(), max, h.ws, i.ID)
	refused(t, err, fault.KindNotFound, "not-found")
	_, err = h.imports.Undo(t.Context(), max, h.ws, i.ID)
	refused(t, err, fault.KindNotFound, "not-found")
	_, err = h.imports.Import(t.Context(), h.ada, uuid.New(), i.ID)
	refused(t, err, fault.KindNotFound, "not-found")
}

func TestSomebodyWhoMayNotSeeTheProjectIsNotAssigned(t *testing.T) {
	h := open(t)
	h.join("bob", "bob@example.com", tasks.RoleGuest)
	b := garden(t)
	b.card("Rent chairs")["idMembers"] = []any{"600000000000000000003002", "600000000000000000003001"}
	r := h.done(b)
	equal(t, "tasks", r.Counts.Tasks, importer.Tally{Created: 8})
	equal(t, "noted", notes(r)["import.unassignable"], 1)
	equal(t, "the others are as they were", h.all()["Bake the cake"].Assignees, []uuid.UUID{h.ada.User})
}
