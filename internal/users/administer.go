package users

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

// What stands here is for the administrators of the installation; that whoever asks is one has been found out before.

// Overviews gives live workspaces, whoever is in them, by their ids, and whether there are more.
func (s *Service) Overviews(ctx context.Context, page Page) ([]Overview, bool, error) {
	all, err := s.store.AllWorkspaces(ctx, page.After, page.Limit+1)
	return cut(all, page.Limit), len(all) > page.Limit, err
}

// Appoint makes a member of a workspace an owner of it, for when those it has are not to be had any more. It may be asked
// twice. An administrator of the installation who is no member can't make herself one.
func (s *Service) Appoint(ctx context.Context, ws, user uuid.UUID) error {
	err := s.store.UpdateWorkspace(ctx, ws, func(v View) (Change, error) {
		w, err := v.Workspace()
		if err != nil {
			return Change{}, err
		}
		if !w.Live() {
			return Change{}, fault.NotFound()
		}
		m, err := v.Member(user)
		if err != nil {
			return Change{}, err
		}
		if m == nil {
			return Change{}, fault.InvalidField("owner", "is no member of the workspace")
		}
		if m.Role == Owner {
			return Change{}, nil
		}
		m.Role = Owner
		return Change{
			Members: []Member{*m}, Post: []Message{s.memberMessage(*m, audit.OriginOf(ctx).User, nil)},
			Audit: s.entry(ctx, ws, audit.OwnerAppointed, user),
		}, nil
	})
	s.directory.forgetMember(ws, user)
	if err != nil {
		return err
	}
	s.push(ctx, ws)
	return nil
}

// Overview gives one live workspace.
func (s *Service) Overview(ctx context.Context, ws uuid.UUID) (Overview, error) {
	before := ws
	for i := len(before) - 1; i >= 0; i-- { // the id before it
		if before[i]--; before[i] != 0xff {
			break
		}
	}
	all, err := s.store.AllWorkspaces(ctx, before, 1)
	if err != nil {
		return Overview{}, err
	}
	if len(all) == 0 || all[0].ID != ws {
		return Overview{}, fault.NotFound()
	}
	return all[0], nil
}
