package tasks

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// Move says where a task is to go.
type Move struct {
	Project      uuid.UUID // Nil: it stays in its project
	Status       uuid.UUID // Nil: the one most like its present status
	WithChildren bool      // sub-tasks come along; otherwise they stay and are no sub-tasks any more
	Place        Place
}

func (d *draft) move(ref string, m Move, cond Condition, path string) (*Task, error) {
	t, err := d.live(ref, EditTask)
	if err != nil {
		return nil, err
	}
	if m.Project == uuid.Nil || m.Project == t.Project {
		p := Patch{}
		if m.Status != uuid.Nil {
			p.Status = Some(m.Status)
		}
		if m.Place != (Place{}) {
			p.Place = Some(m.Place)
		}
		return t, d.applied(t, p, cond, path)
	}
	to, from := d.frame.projects[m.Project], d.frame.projects[t.Project]
	if to == nil || !d.access.Sees(m.Project) {
		return nil, fault.InvalidField(path+fProject, "must be a project that you can see")
	}
	if err := d.access.Can(EditTask, m.Project); err != nil {
		return nil, err
	}
	if err := d.inUse(m.Project); err != nil {
		return nil, err
	}
	if m.Status != uuid.Nil && to.status(m.Status) == nil {
		return nil, fault.InvalidField(path+fStatus, "must be a status of the task's project")
	}
	if cond.Match != 0 && t.Version > cond.Match {
		return nil, fault.Stale()
	}
	if cond.Base != 0 && t.meta.Fields[fProject] > cond.Base {
		return nil, fault.Stale(fault.Changed{Field: fProject, Theirs: t.Project})
	}
	all := []*Task{t}
	if m.WithChildren {
		if all, err = d.subtree(t, func(*Task) bool { return true }); err != nil {
			return nil, err
		}
	} else if err := d.leaveChildren(t); err != nil {
		return nil, err
	}
	parent := t.Parent
	for i, c := range all {
		status, place := uuid.Nil, Place{}
		if i == 0 {
			status, place = m.Status, m.Place
		}
		if err := d.moveOne(c, from, to, status, place, i == 0, !m.WithChildren); err != nil {
			return nil, err
		}
	}
	for _, c := range all { // in the status that a sub-task has now it may be done, or open
		if c.DeletedAt == nil && c.ChildCount > 0 {
			d.countChildren(&c.ID)
		}
	}
	d.countChildren(parent)
	return t, nil
}

// leaveChildren makes a task's sub-tasks tasks of their own.
func (d *draft) leaveChildren(t *Task) error {
	children, err := d.children(t.ID)
	if err != nil {
		return err
	}
	for _, c := range children {
		old := *c
		c.Parent, c.ChildPos = nil, ""
		if err := d.save(c, &old, TaskUpdated); err != nil {
			return err
		}
	}
	return nil
}

// moveOne gives a task its number, status and place in another project. Who can't see that project is no longer
// assigned.
func (d *draft) moveOne(t *Task, from, to *Project, status uuid.UUID, place Place, top, alone bool) (err error) {
	old := *t
	if s := from.status(t.Status); status == uuid.Nil && s != nil {
		status = to.like(*s)
	} else if status == uuid.Nil {
		status = to.firstOpen()
	}
	if from.Access == AccessWorkspace { // else its key is not for all who see the task from now on; it leads there all the same
		t.PreviousKeys = append(slices.Clone(t.PreviousKeys), taskKey(from.Key, t.Number))
	}
	t.Project, t.Status = to.ID, status
	if t.Number, err = d.nextNumber(to.ID); err != nil {
		return err
	}
	if top {
		t.Parent, t.ChildPos = nil, ""
	}
	if alone {
		t.ChildCount, t.ChildDoneCount = 0, 0
	}
	if t.Position, err = d.place(TaskList{Project: to.ID}, t.ID, place); err != nil {
		return err
	}
	keep := make([]uuid.UUID, 0, len(t.Assignees))
	for _, user := range t.Assignees {
		ok, err := d.canWork(user, to.ID)
		if err != nil {
			return err
		}
		if ok {
			keep = append(keep, user)
		}
	}
	t.Assignees = keep
	t.derive(to, &old, d.now)
	return d.save(t, &old, TaskUpdated)
}

// like is the project's status most like one of another project: by name, then by category.
func (p *Project) like(s Status) uuid.UUID {
	for _, o := range p.Statuses {
		if strings.EqualFold(o.Name, s.Name) {
			return o.ID
		}
	}
	for _, o := range p.Statuses {
		if o.Category == s.Category {
			return o.ID
		}
	}
	return p.firstOpen()
}

// maxLookBack bounds how much of a task's story is read to find an old value.
const maxLookBack = 1_000

// valueAt gives a field's value as of a version, nil if the story does not say, or not to the caller.
func (d *draft) valueAt(t *Task, field string, version int64) (any, error) {
	if version < d.access.arrived(t.meta) {
		return nil, nil
	}
	task := t.ID
	lines, err := d.view.Activity(task, version, false, maxLookBack)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		var a activityDoc
		var before map[string]json.RawMessage
		if json.Unmarshal(l.Doc, &a) != nil || a.EntityID != task || len(a.Before) == 0 || json.Unmarshal(a.Before, &before) != nil {
			continue
		}
		if v, ok := before[field]; ok {
			return v, nil
		}
	}
	return nil, nil
}
