package users

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
)

// Deleted gives at most limit workspaces that were deleted before the time and are not erased yet, those that were
// deleted first.
func (s *Service) Deleted(ctx context.Context, before time.Time, limit int) ([]uuid.UUID, error) {
	return s.store.DeletedWorkspaces(ctx, before, limit)
}

// EmptyWorkspace does a part of removing who was in a deleted workspace and was invited to it, and reports whether it is
// done. When it is, nothing will be told of its members any more, so other domains can remove what they have of it. It
// may be called again at any time. Done is false, too, as long as somebody is telling of its members: ask again later.
func (s *Service) EmptyWorkspace(ctx context.Context, ws uuid.UUID) (done, more bool, err error) {
	more, err = s.store.EmptyWorkspace(ctx, ws, s.at(), sweepAtOnce)
	if errors.Is(err, ErrLeased) {
		return false, false, nil
	}
	return err == nil && !more, more, err
}

// NoteErased writes down that nothing of a deleted workspace is left, in any domain. Its name, slug and origin go; its id
// stays, so that it is never given again: clients may still hold places in its history. It may be called twice.
func (s *Service) NoteErased(ctx context.Context, ws uuid.UUID) error {
	return s.store.UpdateWorkspace(ctx, ws, func(v View) (Change, error) {
		w, err := v.Workspace()
		if err != nil {
			return Change{}, err
		}
		if w == nil || !w.ErasedAt.IsZero() {
			return Change{}, nil
		}
		if w.Live() {
			return Change{}, ErrLive
		}
		gone := *w
		gone.Name, gone.Slug, gone.Origin = FormerWorkspace, w.ID.String(), nil
		gone.ErasedAt, gone.UpdatedAt, gone.Version = s.at(), s.at(), w.Version+1
		return Change{Workspace: &gone, Audit: s.entry(ctx, ws, audit.WorkspaceErased, ws)}, nil
	})
}
