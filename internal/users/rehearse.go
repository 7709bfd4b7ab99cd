package users

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

// MadeUp is a workspace of people who do not exist, for a rehearsal. The first of them owns it, and it is the home of all.
type MadeUp struct {
	Workspace NewWorkspace // with ID and Slug
	People    []NewPerson  // each with ID
}

// MakeUp makes the people and their workspace, and tells tasks of them. It may be called again after any failure with the same
// and then makes what is missing. It is a conflict if the workspace is somebody else's or its slug is taken.
func (s *Service) MakeUp(ctx context.Context, m MadeUp) error {
	var all errgroup.Group
	for _, p := range m.People {
		all.Go(func() error {
			_, err := s.makePerson(ctx, p, m.Workspace.ID)
			return err
		})
	}
	if err := all.Wait(); err != nil {
		return err
	}
	owner := m.People[0].ID
	err := s.updateSlug(ctx, m.Workspace.ID, func(v View) (Change, error) {
		old, err := v.Workspace()
		if err != nil {
			return Change{}, err
		}
		if old != nil {
			if old.CreatedBy != owner || !old.Live() {
				return Change{}, fault.Conflict("id-taken", "A workspace of the rehearsal is deleted, or somebody else's.")
			}
			return Change{}, nil
		}
		slug, err := firstFree(v, []string{m.Workspace.Slug})
		if err != nil {
			return Change{}, err
		}
		at := s.at()
		c := Change{
			Workspace: &Workspace{ID: m.Workspace.ID, Name: m.Workspace.Name, Slug: slug, Version: 1, CreatedBy: owner, CreatedAt: at, UpdatedAt: at},
			Audit:     []audit.Entry{s.entry(ctx, m.Workspace.ID, audit.WorkspaceCreated, m.Workspace.ID)[0]},
		}
		for i, p := range m.People {
			member := Member{Workspace: m.Workspace.ID, User: p.ID, Role: Ordinary, Name: p.Name, JoinedAt: at}
			if i == 0 {
				member.Role = Owner
			}
			c.Members, c.Post = append(c.Members, member), append(c.Post, s.memberMessage(member, owner, nil))
		}
		return c, nil
	})
	s.directory.forgetSlug(m.Workspace.Slug)
	for _, p := range m.People {
		s.directory.forgetMember(m.Workspace.ID, p.ID)
	}
	if err != nil {
		return err
	}
	return s.Flush(ctx, m.Workspace.ID)
}
