package users

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

// FormerMember is what somebody is called whose account was deleted.
const FormerMember = "Former member"

// FormerWorkspace is what a workspace is called that was deleted with its only member: it may have had her name.
const FormerWorkspace = "Former workspace"

// How much of a forgetting is done at once.
const (
	tracesAtOnce = 20
	maxNamed     = 20 // workspaces in a refusal
)

// MayLeave refuses a person who is the only owner of a workspace that others are in: they would be left without anybody
// who can administer it. The refusal names the workspaces.
func (s *Service) MayLeave(ctx context.Context, user uuid.UUID) error {
	var names []map[string]string
	for page := (Page{Limit: 200}); ; {
		some, more, err := s.Workspaces(ctx, user, page)
		if err != nil {
			return err
		}
		for _, m := range some {
			page.After = m.Workspace.ID
			if m.Role != Owner {
				continue
			}
			alone, others, err := s.soleOwner(ctx, m.Workspace.ID, user)
			if err != nil {
				return err
			}
			if alone && others && len(names) < maxNamed {
				names = append(names, map[string]string{"id": m.Workspace.ID.String(), "name": m.Workspace.Name, "slug": m.Workspace.Slug})
			}
		}
		if !more {
			break
		}
	}
	if len(names) == 0 {
		return nil
	}
	err := fault.Conflict("sole-owner", "Others work in workspaces that you alone own: make somebody else an owner of each, or delete it.")
	err.Extra = map[string]any{"workspaces": names}
	return err
}

// soleOwner reports whether the user is the only owner of a workspace, and whether it has other members.
func (s *Service) soleOwner(ctx context.Context, ws, user uuid.UUID) (alone, others bool, err error) {
	err = s.store.UpdateWorkspace(ctx, ws, func(v View) (Change, error) {
		owners, err := v.CountMembers(Owner)
		if err != nil {
			return Change{}, err
		}
		all, err := v.CountMembers()
		alone, others = owners == 1, all > 1
		return Change{}, err
	})
	return alone, others, err
}

// Forget does a part of what is left to be done when somebody's account was deleted, and reports whether there is more.
// It may be called again at any time, from the beginning too.
//
// Her name and settings go first, so nothing that begins afterwards can spread them; then she leaves her workspaces, of
// which those that were hers alone are deleted; then go the invitations that were made out to her; her address goes last,
// for it is what they are found by. Her id stays, and names nobody.
func (s *Service) Forget(ctx context.Context, user uuid.UUID) (more bool, err error) {
	email, err := s.retire(ctx, user)
	if err != nil {
		return false, err
	}
	left, err := s.store.TracesOf(ctx, user, tracesAtOnce)
	if err != nil {
		return false, err
	}
	for _, ws := range left {
		if err := s.forgetMember(ctx, ws, user); err != nil {
			return false, err
		}
	}
	if len(left) == tracesAtOnce {
		return true, nil
	}
	if email == "" {
		return false, nil
	}
	n, err := s.store.ForgetAddress(ctx, email, sweepAtOnce)
	if err != nil || n == sweepAtOnce {
		return n == sweepAtOnce, err
	}
	return false, s.store.UpdatePerson(ctx, user, func(v PersonView) (PersonChange, error) {
		p, err := v.Person()
		if err != nil || p == nil {
			return PersonChange{}, err
		}
		p.Email = ""
		return PersonChange{Person: p}, nil
	})
}

// retire takes a person's name and settings from her and gives her address, empty if that is gone too.
func (s *Service) retire(ctx context.Context, user uuid.UUID) (email string, err error) {
	err = s.store.UpdatePerson(ctx, user, func(v PersonView) (PersonChange, error) {
		p, err := v.Person()
		if err != nil || p == nil {
			email = ""
			return PersonChange{}, err
		}
		if email = p.Email; !p.live() {
			return PersonChange{}, nil
		}
		at := s.at()
		return PersonChange{Person: &Person{
			ID: p.ID, Email: p.Email, Name: FormerMember, Locale: "en", Timezone: "UTC", Theme: "system", Notify: map[string]bool{}, Settings: map[string]string{},
			Home: p.Home, Version: p.Version + 1, CreatedAt: p.CreatedAt, UpdatedAt: at, DeletedAt: at,
		}}, nil
	})
	s.directory.forgetPerson(user)
	return email, err
}

