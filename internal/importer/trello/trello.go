// Package trello reads the JSON file that Trello writes for a board (Share, Export as JSON) into a plan.
//
// Trello does not document the file; what is known of it: it is one board as the REST API returns it, with its lists,
// cards, labels, members, checklists, custom fields and the newest 1,000 actions, which is where the comments are.
// Fields came and went over the years, so everything but lists and cards may be missing, and what is not understood is
// passed over. Whatever does not come over as it was is said in the plan's notes.
package trello

import (
	"context"
	"io"
	"time"

	"github.com/rung-app/rung/internal/importer/plan"
)

// Source is the name of the format and the namespace of the external IDs.
const Source = "trello"

// product is what people call it.
const product = "Trello"

// Checklists says what a card's checklists become.
type Checklists string

// The two ways; docs/decisions/importing-trello.md says why the first is the default.
const (
	TaskLists Checklists = "markdown" // task lists below the description
	SubTasks  Checklists = "subtasks" // a sub-task for each item
)

// Options are the choices that the file leaves open. The zero value is usable.
type Options struct {
	Checklists Checklists     // default TaskLists
	Zone       *time.Location // in which due times, instants at Trello, are written down; default UTC
	MaxBytes   int64          // how long a file may be; default 100 MiB
	MaxItems   int            // how many lists, cards, checklist items, comments … it may hold together; default 500,000
}

func (o Options) withDefaults() Options {
	if o.Checklists == "" {
		o.Checklists = TaskLists
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 100 << 20
	}
	if o.MaxItems == 0 {
		o.MaxItems = 500_000
	}
	return o
}

// Read reads one board. It never holds the whole file in memory, only what of it comes over. A file that is no such
// board, is cut off or is too big is a fault whose detail is one sentence for the person who chose the file.
func Read(ctx context.Context, r io.Reader, o Options) (plan.Plan, error) {
	o = o.withDefaults()
	b, err := decode(ctx, r, o)
	if err != nil {
		return plan.Plan{}, err
	}
	return convert(b, o), nil
}
