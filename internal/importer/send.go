package importer

import (
	"context"
	"errors"
	"iter"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/importer/plan"
	"github.com/rung-app/rung/internal/tasks"
)

// Bounds of one entry: others wait while it is written.
const (
	maxEntryBytes = 1 << 20
	maxRefused    = 50 // tasks in a row; then something is wrong with all of them
)

// send commits the units in entries of bounded size. A unit that is refused is left out and noted, so that one odd task
// does not keep the others away.
func (r *run) send(ctx context.Context, units []unit) error {
	refused := 0
	for entry := range entries(units) {
		if err := r.sendEntry(ctx, entry, &refused); err != nil {
			return err
		}
		if err := r.beat(ctx); err != nil {
			return err
		}
	}
	return nil
}

// entries cuts the units into pieces that fit into one entry each.
func entries(units []unit) iter.Seq[[]unit] {
	return func(yield func([]unit) bool) {
		for len(units) > 0 {
			n, steps, bytes := 0, 0, 0
			for n < len(units) && (n == 0 || steps+len(units[n].steps) <= tasks.MaxBatch && bytes+units[n].bytes <= maxEntryBytes) {
				steps, bytes = steps+len(units[n].steps), bytes+units[n].bytes
				n++
			}
			if !yield(units[:n]) {
				return
			}
			units = units[n:]
		}
	}
}

// sendEntry commits units together or, if that is refused, halves of them, down to the single one that is to blame.
func (r *run) sendEntry(ctx context.Context, units []unit, refused *int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	steps := make([]tasks.Step, 0, tasks.MaxBatch)
	for _, u := range units {
		steps = append(steps, u.steps...)
	}
	_, _, err := r.tasks.Batch(ctx, r.c, r.ws, steps)
	switch {
	case err == nil:
		*refused = 0
		r.committed(units)
		return nil
	case fault.KindOf(err) != fault.KindInvalid:
		return err
	case len(units) > 1:
		if err := r.sendEntry(ctx, units[:len(units)/2], refused); err != nil {
			return err
		}
		return r.sendEntry(ctx, units[len(units)/2:], refused)
	}
	u, given := units[0].unassigned()
	if given {
		if _, _, err := r.tasks.Batch(ctx, r.c, r.ws, u.steps); err == nil {
			r.notes.Add(plan.Lost, "import.unassignable", "Some tasks could not be given to their people, who may not see the project.", 1, u.task)
			*refused = 0
			r.committed(units)
			return nil
		}
	}
	if *refused++; *refused >= maxRefused {
		return err
	}
	r.notes.Add(plan.Lost, "import.refused", "Rung did not take some tasks: "+reason(err), 1, u.task)
	r.advance(u.tasks)
	return nil
}

func (r *run) committed(units []unit) {
	n := 0
	for _, u := range units {
		r.report.Counts.merge(u.counts)
		n += u.tasks
	}
	r.advance(n)
}

// reason is the first thing that was wrong.
func reason(err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	if ok && len(f.Fields) > 0 {
		return f.Fields[0].Message
	}
	return err.Error()
}

// unassigned is the unit without its assignees, and whether it had any.
func (u unit) unassigned() (unit, bool) {
	u.steps = slices.Clone(u.steps)
	switch first := u.steps[0]; {
	case first.Create != nil && len(first.Create.Assignees) > 0:
		n := *first.Create
		n.Assignees = nil
		u.steps[0].Create = &n
		return u, true
	case first.Update != nil && len(first.Update.Patch.Assignees.V) > 0:
		up := *first.Update
		up.Patch.Assignees = tasks.Opt[[]uuid.UUID]{}
		u.steps[0].Update = &up
		return u, true
	}
	return u, false
}
