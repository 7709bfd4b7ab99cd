package sqldb

import (
	"fmt"
	"slices"

	"github.com/rung-app/rung/internal/tasks"
)

// Count counts tasks by a field.
func (v *view) Count(q tasks.TaskQuery, by string) ([]tasks.GroupCount, error) {
	b := &question{ws: v.ws, args: []any{v.ws[:]}}
	key, n, from, where, group := `NULL`, `count(*)`, ` FROM tasks t`, live, ``
	if (by == "" || by == tasks.FieldStatus) && ofColumns(q.Where) {
		n, from, where = `coalesce(sum(t.n), 0)`, ` FROM task_counts t`, ` WHERE t.ws = $1 AND t.n > 0`
	}
	if lead, err := v.textLead(b, q); err != nil {
		return nil, err
	} else if lead != "" {
		from = lead
	}
	switch by {
	case "":
	case tasks.FieldStatus:
		key, group = `t.status`, ` GROUP BY t.status`
	case tasks.FieldPriority:
		key, group = `t.priority`, ` GROUP BY t.priority`
	case tasks.FieldAssignee:
		key, group = `a.assignee`, ` GROUP BY a.assignee`
		from += ` LEFT JOIN task_assignees a ON a.ws = t.ws AND a.done = (t.completed <> 0) AND a.due = t.due AND a.task = t.id AND length(t.assignees) > 0`
	case tasks.FieldLabel:
		key, group = `l.label`, ` GROUP BY l.label`
		from += ` LEFT JOIN task_labels l ON l.ws = t.ws AND l.created = t.created AND l.task = t.id AND length(t.labels) > 0`
	default:
		return nil, fmt.Errorf("tasks are not counted by %q", by)
	}
	b.sql.WriteString(`SELECT ` + key + `, ` + n + from + where)
	if err := b.conditions(q); err != nil {
		return nil, err
	}
	b.sql.WriteString(group)
	rows, err := v.tx.Query(b.sql.String(), b.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []tasks.GroupCount
	for rows.Next() {
		var g tasks.GroupCount
		var dest any = (*id)(&g.Key)
		if by == tasks.FieldPriority {
			dest = &g.Value
		}
		if err := rows.Scan(dest, &g.Count); err != nil {
			return nil, err
		}
		if by == tasks.FieldPriority {
			g.Value = int64(priorityOf(int(g.Value)))
		}
		out = append(out, g)
	}
	return out, rows.Err()
}

// ofColumns reports whether a condition can be told of a status of a project, without looking at the tasks in it.
func ofColumns(w tasks.Where) bool {
	if w.Not != nil && !ofColumns(*w.Not) {
		return false
	}
	other := func(c tasks.Where) bool { return !ofColumns(c) }
	return (w.Field == "" || w.Field == tasks.FieldProject || w.Field == tasks.FieldStatus) &&
		!slices.ContainsFunc(w.All, other) && !slices.ContainsFunc(w.Any, other)
}
