package worker

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
)

// Accounts is where deleted accounts are found; auth.Service does it.
type Accounts interface {
	Departures(ctx context.Context, limit int) ([]auth.Departure, error)
	KeepProgress(ctx context.Context, d auth.Departure, done bool) error
	ForgetOrigins(ctx context.Context, user uuid.UUID) (more bool, err error)
}

// People forgets a person; users.Service does it.
type People interface {
	Forget(ctx context.Context, user uuid.UUID) (more bool, err error)
	Flush(ctx context.Context, ws uuid.UUID) error
	Abandoned(ctx context.Context, ws uuid.UUID) (bool, error)
	ForgetOrigins(ctx context.Context, user uuid.UUID) (more bool, err error)
}

// Work forgets who did the work of workspaces; tasks.Service does it.
type Work interface {
	WorkspacesOf(ctx context.Context, user, after uuid.UUID, limit int) ([]uuid.UUID, error)
	Forget(ctx context.Context, ws, user uuid.UUID, from string) (next string, err error)
	DropWorkspace(ctx context.Context, ws uuid.UUID) (more bool, err error)
	ForgetOrigins(ctx context.Context, user uuid.UUID) (more bool, err error)
}

// Forgetting has all of Rung forget whose the deleted accounts were. Each Step is bounded and may be repeated: what was
// done is noted with the account's departure, in another database than what it tells of perhaps, so the last step before
// a crash is done again.
type Forgetting struct {
	Accounts Accounts
	People   People
	Work     Work
	Now      func() time.Time
	// Rest is how long after the deletion the workspaces' histories are gone through: longer than somebody who was let in
	// before may still be at work. Nothing is written in her name any more then.
	Rest time.Duration
}

// progress is how far one has come with an account.
type progress struct {
	Stage     string    `json:"stage"`
	Workspace uuid.UUID `json:"workspace,omitzero"` // the last one that is done
	Place     string    `json:"place,omitempty"`    // in the one behind it
}

// The stages, in their order.
const (
	stagePeople  = ""
	stageWork    = "work"
	stageOrigins = "origins"
)

// departuresAtOnce bounds how many accounts are looked at in one step.
const departuresAtOnce = 20

// Step does a part of what there is to do for the first account for which something can be done now, and reports whether
// there may be more to do at once.
func (f *Forgetting) Step(ctx context.Context) (more bool, err error) {
	all, err := f.Accounts.Departures(ctx, departuresAtOnce)
	if err != nil {
		return false, err
	}
	for _, d := range all {
		did, err := f.step(ctx, d)
		if did || err != nil {
			return did && err == nil, err
		}
	}
	return false, nil
}

// step does one step for an account and reports whether it could.
func (f *Forgetting) step(ctx context.Context, d auth.Departure) (did bool, err error) {
	var p progress
	if d.Progress != "" {
		if err := json.Unmarshal([]byte(d.Progress), &p); err != nil {
			return false, fmt.Errorf("read how far a departure has come: %w", err)
		}
	}
	done := false
	switch p.Stage {
	case stagePeople:
		more, err := f.People.Forget(ctx, d.ID)
		if err != nil || more {
			return true, err
		}
		p.Stage = stageWork
	case stageWork:
		if f.Now().Sub(d.At) < f.Rest {
			return false, nil
		}
		if err := f.work(ctx, d.ID, &p); err != nil {
			return true, err
		}
	case stageOrigins:
		if done, err = f.origins(ctx, d.ID); err != nil || !done {
			return true, err
		}
	default:
		return false, fmt.Errorf("a departure is at an unknown stage %q", p.Stage)
	}
	b, err := json.Marshal(p)
	if err != nil {
		return false, err
	}
	d.Progress = string(b)
	return true, f.Accounts.KeepProgress(ctx, d, done)
}

// work does one step in the first workspace that is not done.
func (f *Forgetting) work(ctx context.Context, user uuid.UUID, p *progress) error {
	next, err := f.Work.WorkspacesOf(ctx, user, p.Workspace, 1)
	if err != nil {
		return err
	}
	if len(next) == 0 {
		*p = progress{Stage: stageOrigins}
		return nil
	}
	ws := next[0]
	if p.Place == "" { // what users has still to tell of her must not come behind
		if err := f.People.Flush(ctx, ws); err != nil {
			return err
		}
	}
	abandoned, err := f.People.Abandoned(ctx, ws)
	if err != nil {
		return err
	}
	if abandoned {
		more, err := f.Work.DropWorkspace(ctx, ws)
		if err == nil && !more {
			p.Workspace, p.Place = ws, ""
		}
		return err
	}
	if p.Place, err = f.Work.Forget(ctx, ws, user, p.Place); err == nil && p.Place == "" {
		p.Workspace = ws
	}
	return err
}

// origins takes out of the audit logs where she was, and reports whether nothing is left.
func (f *Forgetting) origins(ctx context.Context, user uuid.UUID) (done bool, err error) {
	for _, log := range []interface {
		ForgetOrigins(ctx context.Context, user uuid.UUID) (bool, error)
	}{f.Accounts, f.People, f.Work} {
		if more, err := log.ForgetOrigins(ctx, user); more || err != nil {
			return false, err
		}
	}
	return true, nil
}
