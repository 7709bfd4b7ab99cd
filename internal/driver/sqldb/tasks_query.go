package sqldb

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// question builds one SELECT over tasks.
type question struct {
	ws   uuid.UUID
	sql  strings.Builder
	args []any
}

func (b *question) arg(a any) string {
	b.args = append(b.args, a)
	return fmt.Sprintf("$%d", len(b.args))
}

func (b *question) ids(ids []uuid.UUID) string {
	if len(ids) == 0 {
		return `(NULL)`
	}
	out := make([]string, len(ids))
	for i := range ids {
		out[i] = b.arg(ids[i][:])
	}
	return "(" + strings.Join(out, ", ") + ")"
}

// plan says through what a question is answered: the index or side table whose order is the one asked for, so that no
// more rows are stepped over than are given back.
type plan struct {
	from  string // FROM and the conditions that lead into it
	sort  string // the column to sort by
	id    string // the column of the task's id that ends the order
	where string // conditions that come with from
}

const live = ` WHERE t.ws = $1 AND t.deleted = 0`

func (v *view) plan(b *question, q tasks.TaskQuery) (plan, error) {
	column := map[string]string{
		tasks.SortPosition: "t.position", tasks.SortDue: "t.due", tasks.SortPriority: "t.priority",
		tasks.SortCreated: "t.created", tasks.SortUpdated: "t.updated", tasks.SortTitle: "t.title_key",
	}[q.Sort]
	if q.Sort == tasks.SortPosition && tasks.UnderParent(q) {
		return plan{from: ` FROM tasks t INDEXED BY tasks_parent`, where: live + ` AND t.parent IS NOT NULL`, sort: "t.child_position", id: "t.id"}, nil
	}
	if column == "" {
		return plan{}, fmt.Errorf("no order is called %q", q.Sort)
	}
	if from, err := v.textLead(b, q); from != "" || err != nil {
		return plan{from: from, where: live, sort: column, id: "t.id"}, err
	}
	project := pinned(q.Where, tasks.FieldProject)
	if a := pinned(q.Where, tasks.FieldAssignee); a != uuid.Nil {
		leads := q.Sort == tasks.SortDue && project == uuid.Nil // the side table has the very order
		if !leads {
			var err error
			if leads, err = v.few(`task_assignees`, `assignee`, a); err != nil {
				return plan{}, err
			}
		}
		if leads {
			p := plan{from: ` FROM task_assignees a CROSS JOIN tasks t ON t.ws = a.ws AND t.id = a.task`, sort: column, id: "t.id"}
			p.where = ` WHERE a.ws = $1 AND a.assignee = ` + b.arg(a[:]) + ` AND t.deleted = 0`
			if done, ok := completion(q.Where); ok {
				p.where += ` AND a.done = ` + b.arg(flag(done))
			}
			if q.Sort == tasks.SortDue {
				p.sort, p.id = "a.due", "a.task"
			}
			return p, nil
		}
	}
	if l := pinned(q.Where, tasks.FieldLabel); l != uuid.Nil {
		leads := q.Sort == tasks.SortCreated && project == uuid.Nil // the side table has the very order
		if !leads {
			var err error
			if leads, err = v.few(`task_labels`, `label`, l); err != nil {
				return plan{}, err
			}
		}
		if leads {
			p := plan{from: ` FROM task_labels l CROSS JOIN tasks t ON t.ws = l.ws AND t.id = l.task`, sort: column, id: "t.id"}
			p.where = ` WHERE l.ws = $1 AND l.label = ` + b.arg(l[:]) + ` AND t.deleted = 0`
			if q.Sort == tasks.SortCreated {
				p.sort, p.id = "l.created", "l.task"
			}
			return p, nil
		}
	}
	index := map[string]string{
		tasks.SortDue: "tasks_due", tasks.SortCreated: "tasks_created", tasks.SortUpdated: "tasks_updated",
	}[q.Sort]
	if project != uuid.Nil {
		index = map[string]string{tasks.SortDue: "tasks_project_due", tasks.SortUpdated: "tasks_project_updated"}[q.Sort]
		if index == "" {
			index = "tasks_project_position"
		}
		if pinned(q.Where, tasks.FieldStatus) != uuid.Nil && q.Sort != tasks.SortDue && q.Sort != tasks.SortUpdated {
			index = "tasks_project_status"
		}
	}
	from := ` FROM tasks t`
	if index != "" && !external(q.Where) && (project != uuid.Nil || !q.Only) {
		from += ` INDEXED BY ` + index
	}
	return plan{from: from, where: live, sort: column, id: "t.id"}, nil
}

