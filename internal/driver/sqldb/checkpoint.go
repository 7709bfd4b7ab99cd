package sqldb

import (
	"time"
)

// logLimits say when the write-ahead log is copied back into the database. SQLite's own automatic checkpoint is off: it
// would run in the middle of somebody's commit, and readers that follow each other without a pause could keep the log
// growing.
type logLimits struct {
	writes int64 // it is begun after so many writes, or checkpointEvery after the first
	help   int   // frames of 4 KiB above which the writer itself helps between two transactions
	force  int   // frames above which new reads wait until the log is empty
}

func defaultLogLimits() logLimits { return logLimits{writes: 1_000, help: 8_000, force: 64_000} }

const checkpointEvery = 5 * time.Second

// wakeCheckpoint counts writes and never waits.
func (db *DB) wakeCheckpoint(n int) {
	if db.written.Add(int64(n)) < db.logLimits.writes {
		return
	}
	select {
	case db.checkpoint <- struct{}{}:
	default:
	}
}

func (db *DB) checkpointLoop() {
	defer db.stopped.Done()
	tick := time.NewTicker(checkpointEvery)
	defer tick.Stop()
	for {
		select {
		case <-db.stop:
			return
		case <-db.checkpoint:
		case <-tick.C:
		}
		if n := db.written.Swap(0); (n > 0 || db.returning.Load()) && !db.checkpointNow() {
			db.written.Add(max(n, 1)) // it is tried again without another write
		}
	}
}

// giveBack has the log's room given back to the disk as soon as may be.
func (db *DB) giveBack() {
	db.returning.Store(true)
	select {
	case db.checkpoint <- struct{}{}:
	default:
	}
}

// checkpointNow copies what it can beside readers and writer. Only when that has fallen far behind does it ask more of
// them: the writer's help first, then a moment without readers. It reports false if it failed, for want of room perhaps.
func (db *DB) checkpointNow() bool {
	tx := &Tx{conn: db.pool.checkpointer}
	var busy, frames, done int
	if tx.QueryRow(`PRAGMA wal_checkpoint(PASSIVE)`).Scan(&busy, &frames, &done) != nil {
		return false
	}
	force := db.returning.Load() || frames >= db.logLimits.force
	switch {
	case !force && frames < db.logLimits.help:
		return true
	case !force:
		return db.checkpointInWriter(`PRAGMA wal_checkpoint(PASSIVE)`)
	}
	db.gate.Lock()
	defer db.gate.Unlock()
	ok := db.checkpointInWriter(`PRAGMA wal_checkpoint(TRUNCATE)`)
	db.returning.Store(!ok)
	return ok
}

func (db *DB) checkpointInWriter(pragma string) bool {
	w := &write{outside: true, done: make(chan struct{}), fn: func(tx *Tx) error {
		var busy, frames, done int
		return tx.QueryRow(pragma).Scan(&busy, &frames, &done)
	}}
	select {
	case db.queue <- w:
	default:
		return true // the writer has other worries; there will be a next time
	}
	select {
	case <-w.done:
		return w.err == nil
	case <-db.writerEnded:
		return true
	}
}
