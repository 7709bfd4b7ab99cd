package sqldb

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"zombiezen.com/go/sqlite"

	"github.com/rung-app/rung/internal/tasks"
)

// view is one state of a workspace, within a transaction.
type view struct {
	tx *Tx
	ws uuid.UUID
	history
	answers   map[string]int      // see upTo
	spellings map[string][]string // see known
}

var _ tasks.View = (*view)(nil)

func (v *view) Head() tasks.Head { return v.history.Head }

// id scans a UUID; NULL is Nil.
type id uuid.UUID

// scanColumn takes 16 bytes or NULL.
func (i *id) scanColumn(s *sqlite.Stmt, column int) error {
	switch n := s.ColumnLen(column); {
	case n == len(i):
		s.ColumnBytes(column, i[:])
	case n == 0 && s.ColumnIsNull(column):
		*i = id{}
	default:
		return fmt.Errorf("an id is kept in %d bytes", n)
	}
	return nil
}

const entityColumns = `kind, id, seq, scope, other, uniq, sort, deleted, origin, doc, meta`

func scanEntity(scan func(...any) error) (*tasks.Row, error) {
	r := &tasks.Row{}
	var uniq sql.NullString
	var kind string
	err := scan(&kind, (*id)(&r.ID), &r.Seq, (*id)(&r.Scope), (*id)(&r.Other), &uniq, &r.Sort, &r.Deleted, &r.Origin, &r.Doc, &r.Meta)
	r.Kind, r.Unique = tasks.Kind(kind), uniq.String
	return r, err
}

const taskColumns = `t.id, t.seq, t.project, t.number, t.status, t.parent, t.position, t.child_position, t.priority, t.due,
	t.floating, t.created, t.updated, t.completed, t.deleted, t.title_key, t.external, t.assignees, t.labels, t.origin, t.meta,
	t.title, t.doc, t.description`

func scanTask(scan func(...any) error) (*tasks.Row, error) {
	t := &tasks.TaskIndex{}
	r := &tasks.Row{Kind: tasks.KindTask, Task: t}
	var external sql.NullString
	var assignees, labels []byte
	err := scan((*id)(&r.ID), &r.Seq, (*id)(&t.Project), &t.Number, (*id)(&t.Status), (*id)(&t.Parent), &t.Position, &t.ChildPosition,
		&t.Priority, &t.Due, &t.DueFloating, &t.Created, &t.Updated, &t.Completed, &r.Deleted, &t.TitleKey, &external, &assignees,
		&labels, &r.Origin, &r.Meta, &t.Title, &r.Doc, &t.Description)
	t.Priority = priorityOf(t.Priority)
	t.External = external.String
	t.Assignees, t.Labels = splitIDs(assignees), splitIDs(labels)
	return r, err
}

func priorityOf(rank int) int {
	if rank == 5 {
		return 0
	}
	return rank
}

func oneRow(r *tasks.Row, err error) (*tasks.Row, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return r, nil
}

