package tasks

import (
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

func (d *draft) update(ref string, p Patch, cond Condition, path string) (*Task, error) {
	t, err := d.live(ref, EditTask)
	if err != nil {
		return nil, err
	}
	if err := d.applied(t, p, cond, path); err != nil {
		return nil, err
	}
	return t, nil
}

// applied applies a patch and saves what changed.
func (d *draft) applied(t *Task, p Patch, cond Condition, path string) error {
	old := *t
	t.meta.Fields = cloneFields(t.meta.Fields)
	project := d.frame.projects[t.Project]
	if err := d.merge(t, p, path); err != nil {
		return err
	}
	if err := d.condition(t, &old, p, cond); err != nil {
		return err
	}
	if bad := checkFields(t, path); len(bad) > 0 {
		return fault.Invalid(bad...)
	}
	if err := d.checkReferences(t, &old, project, path); err != nil {
		return err
	}
	if p.Parent.Set {
		if err := d.setParent(t, p.Parent.V, path); err != nil {
			*t = old
			return err
		}
		if t.Parent != nil && (old.Parent == nil || *old.Parent != *t.Parent) {
			pos, err := d.place(TaskList{Parent: *t.Parent}, t.ID, Place{})
			if err != nil {
				return err
			}
			t.ChildPos = pos
		}
	}
	if p.Place.Set {
		if err := d.replace(t, p.Place.V); err != nil {
			*t = old
			return err
		}
	}
	t.derive(project, &old, d.now)
	if p.CompletedAt.Set && p.CompletedAt.V != nil && t.CompletedAt != nil {
		t.CompletedAt = p.CompletedAt.V
	}
	if added := set(nil, t.Assignees, old.Assignees); len(added) > 0 {
		t.Subscribers = set(t.Subscribers, added, nil)
	}
	if err := d.saveImport(t, &old, p); err != nil {
		return err
	}
	d.recount(t, &old)
	return nil
}

// saveImport saves the change together with what the import saw, even if the latter is all that is new.
func (d *draft) saveImport(t, old *Task, p Patch) error {
	if p.Import == nil {
		return d.save(t, old, TaskUpdated)
	}
	if len(differences(old, t)) == 0 && mapsEqual(old.meta.Import, p.Import) {
		return nil
	}
	t.meta.Import = p.Import
	if len(differences(old, t)) == 0 {
		return d.saveChanged(t, old, TaskUpdated, []string{fExternal}, false)
	}
	return d.save(t, old, TaskUpdated)
}

func mapsEqual(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if w, ok := b[k]; !ok || v != w {
			return false
		}
	}
	return true
}

// replace puts a task elsewhere in its order: among its siblings if it is a sub-task, else in its project.
func (d *draft) replace(t *Task, p Place) error {
	list := TaskList{Project: t.Project}
	if t.Parent != nil {
		list = TaskList{Parent: *t.Parent}
		// a neighbor that is no sibling means the project's order, as on a board that shows sub-tasks too
		if ref := p.After + p.Before; ref != "" {
			n, err := d.find(ref)
			if err == nil && !n.in(list) {
				list = TaskList{Project: t.Project}
			}
		}
	}
	pos, err := d.place(list, t.ID, p)
	if err != nil {
		return err
	}
	t.setPosition(list, pos)
	return nil
}

// merge writes a patch's values into t.
func (d *draft) merge(t *Task, p Patch, path string) error {
	take(&t.Title, p.Title)
	take(&t.Description, p.Description)
	take(&t.Status, p.Status)
	take(&t.Priority, p.Priority)
	take(&t.Due, p.Due)
	take(&t.Start, p.Start)
	take(&t.Estimate, p.Estimate)
	take(&t.External, p.External)
	take(&t.Recurrence, p.Recurrence)
	take(&t.Custom, p.Custom)
	take(&t.ICalUID, p.ICalUID)
	if p.Assignees.Set {
		t.Assignees = set(p.Assignees.V, nil, nil)
	}
	if p.Labels.Set {
		t.Labels = set(p.Labels.V, nil, nil)
	}
	t.Assignees = set(t.Assignees, p.AssigneesAdd, p.AssigneesRemove)
	t.Labels = set(t.Labels, p.LabelsAdd, p.LabelsRemove)
	if !p.Author.Set && !p.CreatedAt.Set && !p.CompletedAt.Set && p.Import == nil {
		return nil
	}
	if !d.imports() {
		return fault.InvalidField(path+fCreatedAt, "and author and completed_at can be set under scope import alone")
	}
	take(&t.Author, p.Author)
	take(&t.CreatedAt, p.CreatedAt)
	return nil
}

func take[T any](field *T, o Opt[T]) {
	if o.Set {
		*field = o.V
	}
}

