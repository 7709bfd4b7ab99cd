package sqldb

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// entryWriter writes the changes of one entry.
type entryWriter struct {
	tx *Tx
	ws uuid.UUID
	history
}

// column is a status of a project.
type column struct{ project, status uuid.UUID }

func (w *entryWriter) all(changes []tasks.Change, entry *tasks.Entry) error {
	for _, c := range changes {
		if err := w.row(c); err != nil {
			return err
		}
		if err := writeAudit(w.tx, "tasks", c.Audit); err != nil {
			return err
		}
		if c.Event.Seq == 0 {
			continue
		}
		if c.Event.Seq != w.Seq+1 {
			return fmt.Errorf("event %d follows %d", c.Event.Seq, w.Seq)
		}
		if err := w.event(&c.Event); err != nil {
			return err
		}
		w.Seq = c.Event.Seq
		if c.Event.Access {
			w.Access = c.Event.Seq
		}
		entry.Events = append(entry.Events, c.Event)
		entry.Rows = append(entry.Rows, c.Row)
	}
	entry.Last = w.Seq
	failpoint("entry-written")
	if err := w.numbered(); err != nil {
		return err
	}
	now := w.history
	w.tx.lateOf(w.ws).history = &now
	return nil
}

// write keeps how far a history has come.
func (h *history) write(tx *Tx, ws uuid.UUID) error {
	_, err := tx.Exec(`INSERT INTO histories (ws, epoch, seq, access, number, texts) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (ws) DO UPDATE SET seq = excluded.seq, access = excluded.access, texts = excluded.texts`,
		ws[:], h.Epoch, h.Seq, h.Access, h.number, h.texts)
	return err
}

