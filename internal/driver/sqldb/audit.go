package sqldb

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
)

// AuditLog is the audit entries of one domain, in a table of its own in that domain's database.
type AuditLog struct {
	db    *DB
	table string
}

var _ audit.Log = (*AuditLog)(nil)

// NewAuditLog gives the log of a domain ("auth", "users", "tasks") whose tables are up to date in db.
func NewAuditLog(db *DB, domain string) *AuditLog { return &AuditLog{db, domain + "_audit"} }

// writeAudit adds entries to a domain's log in the transaction of what they tell of.
func writeAudit(tx *Tx, domain string, entries []audit.Entry) error {
	for _, e := range entries {
		detail := any("")
		if len(e.Detail) > 0 {
			detail = jsonText{e.Detail}
		}
		if _, err := tx.Exec(`INSERT INTO `+domain+`_audit (id, at, action, by, actor, subject, workspace, address, agent, request, detail)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			e.ID[:], stamp(e.At), e.Action, e.By, nullID(e.Actor), nullID(e.Subject), nullID(e.Workspace), e.Address, e.Agent, e.Request, detail,
		); err != nil {
			return fmt.Errorf("write an audit entry: %w", err)
		}
	}
	return nil
}

// Record implements audit.Log.
func (l *AuditLog) Record(ctx context.Context, entries ...audit.Entry) error {
	return l.db.Write(ctx, func(tx *Tx) error { return writeAudit(tx, strings.TrimSuffix(l.table, "_audit"), entries) })
}

func scanAudit(row scanner) (e audit.Entry, err error) {
	var at int64
	var detail string
	err = row.Scan(rawID{&e.ID}, &at, &e.Action, &e.By, (*id)(&e.Actor), (*id)(&e.Subject), (*id)(&e.Workspace),
		&e.Address, &e.Agent, &e.Request, &detail)
	e.At = clock(at)
	if err == nil && detail != "" {
		err = jsonText{&e.Detail}.Scan(detail)
	}
	return e, err
}

// Entries implements audit.Log.
func (l *AuditLog) Entries(ctx context.Context, q audit.Query) ([]audit.Entry, error) {
	where := []string{`id > $1`}
	args := []any{uuid.Nil[:]}
	add := func(condition string, arg any) {
		args = append(args, arg)
		where = append(where, fmt.Sprintf(condition, len(args)))
	}
	for _, c := range []struct {
		column string
		id     uuid.UUID
	}{{"actor", q.Actor}, {"subject", q.Subject}, {"workspace", q.Workspace}} {
		if c.id != uuid.Nil {
			add(c.column+` = $%d`, c.id[:])
		}
	}
	if q.Action != "" {
		add(`action = $%d`, q.Action)
	}
	if !q.Since.IsZero() {
		from := audit.FirstID(q.Since)
		add(`id >= $%d`, from[:])
	}
	if !q.Until.IsZero() {
		to := audit.FirstID(q.Until)
		add(`id < $%d`, to[:])
	}
	if q.Before != uuid.Nil {
		add(`id < $%d`, q.Before[:])
	}
	query := `SELECT id, at, action, by, actor, subject, workspace, address, agent, request, detail FROM ` + l.table +
		` WHERE ` + strings.Join(where, ` AND `)
	args = append(args, q.Limit)
	query += fmt.Sprintf(` ORDER BY id DESC LIMIT $%d`, len(args))
	return read(ctx, l.db, func(tx *Tx) ([]audit.Entry, error) { return all(tx, scanAudit, query, args...) })
}

// Trim implements audit.Log.
func (l *AuditLog) Trim(ctx context.Context, before time.Time, limit int) (n int, err error) {
	type line struct {
		id uuid.UUID
		at int64
	}
	oldest := func(tx *Tx) ([]line, error) {
		return all(tx, func(row scanner) (o line, err error) {
			err = row.Scan(rawID{&o.id}, &o.at)
			return o, err
		}, `SELECT id, at FROM `+l.table+` WHERE id > $1 ORDER BY id LIMIT $2`, uuid.Nil[:], limit)
	}
	first, err := read(ctx, l.db, oldest)
	if err != nil || len(first) == 0 || first[0].at >= stamp(before) {
		return 0, err
	}
	err = l.db.Write(ctx, func(tx *Tx) error {
		n = 0
		lines, err := oldest(tx)
		if err != nil {
			return err
		}
		for _, o := range lines { // one by one: the oldest is all that may go
			if o.at >= stamp(before) {
				return nil
			}
			if _, err := tx.Exec(`DELETE FROM `+l.table+` WHERE id = $1`, o.id[:]); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// Blank implements audit.Log.
func (l *AuditLog) Blank(ctx context.Context, user uuid.UUID, limit int) (n int, err error) {
	err = l.db.Write(ctx, func(tx *Tx) error {
		n = 0
		for _, hers := range []string{"actor = $1", "subject = $1 AND actor IS NULL"} {
			some, err := tx.Exec(`UPDATE `+l.table+` SET address = '', agent = '' WHERE id IN (SELECT id FROM `+l.table+`
				WHERE `+hers+` AND (address <> '' OR agent <> '') LIMIT $2)`, user[:], limit)
			if err != nil {
				return err
			}
			n += some
		}
		return nil
	})
	return n, err
}
