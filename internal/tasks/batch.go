package tasks

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// MaxBatch is how many steps a batch may have.
const MaxBatch = 500

// Step is one step of a batch: exactly one of them is set.
type Step struct {
	Create  *NewTask
	Update  *StepUpdate
	Move    *StepMove
	Delete  string // an id or key
	Comment *NewComment
}

// StepUpdate changes a task.
type StepUpdate struct {
	Ref   string
	Patch Patch
	Cond  Condition
}

// StepMove moves a task.
type StepMove struct {
	Ref  string
	Move Move
	Cond Condition
}

// Result is what a step led to. Doc is empty after a deletion.
type Result struct {
	Doc     Doc
	Created bool
}

// Batch carries out all steps as one entry, or none. Later steps see what earlier ones did. A step that can't be done
// fails all, and the error's fields begin with its place: changes[3].title.
func (s *Service) Batch(ctx context.Context, c Caller, ws uuid.UUID, steps []Step) ([]Result, Head, error) {
	if len(steps) == 0 || len(steps) > MaxBatch {
		return nil, Head{}, fault.InvalidField("changes", fmt.Sprintf("must be 1 to %d", MaxBatch))
	}
	var results []Result
	head, err := s.update(ctx, c, ws, func(d *draft) error {
		results = make([]Result, len(steps))
		touched := make([]*Task, len(steps))
		for i, step := range steps {
			path := fmt.Sprintf("changes[%d].", i)
			t, created, err := d.step(step, path)
			if err != nil {
				return inBatch(err, i)
			}
			touched[i], results[i].Created = t, created
		}
		if err := d.settle(); err != nil {
			return err
		}
		for i, t := range touched {
			if t == nil || t.DeletedAt != nil {
				continue
			}
			doc, err := d.doc(t)
			if err != nil {
				return err
			}
			results[i].Doc = doc
		}
		return nil
	})
	return results, head, err
}

func (d *draft) step(s Step, path string) (t *Task, created bool, err error) {
	switch {
	case s.Create != nil:
		return d.create(*s.Create, path)
	case s.Update != nil:
		t, err = d.update(s.Update.Ref, s.Update.Patch, s.Update.Cond, path)
	case s.Move != nil:
		t, err = d.move(s.Move.Ref, s.Move.Move, s.Move.Cond, path)
	case s.Comment != nil:
		_, created, err = d.comment(*s.Comment, path)
	default:
		err = d.delete(s.Delete, Condition{}, path)
	}
	return t, created, err
}

// inBatch turns the refusal of one step into one of the whole batch that names the step.
func inBatch(err error, i int) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind == fault.KindUnavailable {
		return err
	}
	out := *f
	out.Fields = slices.Clone(f.Fields)
	if len(out.Fields) == 0 {
		out.Fields = []fault.Field{{Field: fmt.Sprintf("changes[%d]", i), Message: f.Detail}}
	}
	if f.Kind != fault.KindStale {
		out.Kind, out.Code, out.Detail = fault.KindInvalid, "batch-refused", "Nothing was changed: one of the changes can't be made."
	}
	return &out
}
