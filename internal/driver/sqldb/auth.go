package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/fault"
)

// AuthStore keeps accounts: one row each, and rows for what hangs on it. It implements auth.Store.
type AuthStore struct{ db *DB }

// NewAuthStore gives the store in db, whose tables of "auth" are up to date.
func NewAuthStore(db *DB) *AuthStore { return &AuthStore{db: db} }

// Create implements auth.Accounts.
func (s *AuthStore) Create(ctx context.Context, a auth.Account, claim func(*auth.Instance) error) error {
	return s.db.Write(ctx, func(tx *Tx) error {
		if claim != nil {
			if err := updateInstance(tx, claim); err != nil {
				return err
			}
		}
		old, err := one(tx, scanID, `SELECT id FROM auth_accounts WHERE id = $1
			UNION ALL SELECT id FROM auth_departures WHERE id = $1`, a.ID[:])
		if err != nil {
			return err
		}
		if old != nil {
			return auth.ErrIDTaken
		}
		_, err = tx.Exec(`INSERT INTO auth_accounts (id, email, password, name, verified, disabled, admin, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			a.ID[:], a.Email, a.Password, a.Name, number(a.Verified), number(a.Disabled), number(a.Admin), stamp(a.CreatedAt))
		if IsUnique(err) {
			return auth.ErrEmailTaken
		}
		if err != nil {
			return err
		}
		if err := saveParts(tx, a.ID, &auth.Account{}, &a); err != nil {
			return err
		}
		return writeAudit(tx, "auth", a.Audit)
	})
}

const accountColumns = `id, email, password, name, verified, disabled, admin, created_at`

func scanAccount(row scanner) (a auth.Account, err error) {
	var created int64
	err = row.Scan(rawID{&a.ID}, &a.Email, &a.Password, &a.Name, &a.Verified, &a.Disabled, &a.Admin, &created)
	a.CreatedAt = clock(created)
	return a, err
}

// loadAccount gives an account with all that hangs on it.
func loadAccount(tx *Tx, where string, key any) (auth.Account, error) {
	a, err := scanAccount(tx.QueryRow(`SELECT `+accountColumns+` FROM auth_accounts WHERE `+where, key))
	if errors.Is(err, sql.ErrNoRows) {
		return a, fault.NotFound()
	}
	if err != nil {
		return a, err
	}
	return a, loadParts(tx, &a)
}

// Account implements auth.Accounts.
func (s *AuthStore) Account(ctx context.Context, id uuid.UUID) (a auth.Account, err error) {
	err = s.db.Read(ctx, func(tx *Tx) error {
		a, err = loadAccount(tx, `id = $1`, id[:])
		return err
	})
	return a, err
}

// AccountByEmail implements auth.Accounts.
func (s *AuthStore) AccountByEmail(ctx context.Context, email string) (a auth.Account, err error) {
	err = s.db.Read(ctx, func(tx *Tx) error {
		a, err = loadAccount(tx, `email = $1`, email)
		return err
	})
	return a, err
}

// List implements auth.Accounts.
func (s *AuthStore) List(ctx context.Context, after uuid.UUID, limit int) (list []auth.Account, err error) {
	err = s.db.Read(ctx, func(tx *Tx) error {
		list, err = all(tx, scanAccount,
			`SELECT `+accountColumns+` FROM auth_accounts WHERE id > $1 ORDER BY id LIMIT $2`, after[:], limit)
		return err
	})
	return list, err
}

// Update implements auth.Accounts. The one writer is what keeps others away meanwhile. Signing in is such a
// change, and so it is made while the disk is almost full too.
func (s *AuthStore) Update(ctx context.Context, id uuid.UUID, change func(*auth.Account) error) error {
	return s.UpdateAmong(ctx, id, func(a *auth.Account, _ func() (int, error)) error { return change(a) })
}

// UpdateAmong implements auth.Accounts.
func (s *AuthStore) UpdateAmong(ctx context.Context, id uuid.UUID, change func(*auth.Account, func() (int, error)) error) error {
	return s.db.WriteAnyway(ctx, func(tx *Tx) error {
		old, err := loadAccount(tx, `id = $1`, id[:])
		if err != nil {
			return err
		}
		a := copyAccount(old)
		if err := change(&a, otherAdmins(tx, id)); err != nil {
			return err
		}
		if a.Email != old.Email || a.Password != old.Password || a.Name != old.Name || a.Verified != old.Verified ||
			a.Disabled != old.Disabled || a.Admin != old.Admin {
			_, err := tx.Exec(`UPDATE auth_accounts SET email = $2, password = $3, name = $4, verified = $5, disabled = $6, admin = $7
				WHERE id = $1`,
				id[:], a.Email, a.Password, a.Name, number(a.Verified), number(a.Disabled), number(a.Admin))
			if IsUnique(err) {
				return auth.ErrEmailTaken
			}
			if err != nil {
				return err
			}
		}
		if err := saveParts(tx, id, &old, &a); err != nil {
			return err
		}
		return writeAudit(tx, "auth", a.Audit)
	})
}

// SessionGrant implements auth.Grants.
func (s *AuthStore) SessionGrant(ctx context.Context, account, session uuid.UUID) (auth.Grant, error) {
	return s.grant(ctx, func(row scanner) (g auth.Grant, err error) {
		var expires int64
		err = row.Scan(&g.Admin, &g.Disabled, &expires)
		g.ExpiresAt = clock(expires)
		return g, err
	}, `SELECT a.admin, a.disabled, s.expires_at FROM auth_sessions s JOIN auth_accounts a ON a.id = s.account
		WHERE s.account = $1 AND s.id = $2`, account, session)
}

// TokenGrant implements auth.Grants.
func (s *AuthStore) TokenGrant(ctx context.Context, account, token uuid.UUID) (auth.Grant, error) {
	return s.grant(ctx, func(row scanner) (g auth.Grant, err error) {
		var expires, used int64
		err = row.Scan(&g.Admin, &g.Disabled, &g.Digest, jsonText{&g.Scopes}, jsonText{&g.Workspaces}, &expires, &used)
		g.ExpiresAt, g.UsedAt = clock(expires), clock(used)
		return g, err
	}, `SELECT a.admin, a.disabled, t.digest, t.scopes, t.workspaces, t.expires_at, t.used_at
		FROM auth_tokens t JOIN auth_accounts a ON a.id = t.account WHERE t.account = $1 AND t.id = $2`, account, token)
}

func (s *AuthStore) grant(ctx context.Context, scan func(scanner) (auth.Grant, error), query string, account, id uuid.UUID) (auth.Grant, error) {
	var g *auth.Grant
	err := s.db.Read(ctx, func(tx *Tx) (err error) {
		g, err = one(tx, scan, query, account[:], id[:])
		return err
	})
	switch {
	case err != nil:
		return auth.Grant{}, err
	case g == nil:
		return auth.Grant{}, fault.NotFound()
	}
	return *g, nil
}

// LeaseMail implements auth.Outbox. It looks before it writes: mostly there is nothing.
func (s *AuthStore) LeaseMail(ctx context.Context, now, until time.Time, limit int) (mails []auth.Mail, err error) {
	const due = `SELECT ` + mailColumns + ` FROM auth_mails WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2`
	find := func(tx *Tx) error {
		mails, err = all(tx, scanMail, due, stamp(now), limit)
		return err
	}
	if err := s.db.Read(ctx, find); err != nil || len(mails) == 0 {
		return nil, err
	}
	err = s.db.Write(ctx, func(tx *Tx) error {
		if err := find(tx); err != nil {
			return err
		}
		for i := range mails {
			m := &mails[i]
			m.DueAt = until
			m.Attempts++
			if _, err := tx.Exec(`UPDATE auth_mails SET due_at = $3, attempts = $4 WHERE account = $1 AND id = $2`,
				m.Account[:], m.ID[:], stamp(m.DueAt), m.Attempts); err != nil {
				return err
			}
		}
		return nil
	})
	return mails, err
}
