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
		if db.written.Swap(0) > 0 {
			db.checkpointNow()
		}
	}
}

// checkpointNow copies what it can beside readers and writer. Only when that has fallen far behind does it ask more of
// them: the writer's help first, then a moment without readers.
func (db *DB) checkpointNow() {
	tx := &Tx{conn: db.pool.checkpointer}
	var busy, frames, done int
	if tx.QueryRow(`PRAGMA wal_checkpoint(PASSIVE)`).Scan(&busy, &frames, &done) != nil || frames < db.logLimits.help {
		return
	}
	if frames < db.logLimits.force {
		db.checkpointInWriter(`PRAGMA wal_checkpoint(PASSIVE)`)
		return
	}
	db.gate.Lock()
	defer db.gate.Unlock()
	db.checkpointInWriter(`PRAGMA wal_checkpoint(TRUNCATE)`)
}

func (db *DB) checkpointInWriter(pragma string) {
	w := &write{outside: true, done: make(chan struct{}), fn: func(tx *Tx) error {
		var busy, frames, done int
		return tx.QueryRow(pragma).Scan(&busy, &frames, &done)
	}}
	select {
	case db.queue <- w:
	default:
		return
	}
	select {
	case <-w.done:
	case <-db.writerEnded:
	}
}