// setParent makes t a sub-task of what ref names, or of nothing.
func (d *draft) setParent(t *Task, ref, path string) error {
	if ref == "" {
		t.Parent, t.ChildPos = nil, ""
		return nil
	}
	parent, err := d.find(ref)
	if err != nil && fault.KindOf(err) != fault.KindNotFound {
		return err
	}
	if err != nil || parent.DeletedAt != nil || parent.Project != t.Project {
		return fault.InvalidField(path+fParent, "must be a task of the same project")
	}
	depth := 1
	for up := parent; ; depth++ {
		if up.ID == t.ID {
			return fault.InvalidField(path+fParent, "must not be the task itself or one of its sub-tasks")
		}
		if up.Parent == nil {
			break
		}
		if up, err = d.task(*up.Parent); err != nil {
			return err
		}
		if up == nil {
			break
		}
	}
	below, err := d.depth(t, 0)
	if err != nil {
		return err
	}
	if depth+below > maxDepth {
		return fault.InvalidField(path+fParent, fmt.Sprintf("would make sub-tasks more than %d deep", maxDepth))
	}
	id := parent.ID
	if t.Parent == nil || *t.Parent != id {
		if parent.ChildCount+d.adopted[id] >= maxChildren {
			return fault.InvalidField(path+fParent, fmt.Sprintf("has %d sub-tasks already", maxChildren))
		}
		if d.adopted == nil {
			d.adopted = map[uuid.UUID]int{}
		}
		d.adopted[id]++
	}
	t.Parent = &id
	return nil
}

// depth counts the generations below a task.
func (d *draft) depth(t *Task, level int) (int, error) {
	if level > maxDepth || t.ChildCount == 0 && !slices.Contains(d.uncounted, t.ID) {
		return 0, nil
	}
	children, err := d.children(t.ID)
	if err != nil {
		return 0, err
	}
	deepest := 0
	for _, c := range children {
		n, err := d.depth(c, level+1)
		if err != nil {
			return 0, err
		}
		deepest = max(deepest, n+1)
	}
	return deepest, nil
}

// recount has the parents counted again after a change of t.
func (d *draft) recount(t, old *Task) {
	if same(t, old, fParent) && same(t, old, fCompletedAt) && same(t, old, fDeletedAt) {
		return
	}
	d.countChildren(t.Parent)
	if old.Parent != nil && (t.Parent == nil || *t.Parent != *old.Parent) {
		d.countChildren(old.Parent)
	}
}

// countChildren has a task's sub-tasks counted again, before anybody looks: once, however many of them change.
func (d *draft) countChildren(parent *uuid.UUID) {
	if parent != nil && !slices.Contains(d.uncounted, *parent) {
		d.uncounted = append(d.uncounted, *parent)
	}
}

// settle counts what has to be counted. It must run before a task is shown and before the entry is complete. What is in
// the trash is counted when it comes back.
func (d *draft) settle() error {
	for _, id := range d.uncounted {
		p, err := d.task(id)
		if err != nil {
			return err
		}
		if p == nil || p.DeletedAt != nil {
			continue
		}
		children, err := d.children(id)
		if err != nil {
			return err
		}
		old := *p
		p.ChildCount, p.ChildDoneCount = 0, 0
		for _, c := range children {
			if c.DeletedAt != nil {
				continue
			}
			p.ChildCount++
			if c.CompletedAt != nil {
				p.ChildDoneCount++
			}
		}
		if err := d.saveQuietly(p, &old); err != nil {
			return err
		}
	}
	d.uncounted, d.adopted = nil, nil
	return nil
}

// subtree gives a task and all below it that keep asks for, parents first.
func (d *draft) subtree(t *Task, keep func(*Task) bool) ([]*Task, error) {
	out := []*Task{t}
	for i := 0; i < len(out); i++ {
		children, err := d.children(out[i].ID)
		if err != nil {
			return nil, err
		}
		for _, c := range children {
			if keep(c) && !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out, nil
}

func (d *draft) delete(ref string, cond Condition, path string) error {
	t, err := d.find(ref)
	if err != nil {
		return err
	}
	if err := d.access.Can(EditTask, t.Project); err != nil {
		return err
	}
	if t.DeletedAt != nil {
		return nil
	}
	if err := d.inUse(t.Project); err != nil {
		return err
	}
	if err := d.condition(t, t, Patch{}, cond); err != nil {
		return err
	}
	all, err := d.subtree(t, func(c *Task) bool { return c.DeletedAt == nil })
	if err != nil {
		return err
	}
	for _, c := range all {
		old := *c
		at := At(d.now)
		c.DeletedAt, c.meta.DeletedWith = &at, t.ID
		if err := d.saveChanged(c, &old, TaskDeleted, []string{fDeletedAt}, true); err != nil {
			return err
		}
	}
	d.countChildren(t.Parent)
	return nil
}
