package sqldb

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/tasks"
)

// documented is a table that holds documents of a workspace.
type documented struct {
	name string
	key  []string // behind ws
	docs []string
	only string // names the one user whom a row is for, NULL if it is not for just one; "" if that can't be
}

// documentedTables are all of them, in the order in which they are gone through. A new table with documents that may
// name people belongs here.
func documentedTables() []documented {
	return []documented{
		{"entities", []string{"kind", "id"}, []string{"doc", "meta"}, ""},
		{"tasks", []string{"id"}, []string{"doc", "meta"}, ""},
		{"events", []string{"seq"}, []string{"doc", "doc_new", "doc_gone"}, "only_user"},
		{"activities", []string{"task", "seq"}, []string{"doc"}, ""},
	}
}

// document is a row on its way.
type document struct {
	key  []any
	docs [][]byte
	only uuid.UUID
}

// Rewrite implements tasks.Rewriter.
func (s *TasksStore) Rewrite(ctx context.Context, ws uuid.UUID, from string, limit int, rewrite func([]byte, uuid.UUID) []byte) (string, int, error) {
	tables := documentedTables()
	at, after, err := parsePlace(tables, from)
	if err != nil {
		return "", 0, err
	}
	t := tables[at]
	rows, err := read(ctx, s.db, func(tx *Tx) ([]document, error) { return t.behind(tx, ws, after, limit) })
	if err != nil {
		return "", 0, err
	}
	changed := 0
	var due []document
	for _, d := range rows {
		if d.rewrite(rewrite) {
			due = append(due, d)
		}
	}
	if len(due) > 0 { // the writer is not troubled for nothing
		err = s.db.Write(ctx, func(tx *Tx) error {
			changed = 0
			for _, d := range due {
				now, err := t.get(tx, ws, d.key)
				if err != nil {
					return err
				}
				if now == nil || !now.rewrite(rewrite) {
					continue
				}
				if err := t.put(tx, ws, *now); err != nil {
					return err
				}
				changed++
			}
			return nil
		})
	}
	switch {
	case err != nil:
		return "", 0, err
	case len(rows) == limit:
		return placeText(at, rows[len(rows)-1].key), changed, nil
	case at+1 < len(tables):
		return placeText(at+1, nil), changed, nil
	}
	return "", changed, nil
}

// rewrite has each of the documents rewritten and reports whether one is another now.
func (d *document) rewrite(f func([]byte, uuid.UUID) []byte) bool {
	any := false
	for i, doc := range d.docs {
		if doc == nil {
			continue
		}
		if now := f(doc, d.only); !bytes.Equal(now, doc) {
			d.docs[i], any = now, true
		}
	}
	return any
}

func (t documented) columns() string {
	columns := append(append([]string{}, t.key...), t.docs...)
	if t.only != "" {
		columns = append(columns, t.only)
	}
	return strings.Join(columns, ", ")
}

func (t documented) scan(row scanner) (d document, err error) {
	dest := make([]any, 0, len(t.key)+len(t.docs))
	for _, k := range t.key {
		switch k {
		case "seq":
			dest = append(dest, new(int64))
		case "kind":
			dest = append(dest, new(string))
		default:
			dest = append(dest, new([]byte))
		}
	}
	d.docs = make([][]byte, len(t.docs))
	for i := range d.docs {
		dest = append(dest, &d.docs[i])
	}
	if t.only != "" {
		dest = append(dest, (*id)(&d.only))
	}
	if err := row.Scan(dest...); err != nil {
		return d, err
	}
	for _, v := range dest[:len(t.key)] {
		switch v := v.(type) {
		case *int64:
			d.key = append(d.key, *v)
		case *string:
			d.key = append(d.key, *v)
		case *[]byte:
			d.key = append(d.key, *v)
		}
	}
	return d, nil
}

// places numbers as many parameters from the given one on.
func places(from, n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = "$" + strconv.Itoa(from+i)
	}
	return strings.Join(all, ", ")
}

func (t documented) behind(tx *Tx, ws uuid.UUID, after []any, limit int) ([]document, error) {
	key := strings.Join(t.key, ", ")
	if after == nil {
		return all(tx, t.scan, `SELECT `+t.columns()+` FROM `+t.name+` WHERE ws = $1 ORDER BY `+key+` LIMIT $2`, ws[:], limit)
	}
	args := append([]any{ws[:], limit}, after...)
	return all(tx, t.scan, `SELECT `+t.columns()+` FROM `+t.name+`
		WHERE ws = $1 AND (`+key+`) > (`+places(3, len(t.key))+`) ORDER BY `+key+` LIMIT $2`, args...)
}

