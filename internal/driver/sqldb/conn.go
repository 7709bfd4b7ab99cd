package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"zombiezen.com/go/sqlite"

	"github.com/rung-app/rung/internal/fault"
)

// conn is one connection to the engine with its prepared statements. One goroutine at a time may use it.
type conn struct {
	raw   *sqlite.Conn
	stmts map[string]*statement
	stop  chan struct{} // closed to interrupt what runs; see until
	docs  arena         // what lists of the present read give

	mapping mapping // of readers
}

// statement is a prepared statement. While its rows are read it is busy, and the same query is prepared once more for
// whoever asks meanwhile.
type statement struct {
	*sqlite.Stmt
	busy    bool
	dispose bool // it is not kept
	late    bool // it names what is written late
}

func newConn(path string) (*conn, error) {
	raw, err := sqlite.OpenConn(path, sqlite.OpenReadWrite|sqlite.OpenCreate)
	if err != nil {
		return nil, err
	}
	raw.SetBusyTimeout(busyTimeout)
	return &conn{raw: raw, stmts: map[string]*statement{}}, nil
}

// Tx is what a function given to Read or Write works on.
type Tx struct {
	conn         *conn
	after        []func()
	wrote        bool           // something has been changed, perhaps
	late, before late           // what waits for the end of the commit: of this write, and of those before it
	settled      []late         // of those before it, what this one wrote
	spare        *lateWorkspace // is empty
	docs         *arena         // for what is of no use after the transaction
}

// OnCommit has f run after the commit, in commit order, before Write returns. It must be quick: the writer waits.
func (tx *Tx) OnCommit(f func()) { tx.after = append(tx.after, f) }

// Exec runs a statement and gives the number of rows that it inserted, changed or deleted.
func (tx *Tx) Exec(query string, args ...any) (int, error) {
	tx.wrote = true
	s, err := tx.start(query, args)
	if err != nil {
		return 0, err
	}
	defer s.end()
	for {
		if more, err := s.Step(); err != nil || !more {
			return tx.conn.raw.Changes(), err
		}
	}
}

// Query runs a statement that gives rows, which must be closed. What goes wrong while it runs is told by Rows.Err.
func (tx *Tx) Query(query string, args ...any) (*Rows, error) {
	tx.note(query)
	s, err := tx.start(query, args)
	if err != nil {
		return nil, err
	}
	return &Rows{s: s}, nil
}

// QueryRow runs a statement that gives at most one row.
func (tx *Tx) QueryRow(query string, args ...any) *Row {
	rows, err := tx.Query(query, args...)
	return &Row{rows, err}
}

// start gives a statement that finds what it names written.
func (tx *Tx) start(query string, args []any) (*statement, error) {
	s, err := tx.conn.start(query, args)
	if err == nil && s.late {
		if err = tx.settle(); err != nil {
			s.end()
		}
	}
	return s, err
}

// note remembers that a statement may have changed something.
func (tx *Tx) note(query string) {
	tx.wrote = tx.wrote || !strings.HasPrefix(strings.TrimLeft(query, " \t\n"), "SELECT")
}

// maxStatements bounds the cache of a connection; lists with many combinations of filters would fill it for ever.
const maxStatements = 400

// start gives a statement that is ready to step; it must be ended.
func (c *conn) start(query string, args []any) (*statement, error) {
	s := c.stmts[query]
	if s == nil || s.busy {
		var err error
		if s, err = c.prepare(query); err != nil {
			return nil, err
		}
	}
	s.busy = true
	for i, a := range args {
		if err := s.bind(i+1, a); err != nil {
			s.end()
			return nil, err
		}
	}
	return s, nil
}

func (c *conn) prepare(query string) (*statement, error) {
	raw, _, err := c.raw.PrepareTransient(dialect(query))
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	s := &statement{Stmt: raw, late: namesLate(query)}
	if c.stmts[query] != nil {
		s.dispose = true
		return s, nil
	}
	for q, old := range c.stmts {
		if len(c.stmts) < maxStatements {
			break
		}
		if !old.busy {
			_ = old.Finalize()
			delete(c.stmts, q)
		}
	}
	c.stmts[query] = s
	return s, nil
}

// end makes a statement ready for the next one who asks. What Reset and Finalize report was reported by Step.
func (s *statement) end() {
	if s.dispose {
		_ = s.Finalize()
		return
	}
	_ = s.Reset()
	s.busy = false
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

// until has what runs on the connection interrupted when ctx ends. The function that it gives must be called before
// anything else is run.
func (c *conn) until(ctx context.Context) (free func()) {
	if ctx.Done() == nil {
		return func() {}
	}
	if c.stop == nil {
		c.stop = make(chan struct{})
		c.raw.SetInterrupt(c.stop)
	}
	interrupted := make(chan struct{})
	unwatch := context.AfterFunc(ctx, func() {
		close(c.stop)
		close(interrupted)
	})
	return func() {
		if !unwatch() {
			<-interrupted
			c.raw.SetInterrupt(nil)
			c.stop = nil
		}
	}
}

func (c *conn) close() error {
	for _, s := range c.stmts {
		_ = s.Finalize()
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
