package tasks

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// StatusPatch is a request to change fields of a status.
type StatusPatch struct {
	Name, Category, Color Opt[string]
	Place                 Opt[Place]
}

// addStatus puts a new status into a project that is being made or changed.
func (d *draft) addStatus(p *Project, n NewStatus, path string) error {
	if n.ID == uuid.Nil {
		n.ID = d.newID()
	}
	if p.status(n.ID) != nil || d.frame.statuses[n.ID] != nil {
		return idTaken()
	}
	if len(p.Statuses) >= maxStatuses {
		return fault.InvalidField(path+"name", fmt.Sprintf("would be one of more than %d statuses", maxStatuses))
	}
	s := Status{ID: n.ID, Name: n.Name, Category: or(n.Category, CategoryTodo), Color: n.Color}
	if err := checkStatus(s, path); err != nil {
		return err
	}
	at, err := p.statusPlace(n.Place, s.ID)
	if err != nil {
		return err
	}
	p.Statuses = slices.Insert(slices.Clone(p.Statuses), at, s)
	return nil
}

func checkStatus(s Status, path string) error {
	check := &checks{path: path}
	check.name(s.Name)
	if !slices.Contains([]string{CategoryBacklog, CategoryTodo, CategoryDoing, CategoryDone, CategoryCanceled}, s.Category) {
		check.no("category", "must be backlog, todo, doing, done or canceled")
	}
	check.short("color", s.Color, 40)
	return check.err()
}

// statusPlace is the index at which a status that is not in the list goes into it.
func (p *Project) statusPlace(place Place, self uuid.UUID) (int, error) {
	switch {
	case place.First:
		return 0, nil
	case place.After == "" && place.Before == "":
		return len(p.Statuses), nil
	}
	i := slices.IndexFunc(p.Statuses, func(s Status) bool { return s.ID.String() == place.After+place.Before && s.ID != self })
	if i < 0 {
		return 0, fault.InvalidField("place", "must name another status of the project")
	}
	if place.After != "" {
		i++
	}
	return i, nil
}

// AddStatus makes a status. With an ID it may be sent again: a status that is there already is given back as it is now.
func (s *Service) AddStatus(ctx context.Context, c Caller, ws, project uuid.UUID, n NewStatus) (Written, error) {
	var id uuid.UUID
	w, err := s.writeRow(ctx, c, ws, func(d *draft) (*Row, bool, error) {
		p, r, err := d.findProject(project, EditProject)
		if err != nil {
			return nil, false, err
		}
		m, err := metaOf(r)
		if err != nil {
			return nil, false, err
		}
		if n.ID != uuid.Nil && p.status(n.ID) != nil {
			if !bytes.Equal(m.Statuses[n.ID.String()], origin(n)) {
				return nil, false, idTaken()
			}
			id = n.ID
			return r, false, nil
		}
		want := n
		if want.ID == uuid.Nil {
			want.ID = d.newID()
		}
		id = want.ID
		if err := d.inUse(project); err != nil {
			return nil, false, err
		}
		if err := d.addStatus(p, want, ""); err != nil {
			return nil, false, err
		}
		if m.Statuses = maps.Clone(m.Statuses); m.Statuses == nil {
			m.Statuses = map[string][]byte{}
		}
		m.Statuses[id.String()] = origin(n)
		if r.Meta, err = marshal(m); err != nil {
			return nil, false, err
		}
		return r, true, d.saveProject(p, r, "project.updated", []string{"statuses"})
	})
	return s.asStatus(w, id, err)
}

// asStatus turns a written project into the one status of it that was meant.
func (s *Service) asStatus(w Written, id uuid.UUID, err error) (Written, error) {
	if err != nil {
		return w, err
	}
	p, err := decode[Project](w.JSON)
	if err != nil {
		return w, err
	}
	if st := p.status(id); st != nil {
		w.ID = id
		w.JSON, err = marshal(st)
	}
	return w, err
}

