package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/rung-app/rung/internal/fault"
)

// conn is one connection to the engine with its prepared statements. One goroutine at a time may use it.
type conn struct {
	raw   *sql.Conn
	stmts map[string]*sql.Stmt
}

// Tx is what a function given to Read or Write works on.
type Tx struct {
	conn  *conn
	after []func()
	wrote bool // something has been changed, perhaps
}

// OnCommit has f run after the commit, in commit order, before Write returns. It must be quick: the writer waits.
func (tx *Tx) OnCommit(f func()) { tx.after = append(tx.after, f) }

// Exec runs a statement.
func (tx *Tx) Exec(query string, args ...any) (sql.Result, error) {
	tx.wrote = true
	s, err := tx.conn.prepare(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(context.Background(), args...)
}

// Query runs a statement that gives rows.
func (tx *Tx) Query(query string, args ...any) (*sql.Rows, error) {
	tx.note(query)
	s, err := tx.conn.prepare(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(context.Background(), args...)
}

// QueryRow runs a statement that gives at most one row.
func (tx *Tx) QueryRow(query string, args ...any) *sql.Row {
	tx.note(query)
	s, err := tx.conn.prepare(query)
	if err != nil {
		return tx.conn.raw.QueryRowContext(context.Background(), dialect(query), args...)
	}
	return s.QueryRowContext(context.Background(), args...)
}

// note remembers that a statement may have changed something.
func (tx *Tx) note(query string) {
	tx.wrote = tx.wrote || !strings.HasPrefix(strings.TrimLeft(query, " \t\n"), "SELECT")
}

// maxStatements bounds the cache of a connection; lists with many combinations of filters would fill it for ever.
const maxStatements = 400

func (c *conn) prepare(query string) (*sql.Stmt, error) {
	if s := c.stmts[query]; s != nil {
		return s, nil
	}
	if len(c.stmts) >= maxStatements {
		for q, s := range c.stmts {
			s.Close()
			delete(c.stmts, q)
			if len(c.stmts) < maxStatements*3/4 {
				break
			}
		}
	}
	s, err := c.raw.PrepareContext(context.Background(), dialect(query))
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	c.stmts[query] = s
	return s, nil
}

// dialect turns the numbered placeholders $1 of PostgreSQL into those of SQLite.
func dialect(query string) string { return strings.ReplaceAll(query, "$", "?") }

func (c *conn) exec(query string) error {
	_, err := (&Tx{conn: c}).Exec(query)
	return err
}

func (c *conn) begin(write bool) error {
	if write {
		return c.exec(`BEGIN IMMEDIATE`)
	}
	return c.exec(`BEGIN`)
}

func (c *conn) commit() error { return c.exec(`COMMIT`) }

func (c *conn) rollback() { _ = c.exec(`ROLLBACK`) }

func (c *conn) close() error {
	for _, s := range c.stmts {
		s.Close()
	}
	return c.raw.Close()
}

// translate leaves faults and what the caller decides on alone and turns the engine's own failures, such as a full
// disk, into "unavailable".
func translate(err error) error {
	if err == nil || fault.KindOf(err) != fault.KindInternal || errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if isEngineTrouble(err) {
		return fault.Unavailable(err)
	}
	return err
}
