package sqldb

import (
	"context"
	"sync/atomic"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// How much of the index is written at once; who writes meanwhile waits for that long.
const (
	indexTexts   = 500     // numbers
	indexBytes   = 1 << 20 // of text
	indexMissing = 200     // rows that are numbered for the first time
	wakeTexts    = 500     // unindexed texts for which the one who indexes is woken
)

// unindexed counts what has been written since the index was last told.
type unindexed struct {
	n    *atomic.Int64
	wake chan struct{}
}

func newUnindexed() unindexed { return unindexed{new(atomic.Int64), make(chan struct{}, 1)} }

func (u unindexed) wrote(n int64) {
	if u.n.Add(n) < wakeTexts {
		return
	}
	u.n.Store(0)
	select {
	case u.wake <- struct{}{}:
	default:
	}
}

// Unindexed gives something now and then when there are many texts that Index has not seen.
func (s *TasksStore) Unindexed() <-chan struct{} { return s.texts.wake }

// text is one that goes into the index.
type text struct {
	kind   tasks.Kind
	ws, id uuid.UUID
	number int64
	tokens string
	size   int
}

// Index brings the index of words a step nearer to what there is and reports whether there is more to do.
func (s *TasksStore) Index(ctx context.Context) (more bool, err error) {
	for _, step := range []func(context.Context) (bool, error){s.indexNew, s.indexMissing, s.dropStale, s.mergeIndex} {
		some, err := step(ctx)
		if err != nil {
			return false, err
		}
		more = more || some
	}
	return more, nil
}

// indexNew adds the next texts of a workspace that has some.
func (s *TasksStore) indexNew(ctx context.Context) (bool, error) {
	var ws *uuid.UUID
	var h history
	var texts []text
	var upTo int64
	err := s.db.Read(ctx, func(tx *Tx) (err error) {
		if ws, err = one(tx, scanID, `SELECT ws FROM histories INDEXED BY histories_pending WHERE texts > indexed LIMIT 1`); ws == nil || err != nil {
			return err
		}
		if h, err = readHistory(tx, *ws); err == nil {
			texts, upTo, err = waiting(tx, h)
		}
		return err
	})
	if err != nil || ws == nil {
		return false, err
	}
	err = s.db.Write(ctx, func(tx *Tx) error {
		now, err := readHistory(tx, *ws)
		if err != nil || now.indexed != h.indexed || now.number != h.number { // somebody else was here, or it is dropped
			return err
		}
		if err := addTexts(tx, texts); err != nil {
			return err
		}
		_, err = tx.Exec(`UPDATE histories SET indexed = $2 WHERE ws = $1`, (*ws)[:], upTo)
		return err
	})
	return true, err
}

// waiting reads the texts of a workspace that the index comes to next, and tells up to which number they are all.
func waiting(tx *Tx, h history) ([]text, int64, error) {
	above, _ := h.textRange()
	from, to := above|h.indexed, above|min(h.texts, h.indexed+indexTexts)
	var out []text
	for _, read := range []struct {
		query string
		scan  func(scanner) (text, error)
	}{
		{`SELECT text_id, project, title, description FROM tasks WHERE text_id > $1 AND text_id <= $2 ORDER BY text_id`, scanTaskText},
		{`SELECT c.text_id, t.project, c.doc FROM entities c CROSS JOIN tasks t ON t.ws = c.ws AND t.id = c.scope
			WHERE c.text_id > $1 AND c.text_id <= $2 ORDER BY c.text_id`, scanCommentText},
	} {
		some, last, err := bounded(tx, read.scan, read.query, from, to)
		if err != nil {
			return nil, 0, err
		}
		out, to = append(out, some...), last
	}
	kept := out[:0]
	for _, t := range out {
		if t.number <= to {
			kept = append(kept, t)
		}
	}
	return kept, to &^ above, nil
}

// bounded reads texts in the order of their numbers until they have become many bytes, and gives the last number that
// was come to.
func bounded(tx *Tx, scan func(scanner) (text, error), query string, from, to int64) ([]text, int64, error) {
	rows, err := tx.Query(query, from, to)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	var out []text
	size := 0
	for rows.Next() {
		t, err := scan(rows)
		if err != nil {
			return nil, 0, err
		}
		out = append(out, t)
		if size += t.size; size >= indexBytes {
			return out, t.number, nil
		}
	}
	return out, to, rows.Err()
}

func scanTaskText(row scanner) (text, error) {
	t := text{kind: tasks.KindTask}
	var project uuid.UUID
	var title, description string
	err := row.Scan(&t.number, rawID{&project}, &title, &description)
	t.tokens, t.size = tokensOfTask(t.number, project, title, description), len(title)+len(description)
	return t, err
}

func scanCommentText(row scanner) (text, error) {
	t := text{kind: tasks.KindComment}
	var project uuid.UUID
	r := &tasks.Row{Kind: tasks.KindComment}
	err := row.Scan(&t.number, rawID{&project}, &r.Doc)
	t.tokens, t.size = tokensOfComment(t.number, project, tasks.CommentText(r)), len(r.Doc)
	return t, err
}

func addTexts(tx *Tx, texts []text) error {
	for _, t := range texts {
		if _, err := tx.Exec(`INSERT INTO words (rowid, tokens) VALUES ($1, $2)`, t.number, t.tokens); err != nil {
			return err
		}
	}
	return nil
}
