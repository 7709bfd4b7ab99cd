package tasks

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// Trash lists what the caller could take out of the trash, the last one first. A page may be shorter than asked for, even
// empty, and still have a next one.
func (s *Service) Trash(ctx context.Context, c Caller, ws uuid.UUID, of PageOf) (Page, error) {
	var page Page
	limit, err := of.limit()
	if err != nil {
		return page, err
	}
	after, err := parseCursor("trash", of.Cursor)
	if err != nil {
		return page, err
	}
	from := Position{Number: NoDue, ID: uuid.Max}
	if after != nil {
		from = *after
	}
	head, err := s.read(ctx, c, ws, func(v View, a *Access) error {
		for looked, some := 0, max(limit+1, lookAtOnce); len(page.Items) < limit && looked < maxLooked; looked += some {
			rows, err := v.Trash(from, some)
			if err != nil {
				return err
			}
			for _, r := range rows {
				if len(page.Items) == limit {
					page.Next = cursor("trash", from)
					return nil
				}
				from = Position{Number: r.Deleted, ID: r.ID}
				item, err := trashItem(v, a, r)
				if err != nil {
					return err
				}
				if item != nil {
					page.Items = append(page.Items, item)
				}
			}
			if len(rows) < some {
				return nil
			}
		}
		page.Next = cursor("trash", from)
		return nil
	})
	page.Head = head
	return page, err
}

// trashItem writes one line of the trash, nil if the caller could not restore it.
func trashItem(v View, a *Access, r *Row) ([]byte, error) {
	var typ string
	var doc []byte
	switch r.Kind {
	case KindTask:
		if a.Can(EditTask, r.Task.Project) != nil {
			return nil, nil
		}
		m, err := decode[meta](r.Meta)
		if err != nil {
			return nil, err
		}
		if m.DeletedWith != r.ID {
			return nil, nil // it comes back with the one that it went with
		}
		typ, doc = "task", a.frame.projects[r.Task.Project].appendTask(nil, r, true)
	case KindProject:
		p, err := decode[Project](r.Doc)
		if err != nil {
			return nil, err
		}
		live := *p
		live.DeletedAt = nil
		if a.frame.with(&live).of(a.User, a.Role).Can(DeleteProject, p.ID) != nil {
			return nil, nil
		}
		typ, doc = "project", r.Doc
	case KindAttachment:
		t, err := v.Get(KindTask, r.Scope)
		if err != nil {
			return nil, err
		}
		if t == nil || t.Deleted != 0 || a.Can(EditTask, t.Task.Project) != nil {
			return nil, nil // of a task that is in the trash itself it can't be taken out
		}
		typ, doc = "attachment", r.Doc
	default:
		return nil, nil
	}
	b := append([]byte(`{"type":"`), typ...)
	b = append(b, `","id":"`...)
	b = appendID(b, r.ID)
	b = append(b, `","deleted_at":"`...)
	b = append(b, At(r.Deleted).String()...)
	b = append(b, `","data":`...)
	return append(append(b, doc...), '}'), nil
}

// Purge removes something that is in the trash for good, with what went there with it, and its text from the log. What
// is gone already stays gone, and to whoever may not see a thing there never was one.
func (s *Service) Purge(ctx context.Context, c Caller, ws uuid.UUID, typ string, id uuid.UUID) (Head, error) {
	if typ != "task" && typ != "project" && typ != "attachment" {
		return Head{}, fault.NotFound()
	}
	return s.update(ctx, c, ws, func(d *draft) error {
		if typ == "attachment" {
			return d.purgeAttachment(id)
		}
		if typ == "project" {
			whole, err := d.purgeProject(id, s.purgeAtOnce)
			if err == nil && !whole {
				err = fault.Conflict("too-large", "The project is too large to be purged at once; it will be within 30 days.")
			}
			return err
		}
		t, err := d.task(id)
		if err != nil || t == nil {
			return err
		}
		if !d.access.Sees(t.Project) && !d.access.sawDeleted(t.Project) {
			return nil // to her it is as gone as any that never was
		}
		if err := d.access.Can(PurgeTask, t.Project); err != nil {
			return err
		}
		if t.DeletedAt == nil {
			return fault.NotFound()
		}
		return d.purgeTree(t)
	})
}

