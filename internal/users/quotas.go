package users

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// Limits bound what people can pile up.
type Limits struct {
	Members         int // in a workspace
	Workspaces      int // owned by one person
	OpenInvitations int // of a workspace
	InvitationsADay int // of a workspace, revoked ones included

	// Projects and Storage (bytes) of a workspace are kept by others, who see to it that they are not passed; they stand
	// here to be shown beside what is used. 0: there is none to be shown.
	Projects int
	Storage  int64
}

// DefaultLimits are far above what a team needs and far below what hurts.
func DefaultLimits() Limits {
	return Limits{Members: 10_000, Workspaces: 50, OpenInvitations: 200, InvitationsADay: 500}
}

// Holdings knows what else a workspace has.
type Holdings interface {
	// Held gives what a workspace has just now.
	Held(ctx context.Context, ws uuid.UUID) (Held, error)
}

// Held is what others keep of a workspace.
type Held struct {
	Projects int
	Storage  int64 // bytes
}

// Usage is what a workspace uses of what it may have.
type Usage struct {
	Members int
	Held    *Held // nil for those who are not told, or if nobody knows
}

// Limits gives the limits in force, to be shown beside what is used.
func (s *Service) Limits() Limits { return s.limits }

// Usage says what a workspace that the actor is a member of uses. Guests are not told how much there is that they can't
// see.
func (s *Service) Usage(ctx context.Context, actor, ws uuid.UUID) (Usage, error) {
	m, err := s.Member(ctx, ws, actor)
	if err != nil {
		return Usage{}, err
	}
	n, err := s.store.CountMembers(ctx, ws)
	if err != nil || s.holdings == nil || m.Role == Guest {
		return Usage{Members: n}, err
	}
	held, err := s.holdings.Held(ctx, ws)
	return Usage{Members: n, Held: &held}, err
}

// Owned counts the workspaces that a person owns.
func (s *Service) Owned(ctx context.Context, user uuid.UUID) (int, error) {
	return s.store.CountOwned(ctx, user)
}

// mayOwnMore refuses one more workspace to whoever owns as many as one may.
func mayOwnMore(v View, user uuid.UUID, limit int, owns string) error {
	n, err := v.OwnedBy(user)
	if err == nil && n >= limit {
		err = fault.Quota(fmt.Sprintf("%s %d workspaces, which is as many as one person may.", owns, n))
	}
	return err
}
