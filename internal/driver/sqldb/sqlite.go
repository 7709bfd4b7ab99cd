package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	engine "modernc.org/sqlite"
	"zombiezen.com/go/sqlite"

	"github.com/rung-app/rung/internal/fault"
)

// pool holds every connection to the file.
type pool struct {
	writer       *conn
	checkpointer *conn
	all          []*conn

	commits atomic.Uint64

	free chan struct{} // a token for each reader that is not in use
	mu   sync.Mutex
	idle []*conn // the last used one last: its cache is the warmest
}

// How much each connection keeps of the file, in KiB. In memory it is about twice as much. Readers take what they find in
// the mapped file from there and need it for the log alone; writing to 2,000 workspaces took no less of the processor with
// four times what the writer has.
const (
	writerCache = "8192"
	readerCache = "4096"
)

// mappedBytes is how much of the file readers map into memory: as much as the engine can.
const mappedBytes = "2147418112"

// busyTimeout is how long a connection waits for a lock of another one of this process.
const busyTimeout = 10 * time.Second

// openPool opens the file. synchronous=FULL makes a commit durable before it is answered.
func openPool(path string) (*pool, error) {
	if err := private(path); err != nil {
		return nil, err
	}
	// Both are settings of the whole process, and refused where the platform lacks them: what is left then is as safe.
	_, _ = engine.Fdatasync(true)
	_, _ = engine.OFDLocking(true)
	p := &pool{free: make(chan struct{}, readers)}
	for i := range readers + 2 {
		pragmas := []string{`cache_size(-` + readerCache + `)`, `query_only(ON)`, `mmap_size(` + mappedBytes + `)`}
		switch i {
		case 0:
			pragmas = []string{`cache_size(-` + writerCache + `)`}
		case 1:
			pragmas = nil
		}
		c, err := openOne(path, pragmas)
		if err != nil {
			return nil, errors.Join(cannotOpen(path, err), p.close())
		}
		p.all = append(p.all, c)
		switch i {
		case 0:
			p.writer = c
		case 1:
			p.checkpointer = c
		default:
			c.mapping.mapped = true
			p.putReader(c)
		}
	}
	return p, nil
}

func openOne(path string, pragmas []string) (*conn, error) {
	c, err := newConn(path)
	if err != nil {
		return nil, err
	}
	for _, p := range append([]string{
		"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)", "wal_autocheckpoint(0)", "temp_store(MEMORY)", "trusted_schema(OFF)",
	}, pragmas...) {
		if err := c.exec(`PRAGMA ` + p); err != nil {
			return nil, errors.Join(err, c.close())
		}
	}
	if err := errors.Join(foldAllLetters(c.raw), knowWords(c.raw)); err != nil {
		return nil, errors.Join(err, c.close())
	}
	return c, nil
}

// viaSQL opens the file for what wants database/sql, the migrations.
func viaSQL(path string) (*sql.DB, error) {
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {"synchronous(FULL)", "foreign_keys(ON)", "busy_timeout(10000)", "trusted_schema(OFF)"}}
	return sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
}

// foldAllLetters has the engine's lower know more letters than A to Z, as other engines do.
func foldAllLetters(c *sqlite.Conn) error {
	return c.CreateFunction("lower", &sqlite.FunctionImpl{
		NArgs: 1, Deterministic: true, AllowIndirect: true,
		Scalar: func(_ sqlite.Context, args []sqlite.Value) (sqlite.Value, error) {
			if args[0].Type() == sqlite.TypeText {
				return sqlite.TextValue(strings.ToLower(args[0].Text())), nil
			}
			return args[0], nil
		},
	})
}

// private makes an absent file readable by its owner alone; the log beside it takes over its mode.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return cannotOpen(path, err)
	}
	return f.Close()
}

func (p *pool) reader(ctx context.Context) (*conn, error) {
	select {
	case <-p.free:
	default:
		select {
		case <-p.free:
		case <-ctx.Done():
			return nil, fault.Unavailable(ctx.Err())
		}
	}
	p.mu.Lock()
	last := len(p.idle) - 1
	c := p.idle[last]
	p.idle = p.idle[:last]
	p.mu.Unlock()
	c.mapping.follow(p.commits.Load(), c.mapFile)
	return c, nil
}

func (p *pool) putReader(c *conn) {
	p.mu.Lock()
	p.idle = append(p.idle, c)
	p.mu.Unlock()
	p.free <- struct{}{}
}

func (p *pool) close() error {
	var errs []error
	for _, c := range p.all {
		errs = append(errs, c.close())
	}
	return errors.Join(errs...)
}

// IsUnique reports whether err says that a unique key is taken.
func IsUnique(err error) bool {
	code := sqlite.ErrCode(err)
	return code == sqlite.ResultConstraintUnique || code == sqlite.ResultConstraintPrimaryKey
}

// isEngineTrouble reports whether err is the machine's fault rather than the query's: a full disk, a lost file.
func isEngineTrouble(err error) bool {
	switch sqlite.ErrCode(err).ToPrimary() {
	case sqlite.ResultFull, sqlite.ResultIOErr, sqlite.ResultBusy, sqlite.ResultLocked, sqlite.ResultReadOnly,
		sqlite.ResultCantOpen, sqlite.ResultNoMem, sqlite.ResultCorrupt, sqlite.ResultInterrupt:
		return true
	}
	return false
}
