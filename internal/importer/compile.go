package importer

import (
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/importer/plan"
	"github.com/rung-app/rung/internal/tasks"
)

// earlier is a task that an earlier import made.
type earlier struct {
	ID      uuid.UUID
	Project uuid.UUID
	Trashed bool
	Marks   map[string]string // what the source said then
}

// unit are steps that must be committed together, so that an import that stops anywhere can go on: a task and what is
// remembered of it, or that and the comments that are remembered.
type unit struct {
	steps  []tasks.Step
	bytes  int
	task   string // its title
	tasks  int    // 1 if the task is settled with it, 0 if it only brings more comments
	counts Counts // what of the report it makes true
}

// maxUnitComments is how many comments go along with their task; further ones follow in units of their own.
const maxUnitComments = 400

// compiler works out what has to be done to make a workspace say what a plan says.
type compiler struct {
	plan   plan.Plan
	people people
	target target
	seen   map[string]earlier // by External ID
	by     uuid.UUID          // the import
	newID  func() uuid.UUID
	notes  *plan.Notes

	ids map[string]uuid.UUID // the tasks of the target project, by External ID
}

// units gives what has to be done, parents before their sub-tasks, and the counts of what is so already.
func (c *compiler) units() ([]unit, Counts, error) {
	c.ids = map[string]uuid.UUID{}
	var units []unit
	var same Counts
	for _, t := range c.plan.Tasks {
		seen, known := c.seen[t.External.ID]
		if known && seen.Trashed {
			c.notes.Add(plan.Lost, "import.trashed", "Tasks that are in Rung's trash stay there.", 1, t.Title)
			same.Tasks.Unchanged++
			same.Comments.Unchanged += len(t.Comments)
			continue
		}
		id := seen.ID
		if !known {
			id = c.newID()
		}
		if !known || seen.Project == c.target.project {
			c.ids[t.External.ID] = id
		}
		made, unchanged, err := c.task(t, id, seen, known)
		if err != nil {
			return nil, same, err
		}
		units = append(units, made...)
		same.merge(unchanged)
	}
	return units, same, nil
}

// task gives what is to be done about one task and its comments, and what of it is so already.
func (c *compiler) task(t plan.Task, id uuid.UUID, seen earlier, known bool) (units []unit, same Counts, err error) {
	n := c.newTask(t, id)
	now, err := marks(t, n)
	if err != nil {
		return nil, same, err
	}
	fresh, err := c.comments(t, id, seen.Marks)
	if err != nil {
		return nil, same, err
	}
	same.Comments.Unchanged = len(t.Comments) - len(fresh)
	now[markBy] = c.by.String()
	for name, mark := range seen.Marks { // a comment that has gone from the source stays in Rung
		if name == markBy || strings.HasPrefix(name, markComment) {
			now[name] = mark
		}
	}

	var done Tally
	first := tasks.Step{Create: &n}
	if known {
		patch, differs := changes(seen.Marks, now, n)
		differs = differs || seen.Marks[markUndone] != ""
		if seen.Project != c.target.project {
			c.stayMoved(&patch, t)
		}
		first = update(id, patch)
		done.add(either(differs, updated, unchanged))
		if !differs {
			same.Tasks, done = done, Tally{}
		}
	} else {
		done.add(created)
	}

	batches := slices.Collect(slices.Chunk(fresh, maxUnitComments))
	if len(batches) == 0 && done != (Tally{}) {
		batches = append(batches, nil)
	}
	for i, batch := range batches {
		u := unit{task: t.Title, steps: []tasks.Step{first}, bytes: len(t.Description), counts: Counts{Tasks: done}}
		if i == 0 && done != (Tally{}) {
			u.tasks = 1
		}
		for _, m := range batch {
			now[m.name] = m.mark
			u.steps = append(u.steps, tasks.Step{Comment: &m.comment})
			u.bytes += len(m.comment.Body)
			u.counts.Comments.add(m.outcome)
		}
		remember(u.steps[0], now)
		units = append(units, u)
		first, done = update(id, tasks.Patch{}), Tally{}
	}
	return units, same, nil
}

// freshComment is one that Rung does not have as it is now.
type freshComment struct {
	comment tasks.NewComment
	name    string // under which it is remembered
	mark    string
	outcome outcome
}

func (c *compiler) comments(t plan.Task, id uuid.UUID, seen map[string]string) ([]freshComment, error) {
	var fresh []freshComment
	for _, m := range t.Comments {
		name := markComment + m.External.ID
		mark, err := hash(m.Text)
		if err != nil {
			return nil, err
		}
		before, again := seen[name]
		if again && before == mark {
			continue
		}
		fresh = append(fresh, freshComment{c.newComment(m, id), name, mark, either(again, updated, created)})
	}
	return fresh, nil
}

// stayMoved leaves out of a patch what depends on the project that somebody has moved the task out of.
func (c *compiler) stayMoved(p *tasks.Patch, t plan.Task) {
	if p.Status.Set {
		c.notes.Add(plan.Lost, "import.moved", "Tasks that were moved to another project keep their status.", 1, t.Title)
	}
	var none tasks.Patch
	p.Status, p.CompletedAt, p.Parent = none.Status, none.CompletedAt, none.Parent
}

func update(id uuid.UUID, p tasks.Patch) tasks.Step {
	return tasks.Step{Update: &tasks.StepUpdate{Ref: id.String(), Patch: p}}
}

func either(b bool, yes, no outcome) outcome {
	if b {
		return yes
	}
	return no
}

// remember makes a step store what the source said, as far as the step's unit and those before it bring it into Rung.
func remember(s tasks.Step, marks map[string]string) {
	if s.Create != nil {
		s.Create.Import = maps.Clone(marks)
		return
	}
	s.Update.Patch.Import = maps.Clone(marks)
}
