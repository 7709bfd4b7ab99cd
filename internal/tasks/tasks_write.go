package tasks

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// CreateTask makes a task. With an ID it may be sent again: the same request gives the task as it is now.
func (s *Service) CreateTask(ctx context.Context, c Caller, ws uuid.UUID, n NewTask) (Written, error) {
	return s.writeTask(ctx, c, ws, func(d *draft) (*Task, bool, error) { return d.create(n, "") })
}

// UpdateTask changes fields of a task; nothing happens, and no version is made, if they have these values already.
func (s *Service) UpdateTask(ctx context.Context, c Caller, ws uuid.UUID, ref string, p Patch, cond Condition) (Written, error) {
	return s.writeTask(ctx, c, ws, func(d *draft) (*Task, bool, error) {
		t, err := d.update(ref, p, cond, "")
		return t, false, err
	})
}

// MoveTask takes a task to another project or status.
func (s *Service) MoveTask(ctx context.Context, c Caller, ws uuid.UUID, ref string, m Move, cond Condition) (Written, error) {
	return s.writeTask(ctx, c, ws, func(d *draft) (*Task, bool, error) {
		t, err := d.move(ref, m, cond, "")
		return t, false, err
	})
}

// DeleteTask puts a task and its sub-tasks into the trash. A task that is there already stays as it is.
func (s *Service) DeleteTask(ctx context.Context, c Caller, ws uuid.UUID, ref string, cond Condition) (Head, error) {
	return s.update(ctx, c, ws, func(d *draft) error { return d.delete(ref, cond, "") })
}

// RestoreTask takes a task out of the trash, with the sub-tasks that went there with it.
func (s *Service) RestoreTask(ctx context.Context, c Caller, ws uuid.UUID, ref string) (Written, error) {
	return s.writeTask(ctx, c, ws, func(d *draft) (*Task, bool, error) {
		t, err := d.restore(ref)
		return t, false, err
	})
}

func (s *Service) writeTask(ctx context.Context, c Caller, ws uuid.UUID, change func(*draft) (*Task, bool, error)) (Written, error) {
	var w Written
	head, err := s.update(ctx, c, ws, func(d *draft) error {
		t, created, err := change(d)
		if err != nil {
			return err
		}
		if err := d.settle(); err != nil {
			return err
		}
		w.Created = created
		w.Doc, err = d.doc(t)
		return err
	})
	w.Head = head
	return w, err
}

func (d *draft) doc(t *Task) (Doc, error) {
	if doc, ok := d.fresh[t.ID]; ok && doc.Version == t.Version {
		return doc, nil
	}
	data, _, err := d.full(t)
	return Doc{ID: t.ID, Version: t.Version, JSON: data}, err
}

// find gives the task that an id, a key or a former key names, trashed or not, if the caller may see it.
func (d *draft) find(ref string) (*Task, error) {
	id, err := d.resolve(ref)
	if err != nil {
		return nil, err
	}
	t, err := d.task(id)
	if err != nil {
		return nil, err
	}
	if t == nil || !d.access.Sees(t.Project) {
		return nil, fault.NotFound()
	}
	return t, nil
}

// live is find for a task that is neither in the trash nor in an archived project, and that the caller may do something
// to.
func (d *draft) live(ref string, action Action) (*Task, error) {
	t, err := d.find(ref)
	if err != nil {
		return nil, err
	}
	if err := d.access.Can(action, t.Project); err != nil {
		return nil, err
	}
	if t.DeletedAt != nil {
		return nil, fault.NotFound()
	}
	return t, d.inUse(t.Project)
}

func (d *draft) resolve(ref string) (uuid.UUID, error) { return resolveRef(d.view, d.frame, ref) }

// resolveRef gives the id that a reference names. It does not say whether the task exists or may be seen.
func resolveRef(v View, f *frame, ref string) (uuid.UUID, error) {
	if id, err := uuid.Parse(ref); err == nil && len(ref) == 36 {
		return id, nil
	}
	key, num, ok := strings.Cut(ref, "-")
	n, err := strconv.ParseInt(num, 10, 64)
	if !ok || err != nil || n < 1 {
		return uuid.Nil, fault.NotFound()
	}
	r, err := v.ByUnique(KindKey, strings.ToUpper(key))
	if err != nil {
		return uuid.Nil, err
	}
	if r == nil {
		return uuid.Nil, fault.NotFound()
	}
	id, err := v.ByNumber(r.Scope, n)
	if err == nil && id == uuid.Nil {
		err = fault.NotFound()
	}
	return id, err
}

