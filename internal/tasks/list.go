package tasks

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// ListQuery asks for tasks.
type ListQuery struct {
	Filter  Filter
	Sort    string // "": position in one project or under one parent, else the newest first
	Compact bool
	Zone    *time.Location // in which days are read; nil: the caller's
}

// parseSort reads a sort order such as "-due".
func parseSort(s string) (field string, descending bool, err error) {
	field, descending = strings.CutPrefix(s, "-")
	if !slices.Contains([]string{SortPosition, SortDue, SortPriority, SortCreated, SortUpdated, SortTitle}, field) {
		return "", false, fault.InvalidField("sort", "must be position, due, priority, created, updated or title, with - in front for descending")
	}
	return field, descending, nil
}

// prepare checks a question and turns it into one that stores understand.
func prepare(c Caller, a *Access, q ListQuery, now time.Time) (TaskQuery, error) {
	out := TaskQuery{Compact: q.Compact}
	budget := maxConditions
	if err := q.Filter.check("filter", 0, &budget); err != nil {
		return out, err
	}
	loc := q.Zone
	if loc == nil {
		loc = c.zone()
	}
	comp := compiler{caller: c, access: a, loc: loc, now: now}
	var err error
	if out.Where, err = comp.where(q.Filter, "filter"); err != nil {
		return out, err
	}
	if a.limited {
		out.Visible, out.Only = a.visible, true
	} else {
		out.Hidden = a.hidden
	}
	if out.Sort, out.Descending = SortCreated, true; q.Sort != "" {
		out.Sort, out.Descending, err = parseSort(q.Sort)
	} else if only(out.Where, FieldProject) || only(out.Where, FieldParent) {
		out.Sort, out.Descending = SortPosition, false
	}
	return out, err
}

// only reports whether a condition pins a field to one value.
func only(w Where, field string) bool {
	if w.Field == field && w.Op == OpIn && len(w.IDs) == 1 && w.IDs[0] != uuid.Nil {
		return true
	}
	return slices.ContainsFunc(w.All, func(c Where) bool { return only(c, field) })
}

// Tasks lists tasks.
func (s *Service) Tasks(ctx context.Context, c Caller, ws uuid.UUID, q ListQuery, of PageOf) (Page, error) {
	var page Page
	limit, err := of.limit()
	if err != nil {
		return page, err
	}
	head, err := s.read(ctx, c, ws, func(v View, a *Access) error {
		tq, err := prepare(c, a, q, s.now())
		if err != nil {
			return err
		}
		kind := cursorKind(tq)
		if tq.After, err = parseCursor(kind, of.Cursor); err != nil {
			return err
		}
		page, err = pageOf(v, a, tq, limit)
		return err
	})
	page.Head = head
	return page, err
}

func cursorKind(q TaskQuery) string {
	kind := "tasks:" + q.Sort
	if only(q.Where, FieldParent) {
		kind += ":child"
	}
	if q.Descending {
		kind += "-"
	}
	return kind
}

// pageOf asks for one more than the limit, to know whether there are more. It writes the whole page at once, and the
// items are parts of it.
func pageOf(v View, a *Access, q TaskQuery, limit int) (page Page, err error) {
	q.Limit = limit + 1
	rows, err := v.Tasks(q)
	if err != nil {
		return page, err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = cursor(cursorKind(q), positionOf(rows[limit-1], q))
	}
	size := len(pageBegin) + len(page.Next) + 24
	for _, r := range rows {
		size += len(r.Doc) + len(r.Task.Description) + len(r.Task.Description)/8 + 64
	}
	buf := append(make([]byte, 0, size), pageBegin...)
	page.Items = make([][]byte, 0, len(rows))
	for i, r := range rows {
		p := a.frame.projects[r.Task.Project]
		if p == nil {
			return page, fmt.Errorf("task %s is listed and its project can't be seen", r.ID)
		}
		if i > 0 {
			buf = append(buf, ',')
		}
		from := len(buf)
		buf = p.appendTask(buf, r, q.Compact)
		page.Items = append(page.Items, buf[from:len(buf):len(buf)])
	}
	page.json = append(appendNext(buf, page.Next), '}')
	return page, nil
}

// positionOf is a row's place in the order of a query.
func positionOf(r *Row, q TaskQuery) Position {
	p := Position{ID: r.ID}
	switch q.Sort {
	case SortPosition:
		p.Text = r.Task.Position
		if only(q.Where, FieldParent) {
			p.Text = r.Task.ChildPosition
		}
	case SortDue:
		p.Number = r.Task.Due
	case SortPriority:
		p.Number = PriorityRank(r.Task.Priority)
	case SortCreated:
		p.Number = r.Task.Created
	case SortUpdated:
		p.Number = r.Task.Updated
	case SortTitle:
		p.Text = r.Task.TitleKey
	}
	return p
}

// PriorityRank is what priorities sort by: urgent first, none last.
func PriorityRank(p int) int64 {
	if p == 0 {
		return 5
	}
	return int64(p)
}

// UnderParent reports whether a query is for the children of one task, whose own order position then means.
func UnderParent(q TaskQuery) bool { return only(q.Where, FieldParent) }
