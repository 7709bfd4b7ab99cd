package tasks

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// How long things are kept.
const (
	TrashKept   = 30 * 24 * time.Hour
	HistoryKept = 90 * 24 * time.Hour
	sweepAtOnce = 500
)

// Trashed is something in the trash of a workspace.
type Trashed struct {
	Workspace, ID uuid.UUID
	Kind          Kind
}

// Sweep purges what has been in the trash for 30 days and forgets history older than history (0 is 90 days). It does a
// bounded amount of work and reports whether there is more.
func (s *Service) Sweep(ctx context.Context, history time.Duration) (more bool, err error) {
	if history <= 0 {
		history = HistoryKept
	}
	n, err := s.store.Trim(ctx, s.now().Add(-history).UnixMilli(), 10*sweepAtOnce)
	if err != nil {
		return false, err
	}
	more = n == 10*sweepAtOnce
	old, err := s.store.Expired(ctx, s.now().Add(-TrashKept).UnixMilli(), sweepAtOnce)
	if err != nil {
		return more, err
	}
	var failed []error // one that can't be purged must not keep the others from it
	for _, t := range old {
		rest, err := s.expire(ctx, t)
		if err != nil {
			failed = append(failed, err)
		}
		more = more || rest
	}
	return more || len(old) == sweepAtOnce, errors.Join(failed...)
}

// expire purges one thing as nobody in particular. Of a large project a part is left for the next time.
func (s *Service) expire(ctx context.Context, t Trashed) (rest bool, err error) {
	c := Caller{Actor: Actor{Type: ActorAutomation, Name: "Rung"}}
	_, err = s.updateAs(ctx, c, t.Workspace, RoleOwner, func(d *draft) error {
		if rest = false; t.Kind == KindProject {
			whole, err := d.purgeProject(t.ID, min(s.purgeAtOnce, sweepAtOnce))
			rest = !whole
			return err
		}
		if t.Kind == KindAttachment {
			return d.expireFile(t.ID)
		}
		task, err := d.task(t.ID)
		if err != nil || task == nil || task.DeletedAt == nil {
			return err
		}
		return d.purgeTree(task)
	})
	if fault.KindOf(err) == fault.KindNotFound {
		return false, nil // restored meanwhile
	}
	return rest && err == nil, err
}

// MissingProjects gives those of ids that are no live projects of the workspace.
func (s *Service) MissingProjects(ctx context.Context, ws uuid.UUID, ids []uuid.UUID) ([]uuid.UUID, error) {
	f, _, err := s.frame(ctx, ws)
	if err != nil {
		return nil, err
	}
	var missing []uuid.UUID
	for _, id := range ids {
		if f.projects[id] == nil {
			missing = append(missing, id)
		}
	}
	return missing, nil
}
