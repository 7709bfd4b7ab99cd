package sqldb

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"sync"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// TasksStore keeps the histories of workspaces; see tasks.Store.
type TasksStore struct {
	db    *DB
	told  func(uuid.UUID, tasks.Entry)
	heads sync.Map // workspace -> tasks.Head, as of the last commit
	texts unindexed
}

var _ tasks.Store = (*TasksStore)(nil)

// NewTasksStore makes a store of a database whose "tasks" tables are there.
func NewTasksStore(db *DB) *TasksStore { return &TasksStore{db: db, texts: newUnindexed()} }

// Watch has told called with every entry.
func (s *TasksStore) Watch(told func(uuid.UUID, tasks.Entry)) { s.told = told }

// Update commits what change returns as the next entry.
func (s *TasksStore) Update(ctx context.Context, ws uuid.UUID, change func(tasks.View) ([]tasks.Change, error)) (tasks.Entry, error) {
	var entry tasks.Entry
	err := s.db.Write(ctx, func(tx *Tx) error {
		h, err := readHistory(tx, ws)
		if err != nil {
			return err
		}
		head := h.Head
		changes, err := change(&view{tx: tx, ws: ws, history: h})
		if err != nil {
			return err
		}
		entry = tasks.Entry{Epoch: head.Epoch, First: head.Seq + 1, Last: head.Seq}
		if len(changes) == 0 {
			return nil
		}
		w := entryWriter{tx: tx, ws: ws, history: h}
		if err := w.all(changes, &entry); err != nil {
			return err
		}
		tx.OnCommit(func() {
			s.heads.Store(ws, w.Head)
			if w.texts > h.texts {
				s.texts.wrote(w.texts - h.texts)
			}
			if s.told != nil {
				s.told(ws, entry)
			}
		})
		return nil
	})
	return entry, err
}

// Read runs read on one state of the workspace.
func (s *TasksStore) Read(ctx context.Context, ws uuid.UUID, read func(tasks.View) error) error {
	return s.db.Read(ctx, func(tx *Tx) error {
		h, err := readHistory(tx, ws)
		if err != nil {
			return err
		}
		return read(&view{tx: tx, ws: ws, history: h})
	})
}

// Head gives the last acknowledged head.
func (s *TasksStore) Head(ctx context.Context, ws uuid.UUID) (tasks.Head, error) {
	if h, ok := s.heads.Load(ws); ok {
		return h.(tasks.Head), nil
	}
	var head tasks.Head
	err := s.db.WriteAnyway(ctx, func(tx *Tx) error { // in the writer, so that no commit comes between reading and keeping it
		h, err := readHistory(tx, ws)
		if head = h.Head; err == nil && head.Seq > 0 {
			tx.OnCommit(func() { s.heads.Store(ws, head) })
		}
		return err
	})
	if fault.KindOf(err) == fault.KindUnavailable { // the writer has no room to write in; reading needs none
		err = s.db.Read(ctx, func(tx *Tx) error {
			h, err := readHistory(tx, ws)
			head = h.Head
			return err
		})
	}
	return head, err
}

// firstEpoch names the timeline of a workspace that nothing has happened in.
func firstEpoch(ws uuid.UUID) string { return hex.EncodeToString(ws[12:]) }

// history is what is kept of a workspace as a whole.
type history struct {
	tasks.Head
	number  int64 // of the workspace; 0 if nothing has happened in it
	texts   int64 // numbered
	indexed int64 // of them
}

func readHistory(tx *Tx, ws uuid.UUID) (history, error) {
	if h := tx.waiting(ws); h != nil {
		return *h, nil
	}
	var h history
	err := tx.QueryRow(`SELECT epoch, seq, access, number, texts, indexed FROM histories WHERE ws = $1`, ws[:]).
		Scan(&h.Epoch, &h.Seq, &h.Access, &h.number, &h.texts, &h.indexed)
	if errors.Is(err, sql.ErrNoRows) {
		return history{Head: tasks.Head{Epoch: firstEpoch(ws)}}, nil
	}
	return h, err
}

