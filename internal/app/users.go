package app

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/driver/sqldb"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/mail"
	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/users"
)

func (a *App) openUsers(ctx context.Context) error {
	db, err := a.databases.get(ctx, a.Config.UsersDBURL, "users")
	if err != nil {
		return err
	}
	sender, err := a.sender()
	if err != nil {
		return err
	}
	limits := users.DefaultLimits()
	limits.Members, limits.Workspaces = a.Config.MaxMembers, a.Config.MaxWorkspaces
	limits.Projects, limits.Storage = a.Config.MaxProjects, a.Config.MaxStorage
	store := sqldb.NewUsersStore(db)
	a.auditLogs = append(a.auditLogs, store.Audit())
	a.users = users.New(users.Config{
		Store: store, Members: &a.followers, Projects: &a.followers, Holdings: &a.followers, Mailer: sender,
		PublicURL: a.Config.PublicURL, Limits: limits, Now: a.Now, Log: a.Log, Exclusive: db.Exclusive(),
	})
	return nil
}

// sender opens the mail driver once.
func (a *App) sender() (mail.Sender, error) {
	if a.mail == nil {
		var err error
		if a.mail, err = mail.Open(a.Config.MailURL, a.Config.MailFrom, a.Log); err != nil {
			return nil, err
		}
	}
	return a.mail, nil
}

// members tells tasks who is in a workspace. It is made before tasks is, for users is opened first.
type members struct{ tasks *tasks.Service }

// SetMember takes over a change of a member.
func (m *members) SetMember(ctx context.Context, c users.MemberChange) error {
	grants := make([]tasks.Grant, 0, len(c.Projects))
	for _, g := range c.Projects {
		grants = append(grants, tasks.Grant{Project: g.Project, User: c.User, Role: g.Role})
	}
	return m.tasks.SetMember(ctx, c.Workspace, tasks.MemberChange{
		User: c.User, Name: c.Name, Role: string(c.Role), Removed: c.Role == "", Grants: grants,
	}, tasks.Actor{Type: tasks.ActorUser, ID: c.By})
}

// MissingProjects gives those of ids that are no projects of the workspace.
func (m *members) MissingProjects(ctx context.Context, ws uuid.UUID, ids []uuid.UUID) ([]uuid.UUID, error) {
	return m.tasks.MissingProjects(ctx, ws, ids)
}

// Held gives what a workspace has in tasks.
func (m *members) Held(ctx context.Context, ws uuid.UUID) (users.Held, error) {
	projects, err := m.tasks.CountProjects(ctx, ws)
	if err != nil {
		return users.Held{}, err
	}
	storage, err := m.tasks.Storage(ctx, ws)
	return users.Held{Projects: projects, Storage: storage}, err
}

// directory answers what tasks asks about people.
type directory struct{ users *users.Service }

// Role gives a member's role, fault.NotFound for strangers.
func (d directory) Role(ctx context.Context, ws, user uuid.UUID) (string, error) {
	m, err := d.users.Member(ctx, ws, user)
	return string(m.Role), err
}

// people answers what auth asks about people.
type people struct{ users *users.Service }

// CreatePerson makes the person that an account belongs to.
func (p people) CreatePerson(ctx context.Context, id uuid.UUID, email, name string) (uuid.UUID, error) {
	_, home, err := p.users.CreatePerson(ctx, users.NewPerson{ID: id, Email: email, Name: name})
	return home.ID, err
}

// MayLeave refuses a person on whom others depend.
func (p people) MayLeave(ctx context.Context, id uuid.UUID) error { return p.users.MayLeave(ctx, id) }

// Invited gives the address that an open invitation was made out to.
func (p people) Invited(ctx context.Context, invitation string) (string, error) {
	preview, err := p.users.PreviewInvitation(ctx, invitation)
	if errors.Is(err, fault.NotFound()) {
		return "", fault.Forbidden("This invitation does not exist, or is not open any more.")
	}
	return preview.Email, err
}
