package tasks

import (
	"github.com/google/uuid"
)

func (d *draft) restore(ref string) (*Task, error) {
	t, err := d.find(ref)
	if err != nil {
		return nil, err
	}
	if err := d.access.Can(EditTask, t.Project); err != nil {
		return nil, err
	}
	if t.DeletedAt == nil {
		return t, nil
	}
	if err := d.inUse(t.Project); err != nil {
		return nil, err
	}
	root := t.ID
	if t.meta.DeletedWith != root { // it went along with another: it comes back alone with what is below it
		root = t.meta.DeletedWith
	}
	all, err := d.subtree(t, func(c *Task) bool { return c.DeletedAt != nil && c.meta.DeletedWith == root })
	if err != nil {
		return nil, err
	}
	p := d.frame.projects[t.Project]
	deep, err := d.tooDeep(all)
	if err != nil {
		return nil, err
	}
	for i, c := range all {
		if err := d.revive(c, p, deep && i == 0); err != nil {
			return nil, err
		}
	}
	for _, c := range all { // not all that was below it need have come back
		d.countChildren(&c.ID)
	}
	d.countChildren(t.Parent)
	return t, nil
}

// tooDeep reports whether a tree, parents first, has become too deep for where it hung: its parent may have moved.
func (d *draft) tooDeep(all []*Task) (bool, error) {
	above := 0
	for up := all[0]; up.Parent != nil; above++ {
		parent, err := d.task(*up.Parent)
		if err != nil {
			return false, err
		}
		if parent == nil {
			break
		}
		up = parent
	}
	depth := map[uuid.UUID]int{all[0].ID: above}
	deepest := above
	for _, c := range all[1:] {
		depth[c.ID] = depth[*c.Parent] + 1
		deepest = max(deepest, depth[c.ID])
	}
	return deepest > maxDepth, nil
}

// revive takes one task out of the trash. What it hung on may be gone by now: a status, a parent, labels. alone says that
// it is to hang on nothing.
func (d *draft) revive(t *Task, p *Project, alone bool) error {
	old := *t
	t.DeletedAt, t.meta.DeletedWith = nil, uuid.Nil
	t.meta.Fields = cloneFields(t.meta.Fields)
	if p.status(t.Status) == nil {
		t.Status = p.firstOpen()
	}
	if t.Parent != nil {
		parent, err := d.task(*t.Parent)
		if err != nil {
			return err
		}
		if alone || parent == nil || parent.DeletedAt != nil || parent.Project != t.Project {
			t.Parent, t.ChildPos = nil, ""
		} else if err := d.returnTo(TaskList{Parent: *t.Parent}, t); err != nil {
			return err
		}
	}
	if err := d.returnTo(TaskList{Project: t.Project}, t); err != nil {
		return err
	}
	labels := make([]uuid.UUID, 0, len(t.Labels))
	for _, id := range t.Labels {
		r, err := d.row(KindLabel, id)
		if err != nil {
			return err
		}
		if r != nil && r.Deleted == 0 {
			labels = append(labels, id)
		}
	}
	t.Labels = labels
	t.UpdatedAt = At(d.now)
	t.derive(p, nil, d.now)
	return d.saveCreated(t, TaskRestored, nil, differences(&old, t))
}
