package sqldb

import (
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// A text that is written gets a number, and a text that changes gets another one. So the index of words can follow at its
// leisure: what is behind history.indexed is looked at as it is, and a number that no row has any more leads nowhere.

// textBits is how many bits of a text's number count the texts of its workspace; the others are the workspace's.
const textBits = 40

// textRange gives the numbers that a workspace's texts have: above the first, up to the second.
func (h history) textRange() (above, upTo int64) {
	return h.number << textBits, (h.number+1)<<textBits - 1
}

// numbered gives the workspace its number, if it has none.
func (w *entryWriter) numbered() error {
	if w.number != 0 {
		return nil
	}
	return w.tx.QueryRow(`SELECT coalesce(max(number), 0) + 1 FROM histories`).Scan(&w.number)
}

// nextText is the number of a text that is new.
func (w *entryWriter) nextText() (int64, error) {
	if err := w.numbered(); err != nil {
		return 0, err
	}
	w.texts++
	return w.number<<textBits | w.texts, nil
}

// renumbered gives a task's text another number if it has changed, or who may see it, or if it had none; else 0. With the
// project of a task that of its comments changes.
func (w *entryWriter) renumbered(r *tasks.Row, old *stored) (int64, error) {
	t, o := r.Task, old.row.Task
	had, err := w.textOf(tasks.KindTask, r.ID)
	if err != nil {
		return 0, err
	}
	moved := t.Project != o.Project
	if had != 0 && !moved && t.Title == o.Title && t.Description == o.Description {
		return 0, nil
	}
	if moved {
		if err := w.moveComments(r.ID); err != nil {
			return 0, err
		}
	}
	if err := w.stale(had); err != nil {
		return 0, err
	}
	return w.nextText()
}

// textOf gives the number of a row's text, 0 if it has none.
func (w *entryWriter) textOf(kind tasks.Kind, id uuid.UUID) (int64, error) {
	query := `SELECT coalesce(text_id, 0) FROM entities WHERE ws = $1 AND id = $2 AND kind = $3`
	args := []any{w.ws[:], id[:], string(kind)}
	if kind == tasks.KindTask {
		query, args = `SELECT coalesce(text_id, 0) FROM tasks WHERE ws = $1 AND id = $2`, args[:2]
	}
	n, err := one(w.tx, scanNumber, query, args...)
	if err != nil || n == nil {
		return 0, err
	}
	return *n, nil
}

func scanNumber(row scanner) (n int64, err error) {
	err = row.Scan(&n)
	return n, err
}

// stale takes note of a number that no row has any more.
func (w *entryWriter) stale(text int64) error {
	if text == 0 {
		return nil
	}
	_, err := w.tx.Exec(`INSERT INTO words_stale (text_id) VALUES ($1)`, text)
	return err
}

// forgetText is for a row that is removed.
func (w *entryWriter) forgetText(kind tasks.Kind, id uuid.UUID) error {
	if kind != tasks.KindTask && kind != tasks.KindComment {
		return nil
	}
	had, err := w.textOf(kind, id)
	if err != nil {
		return err
	}
	return w.stale(had)
}

// comment writes a comment and numbers what it says, unless it says the same as before.
func (w *entryWriter) comment(r *tasks.Row) error {
	old, err := (&view{tx: w.tx, ws: w.ws}).Get(r.Kind, r.ID)
	if err != nil {
		return err
	}
	had, now, before := int64(0), tasks.CommentText(r), ""
	if old != nil {
		if had, err = w.textOf(r.Kind, r.ID); err != nil {
			return err
		}
		before = tasks.CommentText(old)
	}
	if err := w.putEntity(r); err != nil || before == now && (had != 0) == (now != "") {
		return err
	}
	if err := w.stale(had); err != nil {
		return err
	}
	var text any
	if now != "" {
		if text, err = w.nextText(); err != nil {
			return err
		}
	}
	_, err = w.tx.Exec(`UPDATE entities SET text_id = $4 WHERE ws = $1 AND kind = $2 AND id = $3`, w.ws[:], string(r.Kind), r.ID[:], text)
	return err
}

// moveComments numbers a task's comments anew.
func (w *entryWriter) moveComments(task uuid.UUID) error {
	texts, err := all(w.tx, scanNumber, `SELECT text_id FROM entities WHERE ws = $1 AND kind = 'comment' AND scope = $2 AND text_id IS NOT NULL`,
		w.ws[:], task[:])
	if err != nil {
		return err
	}
	for _, had := range texts {
		text, err := w.nextText()
		if err == nil {
			err = w.stale(had)
		}
		if err == nil {
			_, err = w.tx.Exec(`UPDATE entities SET text_id = $2 WHERE text_id = $1`, had, text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
