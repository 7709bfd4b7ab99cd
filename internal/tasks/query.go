package tasks

import (
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/text"
)

// Sort orders of a list of tasks. Each ends with the id, so that it is total.
const (
	SortPosition = "position" // a project's own order; under one parent, the children's
	SortDue      = "due"      // without a due date last
	SortPriority = "priority" // urgent first, none last
	SortCreated  = "created"
	SortUpdated  = "updated"
	SortTitle    = "title"
)

// TaskQuery is a checked question for tasks, as stores get it.
type TaskQuery struct {
	Where Where
	// Hidden are the projects of the workspace that must not be looked into; if Visible is set, only those may.
	Hidden  []uuid.UUID
	Visible []uuid.UUID
	Only    bool // Visible counts, even if it is empty

	Sort       string
	Descending bool
	After      *Position // behind the row that it describes
	Limit      int       // 0 is no limit
	Compact    bool      // leave descriptions out
	Whole      bool      // with Meta, Origin and all of the index; otherwise just what a list shows and sorts by
}

// Where is a condition: a leaf (Field set) or a combination. The zero value holds for every task.
type Where struct {
	All []Where
	Any []Where
	Not *Where

	Field string
	Op    Op
	IDs   []uuid.UUID // for fields that hold ids; Nil means none
	Nums  []int64     // for numbers; with OpBefore and OpAfter one bound in Unix milliseconds, then the wall clock's
	Text  string
}

// Op compares a field with values.
type Op string

// The comparisons.
const (
	OpIn       Op = "in"       // has one of the values
	OpHas      Op = "has"      // is set at all
	OpBefore   Op = "before"   // is set and strictly smaller
	OpAfter    Op = "after"    // is set and not smaller
	OpContains Op = "contains" // the title holds Text, whatever its case; Field "text": see TermsOf, in title and description
)

// Fields that a condition can name, as stores know them.
const (
	FieldProject   = "project"
	FieldStatus    = "status"
	FieldAssignee  = "assignee"
	FieldLabel     = "label"
	FieldParent    = "parent"
	FieldPriority  = "priority"
	FieldDue       = "due"
	FieldCreated   = "created"
	FieldUpdated   = "updated"
	FieldCompleted = "completed" // OpHas alone: is the task completed
	FieldExternal  = "external"  // Text is "source\x00id", or "source" for all of it
	FieldText      = "text"
	FieldNumber    = "number"
)

// Limits of a condition.
const (
	maxConditions = 100
	maxValues     = 200
	maxNesting    = 8
	maxFilterText = 500 // bytes
)

// Filter is one condition as a client writes it: a leaf or a combination, all of whose parts must hold. It is the typed
// tree of saved views.
type Filter struct {
	All []Filter `json:"all,omitempty" doc:"Every one of these holds; none is as if it were not there." maxItems:"100"`
	Any []Filter `json:"any,omitempty" doc:"At least one of these holds; none is as if it were not there." maxItems:"100"`
	Not *Filter  `json:"not,omitempty" doc:"This does not hold."`

	Field string `json:"field,omitempty" doc:"What is compared; text is title and description together, by their words." enum:"project,status,category,assignee,label,priority,parent,due,created,updated,completed,external,title,text"`
	Op    string `json:"op,omitempty" doc:"How: eq, in, is_set, before (strictly), after (or equal), contains: title has this piece, text has these words, the last one perhaps as a beginning." enum:"eq,in,is_set,before,after,contains"`
	Value any    `json:"value,omitempty" doc:"With what: a value, or a list with op in. Ids, \"me\" and \"none\" for people; a day is 2026-12-24, today, today+7 or today-30, read in the time zone of the request."`
}

// IsZero reports whether the filter holds for every task.
func (f Filter) IsZero() bool {
	return len(f.All) == 0 && len(f.Any) == 0 && f.Not == nil && f.Field == ""
}

// isComparable reports whether something can be compared with at all: a text, a number, true or false, or a list of these.
func isComparable(v any, list bool) bool {
	switch v := v.(type) {
	case nil, bool, float64:
		return true
	case string:
		return len(v) <= maxFilterText && text.Body(v) == ""
	case []any:
		return list && len(v) <= maxValues && !slices.ContainsFunc(v, func(one any) bool { return !isComparable(one, false) })
	}
	return false
}

// check counts what the filter is made of, so that none can be written that is a burden by itself.
func (f Filter) check(path string, depth int, budget *int) error {
	if depth > maxNesting {
		return fault.InvalidField(path, fmt.Sprintf("is nested more than %d deep", maxNesting))
	}
	if *budget--; *budget < 0 {
		return fault.InvalidField(path, fmt.Sprintf("has more than %d conditions", maxConditions))
	}
	if f.Field != "" && (len(f.All) > 0 || len(f.Any) > 0 || f.Not != nil) {
		return fault.InvalidField(path, "must compare a field or combine all, any and not, but not both")
	}
	if !isComparable(f.Value, true) {
		return fault.InvalidField(path+".value", "must be a value or a list of values")
	}
	for i, c := range f.All {
		if err := c.check(fmt.Sprintf("%s.all[%d]", path, i), depth+1, budget); err != nil {
			return err
		}
	}
	for i, c := range f.Any {
		if err := c.check(fmt.Sprintf("%s.any[%d]", path, i), depth+1, budget); err != nil {
			return err
		}
	}
	if f.Not != nil {
		return f.Not.check(path+".not", depth+1, budget)
	}
	return nil
}