func (t documented) get(tx *Tx, ws uuid.UUID, key []any) (*document, error) {
	return one(tx, t.scan, `SELECT `+t.columns()+` FROM `+t.name+` WHERE ws = $1 AND (`+strings.Join(t.key, ", ")+`) = (`+places(2, len(t.key))+`)`,
		append([]any{ws[:]}, key...)...)
}

func (t documented) put(tx *Tx, ws uuid.UUID, d document) error {
	sets := make([]string, len(t.docs))
	args := append([]any{ws[:]}, d.key...)
	for i, c := range t.docs {
		args = append(args, nullBytes(d.docs[i]))
		sets[i] = c + " = $" + strconv.Itoa(len(args))
	}
	_, err := tx.Exec(`UPDATE `+t.name+` SET `+strings.Join(sets, ", ")+` WHERE ws = $1 AND (`+strings.Join(t.key, ", ")+`) = (`+places(2, len(t.key))+`)`, args...)
	return err
}

// placeText writes where to go on: the table's place in the list, and the key of the last row that was seen.
func placeText(table int, key []any) string {
	parts := []string{strconv.Itoa(table)}
	for _, k := range key {
		switch k := k.(type) {
		case int64:
			parts = append(parts, strconv.FormatInt(k, 10))
		case string:
			parts = append(parts, k)
		case []byte:
			parts = append(parts, hex.EncodeToString(k))
		}
	}
	return strings.Join(parts, ":")
}

func parsePlace(tables []documented, place string) (table int, after []any, err error) {
	if place == "" {
		return 0, nil, nil
	}
	parts := strings.Split(place, ":")
	wrong := fmt.Errorf("%q is no place among documents", place)
	if table, err = strconv.Atoi(parts[0]); err != nil || table < 0 || table >= len(tables) {
		return 0, nil, wrong
	}
	key := tables[table].key
	if len(parts) == 1 {
		return table, nil, nil
	}
	if len(parts) != len(key)+1 {
		return 0, nil, wrong
	}
	for i, k := range key {
		text := parts[i+1]
		switch k {
		case "seq":
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return 0, nil, wrong
			}
			after = append(after, n)
		case "kind":
			after = append(after, text)
		default:
			b, err := hex.DecodeString(text)
			if err != nil {
				return 0, nil, wrong
			}
			after = append(after, b)
		}
	}
	return table, after, nil
}

// Drop implements tasks.Rewriter.
func (s *TasksStore) Drop(ctx context.Context, ws uuid.UUID, limit int) (more bool, err error) {
	err = s.db.Write(ctx, func(tx *Tx) (err error) {
		if more, err = dropWords(tx, ws, limit); more || err != nil {
			return err
		}
		for _, t := range []struct{ name, key string }{
			{"entities", "kind, id"},
			{"tasks", "id"},
			{"task_assignees", "assignee, done, due, task"},
			{"task_labels", "label, created, task"},
			{"task_counts", "project, status"},
			{"task_loads", "project, assignee, done"},
			{"task_quarters", "tally, project, at"},
			{"task_numbers", "project, number"},
			{"activities", "task, seq"},
			{"events", "seq"},
			{"histories", ""},
		} {
			query := `DELETE FROM ` + t.name + ` WHERE ws = $1`
			args := []any{ws[:]}
			if t.key != "" {
				query += ` AND (` + t.key + `) IN (SELECT ` + t.key + ` FROM ` + t.name + ` WHERE ws = $1 LIMIT $2)`
				args = append(args, limit)
			}
			n, err := tx.Exec(query, args...)
			if err != nil {
				return err
			}
			if t.key != "" && n == limit {
				more = true
				return nil
			}
		}
		tx.OnCommit(func() { s.heads.Delete(ws) })
		return nil
	})
	return more, err
}

// WorkspacesOf implements tasks.Rewriter.
func (s *TasksStore) WorkspacesOf(ctx context.Context, user, after uuid.UUID, limit int) ([]uuid.UUID, error) {
	return read(ctx, s.db, func(tx *Tx) ([]uuid.UUID, error) {
		return all(tx, scanID, `SELECT ws FROM entities WHERE kind = 'member' AND id = $1 AND ws > $2 ORDER BY ws LIMIT $3`, user[:], after[:], limit)
	})
}

// Audit implements tasks.Store.
func (s *TasksStore) Audit() audit.Log { return NewAuditLog(s.db, "tasks") }

var _ tasks.Rewriter = (*TasksStore)(nil)
