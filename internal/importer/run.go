package importer

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/importer/plan"
	"github.com/rung-app/rung/internal/tasks"
)

// run is one plan on its way into a workspace.
type run struct {
	*job
	tasks  Tasks
	plan   plan.Plan
	dry    bool
	seen   map[string]earlier // by External ID
	target target
	report Report
	notes  plan.Notes
}

func (r *run) newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// apply brings the workspace to say what the plan says, or, dry, finds out what that would take.
func (j *job) apply(ctx context.Context, p plan.Plan, into uuid.UUID) error {
	rec := j.state()
	r := &run{
		job: j, tasks: j.s.tasks, plan: p, dry: rec.DryRun,
		target: target{statuses: map[string]uuid.UUID{}, labels: map[string]uuid.UUID{}},
		report: Report{Source: p.Source, DryRun: rec.DryRun},
	}
	members, err := j.s.people.Members(ctx, j.ws, j.c.User)
	if err != nil {
		return err
	}
	who := match(p, members)
	r.report.People = who.matches
	if err := r.find(ctx); err != nil {
		return err
	}
	project, err := r.prepare(ctx, into)
	if err != nil {
		return err
	}
	c := compiler{plan: p, people: who, target: r.target, seen: r.seen, by: rec.ID, newID: r.newID, notes: &r.notes}
	units, same, err := c.units()
	if err != nil {
		return err
	}
	r.report.Counts.merge(same)
	r.advance(same.Tasks.Unchanged)
	if r.dry {
		for _, u := range units {
			r.report.Counts.merge(u.counts)
		}
		r.advance(len(p.Tasks) - same.Tasks.Unchanged)
		return nil
	}
	return r.unarchived(ctx, project, units, func() error { return r.send(ctx, units) })
}

// prepare finds or makes the project, its statuses and the labels. It gives the project as it was, nil if it was not.
func (r *run) prepare(ctx context.Context, into uuid.UUID) (*tasks.Project, error) {
	project, err := r.findProject(ctx, into)
	if err != nil {
		return nil, err
	}
	if err := r.revive(ctx); err != nil {
		return nil, err
	}
	statuses, labels, err := r.needed()
	if err != nil {
		return nil, err
	}
	if project == nil {
		err = r.makeProject(ctx)
	} else {
		err = r.matchStatuses(ctx, project, statuses)
	}
	if err != nil {
		return nil, err
	}
	return project, r.matchLabels(ctx, func(l plan.Label) bool { return project == nil || labels[l.External.ID] })
}

// needed are the statuses and labels that will have to be there: those of tasks that are new or have them anew. Others
// have perhaps been removed on purpose.
func (r *run) needed() (statuses, labels map[string]bool, err error) {
	statuses, labels = map[string]bool{}, map[string]bool{}
	for _, t := range r.plan.Tasks {
		now, err := marks(t, tasks.NewTask{})
		if err != nil {
			return nil, nil, err
		}
		seen := r.seen[t.External.ID].Marks
		if seen[markStatus] != now[markStatus] {
			statuses[t.Status] = true
		}
		if seen[markLabels] != now[markLabels] {
			for _, l := range t.Labels {
				labels[l] = true
			}
		}
	}
	return statuses, labels, nil
}

// revive takes the tasks out of the trash that undoing an import has put there.
func (r *run) revive(ctx context.Context) error {
	for _, t := range r.plan.Tasks {
		seen := r.seen[t.External.ID]
		if !seen.Trashed || seen.Marks[markUndone] == "" {
			continue
		}
		if !r.dry {
			if _, err := r.tasks.RestoreTask(ctx, r.c, r.ws, seen.ID.String()); err != nil {
				return err
			}
		}
		seen.Trashed = false
		r.seen[t.External.ID] = seen
	}
	return nil
}

// unarchived runs do with the project out of the archive, if it is there and do makes tasks in it. A project that people
// have archived while its board is still open is not taken out: they are done with it.
func (r *run) unarchived(ctx context.Context, before *tasks.Project, units []unit, do func() error) error {
	archived := before != nil && before.Archived
	makes := slices.ContainsFunc(units, func(u unit) bool { return u.steps[0].Create != nil })
	if archived && makes && r.plan.Project.Archived {
		if err := r.setArchived(ctx, false); err != nil {
			return err
		}
	}
	if err := do(); err != nil {
		return err
	}
	if r.plan.Project.Archived && (before == nil || archived && makes) {
		return r.setArchived(ctx, true)
	}
	return nil
}

func (r *run) setArchived(ctx context.Context, archived bool) error {
	_, err := r.tasks.UpdateProject(ctx, r.c, r.ws, r.target.project, tasks.ProjectPatch{Archived: tasks.Some(archived)}, tasks.Condition{})
	return err
}

// find looks up what earlier imports made of the plan's tasks.
func (r *run) find(ctx context.Context) error {
	r.seen = make(map[string]earlier, len(r.plan.Tasks))
	for some := range slices.Chunk(r.plan.Tasks, tasks.MaxBatch) {
		ids := make([]string, len(some))
		for i, t := range some {
			ids[i] = t.External.ID
		}
		found, err := r.tasks.Imported(ctx, r.c, r.ws, r.plan.Source, ids)
		if err != nil {
			return err
		}
		for id, t := range found {
			r.seen[id] = earlier{ID: t.ID, Project: t.Project, Trashed: t.Trashed, Marks: t.State}
		}
	}
	return nil
}

// advance tells how many more tasks have been seen to, and the report as it is by then.
func (r *run) advance(n int) {
	report := r.report
	report.Notes = append(append([]plan.Note{}, r.plan.Notes...), r.notes.List()...) // never nil: the wire has a list
	r.change(func(rec *record) {
		rec.Progress.Done += n
		rec.Report = &report
	})
}