// Trim forgets old events, always the first ones of a history and never some from its middle, even if a clock has gone
// back between them. It looks at each workspace's oldest event: an index by age would make every write dearer.
func (s *TasksStore) Trim(ctx context.Context, before int64, limit int) (int, error) {
	trimmed := 0
	for trimmed < limit {
		ws, err := read(ctx, s.db, func(tx *Tx) (*uuid.UUID, error) {
			return one(tx, scanID, `SELECT ws FROM histories h
				WHERE (SELECT at FROM events e WHERE e.ws = h.ws ORDER BY seq LIMIT 1) < $1 LIMIT 1`, before)
		})
		if err != nil || ws == nil {
			return trimmed, err
		}
		n := 0
		err = s.db.Write(ctx, func(tx *Tx) error {
			last, err := lastBefore(tx, *ws, before, limit-trimmed)
			if err == nil {
				n, err = tx.Exec(`DELETE FROM events WHERE ws = $1 AND seq <= $2`, ws[:], last)
			}
			return err
		})
		if err != nil || n == 0 {
			return trimmed, err
		}
		trimmed += n
	}
	return trimmed, nil
}

// lastBefore gives the last of a history's first events, at most limit of them, that are all older than before.
func lastBefore(tx *Tx, ws uuid.UUID, before int64, limit int) (last int64, err error) {
	rows, err := tx.Query(`SELECT seq, at FROM events WHERE ws = $1 ORDER BY seq LIMIT $2`, ws[:], limit)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var seq, at int64
		if err := rows.Scan(&seq, &at); err != nil || at >= before {
			return last, err
		}
		last = seq
	}
	return last, rows.Err()
}

// Expired gives what has been in the trash for long.
func (s *TasksStore) Expired(ctx context.Context, before int64, limit int) ([]tasks.Trashed, error) {
	var out []tasks.Trashed
	err := s.db.Read(ctx, func(tx *Tx) error {
		rows, err := tx.Query(`SELECT ws, id, 'task' FROM tasks WHERE deleted > 0 AND deleted < $1
			UNION ALL SELECT ws, id, kind FROM entities WHERE deleted > 0 AND kind = 'project' AND deleted < $1
			UNION ALL SELECT ws, id, kind FROM entities WHERE deleted > 0 AND kind = 'attachment' AND deleted < $1 LIMIT $2`, before, limit)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var t tasks.Trashed
			if err := rows.Scan((*id)(&t.Workspace), (*id)(&t.ID), (*string)(&t.Kind)); err != nil {
				return err
			}
			out = append(out, t)
		}
		return rows.Err()
	})
	return out, err
}

// Secret gives a secret, or keeps the one that is given if there is none. It is needed for reading, so it is found, and
// made, while nothing else is written.
func (s *TasksStore) Secret(ctx context.Context, name string, fresh []byte) ([]byte, error) {
	find := func(tx *Tx) (*[]byte, error) {
		return one(tx, func(row scanner) (secret []byte, err error) {
			err = row.Scan(&secret)
			return secret, err
		}, `SELECT value FROM secrets WHERE name = $1`, name)
	}
	secret, err := read(ctx, s.db, find)
	if err == nil && secret == nil {
		err = s.db.WriteAnyway(ctx, func(tx *Tx) error {
			_, err := tx.Exec(`INSERT INTO secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`, name, fresh)
			if err == nil {
				secret, err = find(tx)
			}
			return err
		})
	}
	if err != nil || secret == nil {
		return nil, err
	}
	return *secret, nil
}

// ReplaceSecret keeps another secret. Whoever must be kept out is kept out while nothing else is written, too.
func (s *TasksStore) ReplaceSecret(ctx context.Context, name string, fresh []byte) error {
	return s.db.WriteAnyway(ctx, func(tx *Tx) error {
		_, err := tx.Exec(`INSERT INTO secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, fresh)
		return err
	})
}

// NewEpoch begins a new timeline in every workspace; it is for after a restore, when history may have been lost.
func (s *TasksStore) NewEpoch(ctx context.Context, epoch string) error {
	err := s.db.Write(ctx, func(tx *Tx) error {
		_, err := tx.Exec(`UPDATE histories SET epoch = $1`, epoch)
		return err
	})
	s.heads.Clear()
	return err
}

// conflictOf turns a violated unique key, which rules in the domain should have seen coming, into a conflict.
func conflictOf(err error) error {
	if IsUnique(err) {
		return fault.Conflict("taken", "Something with the same name or id exists already.").With(err)
	}
	return err
}
