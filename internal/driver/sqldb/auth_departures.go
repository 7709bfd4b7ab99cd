package sqldb

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/auth"
)

// Audit implements auth.Store.
func (s *AuthStore) Audit() audit.Log { return NewAuditLog(s.db, "auth") }

// otherAdmins counts the administrators who are let in, save one.
func otherAdmins(tx *Tx, id uuid.UUID) func() (int, error) {
	return func() (int, error) {
		return scanCount(tx.QueryRow(`SELECT count(*) FROM auth_accounts WHERE admin = 1 AND disabled = 0 AND id <> $1`, id[:]))
	}
}

// Depart implements auth.Departures.
func (s *AuthStore) Depart(
	ctx context.Context, id uuid.UUID, at time.Time, e audit.Entry, admit func(*auth.Account, func() (int, error)) error,
) error {
	return s.db.Write(ctx, func(tx *Tx) error {
		a, err := loadAccount(tx, `id = $1`, id[:])
		if err != nil {
			return err
		}
		if err := admit(&a, otherAdmins(tx, id)); err != nil {
			return err
		}
		if _, err := tx.Exec(`DELETE FROM auth_accounts WHERE id = $1`, id[:]); err != nil {
			return err
		}
		if _, err := tx.Exec(`INSERT INTO auth_departures (id, at, done_at, progress) VALUES ($1, $2, 0, '')`, id[:], stamp(at)); err != nil {
			return err
		}
		return writeAudit(tx, "auth", []audit.Entry{e})
	})
}

// Departures implements auth.Departures.
func (s *AuthStore) Departures(ctx context.Context, limit int) ([]auth.Departure, error) {
	return read(ctx, s.db, func(tx *Tx) ([]auth.Departure, error) {
		return all(tx, func(row scanner) (d auth.Departure, err error) {
			var at, done int64
			err = row.Scan(rawID{&d.ID}, &at, &done, &d.Progress)
			d.At, d.DoneAt = clock(at), clock(done)
			return d, err
		}, `SELECT id, at, done_at, progress FROM auth_departures WHERE done_at = 0 ORDER BY at, id LIMIT $1`, limit)
	})
}

// KeepDeparture implements auth.Departures.
func (s *AuthStore) KeepDeparture(ctx context.Context, d auth.Departure) error {
	return s.db.Write(ctx, func(tx *Tx) error {
		_, err := tx.Exec(`UPDATE auth_departures SET done_at = $2, progress = $3 WHERE id = $1`, d.ID[:], stamp(d.DoneAt), d.Progress)
		return err
	})
}

// Search implements auth.Accounts.
func (s *AuthStore) Search(ctx context.Context, q auth.Search) ([]auth.Account, error) {
	where := []string{`id > $1`}
	args := []any{q.After[:]}
	add := func(condition string, arg any) {
		args = append(args, arg)
		where = append(where, fmt.Sprintf(condition, len(args)))
	}
	if q.Text != "" {
		add(`instr(email, $%d) > 0`, q.Text)
	}
	if q.Admin != nil {
		add(`admin = $%d`, number(*q.Admin))
	}
	if q.Disabled != nil {
		add(`disabled = $%d`, number(*q.Disabled))
	}
	args = append(args, q.Limit)
	query := `SELECT ` + accountColumns + ` FROM auth_accounts WHERE ` + strings.Join(where, ` AND `) + fmt.Sprintf(` ORDER BY id LIMIT $%d`, len(args))
	return read(ctx, s.db, func(tx *Tx) ([]auth.Account, error) { return all(tx, scanAccount, query, args...) })
}