func manyRows(rows *Rows, err error, scan func(func(...any) error) (*tasks.Row, error)) ([]*tasks.Row, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*tasks.Row
	for rows.Next() {
		r, err := scan(rows.Scan)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

func (v *view) Get(kind tasks.Kind, id uuid.UUID) (*tasks.Row, error) {
	if kind == tasks.KindTask {
		return oneRow(scanTask(v.tx.QueryRow(`SELECT `+taskColumns+` FROM tasks t WHERE ws = $1 AND id = $2`, v.ws[:], id[:]).Scan))
	}
	return oneRow(scanEntity(v.tx.QueryRow(`SELECT `+entityColumns+` FROM entities WHERE ws = $1 AND kind = $2 AND id = $3`, v.ws[:], string(kind), id[:]).Scan))
}

func (v *view) ByUnique(kind tasks.Kind, value string) (*tasks.Row, error) {
	return oneRow(scanEntity(v.tx.QueryRow(`SELECT `+entityColumns+` FROM entities WHERE ws = $1 AND kind = $2 AND uniq = $3`, v.ws[:], string(kind), value).Scan))
}

func (v *view) List(q tasks.RowQuery) ([]*tasks.Row, error) {
	var b strings.Builder
	args := []any{v.ws[:], string(q.Kind)}
	arg := func(a any) string {
		args = append(args, a)
		return fmt.Sprintf("$%d", len(args))
	}
	b.WriteString(`SELECT ` + entityColumns + ` FROM entities WHERE ws = $1 AND kind = $2`)
	switch {
	case q.Scope != uuid.Nil:
		b.WriteString(` AND scope = ` + arg(q.Scope[:]))
	case q.Other != uuid.Nil:
		b.WriteString(` AND other = ` + arg(q.Other[:]))
	}
	if !q.WithTrash {
		b.WriteString(` AND deleted = 0`)
	}
	if q.After != nil {
		b.WriteString(` AND (sort, id) > (` + arg(q.After.Text) + `, ` + arg(q.After.ID[:]) + `)`)
	}
	b.WriteString(` ORDER BY sort, id`)
	if q.Limit > 0 {
		b.WriteString(` LIMIT ` + arg(q.Limit))
	}
	rows, err := v.tx.Query(b.String(), args...)
	return manyRows(rows, err, scanEntity)
}

func (v *view) Trash(before tasks.Position, limit int) ([]*tasks.Row, error) {
	rows, err := v.tx.Query(`SELECT `+taskColumns+` FROM tasks t INDEXED BY tasks_trash WHERE ws = $1 AND deleted > 0 AND (deleted, id) < ($2, $3)
		ORDER BY deleted DESC, id DESC LIMIT $4`, v.ws[:], before.Number, before.ID[:], limit)
	ts, err := manyRows(rows, err, scanTask)
	if err != nil {
		return nil, err
	}
	rows, err = v.tx.Query(`SELECT `+entityColumns+` FROM entities INDEXED BY entities_trash WHERE ws = $1 AND kind = 'project' AND deleted > 0
		AND (deleted, id) < ($2, $3) ORDER BY deleted DESC, id DESC LIMIT $4`, v.ws[:], before.Number, before.ID[:], limit)
	es, err := manyRows(rows, err, scanEntity)
	if err != nil {
		return nil, err
	}
	rows, err = v.tx.Query(`SELECT `+entityColumns+` FROM entities INDEXED BY attachments_trash WHERE ws = $1 AND kind = 'attachment' AND deleted > 0
		AND (deleted, id) < ($2, $3) ORDER BY deleted DESC, id DESC LIMIT $4`, v.ws[:], before.Number, before.ID[:], limit)
	as, err := manyRows(rows, err, scanEntity)
	if err != nil {
		return nil, err
	}
	return newest(newest(ts, es, limit), as, limit), nil
}

// newest merges two lists of trashed rows, the last one first.
func newest(a, b []*tasks.Row, limit int) []*tasks.Row {
	var out []*tasks.Row
	for len(out) < limit && len(a)+len(b) > 0 {
		first := len(b) == 0
		if len(a) > 0 && len(b) > 0 {
			first = a[0].Deleted > b[0].Deleted || a[0].Deleted == b[0].Deleted && string(a[0].ID[:]) > string(b[0].ID[:])
		}
		if first {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return out
}

func (v *view) Children(parent uuid.UUID) ([]*tasks.Row, error) {
	rows, err := v.tx.Query(`SELECT `+taskColumns+` FROM tasks t WHERE ws = $1 AND parent = $2 ORDER BY child_position, id`, v.ws[:], parent[:])
	return manyRows(rows, err, scanTask)
}

// order gives the condition, the column and the key of a list.
func order(list tasks.TaskList) (where, column string, key uuid.UUID) {
	if list.Parent != uuid.Nil {
		return `parent = $2 AND deleted = 0`, `child_position`, list.Parent
	}
	return `project = $2 AND deleted = 0`, `position`, list.Project
}

func (v *view) Neighbors(list tasks.TaskList, position string, n int) (before, behind []*tasks.Row, err error) {
	where, column, key := order(list)
	ask := func(cmp, dir string) ([]*tasks.Row, error) {
		rows, err := v.tx.Query(`SELECT `+taskColumns+` FROM tasks t WHERE ws = $1 AND `+where+` AND `+column+cmp+`$3
			ORDER BY `+column+dir+`, id`+dir+` LIMIT $4`, v.ws[:], key[:], position, n)
		return manyRows(rows, err, scanTask)
	}
	if before, err = ask(` < `, ` DESC`); err != nil {
		return nil, nil, err
	}
	behind, err = ask(` > `, ``)
	return before, behind, err
}

func (v *view) Last(list tasks.TaskList) (string, error) {
	where, column, key := order(list)
	var position string
	err := v.tx.QueryRow(`SELECT `+column+` FROM tasks WHERE ws = $1 AND `+where+` ORDER BY `+column+` DESC LIMIT 1`, v.ws[:], key[:]).Scan(&position)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return position, err
}

func (v *view) ByNumber(project uuid.UUID, number int64) (uuid.UUID, error) {
	var task id
	err := v.tx.QueryRow(`SELECT task FROM task_numbers WHERE ws = $1 AND project = $2 AND number = $3`, v.ws[:], project[:], number).Scan(&task)
	if errors.Is(err, sql.ErrNoRows) {
		return uuid.Nil, nil
	}
	return uuid.UUID(task), err
}

func (v *view) NextNumber(project uuid.UUID) (int64, error) {
	var last int64
	err := v.tx.QueryRow(`SELECT number FROM task_numbers WHERE ws = $1 AND project = $2 ORDER BY number DESC LIMIT 1`, v.ws[:], project[:]).Scan(&last)
	if errors.Is(err, sql.ErrNoRows) {
		return 1, nil
	}
	return last + 1, err
}

func (v *view) ByExternal(external string) (*tasks.Row, error) {
	return oneRow(scanTask(v.tx.QueryRow(`SELECT `+taskColumns+` FROM tasks t WHERE ws = $1 AND external = $2`, v.ws[:], external).Scan))
}

func (v *view) Events(since int64, limit int) ([]tasks.Event, error) {
	oldest, err := v.Oldest()
	if err != nil {
		return nil, err
	}
	if since+1 < oldest {
		return nil, tasks.ErrTrimmed()
	}
	rows, err := v.tx.Query(`SELECT seq, type, at, project, only_user, lost, doc, moved, doc_new, doc_gone FROM events
		WHERE ws = $1 AND seq > $2 ORDER BY seq LIMIT $3`, v.ws[:], since, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []tasks.Event
	for rows.Next() {
		var e tasks.Event
		if err := rows.Scan(&e.Seq, &e.Type, &e.At, (*id)(&e.Project), (*id)(&e.Only), &e.Lost, &e.JSON, (*id)(&e.From), &e.New, &e.Gone); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

func (v *view) Oldest() (int64, error) {
	var seq int64
	err := v.tx.QueryRow(`SELECT seq FROM events WHERE ws = $1 ORDER BY seq LIMIT 1`, v.ws[:]).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return v.Seq + 1, nil
	}
	return seq, err
}

func (v *view) Activity(task uuid.UUID, since int64, backwards bool, limit int) ([]tasks.Activity, error) {
	cmp, dir := `>`, ``
	if backwards {
		cmp, dir = `<`, ` DESC`
	}
	rows, err := v.tx.Query(`SELECT seq, doc FROM activities WHERE ws = $1 AND task = $2 AND seq `+cmp+` $3 ORDER BY seq`+dir+` LIMIT $4`,
		v.ws[:], task[:], since, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []tasks.Activity
	for rows.Next() {
		var a tasks.Activity
		if err := rows.Scan(&a.Seq, &a.Doc); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, rows.Err()
}
