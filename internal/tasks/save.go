package tasks

import (
	"fmt"
	"slices"

	"github.com/google/uuid"
)

// Event types of tasks.
const (
	TaskCreated  = "task.created"
	TaskUpdated  = "task.updated"
	TaskDeleted  = "task.deleted"
	TaskRestored = "task.restored"
	TaskPurged   = "task.purged"
)

// saveCreated adds a new task, or one that is back from the trash with changed fields, with all of its fields.
func (d *draft) saveCreated(t *Task, typ string, origin []byte, changed []string) error {
	t.Version = d.next()
	if typ == TaskCreated {
		t.meta.Created = t.Version
	} else {
		d.touch(t, changed)
	}
	data, row, err := d.full(t)
	if err != nil {
		return err
	}
	row.Origin = origin
	d.fresh[t.ID] = Doc{ID: t.ID, Version: t.Version, JSON: data}
	c := d.add(event{kind: KindTask, typ: typ, id: t.ID, project: t.Project, data: data}, row)
	d.keepSaved(t)
	d.tell(&c.Event, t.ID, t.ID, KindTask, nil, nil)
	return nil
}

// full gives a task's whole wire format and its row.
func (d *draft) full(t *Task) ([]byte, *Row, error) {
	row, err := t.row()
	if err != nil {
		return nil, nil, err
	}
	p := d.frame.projects[t.Project]
	if p == nil {
		return nil, nil, fmt.Errorf("task %s is of a project that is gone", t.ID)
	}
	const around = 200 // bytes: the key, the description's name, some escapes
	return p.appendTask(make([]byte, 0, len(row.Doc)+len(t.Description)+around), row, false), row, nil
}

func (d *draft) keepSaved(t *Task) { d.tasks[t.ID], d.saved[t.ID] = t, true }

func (d *draft) touch(t *Task, fields []string) {
	if t.meta.Fields == nil {
		t.meta.Fields = map[string]int64{}
	}
	for _, f := range fields {
		t.meta.Fields[f] = t.Version
	}
}

// save adds what changed between old and t, nothing if nothing did.
func (d *draft) save(t, old *Task, typ string) error {
	changed := differences(old, t)
	if len(changed) == 0 {
		return nil
	}
	t.UpdatedAt = At(d.now)
	return d.saveChanged(t, old, typ, changed, true)
}

// saveQuietly adds a change that is not somebody's work on the task, such as a count or its place between others: it
// is no activity and leaves the task's time of change alone.
func (d *draft) saveQuietly(t, old *Task) error {
	changed := differences(old, t)
	if len(changed) == 0 {
		return nil
	}
	return d.saveChanged(t, old, TaskUpdated, changed, false)
}

func (d *draft) saveChanged(t, old *Task, typ string, changed []string, loud bool) error {
	t.Version = d.next()
	t.meta.Fields = cloneFields(t.meta.Fields)
	d.touch(t, changed)
	moved := old.Project != t.Project
	if moved {
		changed = append(changed, fKey)
		if same(t, old, fPreviousKeys) { // those that come from its project's former keys are others
			changed = append(changed, fPreviousKeys)
		}
		t.meta.Left = append(slices.Clone(t.meta.Left), departure{old.Project, t.Version})
	}
	if !same(t, old, fUpdatedAt) {
		changed = append(changed, fUpdatedAt)
	}
	data, err := t.encodeFields(changed, d.frame.projects[t.Project])
	if err != nil {
		return err
	}
	row, err := t.row()
	if err != nil {
		return err
	}
	e := event{kind: KindTask, typ: typ, id: t.ID, project: t.Project, changed: changed, data: data}
	c := d.add(e, row)
	d.keepSaved(t)
	if moved {
		if err := d.addSides(&c.Event, t, old, e); err != nil {
			return err
		}
	}
	if !loud {
		return nil
	}
	shown := slices.DeleteFunc(slices.Clone(changed), func(f string) bool { return f == fPosition || f == fChildPos || f == fDueAt || f == fUpdatedAt })
	if len(shown) == 0 {
		return nil
	}
	before, err := old.encodeFields(shown, d.frame.projects[old.Project])
	if err != nil {
		return err
	}
	after, err := t.encodeFields(shown, d.frame.projects[t.Project])
	if err != nil {
		return err
	}
	d.tell(&c.Event, t.ID, t.ID, KindTask, before, after)
	return nil
}

// addSides renders the move of a task for those who see only where it came from, or only where it went.
func (d *draft) addSides(e *Event, t, old *Task, what event) error {
	full, _, err := d.full(t)
	if err != nil {
		return err
	}
	e.From = old.Project
	e.New = d.encode(event{kind: KindTask, typ: TaskCreated, id: t.ID, project: t.Project, data: full}, e.Seq)
	e.Gone = d.encode(event{kind: KindTask, typ: TaskDeleted, id: t.ID, project: old.Project, changed: []string{fProject}}, e.Seq)
	return nil
}

func cloneFields(m map[string]int64) map[string]int64 {
	out := make(map[string]int64, len(m)+4)
	for k, v := range m {
		out[k] = v
	}
	return out
}

func (d *draft) key(t *Task) string {
	if p := d.frame.projects[t.Project]; p != nil {
		return taskKey(p.Key, t.Number)
	}
	return ""
}

// tell adds a line to a task's activity.
func (d *draft) tell(e *Event, task, entity uuid.UUID, kind Kind, before, after []byte) {
	e.Task, e.Activity = task, appendActivity(make([]byte, 0, 300+len(before)+len(after)), &activityDoc{
		Seq: e.Seq, Type: e.Type, At: At(e.At), Actor: d.caller.Actor, Entity: string(kind), EntityID: entity,
		Before: before, After: after,
	})
}
