package taskstest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// The plain meaning of a question, against which the engines' answers are held.

// holds says whether a condition holds for a task.
func holds(w tasks.Where, r *tasks.Row) bool {
	for _, c := range w.All {
		if !holds(c, r) {
			return false
		}
	}
	if len(w.Any) > 0 && !slices.ContainsFunc(w.Any, func(c tasks.Where) bool { return holds(c, r) }) {
		return false
	}
	if w.Not != nil && holds(*w.Not, r) {
		return false
	}
	return w.Field == "" || leafHolds(w, r.Task)
}

func leafHolds(w tasks.Where, t *tasks.TaskIndex) bool {
	switch w.Field {
	case tasks.FieldProject:
		return oneOf(w, t.Project)
	case tasks.FieldStatus:
		return oneOf(w, t.Status)
	case tasks.FieldParent:
		if t.Parent == uuid.Nil {
			return oneOf(w)
		}
		return oneOf(w, t.Parent)
	case tasks.FieldAssignee:
		return oneOf(w, t.Assignees...)
	case tasks.FieldLabel:
		return oneOf(w, t.Labels...)
	case tasks.FieldPriority:
		return slices.Contains(w.Nums, int64(t.Priority))
	case tasks.FieldDue:
		if t.DueFloating && w.Op != tasks.OpHas {
			return instantHolds(w, t.Due, t.Due != tasks.NoDue, w.Nums[1])
		}
		return instantHolds(w, t.Due, t.Due != tasks.NoDue, first(w.Nums))
	case tasks.FieldCreated:
		return instantHolds(w, t.Created, true, first(w.Nums))
	case tasks.FieldUpdated:
		return instantHolds(w, t.Updated, true, first(w.Nums))
	case tasks.FieldCompleted:
		return instantHolds(w, t.Completed, t.Completed != 0, first(w.Nums))
	case tasks.FieldExternal:
		source, _, _ := strings.Cut(t.External, "\x00")
		return t.External != "" && (w.Op == tasks.OpHas || w.Text == t.External || w.Text == source)
	case "title":
		return contains(t.Title, w.Text)
	case tasks.FieldText:
		return hasWords(w.Text, t.Title, t.Description)
	}
	panic("no field is called " + w.Field)
}

// oneOf compares what a task has with ids, of which Nil stands for having none.
func oneOf(w tasks.Where, has ...uuid.UUID) bool {
	if w.Op == tasks.OpHas {
		return len(has) > 0
	}
	if len(has) == 0 {
		return slices.Contains(w.IDs, uuid.Nil)
	}
	return slices.ContainsFunc(has, func(id uuid.UUID) bool { return slices.Contains(w.IDs, id) })
}

func instantHolds(w tasks.Where, at int64, set bool, bound int64) bool {
	switch w.Op {
	case tasks.OpHas:
		return set
	case tasks.OpBefore:
		return set && at < bound
	}
	return set && at >= bound
}

func first(nums []int64) int64 {
	if len(nums) == 0 {
		return 0
	}
	return nums[0]
}

func contains(s, part string) bool {
	return strings.Contains(strings.ToLower(s), strings.ToLower(part))
}

// answer is what a question should give, without its limit.
func answer(all []*tasks.Row, q tasks.TaskQuery) []*tasks.Row {
	out := only(all, func(r *tasks.Row) bool {
		p := r.Task.Project
		visible := !slices.Contains(q.Hidden, p) && (!q.Only || slices.Contains(q.Visible, p))
		return r.Deleted == 0 && visible && holds(q.Where, r)
	})
	slices.SortFunc(out, inOrder(q))
	return out
}

// inOrder compares tasks in the order of a question: by the value, then by id, all of it backwards if descending;
// but what has no due date is last both ways.
func inOrder(q tasks.TaskQuery) func(a, b *tasks.Row) int {
	return func(a, b *tasks.Row) int {
		x, y := a.Task, b.Task
		if q.Sort == tasks.SortDue && (x.Due == tasks.NoDue) != (y.Due == tasks.NoDue) {
			return cmp.Compare(x.Due, y.Due)
		}
		c := 0
		switch q.Sort {
		case tasks.SortPosition:
			c = cmp.Compare(x.Position, y.Position)
			if tasks.UnderParent(q) {
				c = cmp.Compare(x.ChildPosition, y.ChildPosition)
			}
		case tasks.SortDue:
			c = cmp.Compare(x.Due, y.Due)
		case tasks.SortPriority:
			c = cmp.Compare(tasks.PriorityRank(x.Priority), tasks.PriorityRank(y.Priority))
		case tasks.SortCreated:
			c = cmp.Compare(x.Created, y.Created)
		case tasks.SortUpdated:
			c = cmp.Compare(x.Updated, y.Updated)
		case tasks.SortTitle:
			c = cmp.Compare(x.TitleKey, y.TitleKey)
		}
		c = cmp.Or(c, slices.Compare(a.ID[:], b.ID[:]))
		if q.Descending {
			return -c
		}
		return c
	}
}

// place is where a task stands in the order of a question.
func place(r *tasks.Row, q tasks.TaskQuery) *tasks.Position {
	p := &tasks.Position{ID: r.ID}
	switch q.Sort {
	case tasks.SortPosition:
		p.Text = r.Task.Position
		if tasks.UnderParent(q) {
			p.Text = r.Task.ChildPosition
		}
	case tasks.SortDue:
		p.Number = r.Task.Due
	case tasks.SortPriority:
		p.Number = tasks.PriorityRank(r.Task.Priority)
	case tasks.SortCreated:
		p.Number = r.Task.Created
	case tasks.SortUpdated:
		p.Number = r.Task.Updated
	case tasks.SortTitle:
		p.Text = r.Task.TitleKey
	}
	return p
}

func sorts() []string {
	return []string{
		tasks.SortPosition, tasks.SortDue, tasks.SortPriority, tasks.SortCreated, tasks.SortUpdated, tasks.SortTitle,
	}
}
