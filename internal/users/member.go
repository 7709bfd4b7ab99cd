package users

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

// Member is a person in a workspace. Name and Email are the person's.
type Member struct {
	Workspace, User uuid.UUID
	Role            Role
	Name, Email     string
	JoinedAt        time.Time
}

// Members gives a workspace's members by their user ids, and whether there are more. Guests do not see addresses,
// except their own.
func (s *Service) Members(ctx context.Context, actor, ws uuid.UUID, page Page) ([]Member, bool, error) {
	me, err := s.Member(ctx, ws, actor)
	if err != nil {
		return nil, false, err
	}
	all, err := s.store.Members(ctx, ws, page.After, page.Limit+1)
	if err != nil {
		return nil, false, err
	}
	for i := range all {
		all[i] = all[i].shownTo(me)
	}
	return cut(all, page.Limit), len(all) > page.Limit, nil
}

func (m Member) shownTo(reader Member) Member {
	if m.User != reader.User && !reader.Role.may(SeeAddresses) {
		m.Email = ""
	}
	return m
}

// SetRole gives a member another role. The workspace keeps an owner: the last one is refused as KindConflict
// "last-owner".
func (s *Service) SetRole(ctx context.Context, actor, ws, user uuid.UUID, role Role) (Member, error) {
	if why := checkRole(role, roles()); why != "" {
		return Member{}, fault.InvalidField("role", why)
	}
	var now Member
	err := s.changeMember(ctx, actor, ws, user, func(v View, me, m *Member) (Change, error) {
		if m == nil {
			return Change{}, fault.NotFound()
		}
		now = m.shownTo(*me)
		if err := me.permit(ManageMembers); err != nil {
			return Change{}, err
		}
		if m.Role == role {
			return Change{}, nil
		}
		if role == Owner {
			if err := me.permit(ManageOwners); err != nil {
				return Change{}, err
			}
			if err := mayOwnMore(v, user, s.limits.Workspaces, "This person owns"); err != nil {
				return Change{}, err
			}
		}
		c, err := s.loseRole(v, me, m, role)
		if err != nil {
			return Change{}, err
		}
		now.Role, m.Role = role, role
		c.Members = []Member{*m}
		c.Post = []Message{s.memberMessage(*m, actor, nil)}
		c.Audit = s.entry(ctx, ws, audit.MemberChanged, user, "role", string(role))
		return c, nil
	})
	return now, err
}

// RemoveMember takes a member out; anybody may take herself out. Whoever is not a member is out already.
func (s *Service) RemoveMember(ctx context.Context, actor, ws, user uuid.UUID) error {
	return s.changeMember(ctx, actor, ws, user, func(v View, me, m *Member) (Change, error) {
		if user != actor {
			if err := me.permit(ManageMembers); err != nil {
				return Change{}, err
			}
		}
		if m == nil {
			return Change{}, nil
		}
		c, err := s.loseRole(v, me, m, "")
		if err != nil {
			return Change{}, err
		}
		m.Role = ""
		c.Removed = []uuid.UUID{user}
		c.Post = []Message{s.memberMessage(*m, actor, nil)}
		c.Audit = s.entry(ctx, ws, audit.MemberRemoved, user)
		return c, nil
	})
}

// loseRole is the one place that decides whether a member may lose her role for another, or for none (""). Only owners
// unmake owners, and never the last one. Invitations are made with the authority of a role: they end with it, or
// somebody who was removed could come back through a link of her own.
func (s *Service) loseRole(v View, me, m *Member, next Role) (Change, error) {
	if m.Role == Owner {
		if err := me.permit(ManageOwners); err != nil {
			return Change{}, err
		}
		owners, err := v.CountMembers(Owner)
		if err != nil {
			return Change{}, err
		}
		if owners == 1 {
			return Change{}, fault.Conflict("last-owner", "A workspace needs an owner: make somebody else one first, or delete the workspace.")
		}
	}
	if !m.Role.may(Invite) || next.may(Invite) {
		return Change{}, nil
	}
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

// changeMember runs change on the actor's and the user's memberships as they are; the latter is nil if there is none.
func (s *Service) changeMember(ctx context.Context, actor, ws, user uuid.UUID, change func(v View, me, m *Member) (Change, error)) error {
	err := s.store.UpdateWorkspace(ctx, ws, func(v View) (Change, error) {
		_, me, err := present(v, actor)
		if err != nil {
			return Change{}, err
		}
		m, err := v.Member(user)
		if err != nil {
			return Change{}, err
		}
		return change(v, me, m)
	})
	s.directory.forgetMember(ws, user)
	if err != nil {
		return err
	}
	s.push(ctx, ws)
	return nil
}