// purgeTree removes a task and what went into the trash with it. What was there before stays: it is a line of its own.
func (d *draft) purgeTree(t *Task) error {
	all, err := d.subtree(t, func(c *Task) bool { return c.DeletedAt != nil && c.meta.DeletedWith == t.meta.DeletedWith })
	if err != nil {
		return err
	}
	for i := len(all) - 1; i >= 0; i-- {
		if err := d.purgeTask(all[i]); err != nil {
			return err
		}
	}
	return nil
}

func (d *draft) purgeTask(t *Task) error {
	for _, q := range []RowQuery{
		{Kind: KindComment, Scope: t.ID, WithTrash: true},
		{Kind: KindRelation, Scope: t.ID, WithTrash: true},
		{Kind: KindRelation, Other: t.ID, WithTrash: true},
	} {
		rows, err := d.view.List(q)
		if err != nil {
			return err
		}
		for _, r := range rows {
			d.silent = append(d.silent, Change{Row: r, Purge: true})
		}
	}
	if err := d.purgeAttachments(t.ID); err != nil {
		return err
	}
	row, err := t.row()
	if err != nil {
		return err
	}
	d.add(event{kind: KindTask, typ: TaskPurged, id: t.ID, project: t.Project}, row)
	d.changes[len(d.changes)-1].Purge = true
	return nil
}

// purgeProject removes a project with its tasks, at most limit of them; it gives false if there are more, and the
// project is still there then. Its keys stay taken.
func (d *draft) purgeProject(id uuid.UUID, limit int) (whole bool, err error) {
	r, err := d.row(KindProject, id)
	if err != nil || r == nil {
		return true, err
	}
	p, err := d.trashedProject(id)
	if fault.KindOf(err) == fault.KindNotFound || err == nil && p == nil && !d.access.Sees(id) {
		return true, nil // to her it is as gone as any that never was
	}
	if err != nil {
		return false, err
	}
	if p == nil {
		return false, fault.NotFound()
	}
	rows, err := d.view.Tasks(TaskQuery{
		Where: Where{Field: FieldProject, Op: OpIn, IDs: []uuid.UUID{id}}, Sort: SortPosition, Limit: limit + 1, Whole: true,
	})
	if err != nil {
		return false, err
	}
	if len(rows) <= limit {
		trashed, err := d.trashedIn(id)
		if err != nil {
			return false, err
		}
		rows = append(rows, trashed...)
	}
	for _, tr := range rows[:min(limit, len(rows))] {
		t, err := d.keep(tr)
		if err != nil {
			return false, err
		}
		if err := d.purgeTask(t); err != nil {
			return false, err
		}
	}
	if len(rows) > limit {
		return false, nil
	}
	return true, d.dropProject(r)
}

// dropProject removes a project that no task is in any more.
func (d *draft) dropProject(r *Row) error {
	id := r.ID
	for _, q := range []RowQuery{{Kind: KindGrant, Scope: id, WithTrash: true}, {Kind: KindView, Other: id, WithTrash: true}} {
		rows, err := d.view.List(q)
		if err != nil {
			return err
		}
		for _, r := range rows {
			d.silent = append(d.silent, Change{Row: r, Purge: true})
		}
	}
	row := *r
	// it says nothing but an id that leads nowhere: who was away since before the deletion has to hear of it, and
	// nobody knows any more who could see the project
	d.add(event{kind: KindProject, typ: "project.purged", id: id}, &row)
	ch := &d.changes[len(d.changes)-1]
	ch.Purge, ch.Event.Access = true, true
	return nil
}

// trashedIn gives the tasks of a project that had been put into the trash one by one.
func (d *draft) trashedIn(project uuid.UUID) ([]*Row, error) {
	const page = 500
	var out []*Row
	for from := (Position{Number: NoDue, ID: uuid.Max}); ; {
		rows, err := d.view.Trash(from, page)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if r.Kind == KindTask && r.Task.Project == project {
				out = append(out, r)
			}
			from = Position{Number: r.Deleted, ID: r.ID}
		}
		if len(rows) < page {
			return out, nil
		}
	}
}

// maxPurge bounds how many tasks of a project are removed in one entry.
const maxPurge = 20_000
