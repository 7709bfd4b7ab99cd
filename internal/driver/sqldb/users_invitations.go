package sqldb

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/users"
)

const invitationColumns = `i.workspace, i.id, i.email, i.role, i.projects, i.max_uses, i.uses, i.mail, i.created_by, i.created_at, i.expires_at, i.closed_at, i.origin`

func scanInvitation(row scanner) (users.Invitation, error) {
	var i users.Invitation
	var projects []byte
	var created, expires, closed int64
	err := row.Scan(rawID{&i.Workspace}, rawID{&i.ID}, &i.Email, &i.Role, &projects, &i.MaxUses, &i.Uses, &i.Mail,
		rawID{&i.CreatedBy}, &created, &expires, &closed, &i.Origin)
	if err != nil {
		return i, err
	}
	i.CreatedAt, i.ExpiresAt, i.ClosedAt = clock(created), clock(expires), clock(closed)
	if err := json.Unmarshal(projects, &i.Projects); err != nil {
		return i, fmt.Errorf("read an invitation's projects: %w", err)
	}
	return i, nil
}

func putInvitation(tx *Tx, i users.Invitation) error {
	projects, err := json.Marshal(i.Projects)
	if err != nil {
		return fmt.Errorf("write an invitation's projects: %w", err)
	}
	_, err = tx.Exec(`INSERT INTO users_invitations (workspace, id, email, role, projects, max_uses, uses, mail, created_by, created_at, expires_at, closed_at, origin)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (workspace, id) DO UPDATE SET uses = excluded.uses, mail = excluded.mail, closed_at = excluded.closed_at`,
		i.Workspace[:], i.ID[:], i.Email, string(i.Role), string(projects), i.MaxUses, i.Uses, string(i.Mail),
		i.CreatedBy[:], stamp(i.CreatedAt), stamp(i.ExpiresAt), stamp(i.ClosedAt), i.Origin)
	if err != nil {
		return fmt.Errorf("write an invitation: %w", err)
	}
	return nil
}

func invitationByID(tx *Tx, ws, id uuid.UUID) (*users.Invitation, error) {
	return one(tx, scanInvitation, `SELECT `+invitationColumns+` FROM users_invitations i WHERE i.workspace = $1 AND i.id = $2`, ws[:], id[:])
}

// Invitations implements users.Invitations.
func (s *UsersStore) Invitations(ctx context.Context, ws, after uuid.UUID, limit int) ([]users.Invitation, error) {
	return read(ctx, s.db, func(tx *Tx) ([]users.Invitation, error) {
		return all(tx, scanInvitation, `SELECT `+invitationColumns+` FROM users_invitations i
			WHERE i.workspace = $1 AND i.closed_at = 0 AND i.id > $2 ORDER BY i.id LIMIT $3`, ws[:], after[:], limit)
	})
}

// InvitationByToken implements users.Invitations.
func (s *UsersStore) InvitationByToken(ctx context.Context, hash []byte) (inv *users.Invitation, token *users.Token, err error) {
	err = s.db.Read(ctx, func(tx *Tx) error {
		token, err = one(tx, scanToken, `SELECT hash, workspace, invitation, mailed FROM users_invitation_tokens WHERE hash = $1`, hash)
		if err != nil || token == nil {
			return err
		}
		inv, err = invitationByID(tx, token.Workspace, token.Invitation)
		return err
	})
	return inv, token, err
}

func scanToken(row scanner) (t users.Token, err error) {
	err = row.Scan(&t.Hash, rawID{&t.Workspace}, rawID{&t.Invitation}, &t.Mailed)
	return t, err
}

// SweepInvitations implements users.Invitations.
func (s *UsersStore) SweepInvitations(ctx context.Context, before time.Time, limit int) (n int, err error) {
	err = s.db.Write(ctx, func(tx *Tx) error {
		old, err := all(tx, scanInvitation, `SELECT `+invitationColumns+` FROM users_invitations i
			WHERE i.expires_at < $1 ORDER BY i.expires_at LIMIT $2`, stamp(before), limit)
		if err != nil {
			return err
		}
		n = len(old)
		for _, i := range old {
			if err := dropInvitation(tx, i); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// dropInvitation removes an invitation with all that belongs to it.
func dropInvitation(tx *Tx, i users.Invitation) error {
	for _, table := range []string{"users_invitation_tokens", "users_acceptances"} {
		if _, err := tx.Exec(`DELETE FROM `+table+` WHERE workspace = $1 AND invitation = $2`, i.Workspace[:], i.ID[:]); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(`DELETE FROM users_outbox WHERE kind = $1 AND lane = $2`, string(users.LaneMail), i.ID[:]); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM users_lanes WHERE kind = $1 AND id = $2`, string(users.LaneMail), i.ID[:]); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM users_invitations WHERE workspace = $1 AND id = $2`, i.Workspace[:], i.ID[:]); err != nil {
		return err
	}
	return nil
}

func (v usersView) Invitation(id uuid.UUID) (*users.Invitation, error) {
	return invitationByID(v.tx, v.ws, id)
}

func (v usersView) UnclosedInvitations() ([]users.Invitation, error) {
	return all(v.tx, scanInvitation, `SELECT `+invitationColumns+` FROM users_invitations i
		WHERE i.workspace = $1 AND i.closed_at = 0 ORDER BY i.id`, v.ws[:])
}

func (v usersView) CountInvited(since time.Time) (int, error) {
	return scanCount(v.tx.QueryRow(`SELECT count(*) FROM users_invitations WHERE workspace = $1 AND created_at >= $2`, v.ws[:], stamp(since)))
}

func (v usersView) Accepted(invitation, user uuid.UUID) (bool, error) {
	n, err := scanCount(v.tx.QueryRow(`SELECT count(*) FROM users_acceptances WHERE workspace = $1 AND invitation = $2 AND person = $3`,
		v.ws[:], invitation[:], user[:]))
	return n > 0, err
}
