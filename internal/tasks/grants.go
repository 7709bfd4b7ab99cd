package tasks

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

func grantID(project, user uuid.UUID) uuid.UUID { return uuid.NewSHA1(project, user[:]) }

// grant gives a user a role in a project, or with "" takes it away.
func (d *draft) grant(g Grant) error {
	id := grantID(g.Project, g.User)
	old, err := d.row(KindGrant, id)
	if err != nil {
		return err
	}
	had := ""
	if old != nil && old.Deleted == 0 {
		o, err := decode[Grant](old.Doc)
		if err != nil {
			return err
		}
		had = o.Role
	}
	if had == g.Role {
		return nil
	}
	role := d.roleOf(g.User)
	sawBefore := role != "" && d.frame.of(g.User, role).Sees(g.Project)
	g.Version = d.next()
	r := &Row{Scope: g.Project, Other: g.User}
	e := event{kind: KindGrant, typ: "grant.updated", id: id, project: g.Project, changed: []string{"role"}}
	if g.Role == "" {
		r.Deleted = d.now
		e.typ = "grant.deleted"
	}
	ch, err := d.put(e, r, g)
	if err != nil {
		return err
	}
	ch.Event.Access = true
	ch.Audit = d.audited(audit.GrantChanged, g.User, "project", g.Project.String(), "role", g.Role, "was", had)
	d.frame = d.frame.granting(g)
	d.access = d.frame.of(d.access.User, d.access.Role)
	seesNow := role != "" && d.frame.of(g.User, role).Sees(g.Project)
	if _, made := d.rows[rowKey{KindProject, g.Project}]; sawBefore == seesNow || made { // who makes one knows
		return nil
	}
	told := event{kind: KindProject, typ: "access.granted", id: g.Project}
	if !seesNow {
		told.typ = "access.revoked"
	}
	ch = d.add(told, nil)
	ch.Event.Only, ch.Event.Access = g.User, true
	return nil
}

// roleOf is a member's role in the workspace as the history knows it, "" for strangers.
func (d *draft) roleOf(user uuid.UUID) string {
	if user == d.access.User {
		return d.access.Role
	}
	m, err := load[Member](d, KindMember, user)
	if err != nil || m == nil || m.Removed {
		return ""
	}
	return m.Role
}

// granting is the frame as it is once a grant has changed.
func (f *frame) granting(g Grant) *frame {
	out := &frame{
		epoch: f.epoch, access: -1, members: map[member]*Access{}, projects: f.projects, order: f.order, statuses: f.statuses,
		grants: make(map[uuid.UUID]map[uuid.UUID]string, len(f.grants)+1),
	}
	for p, users := range f.grants {
		out.grants[p] = users
	}
	users := make(map[uuid.UUID]string, len(f.grants[g.Project])+1)
	for u, role := range f.grants[g.Project] {
		users[u] = role
	}
	if delete(users, g.User); g.Role != "" {
		users[g.User] = g.Role
	}
	out.grants[g.Project] = users
	return out
}

// ProjectMembers lists who was granted a role in a project.
func (s *Service) ProjectMembers(ctx context.Context, c Caller, ws, project uuid.UUID, page PageOf) (Page, error) {
	return s.listRows(ctx, c, ws, page, func(_ View, a *Access) (RowQuery, error) {
		return RowQuery{Kind: KindGrant, Scope: project}, a.Can(ReadProject, project)
	})
}

// SetProjectMember gives a member of the workspace a role in a project.
func (s *Service) SetProjectMember(ctx context.Context, c Caller, ws, project, user uuid.UUID, role string) (Written, error) {
	return s.writeRow(ctx, c, ws, func(d *draft) (*Row, bool, error) {
		if _, _, err := d.findProject(project, GrantProject); err != nil {
			return nil, false, err
		}
		if projectRank(role) == 0 {
			return nil, false, fault.InvalidField("role", "must be admin, editor, commenter or viewer")
		}
		if d.roleOf(user) == "" {
			return nil, false, fault.NotFound()
		}
		if len(d.frame.grants[project]) >= maxGrants {
			return nil, false, fault.Quota("This project has as many members as it may have.")
		}
		if err := d.grant(Grant{Project: project, User: user, Role: role}); err != nil {
			return nil, false, err
		}
		r, err := d.row(KindGrant, grantID(project, user))
		return r, false, err
	})
}

// RemoveProjectMember takes a role in a project away. Everyone may give up her own.
func (s *Service) RemoveProjectMember(ctx context.Context, c Caller, ws, project, user uuid.UUID) (Head, error) {
	return s.update(ctx, c, ws, func(d *draft) error {
		action := GrantProject
		if user == d.caller.User {
			action = ReadProject
		}
		if _, _, err := d.findProject(project, action); err != nil {
			return err
		}
		return d.grant(Grant{Project: project, User: user})
	})
}

// MemberChange is what users tells of a membership.
type MemberChange struct {
	User    uuid.UUID
	Name    string
	Role    string // "" when she has left
	Grants  []Grant
	Removed bool
}

// SetMember takes over what users says of a member, and the grants that came with her invitation. It may be called
// again with the same change: nothing happens then. Grants to projects that are gone are passed over.
func (s *Service) SetMember(ctx context.Context, ws uuid.UUID, m MemberChange, by Actor) error {
	c := Caller{User: m.User, Actor: by}
	_, err := s.updateAs(ctx, c, ws, m.Role, func(d *draft) error {
		old, err := load[Member](d, KindMember, m.User)
		if err != nil {
			return err
		}
		now := Member{ID: m.User, Name: m.Name, Role: m.Role, Removed: m.Removed}
		if m.Removed && old != nil {
			now.Role = old.Role
		}
		if old == nil || old.Name != now.Name || old.Role != now.Role || old.Removed != now.Removed {
			if err := d.saveMember(now, old); err != nil {
				return err
			}
		}
		if m.Removed {
			return d.dropGrants(m.User)
		}
		for _, g := range m.Grants {
			g.User = m.User
			if d.frame.projects[g.Project] == nil || projectRank(g.Role) == 0 {
				continue
			}
			if projectRank(d.frame.grants[g.Project][m.User]) >= projectRank(g.Role) {
				continue
			}
			if err := d.grant(g); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

func (d *draft) saveMember(now Member, old *Member) error {
	now.Version = d.next()
	e := event{kind: KindMember, typ: "member.updated", id: now.ID}
	r := &Row{Sort: titleKey(now.Name)}
	ch, err := d.put(e, r, now)
	if err != nil {
		return err
	}
	ch.Event.Access = true
	if old == nil || old.Role == now.Role && old.Removed == now.Removed {
		return nil
	}
	typ := "access.granted" // her role is another: what she sees may be more or less
	if now.Removed {
		typ = "access.revoked"
	}
	ch = d.add(event{kind: KindMember, typ: typ, id: now.ID}, nil)
	ch.Event.Only = now.ID
	return nil
}

// dropGrants takes all of a user's roles in projects away.
func (d *draft) dropGrants(user uuid.UUID) error {
	rows, err := d.view.List(RowQuery{Kind: KindGrant, Other: user})
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := d.grant(Grant{Project: r.Scope, User: user}); err != nil {
			return err
		}
	}
	return nil
}
