package worker

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
)

// Workspaces is where deleted workspaces are found; users.Service does it.
type Workspaces interface {
	Deleted(ctx context.Context, before time.Time, limit int) ([]uuid.UUID, error)
	EmptyWorkspace(ctx context.Context, ws uuid.UUID) (done, more bool, err error)
	NoteErased(ctx context.Context, ws uuid.UUID) error
}

// Holdings is what workspaces have; tasks.Service does it.
type Holdings interface {
	DropWorkspace(ctx context.Context, ws uuid.UUID) (more bool, err error)
}

// Erasing removes for good what is in workspaces that were deleted long ago: first who is in them, so that nothing new is
// told of anybody; then all that they have; and then it is noted that they are erased. Each Step is bounded, and whatever
// it did before it was broken off it may do again.
type Erasing struct {
	Workspaces Workspaces
	Holdings   Holdings
	Now        func() time.Time
	Kept       time.Duration // for how long a deleted workspace is kept
}

// erasedAtOnce bounds how many workspaces are looked at in one step.
const erasedAtOnce = 20

// Step does a part of what there is to do for the workspace that was deleted first, and reports whether there may be more
// to do at once. One that can't be erased now does not keep the others from it.
func (e *Erasing) Step(ctx context.Context) (more bool, err error) {
	old, err := e.Workspaces.Deleted(ctx, e.Now().Add(-e.Kept), erasedAtOnce)
	if err != nil {
		return false, err
	}
	var failed []error
	for _, ws := range old {
		did, err := e.step(ctx, ws)
		if did {
			return true, nil // what failed fails again, when nothing else is left to do
		}
		if err != nil {
			failed = append(failed, err)
		}
	}
	return false, errors.Join(failed...)
}

// step does a part for one workspace and reports whether it could.
func (e *Erasing) step(ctx context.Context, ws uuid.UUID) (did bool, err error) {
	done, more, err := e.Workspaces.EmptyWorkspace(ctx, ws)
	if err != nil || !done {
		return more && err == nil, err
	}
	if more, err = e.Holdings.DropWorkspace(ctx, ws); err != nil || more {
		return err == nil, err
	}
	err = e.Workspaces.NoteErased(ctx, ws)
	return err == nil, err
}
