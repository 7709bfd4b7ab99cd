package importer

import (
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/importer/plan"
)

// Report says what an import did, or, after a dry run, what it would do.
type Report struct {
	Source  string        `json:"source"`
	DryRun  bool          `json:"dry_run"`
	Project ProjectReport `json:"project"`
	Counts  Counts        `json:"counts"`
	People  []Match       `json:"people" nullable:"false" doc:"Whom the source names, and which member each of them was taken for."`
	Notes   []plan.Note   `json:"notes" nullable:"false" doc:"What was lost, changed or guessed."`
}

// ProjectReport names the project that was imported into.
type ProjectReport struct {
	ID      *uuid.UUID `json:"id" nullable:"true" doc:"Null in a dry run that would make it."`
	Name    string     `json:"name"`
	Created bool       `json:"created"`
}

// Counts are the numbers of a report.
type Counts struct {
	Statuses Tally `json:"statuses"`
	Labels   Tally `json:"labels"`
	Tasks    Tally `json:"tasks"`
	Comments Tally `json:"comments"`
}

// Tally counts what became of the things of one kind.
type Tally struct {
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
}

// outcome is what became of one thing.
type outcome int

const (
	unchanged outcome = iota
	created
	updated
)

func (t *Tally) add(o outcome) {
	switch o {
	case created:
		t.Created++
	case updated:
		t.Updated++
	default:
		t.Unchanged++
	}
}

func (c *Counts) merge(o Counts) {
	c.Statuses.merge(o.Statuses)
	c.Labels.merge(o.Labels)
	c.Tasks.merge(o.Tasks)
	c.Comments.merge(o.Comments)
}

func (t *Tally) merge(o Tally) {
	t.Created += o.Created
	t.Updated += o.Updated
	t.Unchanged += o.Unchanged
}
