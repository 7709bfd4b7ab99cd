package sqldb

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

func TestWhatIsBoundIsScanned(t *testing.T) {
	db := OpenTest(t)
	type role string
	some := uuid.Must(uuid.NewV7())
	err := db.Read(t.Context(), func(tx *Tx) error {
		var (
			n       int
			big     int64
			yes     bool
			text    string
			named   role
			raw     []byte
			empty   []byte
			none    []byte
			key, no id
			maybe   sql.NullString
		)
		err := tx.QueryRow(`SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11`,
			7, int64(1)<<62, true, "a\x00b ß", role("owner"), []byte{0, 1}, []byte{}, []byte(nil), some[:], nil, nil,
		).Scan(&n, &big, &yes, &text, &named, &raw, &empty, &none, &key, &no, &maybe)
		if n != 7 || big != 1<<62 || !yes || text != "a\x00b ß" || named != "owner" || !bytes.Equal(raw, []byte{0, 1}) ||
			empty == nil || len(empty) != 0 || none != nil || uuid.UUID(key) != some || uuid.UUID(no) != uuid.Nil || maybe.Valid {
			t.Error(n, big, yes, text, named, raw, empty, none, key, no, maybe)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatDoesNotFitIsRefused(t *testing.T) {
	db := OpenTest(t)
	for name, read := range map[string]func(*Tx) error{
		"no row":              func(tx *Tx) error { return tx.QueryRow(`SELECT 1 WHERE FALSE`).Scan(new(int)) },
		"NULL into a number":  func(tx *Tx) error { return tx.QueryRow(`SELECT NULL`).Scan(new(int)) },
		"NULL into an id":     func(tx *Tx) error { return tx.QueryRow(`SELECT NULL`).Scan(rawID{new(uuid.UUID)}) },
		"half an id":          func(tx *Tx) error { return tx.QueryRow(`SELECT x'0102'`).Scan(new(id)) },
		"a column too many":   func(tx *Tx) error { return tx.QueryRow(`SELECT 1`).Scan(new(int), new(int)) },
		"a type that is none": func(tx *Tx) error { return tx.QueryRow(`SELECT 1`).Scan(new(struct{})) },
		"a strange parameter": func(tx *Tx) error { return tx.QueryRow(`SELECT $1`, struct{}{}).Scan(new(int)) },
		"no statement":        func(tx *Tx) error { _, err := tx.Exec(`SELEKT`); return err },
	} {
		if err := db.Read(t.Context(), read); err == nil {
			t.Errorf("%s is taken", name)
		} else if errors.Is(err, sql.ErrNoRows) != (name == "no row") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAQueryMayBeAskedWhileItsRowsAreRead(t *testing.T) {
	db := OpenTest(t)
	const query = `SELECT value FROM (SELECT 1 AS value UNION ALL SELECT 2 UNION ALL SELECT 3)`
	var pairs []int
	err := db.Read(t.Context(), func(tx *Tx) error {
		outer, err := tx.Query(query)
		if err != nil {
			return err
		}
		defer outer.Close()
		for outer.Next() {
			var n int
			if err := outer.Scan(&n); err != nil {
				return err
			}
			inner, err := all(tx, scanCount, query)
			if err != nil {
				return err
			}
			for _, m := range inner {
				pairs = append(pairs, 10*n+m)
			}
		}
		return outer.Err()
	})
	if err != nil || len(pairs) != 9 || pairs[8] != 33 {
		t.Fatal(pairs, err)
	}
}

func TestTheStatementsOfAConnectionAreBounded(t *testing.T) {
	db := OpenTest(t)
	for i := range 3 * maxStatements {
		if err := db.Read(t.Context(), func(tx *Tx) error {
			return tx.QueryRow(`SELECT 1` + strings.Repeat(" ", i)).Scan(new(int))
		}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range db.pool.all {
		if len(c.stmts) > maxStatements {
			t.Errorf("%d statements are kept", len(c.stmts))
		}
	}
}

// endless never ends by itself.
const endless = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n`

func TestAReadEndsWithItsContext(t *testing.T) {
	db := OpenTest(t)
	for range 3 * readers {
		ctx, cancel := context.WithCancel(t.Context())
		err := db.Read(ctx, func(tx *Tx) error {
			cancel()
			return tx.QueryRow(endless).Scan(new(int))
		})
		if fault.KindOf(err) != fault.KindUnavailable {
			t.Fatal(err)
		}
		if err := db.Ping(t.Context()); err != nil { // on the same connection
			t.Fatal(err)
		}
	}
}
