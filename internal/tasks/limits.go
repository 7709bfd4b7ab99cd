package tasks

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// Limits bound what a workspace may have, as far as the operator decides; what a project or a task may have is bounded
// where it is made.
type Limits struct {
	Projects int // that are not in the trash
}

// DefaultLimits are far above what a team needs and far below what hurts.
func DefaultLimits() Limits { return Limits{Projects: 2_000} }

// Limit sets other limits than the default. It must be called before anything else. What there is above a limit stays.
func (s *Service) Limit(l Limits) { s.limits = l }

// CountProjects counts the projects that a workspace has, private ones and archived ones too; those in the trash do not
// count.
func (s *Service) CountProjects(ctx context.Context, ws uuid.UUID) (int, error) {
	f, _, err := s.frame(ctx, ws)
	if err != nil {
		return 0, err
	}
	return len(f.order), nil
}

// roomForProject refuses one project more than there may be.
func (d *draft) roomForProject(limit int) error {
	if n := len(d.frame.order); n >= limit {
		return fault.Quota(fmt.Sprintf("This workspace has %d projects, which is as many as it may.", n))
	}
	return nil
}