// origin is a hash by which the same request is known again.
func origin(request any) []byte {
	b, err := marshal(request)
	if err != nil {
		return nil
	}
	h := sha256.Sum256(b)
	return h[:16]
}

func (d *draft) create(n NewTask, path string) (t *Task, created bool, err error) {
	request := origin(n)
	if n.ID != uuid.Nil {
		if t, err := d.again(n.ID, request); t != nil || err != nil {
			return t, false, err
		}
	} else {
		n.ID = d.newID()
	}
	p := d.frame.projects[n.Project]
	if p == nil || !d.access.Sees(n.Project) {
		return nil, false, fault.InvalidField(path+fProject, "must be a project that you can see")
	}
	if err := d.access.Can(EditTask, n.Project); err != nil {
		return nil, false, err
	}
	if err := d.inUse(n.Project); err != nil {
		return nil, false, err
	}
	t = &Task{
		PreviousKeys: []string{}, ID: n.ID, Project: n.Project, Title: n.Title, Status: n.Status, Priority: n.Priority,
		Description: n.Description, Due: n.Due, Start: n.Start, Estimate: n.Estimate, External: n.External,
		Recurrence: n.Recurrence, Custom: n.Custom, ICalUID: n.ICalUID,
		Assignees: set(n.Assignees, nil, nil), Labels: set(n.Labels, nil, nil),
		CreatedBy: d.caller.User, CreatedAt: At(d.now), UpdatedAt: At(d.now),
		Author: &Author{User: &d.caller.User, Name: d.caller.Actor.Name},
	}
	if err := d.createImported(t, n, path); err != nil {
		return nil, false, err
	}
	if t.Status == uuid.Nil {
		t.Status = p.firstOpen()
	}
	t.Subscribers = d.subscribers(t)
	if bad := checkFields(t, path); len(bad) > 0 {
		return nil, false, fault.Invalid(bad...)
	}
	if err := d.checkReferences(t, nil, p, path); err != nil {
		return nil, false, err
	}
	if err := d.setParent(t, n.Parent, path); err != nil {
		return nil, false, err
	}
	if t.Number, err = d.nextNumber(t.Project); err != nil {
		return nil, false, err
	}
	if err := d.placeNew(t, n.Place); err != nil {
		return nil, false, err
	}
	t.derive(p, nil, d.now)
	if n.CompletedAt != nil && t.CompletedAt != nil {
		t.CompletedAt = n.CompletedAt
	}
	if err := d.saveCreated(t, TaskCreated, request, nil); err != nil {
		return nil, false, err
	}
	d.countChildren(t.Parent)
	return t, true, nil
}

// again finds what an earlier request with the same id made.
func (d *draft) again(id uuid.UUID, request []byte) (*Task, error) {
	if d.saved[id] {
		return nil, fault.Conflict("id-taken", "Two things of one request have the same id.")
	}
	r, err := d.view.Get(KindTask, id)
	if err != nil || r == nil {
		return nil, err
	}
	if !bytes.Equal(r.Origin, request) {
		return nil, idTaken()
	}
	t, err := d.keep(r)
	if err != nil {
		return nil, err
	}
	if !d.access.Sees(t.Project) {
		return nil, idTaken()
	}
	return t, nil
}

// imports reports whether the caller may say who wrote something and when: under scope import, and with a role that may
// import at all, or whoever may just comment could put words into others' mouths.
func (d *draft) imports() bool {
	return d.caller.Import && d.access.Can(ImportTasks, uuid.Nil) == nil
}

// createImported takes what only an import may say.
func (d *draft) createImported(t *Task, n NewTask, path string) error {
	if n.Author == nil && n.CreatedAt == nil && n.CompletedAt == nil && n.Import == nil {
		return nil
	}
	if !d.imports() {
		return fault.InvalidField(path+fCreatedAt, "and author and completed_at can be set under scope import alone")
	}
	if n.Author != nil {
		t.Author = n.Author
	}
	if n.CreatedAt != nil {
		t.CreatedAt = *n.CreatedAt
	}
	t.meta.Import = n.Import
	return nil
}

