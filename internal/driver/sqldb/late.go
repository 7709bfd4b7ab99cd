package sqldb

import (
	"strings"

	"github.com/google/uuid"
)

// late is what the writes of one commit leave for its end, by workspace: where the history has come to, and by how much
// numbers change that most writes change. What many of them change together is written once.
type late map[uuid.UUID]*lateWorkspace

type lateWorkspace struct {
	history *history       // nil while the entry is being written
	counts  map[column]int // of live tasks
	tallies
}

func (w *lateWorkspace) clear() {
	w.history = nil
	clear(w.counts)
	clear(w.loads)
	clear(w.quarters)
}

// lateTables are those of what is written late. A statement that names one has what waits written first.
var lateTables = []string{"histories", "task_counts", "task_loads", "task_quarters"}

func namesLate(query string) bool {
	for _, t := range lateTables {
		if strings.Contains(query, t) {
			return true
		}
	}
	return false
}

// lateOf gives what a write leaves of a workspace.
func (tx *Tx) lateOf(ws uuid.UUID) *lateWorkspace {
	w := tx.late[ws]
	if w == nil {
		if w, tx.spare = tx.spare, nil; w == nil {
			w = &lateWorkspace{counts: map[column]int{}, tallies: tallies{loads: map[loadKey]int{}, quarters: map[quarterKey]int{}}}
		}
		tx.late[ws] = w
	}
	return w
}

// add takes over what a later write left, and gives something of it that is of no use any more, empty, or nil.
func (l late) add(more late) (spare *lateWorkspace) {
	for ws, m := range more {
		w := l[ws]
		if w == nil {
			l[ws] = m
			continue
		}
		if m.history != nil {
			w.history = m.history
		}
		sum(w.counts, m.counts)
		sum(w.loads, m.loads)
		sum(w.quarters, m.quarters)
		m.clear()
		spare = m
	}
	return spare
}

func sum[K comparable](into, more map[K]int) {
	for k, n := range more {
		into[k] += n
	}
}

// write writes all of it.
func (l late) write(tx *Tx) error {
	for ws, w := range l {
		if w.history != nil {
			if err := w.history.write(tx, ws); err != nil {
				return err
			}
		}
		if err := writeCounts(tx, ws, w.counts); err != nil {
			return err
		}
		if err := w.tallies.write(tx, ws); err != nil {
			return err
		}
	}
	return nil
}

// waiting gives a workspace's history as the writes before left it, nil if they left it alone or it is written.
func (tx *Tx) waiting(ws uuid.UUID) *history {
	for _, l := range []late{tx.late, tx.before} {
		if w := l[ws]; w != nil && w.history != nil {
			return w.history
		}
	}
	return nil
}

// settle writes what waits, that of the writes before as well. Should the write fail, what they left waits again.
func (tx *Tx) settle() error {
	if len(tx.late) == 0 && len(tx.before) == 0 {
		return nil
	}
	before, own := tx.before, tx.late
	tx.before, tx.late = late{}, late{}
	tx.settled = append(tx.settled, before)
	if err := before.write(tx); err != nil {
		return err
	}
	return own.write(tx)
}

// leave gives what waits after a write: with what it left itself, if it was well, else as it was before.
func (tx *Tx) leave(failed bool) late {
	if !failed {
		if spare := tx.before.add(tx.late); spare != nil {
			tx.spare = spare
		}
		return tx.before
	}
	out := late{}
	for _, l := range append(tx.settled, tx.before) {
		out.add(l)
	}
	return out
}