// UpdateStatus changes a status, whose version is its project's. If its category changes between open and completed, so
// do all tasks in it.
func (s *Service) UpdateStatus(ctx context.Context, c Caller, ws, project, id uuid.UUID, patch StatusPatch, cond Condition) (Written, error) {
	w, err := s.writeRow(ctx, c, ws, func(d *draft) (*Row, bool, error) {
		p, r, err := d.findProject(project, EditProject)
		if err != nil {
			return nil, false, err
		}
		i := slices.IndexFunc(p.Statuses, func(s Status) bool { return s.ID == id })
		if i < 0 {
			return nil, false, fault.NotFound()
		}
		before := slices.Clone(p.Statuses)
		st := p.Statuses[i]
		take(&st.Name, patch.Name)
		take(&st.Category, patch.Category)
		take(&st.Color, patch.Color)
		if err := checkStatus(st, ""); err != nil {
			return nil, false, err
		}
		p.Statuses = slices.Clone(p.Statuses)
		p.Statuses[i] = st
		if patch.Place.Set {
			p.Statuses = slices.Delete(p.Statuses, i, i+1)
			at, err := p.statusPlace(patch.Place.V, id)
			if err != nil {
				return nil, false, err
			}
			p.Statuses = slices.Insert(p.Statuses, at, st)
		}
		if slices.Equal(before, p.Statuses) {
			return r, false, nil
		}
		if err := d.inUse(project); err != nil {
			return nil, false, err
		}
		changed, err := changedMembers(&before[i], &st)
		if err != nil {
			return nil, false, err
		}
		if err := d.patchRow(r, p.Version, &before[i], "statuses/"+id.String()+"/", changed, cond); err != nil {
			return nil, false, err
		}
		if err := d.saveProject(p, r, "project.updated", []string{"statuses"}); err != nil {
			return nil, false, err
		}
		if completes(before[i].Category) == completes(st.Category) {
			return r, false, nil
		}
		d.frame = d.frame.with(p)
		_, err = d.eachIn(p, id, 0, func(*Task) {})
		return r, false, err
	})
	return s.asStatus(w, id, err)
}

// eachIn changes every task in a status, or the first limit of them if that is not 0, and brings what follows from its
// status up to date. It reports whether there are more.
func (d *draft) eachIn(p *Project, status uuid.UUID, limit int, change func(*Task)) (more bool, err error) {
	q := TaskQuery{
		Where: Where{All: []Where{{Field: FieldProject, Op: OpIn, IDs: []uuid.UUID{p.ID}}, {Field: FieldStatus, Op: OpIn, IDs: []uuid.UUID{status}}}},
		Sort:  SortPosition,
		Whole: true,
	}
	if limit > 0 {
		q.Limit = limit + 1
	}
	rows, err := d.view.Tasks(q)
	if err != nil {
		return false, err
	}
	if more = limit > 0 && len(rows) > limit; more {
		rows = rows[:limit]
	}
	for _, r := range rows {
		t, err := d.keep(r)
		if err != nil {
			return false, err
		}
		old := *t
		change(t)
		t.derive(p, &old, d.now)
		if err := d.save(t, &old, TaskUpdated); err != nil {
			return false, err
		}
		d.recount(t, &old)
	}
	return more, nil
}

// DeleteStatus removes a status. Its tasks go to another one, which must be named if there are any: many of them step by
// step, and the status with the last ones. Cut short, it is there still, and may be deleted again.
func (s *Service) DeleteStatus(ctx context.Context, c Caller, ws, project, id, moveTo uuid.UUID) (Head, error) {
	return s.stepwise(ctx, c, ws, func(d *draft, more *bool) error {
		*more = false
		p, r, err := d.findProject(project, EditProject)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(p.Statuses, func(s Status) bool { return s.ID == id })
		if i < 0 {
			return nil // as after the first time
		}
		if err := d.inUse(project); err != nil {
			return err
		}
		if len(p.Statuses) == 1 {
			return fault.Conflict("last-status", "A project needs at least one status.")
		}
		if moveTo != uuid.Nil && (moveTo == id || p.status(moveTo) == nil) {
			return fault.InvalidField("move_to", "must be another status of the project")
		}
		counts, err := d.view.Count(TaskQuery{
			Where: Where{All: []Where{{Field: FieldProject, Op: OpIn, IDs: []uuid.UUID{p.ID}}, {Field: FieldStatus, Op: OpIn, IDs: []uuid.UUID{id}}}},
		}, "")
		if err != nil {
			return err
		}
		used := len(counts) > 0 && counts[0].Count > 0
		if used && moveTo == uuid.Nil {
			return fault.Conflict("status-in-use", "There are tasks in this status; say with move_to where they are to go.")
		}
		if used && counts[0].Count > s.stepAtOnce {
			*more, err = d.eachIn(p, id, s.stepAtOnce, func(t *Task) { t.Status = moveTo })
			return err
		}
		p.Statuses = slices.Delete(slices.Clone(p.Statuses), i, i+1)
		if err := d.saveProject(p, r, "project.updated", []string{"statuses"}); err != nil {
			return err
		}
		d.frame = d.frame.with(p)
		if !used {
			return nil
		}
		_, err = d.eachIn(p, id, 0, func(t *Task) { t.Status = moveTo })
		return err
	})
}
