package sqldb

import (
	"zombiezen.com/go/sqlite"

	"github.com/rung-app/rung/internal/tasks"
)

// Lists are what is asked for most: they read no more columns than they show and sort by, and get the memory for all of
// their rows at once.

// listColumns are what a list shows and, in the fourth place, sorts by.
func listColumns(q tasks.TaskQuery, p plan) string {
	columns := `t.id, t.seq, t.project, ` + p.sort + `, t.number, t.doc`
	if !q.Compact {
		columns += `, t.description`
	}
	return columns
}

// listedRow is a row of a list with its index.
type listedRow struct {
	row   tasks.Row
	index tasks.TaskIndex
}

// docSize is about how large a task's document is.
const docSize = 1_000

// scanListed scans the columns of listColumns.
func scanListed(q tasks.TaskQuery, docs *arena) func(func(...any) error) (*tasks.Row, error) {
	free := make([]listedRow, q.Limit)
	docs.chunk = max(1, q.Limit) * docSize
	dest := make([]any, 7)
	return func(scan func(...any) error) (*tasks.Row, error) {
		if len(free) == 0 {
			free = make([]listedRow, 1)
		}
		l := &free[0]
		free = free[1:]
		r, t := &l.row, &l.index
		r.Kind, r.Task = tasks.KindTask, t
		rank := 0
		var sort any
		switch q.Sort {
		case tasks.SortPosition:
			if sort = &t.Position; tasks.UnderParent(q) {
				sort = &t.ChildPosition
			}
		case tasks.SortDue:
			sort = &t.Due
		case tasks.SortPriority:
			sort = &rank
		case tasks.SortCreated:
			sort = &t.Created
		case tasks.SortUpdated:
			sort = &t.Updated
		default:
			sort = &t.TitleKey
		}
		dest = append(dest[:0], (*id)(&r.ID), &r.Seq, (*id)(&t.Project), sort, &t.Number, docs)
		if !q.Compact {
			dest = append(dest, &t.Description)
		}
		err := scan(dest...)
		r.Doc, t.Priority = docs.last, priorityOf(rank)
		return r, err
	}
}

// arena scans documents into shared memory. The zero value is empty.
type arena struct {
	chunk int // how much memory is asked for at once, at least
	free  []byte
	last  []byte
}

// keptArena bounds the memory that is kept to be used again.
const keptArena = 1 << 20

// reuse takes back the memory of what was scanned before.
func (a *arena) reuse() {
	a.free, a.last = a.free[:0], nil
	if cap(a.free) > keptArena {
		a.free = nil
	}
}

func (a *arena) scanColumn(s *sqlite.Stmt, column int) error {
	n := s.ColumnLen(column)
	if n > cap(a.free)-len(a.free) {
		a.free = make([]byte, 0, max(a.chunk, n))
	}
	from := len(a.free)
	a.free = a.free[:from+n]
	a.last = a.free[from : from+n : from+n]
	s.ColumnBytes(column, a.last)
	return nil
}
