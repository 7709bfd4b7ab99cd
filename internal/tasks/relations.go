package tasks

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

const maxRelations = 200

// Types of relations.
const (
	RelationBlocks     = "blocks"
	RelationRelates    = "relates"
	RelationDuplicates = "duplicates"
)

// relationID is the same for the same relation, so that it can't be there twice.
func relationID(typ string, task, other uuid.UUID) uuid.UUID {
	if typ == RelationRelates && slices.Compare(task[:], other[:]) > 0 {
		task, other = other, task
	}
	return uuid.NewSHA1(task, append([]byte(typ), other[:]...))
}

// Relations lists a task's relations in both directions; those to tasks that the caller may not see are left out.
func (s *Service) Relations(ctx context.Context, c Caller, ws uuid.UUID, task string, of PageOf) (Page, error) {
	return s.listWhole(ctx, c, ws, "relations", of, func(v View, a *Access, l *wholeList) error {
		t, err := findIn(v, a, task)
		if err != nil {
			return err
		}
		for side, q := range []RowQuery{{Kind: KindRelation, Scope: t.ID}, {Kind: KindRelation, Other: t.ID}} {
			rows, err := v.List(q)
			if err != nil {
				return err
			}
			for _, r := range rows {
				far := r.Scope
				if far == t.ID {
					far = r.Other
				}
				o, err := v.Get(KindTask, far)
				if err != nil {
					return err
				}
				if o != nil && o.Deleted == 0 && a.Sees(o.Task.Project) {
					l.add(r.Doc, Position{Number: int64(side), Text: r.Sort, ID: r.ID})
				}
			}
		}
		return nil
	})
}

// Relate ties a task to another. The same relation again changes nothing.
func (s *Service) Relate(ctx context.Context, c Caller, ws uuid.UUID, task, typ, other string) (Written, error) {
	return s.writeRow(ctx, c, ws, func(d *draft) (*Row, bool, error) {
		t, o, err := d.ends(task, typ, other)
		if err != nil {
			return nil, false, err
		}
		id := relationID(typ, t.ID, o.ID)
		old, err := d.row(KindRelation, id)
		if err != nil {
			return nil, false, err
		}
		if old != nil && old.Deleted == 0 {
			return old, false, nil
		}
		if typ == RelationBlocks {
			back, err := d.row(KindRelation, relationID(typ, o.ID, t.ID))
			if err != nil {
				return nil, false, err
			}
			if back != nil && back.Deleted == 0 {
				return nil, false, fault.Conflict("relation-cycle", "The other task blocks this one already.")
			}
		}
		if err := d.roomForRelation(t.ID, o.ID); err != nil {
			return nil, false, err
		}
		rel := Relation{ID: id, Type: typ, Task: t.ID, Other: o.ID, Version: d.next(), CreatedBy: d.caller.User, CreatedAt: At(d.now)}
		r := &Row{Scope: t.ID, Other: o.ID}
		ch, err := d.put(event{kind: KindRelation, typ: "relation.created", id: id, project: t.Project}, r, rel)
		if err != nil {
			return nil, false, err
		}
		ch.Event.between(t, o)
		after, err := marshal(map[string]any{"type": typ, "other": o.ID})
		if err != nil {
			return nil, false, err
		}
		d.tell(&ch.Event, t.ID, id, KindRelation, nil, after)
		return r, true, nil
	})
}

// roomForRelation refuses one relation more than each of its two tasks may have.
func (d *draft) roomForRelation(ends ...uuid.UUID) error {
	for _, id := range ends {
		n := 0
		for _, q := range []RowQuery{{Kind: KindRelation, Scope: id, Limit: maxRelations}, {Kind: KindRelation, Other: id, Limit: maxRelations}} {
			rows, err := d.view.List(q)
			if err != nil {
				return err
			}
			n += len(rows)
		}
		if n >= maxRelations {
			return fault.Conflict("too-many-relations", "One of the tasks has as many relations as it may have.")
		}
	}
	return nil
}

// between has an event told to those alone who see both tasks.
func (e *Event) between(t, o *Task) {
	if t.Project != o.Project {
		e.From = o.Project
	}
}

func (d *draft) ends(task, typ, other string) (t, o *Task, err error) {
	if t, err = d.live(task, EditTask); err != nil {
		return nil, nil, err
	}
	if typ != RelationBlocks && typ != RelationRelates && typ != RelationDuplicates {
		return nil, nil, fault.InvalidField("type", "must be blocks, relates or duplicates")
	}
	o, err = d.find(other)
	if err != nil && fault.KindOf(err) != fault.KindNotFound {
		return nil, nil, err
	}
	if err != nil || o.DeletedAt != nil || o.ID == t.ID {
		return nil, nil, fault.InvalidField("task", "must be another task that you can see")
	}
	return t, o, nil
}

// Unrelate takes a relation away, whichever of its two tasks is named. One that is not there is no error.
func (s *Service) Unrelate(ctx context.Context, c Caller, ws uuid.UUID, task, typ, other string) (Head, error) {
	return s.update(ctx, c, ws, func(d *draft) error {
		t, o, err := d.ends(task, typ, other)
		if err != nil {
			return err
		}
		for _, pair := range [][2]*Task{{t, o}, {o, t}} {
			id := relationID(typ, pair[0].ID, pair[1].ID)
			r, err := d.row(KindRelation, id)
			if err != nil {
				return err
			}
			if r == nil || r.Deleted != 0 {
				continue
			}
			rel, err := decode[Relation](r.Doc)
			if err != nil {
				return err
			}
			row := *r
			row.Deleted, rel.Version = d.now, d.next()
			ch, err := d.put(event{kind: KindRelation, typ: "relation.deleted", id: id, project: t.Project, data: []byte(`{}`)}, &row, rel)
			if err != nil {
				return err
			}
			ch.Event.between(t, o)
			before, err := marshal(map[string]any{"type": typ, "other": rel.Other})
			if err != nil {
				return err
			}
			d.tell(&ch.Event, t.ID, id, KindRelation, before, nil)
			return nil
		}
		return nil
	})
}
