package importer

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/importer/plan"
	"github.com/rung-app/rung/internal/tasks"
)

// target is where a plan goes: its project and what the plan's statuses and labels are there.
type target struct {
	project  uuid.UUID
	statuses map[string]uuid.UUID // by External ID
	labels   map[string]uuid.UUID // by External ID
}

// made is the ID of what an import makes for a thing of the source: the same every time, so that it is found again.
func made(in uuid.UUID, source, kind, external string) uuid.UUID {
	return uuid.NewSHA1(in, []byte(source+"\x00"+kind+"\x00"+external))
}

// findProject finds the project to import into: the one asked for, else the one that most of the tasks are in that were
// imported before, else the one that was made for the board before, perhaps in the trash. It gives nil if it is to be
// made.
func (r *run) findProject(ctx context.Context, asked uuid.UUID) (*tasks.Project, error) {
	if asked != uuid.Nil {
		p, err := r.project(ctx, asked)
		if fault.KindOf(err) == fault.KindNotFound {
			return nil, fault.InvalidField("project", "must be a project that you can see")
		}
		return p, err
	}
	home, most := made(r.ws, r.plan.Source, "project", r.plan.Project.External.ID), 0
	in := map[uuid.UUID]int{}
	for _, t := range r.seen {
		if in[t.Project]++; in[t.Project] > most {
			home, most = t.Project, in[t.Project]
		}
	}
	p, err := r.project(ctx, home)
	if fault.KindOf(err) != fault.KindNotFound {
		return p, err
	}
	if r.dry {
		return nil, nil
	}
	_, err = r.tasks.RestoreProject(ctx, r.c, r.ws, home)
	if fault.KindOf(err) == fault.KindNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r.notes.Add(plan.Changed, "import.restored-project", "The project was in the trash and has been taken out.", 1)
	if err := r.find(ctx); err != nil { // its tasks can be seen now
		return nil, err
	}
	return r.project(ctx, home)
}

func (r *run) project(ctx context.Context, id uuid.UUID) (*tasks.Project, error) {
	doc, _, err := r.tasks.Project(ctx, r.c, r.ws, id)
	if err != nil {
		return nil, err
	}
	var p tasks.Project
	if err := json.Unmarshal(doc.JSON, &p); err != nil {
		return nil, fmt.Errorf("decode project %s: %w", id, err)
	}
	return &p, nil
}

// makeProject makes the project with all of the plan's statuses.
func (r *run) makeProject(ctx context.Context) error {
	id := made(r.ws, r.plan.Source, "project", r.plan.Project.External.ID)
	n := tasks.NewProject{ID: id, Name: r.plan.Project.Name, Description: r.plan.Project.Description}
	for _, s := range r.plan.Statuses {
		status := r.newStatus(id, s)
		n.Statuses = append(n.Statuses, status)
		r.target.statuses[s.External.ID] = status.ID
		r.report.Counts.Statuses.add(created)
	}
	r.target.project = id
	r.report.Project = ProjectReport{Name: n.Name, Created: true}
	if r.dry {
		return nil
	}
	_, err := r.tasks.CreateProject(ctx, r.c, r.ws, n)
	if err == nil { // the same request may have made it before, for somebody else
		_, err = r.project(ctx, id)
	}
	switch fault.KindOf(err) {
	case fault.KindConflict, fault.KindNotFound:
		return fault.Conflict("import-elsewhere", "This board was imported before, into a project that you can't see.").With(err)
	}
	r.report.Project.ID = &id
	return err
}

func (r *run) newStatus(project uuid.UUID, s plan.Status) tasks.NewStatus {
	return tasks.NewStatus{ID: made(project, r.plan.Source, "status", s.External.ID), Name: s.Name, Category: string(s.Category)}
}

// matchStatuses finds the plan's statuses in a project that is there already: those that an import made, else those of
// the same name. It adds what is missing if a task is going to need it.
func (r *run) matchStatuses(ctx context.Context, p *tasks.Project, needed map[string]bool) error {
	r.target.project = p.ID
	r.report.Project = ProjectReport{ID: &p.ID, Name: p.Name}
	for _, s := range r.plan.Statuses {
		n := r.newStatus(p.ID, s)
		i := slices.IndexFunc(p.Statuses, func(o tasks.Status) bool { return o.ID == n.ID })
		if i < 0 {
			i = slices.IndexFunc(p.Statuses, func(o tasks.Status) bool { return plan.Fold(o.Name) == plan.Fold(s.Name) })
		}
		switch {
		case i >= 0:
			r.target.statuses[s.External.ID] = p.Statuses[i].ID
			r.report.Counts.Statuses.add(unchanged)
		case needed[s.External.ID]:
			if err := r.addStatus(ctx, p, s, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// addStatus adds a status. If the project takes no more, or not from this user, the tasks go where they fit best.
func (r *run) addStatus(ctx context.Context, p *tasks.Project, s plan.Status, n tasks.NewStatus) error {
	var err error
	if !r.dry {
		_, err = r.tasks.AddStatus(ctx, r.c, r.ws, p.ID, n)
	}
	switch fault.KindOf(err) {
	case fault.KindInvalid, fault.KindForbidden:
		i := slices.IndexFunc(p.Statuses, func(o tasks.Status) bool { return o.Category == n.Category })
		r.target.statuses[s.External.ID] = p.Statuses[max(i, 0)].ID
		r.report.Counts.Statuses.add(unchanged)
		r.notes.Add(plan.Changed, "import.other-status", "Some columns could not be added to the project; their tasks are in one that is most like them.", 1, s.Name)
		return nil
	}
	if err != nil {
		return err
	}
	r.target.statuses[s.External.ID] = n.ID
	r.report.Counts.Statuses.add(created)
	return nil
}

// matchLabels finds the plan's labels in the workspace by name and makes those that are missing and needed.
func (r *run) matchLabels(ctx context.Context, needed func(plan.Label) bool) error {
	there, err := r.labelsByName(ctx)
	if err != nil {
		return err
	}
	for _, l := range r.plan.Labels {
		id, known := there[plan.Fold(l.Name)]
		switch {
		case known:
			r.report.Counts.Labels.add(unchanged)
		case !needed(l):
			continue
		default:
			if id, err = r.makeLabel(ctx, l); err != nil {
				return err
			}
			r.report.Counts.Labels.add(created)
		}
		r.target.labels[l.External.ID] = id
	}
	return nil
}

func (r *run) makeLabel(ctx context.Context, l plan.Label) (uuid.UUID, error) {
	if r.dry {
		return r.newID(), nil
	}
	w, err := r.tasks.CreateLabel(ctx, r.c, r.ws, tasks.NewLabel{Name: l.Name, Color: l.Color})
	return w.ID, err
}

func (r *run) labelsByName(ctx context.Context) (map[string]uuid.UUID, error) {
	all := map[string]uuid.UUID{}
	for of := (tasks.PageOf{Limit: tasks.MaxLimit}); ; {
		page, err := r.tasks.Labels(ctx, r.c, r.ws, of)
		if err != nil {
			return nil, err
		}
		for _, doc := range page.Items {
			var l tasks.Label
			if err := json.Unmarshal(doc, &l); err != nil {
				return nil, fmt.Errorf("decode a label: %w", err)
			}
			all[plan.Fold(l.Name)] = l.ID
		}
		if of.Cursor = page.Next; of.Cursor == "" {
			return all, nil
		}
	}
}
