package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/rung-app/rung/internal/fault"
)

// pool holds every connection to the file.
type pool struct {
	db           *sql.DB
	writer       *conn
	checkpointer *conn
	free         chan *conn
	all          []*conn
}

// How much each connection keeps of the file, in KiB. In memory it is about twice as much; what readers don't keep the
// operating system does.
const (
	writerCache = "32768"
	readerCache = "4096"
)

// openPool opens the file. synchronous=FULL makes a commit durable before it is answered.
func openPool(ctx context.Context, path string) (*pool, error) {
	if err := private(path); err != nil {
		return nil, err
	}
	foldAllLetters()
	q := url.Values{"_txlock": {"immediate"}}
	for _, p := range []string{
		"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)", "busy_timeout(10000)",
		"wal_autocheckpoint(0)", "temp_store(MEMORY)", "trusted_schema(OFF)",
	} {
		q.Add("_pragma", p)
	}
	// Both are settings of the whole process, and refused where the platform lacks them: what is left then is as safe.
	_, _ = sqlite.Fdatasync(true)
	_, _ = sqlite.OFDLocking(true)
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	db.SetMaxOpenConns(0)
	db.SetMaxIdleConns(readers + 2)
	p := &pool{db: db, free: make(chan *conn, readers)}
	for i := range readers + 2 {
		raw, err := db.Conn(ctx)
		if err != nil {
			_ = p.close()
			return nil, fmt.Errorf("open the database %s: %w", path, err)
		}
		c := &conn{raw: raw, stmts: map[string]*sql.Stmt{}}
		p.all = append(p.all, c)
		switch i {
		case 0:
			p.writer = c
			if err := c.exec(`PRAGMA cache_size(-` + writerCache + `)`); err != nil {
				_ = p.close()
				return nil, fmt.Errorf("open the database %s: %w", path, err)
			}
		case 1:
			p.checkpointer = c
		default:
			for _, pragma := range []string{`PRAGMA query_only(ON)`, `PRAGMA cache_size(-` + readerCache + `)`} {
				if err := c.exec(pragma); err != nil {
					_ = p.close()
					return nil, fmt.Errorf("open the database %s: %w", path, err)
				}
			}
			p.free <- c
		}
	}
	return p, nil
}

// foldAllLetters has the engine's lower know more letters than A to Z, as other engines do. The driver keeps it for the
// whole process and refuses it the second time, which is as good.
func foldAllLetters() {
	_ = sqlite.RegisterDeterministicScalarFunction("lower", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		if s, ok := args[0].(string); ok {
			return strings.ToLower(s), nil
		}
		return args[0], nil
	})
}

// private makes an absent file readable by its owner alone; the log beside it takes over its mode.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	return f.Close()
}

func (p *pool) reader(ctx context.Context) (*conn, error) {
	select {
	case c := <-p.free:
		return c, nil
	default:
	}
	select {
	case c := <-p.free:
		return c, nil
	case <-ctx.Done():
		return nil, fault.Unavailable(ctx.Err())
	}
}

func (p *pool) putReader(c *conn) { p.free <- c }

func (p *pool) close() error {
	var errs []error
	for _, c := range p.all {
		errs = append(errs, c.close())
	}
	return errors.Join(append(errs, p.db.Close())...)
}

// IsUnique reports whether err says that a unique key is taken.
func IsUnique(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && (e.Code() == lib.SQLITE_CONSTRAINT_UNIQUE || e.Code() == lib.SQLITE_CONSTRAINT_PRIMARYKEY)
}

// isEngineTrouble reports whether err is the machine's fault rather than the query's: a full disk, a lost file.
func isEngineTrouble(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return false
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_FULL, lib.SQLITE_IOERR, lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_READONLY,
		lib.SQLITE_CANTOPEN, lib.SQLITE_NOMEM, lib.SQLITE_CORRUPT, lib.SQLITE_INTERRUPT:
		return true
	}
	return false
}
