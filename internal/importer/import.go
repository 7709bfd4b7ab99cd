package importer

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// State says how far an import has come.
type State string

// The states. One that is Done or Failed may still become Undone.
const (
	Running State = "running"
	Done    State = "done"
	Failed  State = "failed" // part of it may have been made; importing the file again goes on from there
	Undoing State = "undoing"
	Undone  State = "undone"
)

// Over reports whether nothing more happens by itself.
func (s State) Over() bool { return s == Done || s == Failed || s == Undone }

// Import is one import, under way or over, in the wire format.
type Import struct {
	ID         uuid.UUID   `json:"id"`
	Source     string      `json:"source"`
	DryRun     bool        `json:"dry_run"`
	State      State       `json:"state" enum:"running,done,failed,undoing,undone"`
	Progress   Progress    `json:"progress"`
	Report     *Report     `json:"report" doc:"What was made; null until that is known. After a dry run, what would be made."`
	Error      *Failure    `json:"error" doc:"Why it failed, if it did."`
	CreatedBy  uuid.UUID   `json:"created_by"`
	CreatedAt  tasks.Time  `json:"created_at"`
	FinishedAt *tasks.Time `json:"finished_at" nullable:"true"`
}

// Progress counts the tasks of the source that have been seen to.
type Progress struct {
	Done  int `json:"done"`
	Total int `json:"total"`
}

// Failure says why an import failed.
type Failure struct {
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// failure is what is shown of an error; its cause, and one that is no fault, are for the log alone.
func failure(err error) *Failure {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return &Failure{Code: f.Code, Detail: f.With(nil).Error()}
	}
	return &Failure{Code: "internal-error", Detail: "Something went wrong on our side. Import the file again: it goes on where it stopped."}
}

func interrupted() *Failure {
	return &Failure{Code: "import-interrupted", Detail: "The server stopped while it was at it. Import the file again: it goes on where it stopped."}
}

// record is what is kept of an import.
type record struct {
	Import
	private
}

// private is what only the importer sees of an import.
type private struct {
	Beat time.Time `json:"beat"` // the last sign of life
}

// patience is how long after its last sign of life an import counts as interrupted, its process having ended. It must
// be much longer than one entry takes.
const patience = time.Minute

func (r record) encode() (tasks.ImportRecord, error) {
	doc, err := json.Marshal(r.Import)
	if err != nil {
		return tasks.ImportRecord{}, fmt.Errorf("encode import %s: %w", r.ID, err)
	}
	data, err := json.Marshal(r.private)
	if err != nil {
		return tasks.ImportRecord{}, fmt.Errorf("encode import %s: %w", r.ID, err)
	}
	return tasks.ImportRecord{ID: r.ID, Doc: doc, Data: data}, nil
}

func decode(kept tasks.ImportRecord) (record, error) {
	var r record
	if err := json.Unmarshal(kept.Doc, &r.Import); err != nil {
		return r, fmt.Errorf("decode import %s: %w", kept.ID, err)
	}
	if err := json.Unmarshal(kept.Data, &r.private); err != nil {
		return r, fmt.Errorf("decode import %s: %w", kept.ID, err)
	}
	return r, nil
}

// finish ends an import at a time, well if why is nil.
func (r *record) finish(well State, why *Failure, at time.Time) {
	t := tasks.At(at.UnixMilli())
	r.State, r.Error, r.FinishedAt = well, why, &t
	if why != nil {
		r.State = Failed
	}
}
