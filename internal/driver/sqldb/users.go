package sqldb

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/users"
)

// UsersStore keeps the users domain. Its tables are those of the migrations "users".
type UsersStore struct {
	db *DB
}

var _ users.Store = (*UsersStore)(nil)

// NewUsersStore gives the store in db.
func NewUsersStore(db *DB) *UsersStore { return &UsersStore{db: db} }

// usersView is the state that one transaction sees; in an update it is also where the change is written.
type usersView struct {
	tx *Tx
	ws uuid.UUID // of a View
	id uuid.UUID // of a PersonView
}

// UpdatePerson implements users.People: the writer runs alone, so once is enough.
func (s *UsersStore) UpdatePerson(ctx context.Context, id uuid.UUID, change func(users.PersonView) (users.PersonChange, error)) error {
	return s.db.Write(ctx, func(tx *Tx) error {
		c, err := change(personView{usersView{tx: tx, id: id}})
		if err != nil {
			return err
		}
		if c.Person != nil {
			if err := putPerson(tx, c.Person); err != nil {
				return err
			}
		}
		return post(tx, c.Post)
	})
}

// UpdateWorkspace implements users.Workspaces: the writer runs alone, so once is enough.
func (s *UsersStore) UpdateWorkspace(ctx context.Context, ws uuid.UUID, change func(users.View) (users.Change, error)) error {
	return s.db.Write(ctx, func(tx *Tx) error {
		c, err := change(usersView{tx: tx, ws: ws})
		if err != nil {
			return err
		}
		return putChange(tx, ws, c)
	})
}

func putChange(tx *Tx, ws uuid.UUID, c users.Change) error {
	if c.Workspace != nil {
		if err := putWorkspace(tx, c.Workspace); err != nil {
			return err
		}
	}
	for _, m := range c.Members {
		if err := putMember(tx, m); err != nil {
			return err
		}
	}
	for _, user := range c.Removed {
		if _, err := tx.Exec(`DELETE FROM users_members WHERE workspace = $1 AND person = $2`, ws[:], user[:]); err != nil {
			return fmt.Errorf("remove a member: %w", err)
		}
	}
	for _, i := range c.Invitations {
		if err := putInvitation(tx, i); err != nil {
			return err
		}
	}
	for _, t := range c.Tokens {
		if _, err := tx.Exec(`INSERT INTO users_invitation_tokens (hash, workspace, invitation, mailed) VALUES ($1, $2, $3, $4)`,
			t.Hash, t.Workspace[:], t.Invitation[:], flag(t.Mailed)); err != nil {
			return fmt.Errorf("write a token: %w", err)
		}
	}
	if a := c.Accepted; a != nil {
		if _, err := tx.Exec(`INSERT INTO users_acceptances (workspace, invitation, person, accepted_at) VALUES ($1, $2, $3, $4)`,
			ws[:], a.Invitation[:], a.User[:], stamp(a.At)); err != nil {
			return fmt.Errorf("write an acceptance: %w", err)
		}
	}
	if err := writeAudit(tx, "users", c.Audit); err != nil {
		return err
	}
	return post(tx, c.Post)
}
