package tasks

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/text"
)

// compiler turns a client's filter into a condition for stores: names become ids, days become instants.
type compiler struct {
	caller Caller
	access *Access
	loc    *time.Location
	now    time.Time
}

func (c compiler) where(f Filter, path string) (Where, error) {
	if f.Field != "" {
		w, err := c.leaf(f)
		if fe, ok := err.(refused); ok {
			return w, fault.InvalidField(path, string(fe))
		}
		return w, err
	}
	all, err := c.each(f.All, path+".all")
	if err != nil {
		return Where{}, err
	}
	some, err := c.each(f.Any, path+".any")
	if err != nil {
		return Where{}, err
	}
	if f.Not == nil && len(all) == 0 {
		return Where{Any: some}, nil
	}
	if len(some) > 0 {
		all = append(all, Where{Any: some})
	}
	if f.Not == nil {
		return Where{All: all}, nil
	}
	w, err := c.where(*f.Not, path+".not")
	if err != nil || len(all) == 0 {
		return Where{Not: &w}, err
	}
	return Where{All: append(all, Where{Not: &w})}, nil
}

func (c compiler) each(filters []Filter, path string) ([]Where, error) {
	var out []Where
	for i, f := range filters {
		w, err := c.where(f, fmt.Sprintf("%s[%d]", path, i))
		if err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}

// refused says what is wrong with one condition.
type refused string

func (r refused) Error() string { return string(r) }

func (c compiler) leaf(f Filter) (Where, error) {
	switch f.Field {
	case FieldProject, FieldStatus, FieldLabel, FieldParent:
		return c.ids(f, f.Field)
	case FieldAssignee:
		return c.ids(f, f.Field)
	case "category":
		return c.category(f)
	case FieldPriority:
		return priorities(f)
	case FieldDue, FieldCreated, FieldUpdated, FieldCompleted:
		return c.instants(f)
	case FieldExternal:
		if f.Op == "is_set" {
			return isSet(f, FieldExternal)
		}
		s, ok := f.Value.(string)
		if !ok || f.Op != "eq" || text.Line(s) != "" {
			return Where{}, refused("takes op eq with source:id, or is_set")
		}
		return Where{Field: FieldExternal, Op: OpIn, Text: strings.Replace(s, ":", "\x00", 1)}, nil
	case "title", FieldText:
		s, ok := f.Value.(string)
		if !ok || f.Op != "contains" || len(s) > 200 || !text.Visible(s) || text.Body(s) != "" {
			return Where{}, refused("takes op contains with a text of 1 to 200 bytes")
		}
		return Where{Field: f.Field, Op: OpContains, Text: s}, nil
	}
	return Where{}, refused("names no field that can be filtered by")
}

func isSet(f Filter, field string) (Where, error) {
	want, ok := f.Value.(bool)
	if f.Value == nil {
		want, ok = true, true
	}
	if !ok {
		return Where{}, refused("takes true or false with op is_set")
	}
	has := Where{Field: field, Op: OpHas}
	if !want {
		return Where{Not: &has}, nil
	}
	return has, nil
}

// values gives what eq and in compare with.
func values(f Filter) ([]any, error) {
	switch f.Op {
	case "eq":
		return []any{f.Value}, nil
	case "in":
		list, ok := f.Value.([]any)
		if !ok || len(list) > maxValues {
			return nil, refused(fmt.Sprintf("takes a list of up to %d values with op in", maxValues))
		}
		return list, nil
	}
	return nil, refused("can't be compared in this way")
}

func (c compiler) ids(f Filter, field string) (Where, error) {
	if f.Op == "is_set" && field != FieldProject && field != FieldStatus {
		return isSet(f, field)
	}
	list, err := values(f)
	if err != nil {
		return Where{}, err
	}
	w := Where{Field: field, Op: OpIn, IDs: []uuid.UUID{}}
	for _, v := range list {
		s, _ := v.(string)
		switch {
		case v == nil || s == "none":
			w.IDs = append(w.IDs, uuid.Nil)
			continue
		case s == "me" && field == FieldAssignee:
			w.IDs = append(w.IDs, c.caller.User)
			continue
		}
		id, err := uuid.Parse(s)
		if err != nil || len(s) != 36 {
			return Where{}, refused("must be compared with ids")
		}
		w.IDs = append(w.IDs, id)
	}
	if field == FieldStatus && len(w.IDs) == 1 {
		if p := c.access.frame.statuses[w.IDs[0]]; p != nil { // its project leads the stores to an index
			return Where{All: []Where{{Field: FieldProject, Op: OpIn, IDs: []uuid.UUID{p.ID}}, w}}, nil
		}
	}
	return w, nil
}

// category means all statuses of that category in the projects that can be seen.
func (c compiler) category(f Filter) (Where, error) {
	list, err := values(f)
	if err != nil {
		return Where{}, err
	}
	w := Where{Field: FieldStatus, Op: OpIn, IDs: []uuid.UUID{}}
	for _, v := range list {
		s, _ := v.(string)
		if !slices.Contains([]string{CategoryBacklog, CategoryTodo, CategoryDoing, CategoryDone, CategoryCanceled}, s) {
			return Where{}, refused("must be backlog, todo, doing, done or canceled")
		}
	}
	for _, p := range c.access.frame.order {
		for _, st := range p.Statuses {
			if c.access.Sees(p.ID) && slices.Contains(list, any(st.Category)) {
				w.IDs = append(w.IDs, st.ID)
			}
		}
	}
	return w, nil
}

func priorities(f Filter) (Where, error) {
	list, err := values(f)
	if err != nil {
		return Where{}, err
	}
	w := Where{Field: FieldPriority, Op: OpIn, Nums: []int64{}}
	for _, v := range list {
		n, ok := v.(float64)
		if !ok || n != math.Trunc(n) || n < 0 || n > 4 {
			return Where{}, refused("must be 0 to 4")
		}
		w.Nums = append(w.Nums, int64(n))
	}
	return w, nil
}

func (c compiler) instants(f Filter) (Where, error) {
	if f.Op == "is_set" {
		if f.Field != FieldDue && f.Field != FieldCompleted {
			return Where{}, refused("is always set")
		}
		return isSet(f, f.Field)
	}
	if b, ok := f.Value.(bool); ok && f.Field == FieldCompleted && f.Op == "eq" {
		return isSet(Filter{Value: b}, FieldCompleted)
	}
	s, _ := f.Value.(string)
	s = dayMeant(s, c.now.In(c.loc))
	ms, wall, err := bound(s, c.loc)
	if err != nil {
		return Where{}, refused(err.Error())
	}
	switch f.Op {
	case "before":
		return Where{Field: f.Field, Op: OpBefore, Nums: []int64{ms, wall}}, nil
	case "after":
		return Where{Field: f.Field, Op: OpAfter, Nums: []int64{ms, wall}}, nil
	}
	if f.Op != "eq" || len(s) != len(time.DateOnly) {
		return Where{}, refused("takes op before, after or is_set, and eq with a day")
	}
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Where{}, refused("must be a day")
	}
	endMS, endWall, err := bound(d.AddDate(0, 0, 1).Format(time.DateOnly), c.loc)
	if err != nil {
		return Where{}, refused(err.Error())
	}
	return Where{All: []Where{
		{Field: f.Field, Op: OpAfter, Nums: []int64{ms, wall}},
		{Field: f.Field, Op: OpBefore, Nums: []int64{endMS, endWall}},
	}}, nil
}
