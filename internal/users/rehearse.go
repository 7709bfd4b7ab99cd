package users

import (
	"context"

	"github.com/google/uuid"
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
		all.Go(func() error { return s.makeUpPerson(ctx, m.Workspace.ID, p) })
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
	if err != nil {
		return err
	}
	s.directory.forgetSlug(m.Workspace.Slug)
	for _, p := range m.People {
		s.directory.forgetMember(m.Workspace.ID, p.ID)
	}
	return s.Flush(ctx, m.Workspace.ID)
}

func (s *Service) makeUpPerson(ctx context.Context, home uuid.UUID, n NewPerson) error {
	p := Person{
		ID: n.ID, Email: canonicalEmail(n.Email), Name: n.Name, Locale: "en", Timezone: "UTC", Theme: "system",
		Notify: map[string]bool{}, Settings: map[string]string{}, Home: home, Version: 1, CreatedAt: s.at(), UpdatedAt: s.at(),
	}
	if err := p.check(); err != nil {
		return err
	}
	err := s.store.UpdatePerson(ctx, p.ID, func(v PersonView) (PersonChange, error) {
		old, err := v.Person()
		if err != nil || old != nil {
			return PersonChange{}, err
		}
		return PersonChange{Person: &p}, nil
	})
	s.directory.forgetPerson(p.ID)
	return err
}