func (w *entryWriter) event(e *tasks.Event) error {
	lost := 0
	if e.Lost {
		lost = 1
	}
	if _, err := w.tx.Exec(`INSERT INTO events (ws, seq, type, at, project, only_user, lost, doc, moved, doc_new, doc_gone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		w.ws[:], e.Seq, e.Type, e.At, nullID(e.Project), nullID(e.Only), lost, e.JSON, nullID(e.From), nullBytes(e.New), nullBytes(e.Gone),
	); err != nil {
		return err
	}
	if e.Task == uuid.Nil {
		return nil
	}
	_, err := w.tx.Exec(`INSERT INTO activities (ws, task, seq, doc) VALUES ($1, $2, $3, $4)`, w.ws[:], e.Task[:], e.Seq, e.Activity)
	return err
}

func (w *entryWriter) row(c tasks.Change) error {
	switch r := c.Row; {
	case r == nil:
		return nil
	case c.Purge:
		return w.purge(r)
	case r.Kind == tasks.KindTask:
		return conflictOf(w.task(r))
	default:
		return conflictOf(w.entity(r))
	}
}

func (w *entryWriter) entity(r *tasks.Row) error {
	if r.Kind == tasks.KindComment {
		return w.comment(r)
	}
	return w.putEntity(r)
}

func (w *entryWriter) putEntity(r *tasks.Row) error {
	_, err := w.tx.Exec(`INSERT INTO entities (ws, kind, id, seq, scope, other, uniq, sort, deleted, origin, doc, meta)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (ws, kind, id) DO UPDATE SET seq = excluded.seq, scope = excluded.scope, other = excluded.other,
			uniq = excluded.uniq, sort = excluded.sort, deleted = excluded.deleted, doc = excluded.doc, meta = excluded.meta`,
		w.ws[:], string(r.Kind), r.ID[:], r.Seq, nullID(r.Scope), nullID(r.Other), nullText(r.Unique), r.Sort, r.Deleted,
		nullBytes(r.Origin), r.Doc, nullBytes(r.Meta))
	return err
}

// stored is what there is of a task before it is written.
type stored struct {
	row               tasks.Row // with as much of the index as decides what must be written
	assignees, labels []uuid.UUID
	done, due         int64
	created           int64
	live              bool
}

// assignment is one column, or several that change together, in an UPDATE of a task.
type assignment struct {
	column string
	value  any
	same   bool
}

func (w *entryWriter) task(r *tasks.Row) error {
	t := r.Task
	old, err := w.insertOrGet(r)
	if err == nil && old != nil {
		err = w.change(r, old)
	}
	if err != nil {
		return err
	}
	if old == nil || old.row.Task.Number != t.Number || old.row.Task.Project != t.Project {
		if _, err := w.tx.Exec(`INSERT INTO task_numbers (ws, project, number, task) VALUES ($1, $2, $3, $4)`,
			w.ws[:], t.Project[:], t.Number, r.ID[:]); err != nil {
			return err
		}
	}
	now := &stored{assignees: t.Assignees, labels: t.Labels, due: t.Due, created: t.Created, live: r.Deleted == 0}
	if t.Completed != 0 {
		now.done = 1
	}
	w.count(old, r)
	return w.sides(r.ID, old, now)
}

// count takes note of the column that a task leaves and of the one that it comes to; now is nil if it is purged.
func (w *entryWriter) count(old *stored, now *tasks.Row) {
	late := w.tx.lateOf(w.ws)
	if old != nil && old.live {
		late.counts[column{old.row.Task.Project, old.row.Task.Status}]--
		late.tallies.count(old.row.Task, -1)
	}
	if now != nil && now.Deleted == 0 {
		late.counts[column{now.Task.Project, now.Task.Status}]++
		late.tallies.count(now.Task, 1)
	}
}

// writeCounts adds to the columns' numbers of live tasks.
func writeCounts(tx *Tx, ws uuid.UUID, counts map[column]int) error {
	for c, n := range counts {
		if n == 0 {
			continue
		}
		if _, err := tx.Exec(`INSERT INTO task_counts (ws, project, status, n) VALUES ($1, $2, $3, $4)
			ON CONFLICT (ws, project, status) DO UPDATE SET n = n + excluded.n`, ws[:], c.project[:], c.status[:], n); err != nil {
			return err
		}
	}
	return nil
}

// insertOrGet adds a task, or gives what there is of it, nil if it has been added. A row that says what request it comes
// from is nearly always new, and is not looked for first.
func (w *entryWriter) insertOrGet(r *tasks.Row) (*stored, error) {
	if r.Origin == nil {
		if old, err := w.stored(r.ID); old != nil || err != nil {
			return old, err
		}
	}
	t := r.Task
	text, err := w.nextText()
	if err != nil {
		return nil, err
	}
	added, err := w.tx.Exec(`INSERT INTO tasks (ws, id, seq, project, number, status, parent, position, child_position,
		priority, due, floating, created, updated, completed, deleted, title_key, external, assignees, labels, meta, title,
		doc, description, origin, text_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
		$19, $20, $21, $22, $23, $24, $25, $26) ON CONFLICT (ws, id) DO NOTHING`,
		w.ws[:], r.ID[:], r.Seq, t.Project[:], t.Number, t.Status[:], nullID(t.Parent), t.Position, t.ChildPosition,
		tasks.PriorityRank(t.Priority), t.Due, flag(t.DueFloating), t.Created, t.Updated, t.Completed, r.Deleted, t.TitleKey,
		nullText(t.External), joinIDs(t.Assignees), joinIDs(t.Labels), r.Meta, t.Title, r.Doc, t.Description, nullBytes(r.Origin), text)
	if err != nil || added == 1 {
		return nil, err
	}
	return w.stored(r.ID)
}

// change writes just the columns that have new values: the engine writes every index that an UPDATE names, changed or
// not, and most changes touch few of them.
func (w *entryWriter) change(r *tasks.Row, old *stored) error {
	t, o := r.Task, old.row.Task
	text, err := w.renumbered(r, old)
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString(`UPDATE tasks SET seq = $3, doc = $4, meta = $5`)
	args := []any{w.ws[:], r.ID[:], r.Seq, r.Doc, r.Meta}
	for _, a := range []assignment{
		{`project`, t.Project[:], t.Project == o.Project},
		{`number`, t.Number, t.Number == o.Number},
		{`status`, t.Status[:], t.Status == o.Status},
		{`parent`, nullID(t.Parent), t.Parent == o.Parent},
		{`position`, t.Position, t.Position == o.Position},
		{`child_position`, t.ChildPosition, t.ChildPosition == o.ChildPosition},
		{`priority`, tasks.PriorityRank(t.Priority), t.Priority == o.Priority},
		{`due`, t.Due, t.Due == o.Due},
		{`floating`, flag(t.DueFloating), t.DueFloating == o.DueFloating},
		{`created`, t.Created, t.Created == o.Created},
		{`updated`, t.Updated, t.Updated == o.Updated},
		{`completed`, t.Completed, t.Completed == o.Completed},
		{`deleted`, r.Deleted, r.Deleted == old.row.Deleted},
		{`title_key`, t.TitleKey, t.TitleKey == o.TitleKey},
		{`title`, t.Title, t.Title == o.Title},
		{`external`, nullText(t.External), t.External == o.External},
		{`assignees`, joinIDs(t.Assignees), slices.Equal(t.Assignees, old.assignees)},
		{`labels`, joinIDs(t.Labels), slices.Equal(t.Labels, old.labels)},
		{`description`, t.Description, t.Description == o.Description},
		{`text_id`, text, text == 0},
	} {
		if !a.same {
			args = append(args, a.value)
			b.WriteString(`, ` + a.column + ` = $` + strconv.Itoa(len(args)))
		}
	}
	b.WriteString(` WHERE ws = $1 AND id = $2`)
	_, err = w.tx.Exec(b.String(), args...)
	return err
}

// stored reads what there is of a task, nil if there is nothing.
func (w *entryWriter) stored(id uuid.UUID) (*stored, error) {
	r, err := (&view{tx: w.tx, ws: w.ws}).Get(tasks.KindTask, id)
	if err != nil || r == nil {
		return nil, err
	}
	s := &stored{
		row: *r, assignees: r.Task.Assignees, labels: r.Task.Labels, due: r.Task.Due, created: r.Task.Created, live: r.Deleted == 0,
	}
	if r.Task.Completed != 0 {
		s.done = 1
	}
	return s, nil
}

// sides brings the side tables from what they know to what they should.
func (w *entryWriter) sides(id uuid.UUID, old, now *stored) error {
	if old == nil {
		old = &stored{}
	}
	sameKey := old.live && now.live && old.done == now.done && old.due == now.due
	if !sameKey || !slices.Equal(old.assignees, now.assignees) {
		if err := w.each(old.live, old.assignees, `DELETE FROM task_assignees WHERE ws = $1 AND assignee = $2 AND done = $3 AND due = $4 AND task = $5`, old.done, old.due, id); err != nil {
			return err
		}
		if err := w.each(now.live, now.assignees, `INSERT INTO task_assignees (ws, assignee, done, due, task) VALUES ($1, $2, $3, $4, $5)`, now.done, now.due, id); err != nil {
			return err
		}
	}
	if old.live && now.live && old.created == now.created && slices.Equal(old.labels, now.labels) {
		return nil
	}
	for _, step := range []struct {
		p   *stored
		sql string
	}{
		{old, `DELETE FROM task_labels WHERE ws = $1 AND label = $2 AND created = $3 AND task = $4`},
		{now, `INSERT INTO task_labels (ws, label, created, task) VALUES ($1, $2, $3, $4)`},
	} {
		for _, l := range step.p.labels {
			if !step.p.live {
				break
			}
			if _, err := w.tx.Exec(step.sql, w.ws[:], l[:], step.p.created, id[:]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *entryWriter) each(live bool, ids []uuid.UUID, query string, done, due int64, task uuid.UUID) error {
	for _, id := range ids {
		if !live {
			return nil
		}
		if _, err := w.tx.Exec(query, w.ws[:], id[:], done, due, task[:]); err != nil {
			return err
		}
	}
	return nil
}

func nullID(id uuid.UUID) any {
	if id == uuid.Nil {
		return nil
	}
	return id[:]
}

func nullText(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func nullBytes(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

func joinIDs(ids []uuid.UUID) []byte {
	b := make([]byte, 0, 16*len(ids))
	for _, id := range ids {
		b = append(b, id[:]...)
	}
	return b
}

func splitIDs(b []byte) []uuid.UUID {
	ids := make([]uuid.UUID, len(b)/16)
	for i := range ids {
		copy(ids[i][:], b[16*i:])
	}
	return ids
}
