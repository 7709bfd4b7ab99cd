package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"zombiezen.com/go/sqlite"
)

// stamp writes a time as Unix milliseconds, the zero time as 0; clock reads it.
func stamp(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func clock(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// scanner is a row or the present one of many.
type scanner interface{ Scan(dest ...any) error }

// rawID scans an id that is kept as raw bytes and is never NULL.
type rawID struct{ to *uuid.UUID }

func (r rawID) scanColumn(s *sqlite.Stmt, column int) error {
	if n := s.ColumnLen(column); n != len(r.to) {
		return fmt.Errorf("an id is kept in %d bytes", n)
	}
	s.ColumnBytes(column, r.to[:])
	return nil
}

// all collects what a query gives.
func all[T any](tx *Tx, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// one gives what a query gives, nil if that is nothing.
func one[T any](tx *Tx, scan func(scanner) (T, error), query string, args ...any) (*T, error) {
	v, err := scan(tx.QueryRow(query, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &v, nil
}

func scanID(row scanner) (id uuid.UUID, err error) {
	err = row.Scan(rawID{&id})
	return id, err
}

func scanCount(row scanner) (n int, err error) {
	err = row.Scan(&n)
	return n, err
}

// read runs a query outside of an update.
func read[T any](ctx context.Context, db *DB, query func(*Tx) (T, error)) (T, error) {
	var out T
	err := db.Read(ctx, func(tx *Tx) (err error) {
		out, err = query(tx)
		return err
	})
	return out, err
}