// fewRows is how many rows are rather sorted than looked for in the order asked for.
const fewRows = 1000

// few reports whether a side table has only a few rows of a value.
func (v *view) few(table, column string, value uuid.UUID) (bool, error) {
	var n int
	err := v.tx.QueryRow(`SELECT count(*) FROM (SELECT 1 FROM `+table+` WHERE ws = $1 AND `+column+` = $2 LIMIT $3)`,
		v.ws[:], value[:], fewRows+1).Scan(&n)
	return n <= fewRows, err
}

// pinned gives the one id that a field must have for a condition to hold, Nil if there is no such id.
func pinned(w tasks.Where, field string) uuid.UUID {
	if w.Field == field && w.Op == tasks.OpIn && len(w.IDs) == 1 {
		return w.IDs[0]
	}
	for _, c := range w.All {
		if id := pinned(c, field); id != uuid.Nil {
			return id
		}
	}
	return uuid.Nil
}

func external(w tasks.Where) bool {
	if w.Field == tasks.FieldExternal && w.Op == tasks.OpIn {
		return true
	}
	for _, c := range w.All {
		if external(c) {
			return true
		}
	}
	return false
}

// completion gives whether a condition demands completed or open tasks, ok if it demands either.
func completion(w tasks.Where) (done, ok bool) {
	if w.Field == tasks.FieldCompleted && w.Op == tasks.OpHas {
		return true, true
	}
	if w.Not != nil && w.Not.Field == tasks.FieldCompleted && w.Not.Op == tasks.OpHas {
		return false, true
	}
	for _, c := range w.All {
		if done, ok := completion(c); ok {
			return done, true
		}
	}
	return false, false
}

func (v *view) Tasks(q tasks.TaskQuery) ([]*tasks.Row, error) {
	if q.Sort != tasks.SortDue || !q.Descending {
		return v.tasks(q, "")
	}
	// what has no due date is last both ways: an index gives it apart
	var dated []*tasks.Row
	if q.After == nil || q.After.Number != tasks.NoDue {
		var err error
		if dated, err = v.tasks(q, "<"); err != nil || q.Limit > 0 && len(dated) == q.Limit {
			return dated, err
		}
		q.After = nil
	}
	if q.Limit > 0 {
		q.Limit -= len(dated)
	}
	undated, err := v.tasks(q, "=")
	return append(dated, undated...), err
}

// tasks asks for the whole order, or, with dated "<" or "=", for its part with or without a due date.
func (v *view) tasks(q tasks.TaskQuery, dated string) ([]*tasks.Row, error) {
	b := &question{ws: v.ws, args: []any{v.ws[:]}}
	p, err := v.plan(b, q)
	if err != nil {
		return nil, err
	}
	columns, scan := taskColumns, scanTask
	if !q.Whole {
		columns, scan = listColumns(q, p), scanListed(q, v.tx.docs)
	}
	b.sql.WriteString(`SELECT ` + columns + p.from + p.where)
	if err := b.conditions(q); err != nil {
		return nil, err
	}
	cmp, dir := ` > `, ``
	if q.Descending {
		cmp, dir = ` < `, ` DESC`
	}
	if dated != "" {
		b.sql.WriteString(` AND ` + p.sort + dated + b.arg(tasks.NoDue))
	}
	if q.After != nil {
		value := any(q.After.Number)
		if q.Sort == tasks.SortPosition || q.Sort == tasks.SortTitle {
			value = q.After.Text
		}
		b.sql.WriteString(` AND (` + p.sort + `, ` + p.id + `)` + cmp + `(` + b.arg(value) + `, ` + b.arg(q.After.ID[:]) + `)`)
	}
	b.sql.WriteString(` ORDER BY ` + p.sort + dir + `, ` + p.id + dir)
	if q.Limit > 0 {
		b.sql.WriteString(` LIMIT ` + b.arg(q.Limit))
	}
	rows, err := v.tx.Query(b.sql.String(), b.args...)
	return manyRows(rows, err, scan)
}
