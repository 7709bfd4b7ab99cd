package sqldb

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/users"
)

// DeletedWorkspaces implements users.Traces.
func (s *UsersStore) DeletedWorkspaces(ctx context.Context, before time.Time, limit int) ([]uuid.UUID, error) {
	return read(ctx, s.db, func(tx *Tx) ([]uuid.UUID, error) {
		return all(tx, scanID, `SELECT id FROM users_workspaces
			WHERE deleted_at > 0 AND erased_at = 0 AND deleted_at < $1 ORDER BY deleted_at LIMIT $2`, stamp(before), limit)
	})
}

// EmptyWorkspace implements users.Traces.
func (s *UsersStore) EmptyWorkspace(ctx context.Context, ws uuid.UUID, now time.Time, limit int) (more bool, err error) {
	err = s.db.Write(ctx, func(tx *Tx) error {
		w, err := workspaceByID(tx, ws)
		if err != nil {
			return err
		}
		if w.Live() {
			return users.ErrLive
		}
		held, err := one(tx, scanNumber, `SELECT leased_until FROM users_lanes WHERE kind = $1 AND id = $2`, string(users.LaneMembers), ws[:])
		if err != nil {
			return err
		}
		if held != nil && *held > stamp(now) {
			return users.ErrLeased
		}
		more, err = emptyWorkspace(tx, ws, limit)
		return err
	})
	return more, err
}

// emptyWorkspace removes the members first: as long as there is one, there may be something new to tell of her.
func emptyWorkspace(tx *Tx, ws uuid.UUID, limit int) (more bool, err error) {
	n, err := tx.Exec(`DELETE FROM users_members WHERE workspace = $1 AND person IN
		(SELECT person FROM users_members WHERE workspace = $1 LIMIT $2)`, ws[:], limit)
	if err != nil || n == limit {
		return n == limit, err
	}
	invitations, err := all(tx, scanInvitation, `SELECT `+invitationColumns+` FROM users_invitations i WHERE i.workspace = $1 LIMIT $2`, ws[:], limit)
	if err != nil {
		return false, err
	}
	for _, i := range invitations {
		if err := dropInvitation(tx, i); err != nil {
			return false, err
		}
	}
	if len(invitations) == limit {
		return true, nil
	}
	n, err = tx.Exec(`DELETE FROM users_outbox WHERE kind = $1 AND lane = $2 AND number IN
		(SELECT number FROM users_outbox WHERE kind = $1 AND lane = $2 LIMIT $3)`, string(users.LaneMembers), ws[:], limit)
	if err != nil || n == limit {
		return n == limit, err
	}
	_, err = tx.Exec(`DELETE FROM users_lanes WHERE kind = $1 AND id = $2`, string(users.LaneMembers), ws[:])
	return false, err
}
