package sqldb

import (
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// purge removes a row and its text from the log. A task's number stays taken.
func (w *entryWriter) purge(r *tasks.Row) error {
	if err := w.forgetText(r.Kind, r.ID); err != nil {
		return err
	}
	if r.Kind != tasks.KindTask {
		_, err := w.tx.Exec(`DELETE FROM entities WHERE ws = $1 AND kind = $2 AND id = $3`, w.ws[:], string(r.Kind), r.ID[:])
		return err
	}
	old, err := w.stored(r.ID)
	if err != nil || old == nil {
		return err
	}
	if err := w.sides(r.ID, old, &stored{}); err != nil {
		return err
	}
	w.count(old, nil)
	if err := w.scrub(r.ID); err != nil {
		return err
	}
	for _, q := range []string{
		`DELETE FROM activities WHERE ws = $1 AND task = $2`,
		`DELETE FROM tasks WHERE ws = $1 AND id = $2`,
	} {
		if _, err := w.tx.Exec(q, w.ws[:], r.ID[:]); err != nil {
			return err
		}
	}
	return nil
}

// scrub takes the text out of the events that a task's story tells of.
func (w *entryWriter) scrub(task uuid.UUID) error {
	type doc struct {
		seq       int64
		doc, anew []byte
	}
	events, err := all(w.tx, func(row scanner) (e doc, err error) {
		err = row.Scan(&e.seq, &e.doc, &e.anew)
		return e, err
	}, `SELECT seq, doc, doc_new FROM events WHERE ws = $1 AND seq IN (SELECT seq FROM activities WHERE ws = $1 AND task = $2)`,
		w.ws[:], task[:])
	if err != nil {
		return err
	}
	for _, e := range events {
		if e.anew != nil {
			e.anew = tasks.Scrub(e.anew)
		}
		if _, err := w.tx.Exec(`UPDATE events SET doc = $3, doc_new = $4 WHERE ws = $1 AND seq = $2`,
			w.ws[:], e.seq, tasks.Scrub(e.doc), nullBytes(e.anew)); err != nil {
			return err
		}
	}
	return nil
}
