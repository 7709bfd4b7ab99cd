package importer

import (
	"context"
	"io"
	"time"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/importer/plan"
	"github.com/rung-app/rung/internal/importer/trello"
)

// Choices are what whoever imports can choose.
type Choices struct {
	Checklists string // what checklists become: "markdown" (task lists, the default) or "subtasks"
	Zone       *time.Location
}

// Sources names the formats that can be read.
func Sources() []string { return []string{trello.Source} }

// Title is what people call a source.
func Title(source string) string {
	if source == trello.Source {
		return "Trello"
	}
	return source
}

// Read reads a file of a source into a plan. What it can't read is a fault for whoever chose the file.
func Read(ctx context.Context, source string, file io.Reader, c Choices) (plan.Plan, error) {
	if source != trello.Source {
		return plan.Plan{}, fault.InvalidField("source", "must be trello")
	}
	o := trello.Options{Checklists: trello.Checklists(c.Checklists), Zone: c.Zone}
	if o.Checklists != "" && o.Checklists != trello.TaskLists && o.Checklists != trello.SubTasks {
		return plan.Plan{}, fault.InvalidField("checklists", "must be markdown or subtasks")
	}
	p, err := trello.Read(ctx, file, o)
	p.Fit()
	return p, err
}