// forgetMember takes somebody whose account was deleted out of a workspace. If she was its only owner after all, because
// another left meanwhile, whoever has the greatest role and has been in it for longest becomes one.
func (s *Service) forgetMember(ctx context.Context, ws, user uuid.UUID) error {
	var slug string
	var touched []uuid.UUID
	err := s.store.UpdateWorkspace(ctx, ws, func(v View) (Change, error) {
		slug, touched = "", []uuid.UUID{user}
		w, err := v.Workspace()
		if err != nil {
			return Change{}, err
		}
		m, err := v.Member(user)
		if err != nil || m == nil || w == nil {
			return Change{}, err
		}
		n, err := v.CountMembers()
		if err != nil {
			return Change{}, err
		}
		c, err := s.farewell(v, m)
		if err != nil {
			return Change{}, err
		}
		c.Removed = []uuid.UUID{user}
		c.Audit = s.entry(ctx, ws, audit.MemberRemoved, user)
		if n == 1 {
			slug = w.Slug
			gone := *w
			gone.Name, gone.Slug, gone.Origin, gone.UpdatedAt, gone.Version = FormerWorkspace, w.ID.String(), nil, s.at(), w.Version+1
			if w.Live() {
				gone.DeletedAt = s.at()
				c.Audit = append(c.Audit, s.entry(ctx, ws, audit.WorkspaceDeleted, ws)...)
			}
			c.Workspace = &gone
			return c, nil
		}
		m.Role, m.Name = "", FormerMember
		c.Post = []Message{s.memberMessage(*m, user, nil)}
		heir, err := s.heir(v, user)
		if err != nil || heir == nil || !w.Live() {
			return c, err
		}
		heir.Role = Owner
		touched = append(touched, heir.User)
		c.Members = []Member{*heir}
		c.Post = append(c.Post, s.memberMessage(*heir, user, nil))
		c.Audit = append(c.Audit, s.entry(ctx, ws, audit.OwnerAppointed, heir.User)...)
		return c, nil
	})
	s.directory.forgetSlug(slug)
	for _, u := range touched {
		s.directory.forgetMember(ws, u)
	}
	if err != nil {
		return err
	}
	return s.Flush(ctx, ws)
}

// farewell closes the invitations that a member has made.
func (s *Service) farewell(v View, m *Member) (Change, error) {
	open, err := v.UnclosedInvitations()
	if err != nil {
		return Change{}, err
	}
	var c Change
	for _, i := range open {
		if i.CreatedBy == m.User {
			i.ClosedAt = s.at()
			c.Invitations = append(c.Invitations, i)
		}
	}
	return c, nil
}

// heir gives the member who becomes an owner when a user leaves, nil if there is another owner.
func (s *Service) heir(v View, leaving uuid.UUID) (*Member, error) {
	users, err := v.Users()
	if err != nil {
		return nil, err
	}
	var best *Member
	for _, u := range users {
		if u == leaving {
			continue
		}
		m, err := v.Member(u)
		if err != nil || m == nil {
			return nil, err
		}
		if m.Role == Owner {
			return nil, nil
		}
		if best == nil || cmp.Or(slices.Index(roles(), m.Role)-slices.Index(roles(), best.Role), m.JoinedAt.Compare(best.JoinedAt)) < 0 {
			best = m
		}
	}
	return best, nil
}

// Abandoned reports whether a workspace is deleted and nobody is in it any more: what is in it is nobody's.
func (s *Service) Abandoned(ctx context.Context, ws uuid.UUID) (bool, error) {
	w, err := s.store.Workspace(ctx, ws)
	if err != nil || w == nil || w.Live() {
		return false, err
	}
	n, err := s.store.CountMembers(ctx, ws)
	return n == 0, err
}

// ForgetOrigins takes out of a part of the audit log where somebody was, and reports whether there is more.
func (s *Service) ForgetOrigins(ctx context.Context, user uuid.UUID) (more bool, err error) {
	n, err := s.store.Audit().Blank(ctx, user, sweepAtOnce)
	return n > 0, err
}

// entry makes an entry of the audit log about a workspace, to be kept with a change.
func (s *Service) entry(ctx context.Context, ws uuid.UUID, action string, subject uuid.UUID, details ...string) []audit.Entry {
	return []audit.Entry{audit.New(ctx, s.at(), action, subject, details...).In(ws)}
}
