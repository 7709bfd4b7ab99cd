// Package sqldb keeps the domains in a SQL database. SQLite comes first: one file, one process, one writer.
//
// Every write goes through one goroutine. What has arrived while it was busy becomes one transaction, made durable by a
// single fsync, and only then is anyone answered. Reads use connections of their own and see the last committed state;
// they never wait for the writer, nor it for them.
package sqldb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/rung-app/rung/internal/fault"
)

// Limits of one database.
const (
	readers   = 8    // connections that read at the same time
	maxQueued = 4096 // writes that may wait; more are refused as unavailable
	maxBatch  = 256  // writes in one transaction
)

// DB is an opened database. It is safe for use by many goroutines.
type DB struct {
	path    string
	lock    *fileLock
	pool    *pool
	writer  *conn
	queue   chan *write
	stop    chan struct{}
	stopped sync.WaitGroup
	closed  atomic.Bool
	gate    sync.RWMutex // held for reading by every read, for writing by a checkpoint that must finish

	writerEnded chan struct{}
	checkpoint  chan struct{}
	logLimits   logLimits
	written     atomic.Int64 // transactions since the last checkpoint
	returning   atomic.Bool  // the next checkpoint gives the log's room back to the disk

	storage storage
}

// Open opens the SQLite file at path, making it if it is absent, and takes it for this process: a second process is
// refused with the pid of the first. The caller must Close it.
func Open(_ context.Context, path string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, cannotMake(path, err)
	}
	if real, err := filepath.EvalSymlinks(path); err == nil { // one file has one lock, whatever it is called
		path = real
	}
	lock, err := lockFile(path + ".lock")
	if err != nil {
		return nil, err
	}
	if err := refuseLogAlone(path); err != nil {
		lock.release()
		return nil, err
	}
	pool, err := openPool(path)
	if err != nil {
		lock.release()
		return nil, err
	}
	db := &DB{
		path: path, lock: lock, pool: pool, writer: pool.writer,
		queue:       make(chan *write, maxQueued),
		stop:        make(chan struct{}),
		writerEnded: make(chan struct{}),
		checkpoint:  make(chan struct{}, 1),
		logLimits:   defaultLogLimits(),
	}
	if err := db.storage.open(path); err != nil {
		lock.release()
		return nil, errors.Join(cannotOpen(path, err), pool.close())
	}
	db.stopped.Add(2)
	go db.writeLoop()
	go db.checkpointLoop()
	return db, nil
}

// Close lets the writes that were accepted finish, then closes the file and lets go of it.
func (db *DB) Close() error {
	if !db.closed.CompareAndSwap(false, true) {
		return nil
	}
	close(db.stop)
	db.stopped.Wait()
	err := db.pool.close()
	db.lock.release()
	return err
}

// Exclusive reports that nobody else changes the database as long as it is open: whoever opens it locks it for her process,
// and so only once there too.
func (db *DB) Exclusive() bool { return db.lock != nil }

// Ping reports whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	return db.Read(ctx, func(tx *Tx) error {
		var one int
		return tx.QueryRow(`SELECT 1`).Scan(&one)
	})
}

// Read runs fn on one consistent snapshot that holds at least every write that was acknowledged before the call. It
// must not be long: a snapshot that stays open keeps the write-ahead log from being emptied. When ctx ends, the query
// that is running fails.
func (db *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	if db.closed.Load() {
		return fault.Unavailable(errClosed)
	}
	db.gate.RLock()
	defer db.gate.RUnlock()
	c, err := db.pool.reader(ctx)
	if err != nil {
		return err
	}
	defer db.pool.putReader(c)
	if err := c.begin(false); err != nil {
		return db.explain(unavailable("begin a read", err))
	}
	defer c.rollback()
	defer c.until(ctx)()
	c.docs.reuse()
	return db.explain(translate(fn(&Tx{conn: c, docs: &c.docs})))
}

var errClosed = errors.New("the database is closed")

// unavailable wraps an engine's error that no request is to blame for.
func unavailable(doing string, err error) error {
	return fault.Unavailable(fmt.Errorf("%s: %w", doing, err))
}
