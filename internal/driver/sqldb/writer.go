package sqldb

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/rung-app/rung/internal/fault"
)

// write is one call of Write on its way. One that is outside runs alone, without a transaction.
type write struct {
	fn      func(*Tx) error
	outside bool
	after   []func()
	err     error
	done    chan struct{}
}

// Write runs fn alone, inside a savepoint, and returns once what it did is durable. If fn fails only its own work is
// undone. fn may be run again when the transaction it shared with others could not be committed, so it must have no
// effect but through tx. A caller whose context ends before fn was started is answered so; later, Write waits for the
// outcome, for a write is never left in doubt. While the disk is almost full nothing is written; see Watch.
func (db *DB) Write(ctx context.Context, fn func(*Tx) error) error { return db.write(ctx, fn, false) }

// WriteAnyway is Write for the little that is written while the disk is almost full too: what people need in order to
// read, such as signing in. The last of the room is kept for it.
func (db *DB) WriteAnyway(ctx context.Context, fn func(*Tx) error) error {
	return db.write(ctx, fn, true)
}

func (db *DB) write(ctx context.Context, fn func(*Tx) error, anyway bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if db.closed.Load() {
		return fault.Unavailable(errClosed)
	}
	if err := db.refuse(anyway); err != nil {
		return err
	}
	w := &write{done: make(chan struct{}), fn: func(tx *Tx) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return fn(tx)
	}}
	select {
	case db.queue <- w:
	default:
		return fault.Unavailable(fmt.Errorf("%d writes are waiting already", maxQueued))
	}
	select {
	case <-w.done:
		return db.explain(w.err)
	case <-db.writerEnded:
	}
	select {
	case <-w.done:
		return db.explain(w.err)
	default: // it was queued after the writer's last look and will never run
		return fault.Unavailable(errClosed)
	}
}

func (db *DB) writeLoop() {
	defer db.stopped.Done()
	defer close(db.writerEnded)
	batch := make([]*write, 0, maxBatch)
	for {
		batch = batch[:0]
		select {
		case w := <-db.queue:
			batch = append(batch, w)
		case <-db.stop:
			select {
			case w := <-db.queue:
				batch = append(batch, w)
			default:
				return
			}
		}
	more:
		for len(batch) < maxBatch {
			select {
			case w := <-db.queue:
				batch = append(batch, w)
			default:
				break more
			}
		}
		db.run(batch)
	}
}

// run commits a batch; what must stay outside of transactions runs first.
func (db *DB) run(batch []*write) {
	inside := batch[:0]
	for _, w := range batch {
		if !w.outside {
			inside = append(inside, w)
			continue
		}
		w.err = w.fn(&Tx{conn: db.writer, docs: &arena{}})
		close(w.done)
	}
	if len(inside) > 0 {
		db.commit(inside)
	}
}

// commit runs a batch as one transaction. If the transaction itself fails everyone in it is told so: nothing of it is
// on disk.
//
// Most writes that fail have only read before they did, and there is nothing to undo. When one fails after it changed
// something, the batch is undone and runs again, now with a savepoint around each write.
func (db *DB) commit(batch []*write) {
	err := db.try(batch, db.writer.bare)
	if errors.Is(err, errHalfDone) {
		err = db.try(batch, db.writer.savepoint)
	}
	failpoint("after-commit")
	if err == nil {
		db.pool.commits.Add(1)
		db.wakeCheckpoint(len(batch))
		err = db.standing()
	}
	for _, w := range batch {
		switch {
		case errors.Is(err, errLost):
			w.err = err
		case err != nil: // whoever was refused too: it may have been because of one whose work is lost
			w.err = unavailable("commit", err)
		case w.err == nil:
			for _, f := range w.after {
				f()
			}
		}
		close(w.done)
	}
}

// errHalfDone says that a write failed after it had changed something.
var errHalfDone = errors.New("a write failed half done")

// try runs each write in one transaction and commits it. On an error nothing of it remains.
func (db *DB) try(batch []*write, run func(*write, *Tx) (err, broken error)) error {
	err := db.writer.begin(true)
	if err != nil {
		return err
	}
	waits := late{}
	var spare *lateWorkspace
	for _, w := range batch {
		tx := &Tx{conn: db.writer, docs: &arena{}, late: late{}, before: waits, spare: spare}
		if w.err, err = run(w, tx); err != nil {
			break
		}
		waits, spare = tx.leave(w.err != nil), tx.spare
	}
	if err == nil {
		err = waits.write(&Tx{conn: db.writer})
	}
	failpoint("before-commit")
	if err == nil {
		err = db.writer.commit()
	}
	if err != nil {
		db.writer.rollback()
	}
	return err
}

// bare runs one write without a savepoint.
func (c *conn) bare(w *write, tx *Tx) (err, broken error) {
	err = attempt(w.fn, tx)
	if err != nil && tx.wrote {
		return err, errHalfDone
	}
	w.after = tx.after
	return translate(err), nil
}

// savepoint runs one write so that its failure undoes nothing of its neighbours. broken says that the whole
// transaction is lost: on a full disk, for one, the engine rolls back all of it.
func (c *conn) savepoint(w *write, tx *Tx) (err, broken error) {
	if err := c.exec(`SAVEPOINT w`); err != nil {
		return nil, err
	}
	w.after = nil
	if err = attempt(w.fn, tx); err != nil {
		if broken = c.exec(`ROLLBACK TO w`); broken != nil {
			return err, errors.Join(err, broken)
		}
	} else {
		w.after = tx.after
	}
	return translate(err), c.exec(`RELEASE w`)
}

// attempt turns a panic into an error.
func attempt(fn func(*Tx) error, tx *Tx) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic in a write: %v\n%s", r, debug.Stack())
		}
	}()
	return fn(tx)
}
