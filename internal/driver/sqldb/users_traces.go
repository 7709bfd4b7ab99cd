package sqldb

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/users"
)

// Audit implements users.Store.
func (s *UsersStore) Audit() audit.Log { return NewAuditLog(s.db, "users") }

// TracesOf implements users.Traces.
func (s *UsersStore) TracesOf(ctx context.Context, user uuid.UUID, limit int) ([]uuid.UUID, error) {
	return read(ctx, s.db, func(tx *Tx) ([]uuid.UUID, error) {
		return all(tx, scanID, `SELECT workspace FROM users_members WHERE person = $1 ORDER BY workspace LIMIT $2`, user[:], limit)
	})
}

// ForgetAddress implements users.Traces.
func (s *UsersStore) ForgetAddress(ctx context.Context, email string, limit int) (n int, err error) {
	err = s.db.Write(ctx, func(tx *Tx) error {
		n = 0
		if email == "" {
			return nil
		}
		hers, err := all(tx, scanInvitation, `SELECT `+invitationColumns+` FROM users_invitations i
			WHERE i.email = $1 AND i.email <> '' LIMIT $2`, email, limit)
		if err != nil {
			return err
		}
		for _, i := range hers {
			if err := dropInvitation(tx, i); err != nil {
				return err
			}
		}
		n = len(hers)
		return nil
	})
	return n, err
}

// AllWorkspaces implements users.Traces.
func (s *UsersStore) AllWorkspaces(ctx context.Context, after uuid.UUID, limit int) ([]users.Overview, error) {
	return read(ctx, s.db, func(tx *Tx) ([]users.Overview, error) {
		live, err := all(tx, scanWorkspace, `SELECT `+workspaceColumns+` FROM users_workspaces w
			WHERE w.deleted_at = 0 AND w.id > $1 ORDER BY w.id LIMIT $2`, after[:], limit)
		if err != nil {
			return nil, err
		}
		out := make([]users.Overview, len(live))
		for i, w := range live {
			out[i].Workspace = w
			if out[i].Members, err = (usersView{tx: tx, ws: w.ID}).CountMembers(); err != nil {
				return nil, err
			}
			if out[i].Owners, err = all(tx, scanMember, `SELECT `+memberColumns+` FROM users_members m JOIN users_people p ON p.id = m.person
				WHERE m.workspace = $1 AND m.role = $2 LIMIT 20`, w.ID[:], string(users.Owner)); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}
