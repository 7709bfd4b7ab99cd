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
		if err == nil && r.Kind == tasks.KindAttachment {
			err = w.scrubPart(r.Scope, r.ID)
		}
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
	return w.scrubEvents(`seq IN (SELECT seq FROM activities WHERE ws = $1 AND task = $2)`, task[:])
}

// scrubPart takes the text out of what a task's story says of something that hung on it, and out of the events that it
// tells of. Of a task that is purged in the same entry nothing is left to be looked through.
func (w *entryWriter) scrubPart(task, part uuid.UUID) error {
	type line struct {
		seq int64
		doc []byte
	}
	lines, err := all(w.tx, func(row scanner) (l line, err error) {
		err = row.Scan(&l.seq, &l.doc)
		return l, err
	}, `SELECT seq, doc FROM activities WHERE ws = $1 AND task = $2 AND instr(doc, $3) > 0`, w.ws[:], task[:], []byte(part.String()))
	if err != nil {
		return err
	}
	for _, l := range lines {
		doc, ok := tasks.ScrubActivity(l.doc, part)
		if !ok {
			continue
		}
		if _, err := w.tx.Exec(`UPDATE activities SET doc = $4 WHERE ws = $1 AND task = $2 AND seq = $3`, w.ws[:], task[:], l.seq, doc); err != nil {
			return err
		}
		if err := w.scrubEvents(`seq = $2`, l.seq); err != nil {
			return err
		}
	}
	return nil
}

// scrubEvents takes the text out of the events for which a condition holds, whose $1 is the workspace and $2 is arg.
func (w *entryWriter) scrubEvents(where string, arg any) error {
	type doc struct {
		seq       int64
		doc, anew []byte
	}
	events, err := all(w.tx, func(row scanner) (e doc, err error) {
		err = row.Scan(&e.seq, &e.doc, &e.anew)
		return e, err
	}, `SELECT seq, doc, doc_new FROM events WHERE ws = $1 AND `+where, w.ws[:], arg)
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
