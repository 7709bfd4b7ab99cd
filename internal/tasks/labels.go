package tasks

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/text"
)

const maxWorkspaceLabels = 5_000

// NewLabel is a request to make a label.
type NewLabel struct {
	ID    uuid.UUID `json:"id,omitzero"`
	Name  string    `json:"name"`
	Color string    `json:"color,omitempty"`
}

// LabelPatch is a request to change fields of a label.
type LabelPatch struct{ Name, Color Opt[string] }

// Labels lists the workspace's labels by name.
func (s *Service) Labels(ctx context.Context, c Caller, ws uuid.UUID, page PageOf) (Page, error) {
	return s.listRows(ctx, c, ws, page, func(_ View, a *Access) (RowQuery, error) {
		return RowQuery{Kind: KindLabel}, a.Can(ReadWorkspace, uuid.Nil)
	})
}

// CreateLabel makes a label. With an ID it may be sent again. A name is taken once in a workspace.
func (s *Service) CreateLabel(ctx context.Context, c Caller, ws uuid.UUID, n NewLabel) (Written, error) {
	return s.writeRow(ctx, c, ws, func(d *draft) (*Row, bool, error) {
		n := n // the change may run again
		if err := d.access.Can(EditLabel, uuid.Nil); err != nil {
			return nil, false, err
		}
		request := origin(n)
		if n.ID == uuid.Nil {
			n.ID = d.newID()
		} else if r, err := d.sameRow(KindLabel, n.ID, request); r != nil || err != nil {
			return r, false, err
		}
		all, err := d.view.List(RowQuery{Kind: KindLabel})
		if err != nil {
			return nil, false, err
		}
		if len(all) >= maxWorkspaceLabels {
			return nil, false, fault.Quota("This workspace has as many labels as it may have.")
		}
		l := Label{ID: n.ID, Name: n.Name, Color: n.Color, CreatedAt: At(d.now)}
		r := &Row{Origin: request}
		return r, true, d.saveLabel(&l, r, "label.created", nil)
	})
}

func (d *draft) saveLabel(l *Label, r *Row, typ string, changed []string) error {
	c := &checks{}
	c.name(l.Name)
	c.short("color", l.Color, 40)
	if err := c.err(); err != nil {
		return err
	}
	name := text.Fold(l.Name)
	other, err := d.view.ByUnique(KindLabel, name)
	if err != nil {
		return err
	}
	if other != nil && other.ID != l.ID {
		return fault.Conflict("name-taken", "There is a label with this name.")
	}
	r.Unique, r.Sort = name, titleKey(l.Name)
	l.UpdatedAt, l.Version = At(d.now), d.next()
	_, err = d.put(event{kind: KindLabel, typ: typ, id: l.ID, changed: changed}, r, l)
	return err
}

// UpdateLabel changes fields of a label.
func (s *Service) UpdateLabel(ctx context.Context, c Caller, ws, id uuid.UUID, p LabelPatch, cond Condition) (Written, error) {
	return s.writeRow(ctx, c, ws, func(d *draft) (*Row, bool, error) {
		r, l, err := d.findLabel(id)
		if err != nil {
			return nil, false, err
		}
		old := *l
		take(&l.Name, p.Name)
		take(&l.Color, p.Color)
		changed, err := changedMembers(&old, l)
		if err != nil || len(changed) == 0 {
			return r, false, err
		}
		row := *r
		if err := d.patchRow(&row, old.Version, &old, "", changed, cond); err != nil {
			return nil, false, err
		}
		return &row, false, d.saveLabel(l, &row, "label.updated", changed)
	})
}

func (d *draft) findLabel(id uuid.UUID) (*Row, *Label, error) {
	if err := d.access.Can(EditLabel, uuid.Nil); err != nil {
		return nil, nil, err
	}
	r, err := d.row(KindLabel, id)
	if err != nil {
		return nil, nil, err
	}
	if r == nil || r.Deleted != 0 {
		return nil, nil, fault.NotFound()
	}
	l, err := decode[Label](r.Doc)
	return r, l, err
}

// DeleteLabel removes a label, from all tasks that have it too: from many of them step by step, and the label with the
// last ones. Cut short, it is there still, and may be deleted again.
func (s *Service) DeleteLabel(ctx context.Context, c Caller, ws, id uuid.UUID) (Head, error) {
	return s.stepwise(ctx, c, ws, func(d *draft, more *bool) error {
		*more = false
		r, l, err := d.findLabel(id)
		if fault.KindOf(err) == fault.KindNotFound {
			if gone, e := d.row(KindLabel, id); e != nil || gone != nil {
				return e // as after the first time
			}
		}
		if err != nil {
			return err
		}
		rows, err := d.view.Tasks(TaskQuery{Where: Where{Field: FieldLabel, Op: OpIn, IDs: []uuid.UUID{id}}, Sort: SortCreated, Whole: true, Limit: s.stepAtOnce + 1})
		if err != nil {
			return err
		}
		if *more = len(rows) > s.stepAtOnce; *more {
			rows = rows[:s.stepAtOnce]
		}
		for _, tr := range rows {
			t, err := d.keep(tr)
			if err != nil {
				return err
			}
			old := *t
			t.Labels = slices.DeleteFunc(slices.Clone(t.Labels), func(x uuid.UUID) bool { return x == id })
			if err := d.save(t, &old, TaskUpdated); err != nil {
				return err
			}
		}
		if *more {
			return nil
		}
		row := *r
		row.Deleted, row.Unique, l.Version = d.now, "", d.next()
		_, err = d.put(event{kind: KindLabel, typ: "label.deleted", id: id, data: []byte(`{}`)}, &row, l)
		return err
	})
}
