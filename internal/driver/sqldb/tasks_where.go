package sqldb

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

func (b *question) conditions(q tasks.TaskQuery) error {
	if q.Only {
		b.sql.WriteString(` AND t.project IN ` + b.ids(q.Visible))
	} else if len(q.Hidden) > 0 {
		b.sql.WriteString(` AND t.project NOT IN ` + b.ids(q.Hidden))
	}
	w, err := b.where(q.Where)
	if w != "" {
		b.sql.WriteString(` AND ` + w)
	}
	return err
}

// where writes a condition, "" for one that always holds.
func (b *question) where(w tasks.Where) (string, error) {
	var parts []string
	for _, c := range w.All {
		s, err := b.where(c)
		if err != nil {
			return "", err
		}
		if s != "" {
			parts = append(parts, s)
		}
	}
	var any []string
	for _, c := range w.Any {
		s, err := b.where(c)
		if err != nil {
			return "", err
		}
		if s == "" {
			s = `TRUE`
		}
		any = append(any, s)
	}
	if len(any) > 0 {
		parts = append(parts, `(`+strings.Join(any, ` OR `)+`)`)
	}
	if w.Not != nil {
		s, err := b.where(*w.Not)
		if err != nil {
			return "", err
		}
		if s == "" {
			s = `TRUE`
		}
		parts = append(parts, `NOT (`+s+`)`)
	}
	if w.Field != "" {
		s, err := b.leaf(w)
		if err != nil {
			return "", err
		}
		parts = append(parts, s)
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	if len(parts) == 0 {
		return "", nil
	}
	return `(` + strings.Join(parts, ` AND `) + `)`, nil
}

// leaf writes a condition on one field. It must be true or false and never NULL, for it may be negated.
func (b *question) leaf(w tasks.Where) (string, error) {
	switch w.Field {
	case tasks.FieldProject, tasks.FieldStatus, tasks.FieldParent:
		column := "t." + w.Field
		if w.Op == tasks.OpHas {
			return column + ` IS NOT NULL`, nil
		}
		return b.in(column, w.IDs), nil
	case tasks.FieldAssignee:
		return b.member(w, `t.assignees`, `task_assignees x WHERE x.ws = t.ws AND x.done = (t.completed <> 0) AND x.due = t.due AND x.task = t.id AND x.assignee`), nil
	case tasks.FieldLabel:
		return b.member(w, `t.labels`, `task_labels x WHERE x.ws = t.ws AND x.created = t.created AND x.task = t.id AND x.label`), nil
	case tasks.FieldPriority:
		var list []string
		for _, n := range w.Nums {
			list = append(list, b.arg(tasks.PriorityRank(int(n))))
		}
		if len(list) == 0 {
			return `FALSE`, nil
		}
		return `t.priority IN (` + strings.Join(list, ", ") + `)`, nil
	case tasks.FieldCompleted:
		if w.Op == tasks.OpHas {
			return `t.completed <> 0`, nil
		}
		return b.instant("t.completed", w) + ` AND t.completed <> 0`, nil
	case tasks.FieldCreated, tasks.FieldUpdated:
		return b.instant("t."+w.Field, w), nil
	case tasks.FieldDue:
		return b.due(w), nil
	case tasks.FieldExternal:
		if w.Op == tasks.OpHas {
			return `t.external IS NOT NULL`, nil
		}
		if !strings.Contains(w.Text, "\x00") {
			return `(t.external >= ` + b.arg(w.Text+"\x00") + ` AND t.external < ` + b.arg(w.Text+"\x01") + ` AND t.external IS NOT NULL)`, nil
		}
		return `(t.external = ` + b.arg(w.Text) + ` AND t.external IS NOT NULL)`, nil
	case "title":
		return b.contains(`t.title`, w.Text), nil
	case tasks.FieldText:
		terms := tasks.TermsOf(w.Text)
		if len(terms) == 0 {
			return `FALSE`, nil
		}
		return hasWords(b, tasks.TextQuery{Kind: tasks.KindTask, Terms: terms}), nil
	}
	return "", fmt.Errorf("no field is called %q", w.Field)
}

func (b *question) contains(column, text string) string {
	escaped := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
	return `lower(` + column + `) LIKE ` + b.arg("%"+strings.ToLower(escaped)+"%") + ` ESCAPE '\'`
}

// in compares a column with ids, of which Nil stands for NULL.
func (b *question) in(column string, ids []uuid.UUID) string {
	var some []uuid.UUID
	null := false
	for _, id := range ids {
		if id == uuid.Nil {
			null = true
		} else {
			some = append(some, id)
		}
	}
	switch {
	case null && len(some) == 0:
		return column + ` IS NULL`
	case null:
		return `(` + column + ` IS NULL OR ` + column + ` IN ` + b.ids(some) + `)`
	case len(some) == 0:
		return `FALSE`
	case len(some) == 1:
		return `(` + column + ` = ` + b.arg(some[0][:]) + ` AND ` + column + ` IS NOT NULL)`
	}
	return `(` + column + ` IN ` + b.ids(some) + ` AND ` + column + ` IS NOT NULL)`
}

// member compares a list of ids with ids, of which Nil stands for the empty list.
func (b *question) member(w tasks.Where, column, side string) string {
	empty := `length(` + column + `) = 0`
	if w.Op == tasks.OpHas {
		return `length(` + column + `) > 0`
	}
	var some []uuid.UUID
	null := false
	for _, id := range w.IDs {
		if id == uuid.Nil {
			null = true
		} else {
			some = append(some, id)
		}
	}
	has := `EXISTS (SELECT 1 FROM ` + side + ` IN ` + b.ids(some) + `)`
	switch {
	case null && len(some) == 0:
		return empty
	case null:
		return `(` + empty + ` OR ` + has + `)`
	}
	return has
}

func (b *question) instant(column string, w tasks.Where) string {
	if w.Op == tasks.OpBefore {
		return column + ` < ` + b.arg(w.Nums[0])
	}
	return column + ` >= ` + b.arg(w.Nums[0])
}

// due compares a due date with an instant, or with the same wall clock if it floats. The first condition is implied by
// the others and bounds the search in an index.
func (b *question) due(w tasks.Where) string {
	if w.Op == tasks.OpHas {
		return fmt.Sprintf(`t.due < %d`, tasks.NoDue)
	}
	cmp, outer := ` < `, max(w.Nums[0], w.Nums[1])
	if w.Op == tasks.OpAfter {
		cmp, outer = ` >= `, min(w.Nums[0], w.Nums[1])
	}
	return fmt.Sprintf(`(t.due%s%s AND t.due < %d AND CASE t.floating WHEN 0 THEN t.due%s%s ELSE t.due%s%s END)`,
		cmp, b.arg(outer), tasks.NoDue, cmp, b.arg(w.Nums[0]), cmp, b.arg(w.Nums[1]))
}
