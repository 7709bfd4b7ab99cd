package importer

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// undo puts what the import made into the trash. The tasks remember that it was this that put them there, so that
// importing again takes them out.
func (j *job) undo(ctx context.Context) error {
	rec := j.state()
	if rec.Report == nil {
		return nil // it failed before it made anything
	}
	r := &run{job: j, tasks: j.s.tasks, report: *rec.Report}
	r.plan.Notes = rec.Report.Notes
	mine, err := r.made(ctx, rec.Source, rec.ID)
	if err != nil {
		return err
	}
	r.change(func(rec *record) { rec.Progress = Progress{Total: len(mine)} })
	if p := rec.Report.Project; p.Created && p.ID != nil {
		done, err := r.trashProject(ctx, *p.ID, mine)
		if err != nil || done {
			return err
		}
	}
	return r.trash(ctx, mine)
}

// imported is a task that an import made.
type imported struct {
	id    uuid.UUID
	doc   tasks.TaskDoc
	marks map[string]string
}

// made gives the tasks that the import made and that are not in the trash.
func (r *run) made(ctx context.Context, source string, by uuid.UUID) ([]imported, error) {
	docs, err := r.list(ctx, tasks.Filter{Field: tasks.FieldExternal, Op: "eq", Value: source})
	if err != nil {
		return nil, err
	}
	var mine []imported
	for some := range slices.Chunk(docs, tasks.MaxBatch) {
		ids := make([]string, len(some))
		for i, t := range some {
			ids[i] = t.External.ID
		}
		found, err := r.tasks.Imported(ctx, r.c, r.ws, source, ids)
		if err != nil {
			return nil, err
		}
		for _, t := range some {
			if f := found[t.External.ID]; f.State[markBy] == by.String() {
				mine = append(mine, imported{f.ID, t, f.State})
			}
		}
	}
	return mine, nil
}

func (r *run) list(ctx context.Context, f tasks.Filter) ([]tasks.TaskDoc, error) {
	var all []tasks.TaskDoc
	for of := (tasks.PageOf{Limit: tasks.MaxLimit}); ; {
		page, err := r.tasks.Tasks(ctx, r.c, r.ws, tasks.ListQuery{Filter: f, Sort: tasks.SortCreated, Compact: true}, of)
		if err != nil {
			return nil, err
		}
		for _, item := range page.Items {
			var t tasks.TaskDoc
			if err := json.Unmarshal(item, &t); err != nil {
				return nil, fmt.Errorf("decode a task: %w", err)
			}
			all = append(all, t)
		}
		if of.Cursor = page.Next; of.Cursor == "" {
			return all, nil
		}
	}
}

// trashProject puts the project into the trash if nothing but the import's tasks is in it, and reports whether it did.
func (r *run) trashProject(ctx context.Context, project uuid.UUID, mine []imported) (bool, error) {
	there, err := r.list(ctx, tasks.Filter{Field: tasks.FieldProject, Op: "eq", Value: project.String()})
	if fault.KindOf(err) == fault.KindNotFound {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	known := map[uuid.UUID]bool{}
	for _, t := range mine {
		known[t.id] = true
		if t.doc.Project != project {
			return false, nil // somebody has moved it out; it must be found there
		}
	}
	if slices.ContainsFunc(there, func(t tasks.TaskDoc) bool { return !known[t.ID] }) {
		return false, nil
	}
	if _, err := r.tasks.DeleteProject(ctx, r.c, r.ws, project); err != nil && fault.KindOf(err) != fault.KindNotFound {
		return false, err
	}
	r.change(func(rec *record) { rec.Progress.Done = rec.Progress.Total })
	return true, nil
}

// trash puts tasks into the trash, sub-tasks first: they would go along with their parents and could not be told apart.
func (r *run) trash(ctx context.Context, mine []imported) error {
	slices.SortStableFunc(mine, func(a, b imported) int { return cmp.Compare(top(a), top(b)) })
	units := make([]unit, 0, len(mine))
	for _, t := range mine {
		marks := maps.Clone(t.marks)
		marks[markUndone] = r.rec.ID.String()
		units = append(units, unit{
			task:  t.doc.Title,
			tasks: 1,
			steps: []tasks.Step{update(t.id, tasks.Patch{Import: marks}), {Delete: t.id.String()}},
		})
	}
	return r.send(ctx, units)
}

// top is 0 for a sub-task and 1 for others.
func top(t imported) int {
	if t.doc.Parent != nil {
		return 0
	}
	return 1
}
