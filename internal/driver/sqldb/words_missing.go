package sqldb

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// indexMissing numbers some of what was there before the index, oldest workspaces' ids first, and adds it.
func (s *TasksStore) indexMissing(ctx context.Context) (bool, error) {
	kinds, err := read(ctx, s.db, func(tx *Tx) ([]string, error) { return all(tx, scanText, `SELECT kind FROM words_missing`) })
	if err != nil || len(kinds) == 0 {
		return false, err
	}
	kind := tasks.Kind(kinds[0])
	err = s.db.Write(ctx, func(tx *Tx) error {
		var ws, id []byte
		if err := tx.QueryRow(`SELECT ws, id FROM words_missing WHERE kind = $1`, string(kind)).Scan(&ws, &id); err != nil {
			return err
		}
		texts, n, err := missing(tx, kind, ws, id)
		if err != nil {
			return err
		}
		if n == 0 {
			_, err := tx.Exec(`DELETE FROM words_missing WHERE kind = $1`, string(kind))
			return err
		}
		for _, t := range texts {
			query := `UPDATE entities SET text_id = $3 WHERE ws = $1 AND kind = 'comment' AND id = $2`
			if kind == tasks.KindTask {
				query = `UPDATE tasks SET text_id = $3 WHERE ws = $1 AND id = $2`
			}
			if t.number == 0 {
				continue
			}
			if _, err := tx.Exec(query, t.ws[:], t.id[:], t.number); err != nil {
				return err
			}
			if err := addTexts(tx, []text{t}); err != nil {
				return err
			}
		}
		last := texts[len(texts)-1]
		_, err = tx.Exec(`UPDATE words_missing SET ws = $2, id = $3 WHERE kind = $1`, string(kind), last.ws[:], last.id[:])
		return err
	})
	return true, err
}

func scanText(row scanner) (s string, err error) {
	err = row.Scan(&s)
	return s, err
}

// missing reads rows without a number behind a place and gives each its version as one: whatever is written after the
// index came into being is numbered at once, so no version counts that is above what the history had then.
func missing(tx *Tx, kind tasks.Kind, ws, after []byte) ([]text, int, error) {
	query := `SELECT t.ws, t.id, h.number << 40 | t.seq, t.project, t.title, t.description FROM tasks t CROSS JOIN histories h ON h.ws = t.ws
		WHERE (t.ws, t.id) > ($1, $2) AND t.text_id IS NULL ORDER BY t.ws, t.id LIMIT $3`
	if kind == tasks.KindComment {
		query = `SELECT c.ws, c.id, h.number << 40 | c.seq, t.project, c.doc, c.deleted FROM entities c CROSS JOIN histories h ON h.ws = c.ws
			LEFT JOIN tasks t ON t.ws = c.ws AND t.id = c.scope
			WHERE c.kind = 'comment' AND (c.ws, c.kind, c.id) > ($1, 'comment', $2) AND c.text_id IS NULL ORDER BY c.ws, c.kind, c.id LIMIT $3`
	}
	rows, err := tx.Query(query, ws, after, indexMissing)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	var out []text
	for size := 0; size < indexBytes && rows.Next(); {
		t := text{kind: kind}
		var project id
		if kind == tasks.KindTask {
			var title, description string
			if err := rows.Scan(rawID{&t.ws}, rawID{&t.id}, &t.number, &project, &title, &description); err != nil {
				return nil, 0, err
			}
			t.tokens = tokensOfTask(t.number, uuid.UUID(project), title, description)
			size += len(title) + len(description)
		} else {
			r := &tasks.Row{Kind: kind}
			if err := rows.Scan(rawID{&t.ws}, rawID{&t.id}, &t.number, &project, &r.Doc, &r.Deleted); err != nil {
				return nil, 0, err
			}
			size += len(r.Doc)
			if said := tasks.CommentText(r); said == "" || uuid.UUID(project) == uuid.Nil {
				t.number = 0
			} else {
				t.tokens = tokensOfComment(t.number, uuid.UUID(project), said)
			}
		}
		out = append(out, t)
	}
	return out, len(out), rows.Err()
}