func (d *draft) subscribers(t *Task) []uuid.UUID {
	out := []uuid.UUID{}
	if d.caller.Actor.Type != ActorImport {
		out = append(out, d.caller.User)
	}
	return set(out, t.Assignees, nil)
}

func (d *draft) nextNumber(project uuid.UUID) (int64, error) {
	n, known := d.number[project]
	if !known {
		var err error
		if n, err = d.view.NextNumber(project); err != nil {
			return 0, err
		}
	}
	d.number[project] = n + 1
	return n, nil
}

// firstOpen is the status that a new task gets: the first to do, or the first that does not complete it.
func (p *Project) firstOpen() uuid.UUID {
	best := uuid.Nil
	for _, s := range p.Statuses {
		if s.Category == CategoryTodo {
			return s.ID
		}
		if best == uuid.Nil && !completes(s.Category) {
			best = s.ID
		}
	}
	if best == uuid.Nil && len(p.Statuses) > 0 {
		best = p.Statuses[0].ID
	}
	return best
}

// derive sets what follows from other fields.
func (t *Task) derive(p *Project, old *Task, now int64) {
	t.DueAt = nil
	if t.Due != nil {
		ms, _ := t.Due.instant()
		at := At(ms)
		t.DueAt = &at
	}
	s := p.status(t.Status)
	switch done := s != nil && completes(s.Category); {
	case !done:
		t.CompletedAt = nil
	case t.CompletedAt == nil:
		at := At(now)
		t.CompletedAt = &at
	}
}

// checkReferences checks that what a task newly names is there.
func (d *draft) checkReferences(t, old *Task, p *Project, path string) error {
	var bad []fault.Field
	if p.status(t.Status) == nil {
		bad = append(bad, fault.Field{Field: path + fStatus, Message: "must be a status of the task's project"})
	}
	for i, id := range t.Labels {
		if old != nil && slices.Contains(old.Labels, id) {
			continue
		}
		if r, err := d.row(KindLabel, id); err != nil {
			return err
		} else if r == nil || r.Deleted != 0 {
			bad = append(bad, fault.Field{Field: fmt.Sprintf("%s%s[%d]", path, fLabels, i), Message: "must be a label of this workspace"})
		}
	}
	for i, id := range t.Assignees {
		if old != nil && slices.Contains(old.Assignees, id) {
			continue
		}
		ok, err := d.canWork(id, t.Project)
		if err != nil {
			return err
		}
		if !ok {
			bad = append(bad, fault.Field{Field: fmt.Sprintf("%s%s[%d]", path, fAssignees, i), Message: "must be a member who can see the project"})
		}
	}
	if t.External != nil && (old == nil || old.External.key() != t.External.key()) {
		if err := d.claim(t); err != nil {
			return err
		}
	}
	if len(bad) > 0 {
		return fault.Invalid(bad...)
	}
	return nil
}

// canWork reports whether a task of the project can be given to somebody.
func (d *draft) canWork(user, project uuid.UUID) (bool, error) {
	if user == d.caller.User {
		return true, nil
	}
	m, err := load[Member](d, KindMember, user)
	if err != nil || m == nil || m.Removed {
		return false, err
	}
	return d.frame.of(user, m.Role).Sees(project), nil
}

// claim makes sure that nobody else has the task's external id.
func (d *draft) claim(t *Task) error {
	key := t.External.key()
	r, err := d.view.ByExternal(key)
	if err != nil {
		return err
	}
	owner := d.taken[key]
	if owner == uuid.Nil && r != nil {
		owner = r.ID
	}
	if o := d.tasks[owner]; owner != uuid.Nil && owner != t.ID && (o == nil || o.External.key() == key) {
		return fault.Conflict("external-taken", "Another task has this external id.")
	}
	d.taken[key] = t.ID
	return nil
}

// placeNew gives a task that is new in its project its place there, and among its parent's children. What the client
// says is meant for the children's order if there is one.
func (d *draft) placeNew(t *Task, p Place) (err error) {
	inProject, inParent := p, Place{}
	if t.Parent != nil {
		inProject, inParent = Place{}, p
	}
	if t.Position, err = d.place(TaskList{Project: t.Project}, t.ID, inProject); err != nil {
		return err
	}
	if t.Parent == nil {
		return nil
	}
	t.ChildPos, err = d.place(TaskList{Parent: *t.Parent}, t.ID, inParent)
	return err
}
