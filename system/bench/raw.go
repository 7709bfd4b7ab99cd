package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/google/uuid"
	"zombiezen.com/go/sqlite"

	"github.com/rung-app/rung/internal/tasks"
)

// What the driver says to the engine for each task that is created: two questions, four inserts. A test compares all but
// rawPosition, which is put together there, with the driver.
const (
	rawNumber   = `SELECT number FROM task_numbers WHERE ws = $1 AND project = $2 ORDER BY number DESC LIMIT 1`
	rawPosition = `SELECT position FROM tasks WHERE ws = $1 AND project = $2 AND deleted = 0 ORDER BY position DESC LIMIT 1`
	rawTask     = `INSERT INTO tasks (ws, id, seq, project, number, status, parent, position, child_position,
		priority, due, floating, created, updated, completed, deleted, title_key, external, assignees, labels, meta, title,
		doc, description, origin, text_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
		$19, $20, $21, $22, $23, $24, $25, $26) ON CONFLICT (ws, id) DO NOTHING`
	rawTaskNumber = `INSERT INTO task_numbers (ws, project, number, task) VALUES ($1, $2, $3, $4)`
	rawEvent      = `INSERT INTO events (ws, seq, type, at, project, only_user, lost, doc, moved, doc_new, doc_gone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	rawActivity = `INSERT INTO activities (ws, task, seq, doc) VALUES ($1, $2, $3, $4)`
)

// And once for all that share a commit.
const (
	rawHistory = `SELECT epoch, seq, access, number, texts, indexed FROM histories WHERE ws = $1`
	rawHead    = `INSERT INTO histories (ws, epoch, seq, access, number, texts) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (ws) DO UPDATE SET seq = excluded.seq, access = excluded.access, texts = excluded.texts`
	rawCount = `INSERT INTO task_counts (ws, project, status, n) VALUES ($1, $2, $3, $4)
			ON CONFLICT (ws, project, status) DO UPDATE SET n = n + excluded.n`
	rawLoad = `INSERT INTO task_loads (ws, project, assignee, done, n) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (ws, project, assignee, done) DO UPDATE SET n = n + excluded.n`
	rawQuarter = `INSERT INTO task_quarters (ws, tally, project, at, n) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (ws, tally, project, at) DO UPDATE SET n = n + excluded.n`
)

// rawLogWrites is after how many creates the log is copied into the database, as the driver does it.
const rawLogWrites = 1_000

// raw makes tasks as the driver does, by the same statements on the same engine and one commit for a batch, and nothing
// else: no rules, no HTTP, no JSON. What the statements write is a task that Rung has made, again and again.
type raw struct {
	conn, checkpointer *sqlite.Conn
	stmts              map[string]*sqlite.Stmt
	batch              int

	ws, project                 []byte
	task, event, activity       []any
	quarters                    [][]any
	made, checkpointed          int
	checkpoint, checkpointEnded chan struct{}
}

// raw gives the statements of what a body makes, on a database of their own.
func (b *bench) raw(ctx context.Context, body []byte) (*raw, error) {
	original, err := b.seeded(ctx, listSize, 1)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(b.run, "raw-")
	if err != nil {
		return nil, err
	}
	apart, err := original.copy(dir)
	if err != nil {
		return nil, err
	}
	return openRaw(ctx, apart, manyClients, body)
}

// openRaw opens a copy of a seed in which it has Rung make a task, out of the body of a request.
func openRaw(ctx context.Context, s *seed, batch int, body []byte) (_ *raw, err error) {
	var n tasks.NewTask
	if err := json.Unmarshal(body, &n); err != nil {
		return nil, err
	}
	svc, closeDB, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	w, err := svc.CreateTask(ctx, s.caller(), s.Workspace, n)
	if err := errors.Join(err, closeDB()); err != nil {
		return nil, err
	}
	r := &raw{
		stmts: map[string]*sqlite.Stmt{}, batch: batch, ws: s.Workspace[:], project: s.Project[:],
		checkpoint: make(chan struct{}, 1), checkpointEnded: make(chan struct{}),
	}
	path := filepath.Join(s.dir, "rung.db")
	for _, c := range []**sqlite.Conn{&r.conn, &r.checkpointer} {
		if *c, err = sqlite.OpenConn(path, sqlite.OpenReadWrite); err != nil {
			return nil, err
		}
		(*c).SetBusyTimeout(10 * time.Second)
		if err := pragmas(*c); err != nil {
			return nil, err
		}
	}
	if err := r.learn(w.ID); err != nil {
		return nil, err
	}
	go r.checkpoints()
	return r, nil
}

// pragmas gives a connection the settings that the driver's writer has.
func pragmas(c *sqlite.Conn) error {
	for _, p := range []string{
		"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)", "wal_autocheckpoint(0)", "temp_store(MEMORY)",
		"trusted_schema(OFF)", "cache_size(-8192)",
	} {
		s, _, err := c.PrepareTransient("PRAGMA " + p)
		if err != nil {
			return err
		}
		if _, err := s.Step(); err != nil {
			return err
		}
		if err := s.Finalize(); err != nil {
			return err
		}
	}
	return nil
}

// checkpoints copies the log into the database when it is told to.
func (r *raw) checkpoints() {
	defer close(r.checkpointEnded)
	for range r.checkpoint {
		s, _, err := r.checkpointer.PrepareTransient("PRAGMA wal_checkpoint(PASSIVE)")
		if err != nil {
			return
		}
		_, _ = s.Step()
		_ = s.Finalize()
	}
}

func (r *raw) close() error {
	close(r.checkpoint)
	<-r.checkpointEnded
	for _, s := range r.stmts {
		_ = s.Finalize()
	}
	return errors.Join(r.conn.Close(), r.checkpointer.Close())
}

// learn reads what Rung has written for a task.
func (r *raw) learn(id uuid.UUID) (err error) {
	read := func(query string, args ...any) (row []any) {
		if err == nil {
			row, err = r.row(query, args...)
		}
		return row
	}
	r.task = read(`SELECT ws, id, seq, project, number, status, parent, position, child_position, priority, due, floating, created, updated,
		completed, deleted, title_key, external, assignees, labels, meta, title, doc, description, origin, text_id
		FROM tasks WHERE ws = $1 AND id = $2`, r.ws, id[:])
	if err != nil {
		return err
	}
	seq := r.task[2]
	r.event = read(`SELECT ws, seq, type, at, project, only_user, lost, doc, moved, doc_new, doc_gone FROM events WHERE ws = $1 AND seq = $2`, r.ws, seq)
	r.activity = read(`SELECT ws, task, seq, doc FROM activities WHERE ws = $1 AND task = $2 AND seq = $3`, r.ws, id[:], seq)
	quarter := func(at int64) int64 { return at - at%int64(15*time.Minute/time.Millisecond) }
	created, due := r.task[12].(int64), r.task[10].(int64)
	r.quarters = [][]any{{r.ws, int64(tasks.TallyCreated), r.project, quarter(created)}, {r.ws, int64(tasks.TallyDueFloating), r.project, quarter(due)}}
	return err
}

// perSecond makes tasks, batch after batch, and gives how many a second.
func (r *raw) perSecond(d time.Duration) (float64, error) {
	begun, n := time.Now(), 0
	for time.Since(begun) < d {
		if err := r.commit(); err != nil {
			return 0, err
		}
		n += r.batch
	}
	return float64(n) / time.Since(begun).Seconds(), nil
}

// commit makes one batch.
func (r *raw) commit() (err error) {
	do := func(query string, args ...any) {
		if err == nil {
			err = r.exec(query, args...)
		}
	}
	do(`BEGIN IMMEDIATE`)
	if err != nil {
		return err
	}
	h, err := r.row(rawHistory, r.ws)
	if err != nil {
		return err
	}
	seq, texts := h[1].(int64), h[4].(int64)
	for range r.batch {
		seq, texts = seq+1, texts+1
		if err := r.create(seq, h[3].(int64)<<40|texts); err != nil {
			return err
		}
	}
	do(rawHead, r.ws, h[0], seq, h[2], h[3], texts)
	do(rawCount, r.ws, r.project, r.task[5], int64(r.batch))
	do(rawLoad, r.ws, r.project, make([]byte, 16), int64(0), int64(r.batch))
	for _, q := range r.quarters {
		do(rawQuarter, append(q[:4:4], int64(r.batch))...)
	}
	do(`COMMIT`)
	if r.made += r.batch; r.made-r.checkpointed >= rawLogWrites {
		r.checkpointed = r.made
		select {
		case r.checkpoint <- struct{}{}:
		default:
		}
	}
	return err
}

// create makes one task, with the next number and at the end of its project.
func (r *raw) create(seq, text int64) error {
	number, err := r.row(rawNumber, r.ws, r.project)
	if err != nil {
		return err
	}
	last, err := r.row(rawPosition, r.ws, r.project)
	if err != nil {
		return err
	}
	place, err := strconv.ParseUint(last[0].(string), 32, 64)
	if err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	now := time.Now().UnixMilli()
	r.task[1], r.task[2], r.task[4], r.task[7] = id[:], seq, number[0].(int64)+1, strconv.FormatUint(place+1<<32, 32)
	r.task[12], r.task[13], r.task[25] = now, now, text
	r.event[1], r.event[3] = seq, now
	r.activity[1], r.activity[2] = id[:], seq
	return errors.Join(
		r.exec(rawTask, r.task...),
		r.exec(rawTaskNumber, r.ws, r.project, r.task[4], id[:]),
		r.exec(rawEvent, r.event...),
		r.exec(rawActivity, r.activity...),
	)
}

// start gives a prepared statement with its parameters.
func (r *raw) start(query string, args []any) (*sqlite.Stmt, error) {
	s := r.stmts[query]
	if s == nil {
		var err error
		if s, _, err = r.conn.PrepareTransient(query); err != nil {
			return nil, fmt.Errorf("%w in %s", err, query)
		}
		r.stmts[query] = s
	}
	for i, a := range args {
		switch v := a.(type) {
		case nil:
			s.BindNull(i + 1)
		case int64:
			s.BindInt64(i+1, v)
		case string:
			s.BindText(i+1, v)
		case []byte:
			s.BindBytes(i+1, v)
		}
	}
	return s, nil
}

func (r *raw) exec(query string, args ...any) error {
	s, err := r.start(query, args)
	if err != nil {
		return err
	}
	_, err = s.Step()
	return errors.Join(err, s.Reset())
}

// row gives the only row of a query.
func (r *raw) row(query string, args ...any) ([]any, error) {
	s, err := r.start(query, args)
	if err != nil {
		return nil, err
	}
	more, err := s.Step()
	if err != nil || !more {
		return nil, fmt.Errorf("%s gives nothing (%w)", query, errors.Join(err, s.Reset()))
	}
	out := make([]any, s.ColumnCount())
	for i := range out {
		switch s.ColumnType(i) {
		case sqlite.TypeInteger:
			out[i] = s.ColumnInt64(i)
		case sqlite.TypeText:
			out[i] = s.ColumnText(i)
		case sqlite.TypeBlob:
			b := make([]byte, s.ColumnLen(i))
			s.ColumnBytes(i, b)
			out[i] = b
		}
	}
	return out, s.Reset()
}
