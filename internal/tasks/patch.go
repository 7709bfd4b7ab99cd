package tasks

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/teambition/rrule-go"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/text"
)

// Opt is a field of a patch: absent, or a value, which for a pointer may be nil to clear the field.
type Opt[T any] struct {
	Set bool
	V   T
}

// Some is a present field.
func Some[T any](v T) Opt[T] { return Opt[T]{Set: true, V: v} }

// Limits of a task's fields.
const (
	maxTitle       = 1_000   // characters
	maxDescription = 500_000 // bytes
	maxPeople      = 100
	maxLabels      = 100
	maxCustom      = 32 << 10 // bytes of JSON
	maxDepth       = 20       // generations of sub-tasks
	maxChildren    = 2_000
)

// NewTask is a request to make a task.
type NewTask struct {
	ID          uuid.UUID   `json:"id,omitzero"`
	Project     uuid.UUID   `json:"project"`
	Title       string      `json:"title"`
	Description string      `json:"description,omitempty"`
	Status      uuid.UUID   `json:"status,omitzero"` // Nil: the project's first that is to do
	Priority    int         `json:"priority,omitempty"`
	Assignees   []uuid.UUID `json:"assignees,omitempty" maxItems:"100"`
	Labels      []uuid.UUID `json:"labels,omitempty" maxItems:"100"`
	Due         *When       `json:"due,omitempty"`
	Start       *When       `json:"start,omitempty"`
	Estimate    *float64    `json:"estimate,omitempty"`
	Parent      string      `json:"parent,omitempty"` // id or key
	Place       Place       `json:"place,omitzero"`

	External   *External                  `json:"external,omitempty"`
	Recurrence *Recurrence                `json:"recurrence,omitempty"`
	Custom     map[string]json.RawMessage `json:"custom,omitempty"`
	ICalUID    *string                    `json:"ical_uid,omitempty"`

	// Only under scope import:
	Author      *Author           `json:"author,omitempty"`
	CreatedAt   *Time             `json:"created_at,omitempty"`
	CompletedAt *Time             `json:"completed_at,omitempty"`
	Import      map[string]string `json:"-"`
}

// Patch is a request to change fields of a task.
type Patch struct {
	Title       Opt[string]
	Description Opt[string]
	Status      Opt[uuid.UUID]
	Priority    Opt[int]
	Assignees   Opt[[]uuid.UUID]
	Labels      Opt[[]uuid.UUID]
	Due         Opt[*When]
	Start       Opt[*When]
	Estimate    Opt[*float64]
	Parent      Opt[string] // id or key; "" makes it no sub-task
	Place       Opt[Place]
	External    Opt[*External]
	Recurrence  Opt[*Recurrence]
	Custom      Opt[map[string]json.RawMessage]
	ICalUID     Opt[*string]

	AssigneesAdd, AssigneesRemove []uuid.UUID
	LabelsAdd, LabelsRemove       []uuid.UUID

	// Only under scope import:
	Author      Opt[*Author]
	CreatedAt   Opt[Time]
	CompletedAt Opt[*Time]
	Import      map[string]string
}

// Names of a task's fields that can change, as events, activity and conflicts use them.
const (
	fTitle, fDescription, fStatus, fPriority    = "title", "description", "status", "priority"
	fAssignees, fLabels, fDue, fDueAt, fStart   = "assignees", "labels", "due", "due_at", "start"
	fEstimate, fParent, fPosition, fChildPos    = "estimate", "parent", "position", "child_position"
	fExternal, fRecurrence, fCustom, fICalUID   = "external", "recurrence", "custom", "ical_uid"
	fAuthor, fCreatedAt, fCompletedAt           = "author", "created_at", "completed_at"
	fUpdatedAt                                  = "updated_at"
	fDeletedAt, fProject, fNumber, fKey         = "deleted_at", "project", "number", "key"
	fPreviousKeys, fSubscribers                 = "previous_keys", "subscribers"
	fCommentCount, fChildCount, fChildDoneCount = "comment_count", "child_count", "child_done_count"
	fAttachmentCount                            = "attachment_count"
)

// field gives a field's value as the wire has it.
func (t *Task) field(name string, key string) any {
	switch name {
	case fTitle:
		return t.Title
	case fDescription:
		return t.Description
	case fStatus:
		return t.Status
	case fPriority:
		return t.Priority
	case fAssignees:
		return t.Assignees
	case fLabels:
		return t.Labels
	case fDue:
		return t.Due
	case fDueAt:
		return t.DueAt
	case fStart:
		return t.Start
	case fEstimate:
		return t.Estimate
	case fParent:
		return t.Parent
	case fPosition:
		return t.Position
	case fChildPos:
		return t.ChildPos
	case fExternal:
		return t.External
	case fRecurrence:
		return t.Recurrence
	case fCustom:
		return t.Custom
	case fICalUID:
		return t.ICalUID
	case fAuthor:
		return t.Author
	case fCreatedAt:
		return t.CreatedAt
	case fCompletedAt:
		return t.CompletedAt
	case fUpdatedAt:
		return t.UpdatedAt
	case fDeletedAt:
		return t.DeletedAt
	case fProject:
		return t.Project
	case fNumber:
		return t.Number
	case fKey:
		return key
	case fPreviousKeys:
		return t.PreviousKeys
	case fSubscribers:
		return t.Subscribers
	case fCommentCount:
		return t.CommentCount
	case fAttachmentCount:
		return t.AttachmentCount
	case fChildCount:
		return t.ChildCount
	case fChildDoneCount:
		return t.ChildDoneCount
	}
	return nil
}

// diffable are the fields in which two states of a task are compared.
func diffable() []string {
	return []string{
		fProject, fNumber, fPreviousKeys, fTitle, fDescription, fStatus, fPriority, fAssignees, fLabels, fDue, fDueAt, fStart,
		fEstimate, fParent, fPosition, fChildPos, fExternal, fRecurrence, fCustom, fICalUID, fAuthor, fCreatedAt, fCompletedAt,
		fDeletedAt, fSubscribers, fCommentCount, fAttachmentCount, fChildCount, fChildDoneCount,
	}
}

// differences names the fields in which two states differ.
func differences(a, b *Task) []string {
	var out []string
	for _, f := range diffable() {
		if !same(a, b, f) {
			out = append(out, f)
		}
	}
	return out
}

func same(a, b *Task, field string) bool {
	switch field { // the common ones without encoding
	case fTitle:
		return a.Title == b.Title
	case fDescription:
		return a.Description == b.Description
	case fAssignees:
		return slices.Equal(a.Assignees, b.Assignees)
	case fLabels:
		return slices.Equal(a.Labels, b.Labels)
	case fSubscribers:
		return slices.Equal(a.Subscribers, b.Subscribers)
	case fPreviousKeys:
		return slices.Equal(a.PreviousKeys, b.PreviousKeys)
	}
	x, y := a.field(field, ""), b.field(field, "")
	switch x.(type) {
	case string, int, int64, uuid.UUID, Time:
		return x == y
	}
	i, err1 := marshal(x)
	j, err2 := marshal(y)
	return err1 == nil && err2 == nil && bytes.Equal(i, j)
}

// encodeFields makes the object of the named fields' values, as they are while the task is in project p.
func (t *Task) encodeFields(names []string, p *Project) ([]byte, error) {
	b := []byte{'{'}
	for i, n := range names {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, n)
		b = append(b, ':')
		value := t.field(n, "")
		switch {
		case p == nil:
		case n == fKey:
			value = taskKey(p.Key, t.Number)
		case n == fPreviousKeys:
			keys := make([]string, 0, len(p.FormerKeys)+len(t.PreviousKeys))
			for _, k := range p.FormerKeys {
				keys = append(keys, taskKey(k, t.Number))
			}
			value = append(keys, t.PreviousKeys...)
		}
		v, err := marshal(value)
		if err != nil {
			return nil, err
		}
		b = append(b, v...)
	}
	return append(b, '}'), nil
}

// checkFields says what is wrong with the values of a task, wherever they came from.
func checkFields(t *Task, path string) []fault.Field {
	c := &checks{path: path}
	c.no(fTitle, text.Title(t.Title, maxTitle))
	c.body(fDescription, t.Description, maxDescription)
	if t.Priority < 0 || t.Priority > 4 {
		c.no(fPriority, "must be 0 to 4")
	}
	if t.Estimate != nil && (*t.Estimate < 0 || *t.Estimate > 1e6) {
		c.no(fEstimate, "must be 0 to 1000000")
	}
	if len(t.Assignees) > maxPeople {
		c.no(fAssignees, fmt.Sprintf("has more than %d members", maxPeople))
	}
	if len(t.Labels) > maxLabels {
		c.no(fLabels, fmt.Sprintf("has more than %d members", maxLabels))
	}
	c.bad = append(c.bad, t.Due.check(path+fDue)...)
	c.bad = append(c.bad, t.Start.check(path+fStart)...)
	c.external(t.External)
	if r := t.Recurrence; r != nil {
		if _, err := rrule.StrToROption(r.RRule); err != nil || len(r.RRule) > 500 || text.Line(r.RRule) != "" {
			c.no(fRecurrence+".rrule", "must be a recurrence rule as RFC 5545 writes it")
		}
		if r.Basis != "due" && r.Basis != "completion" {
			c.no(fRecurrence+".basis", "must be due or completion")
		}
	}
	if doc, err := marshal(t.Custom); err != nil {
		c.no(fCustom, "must be JSON")
	} else if len(t.Custom) > 0 {
		c.opaque(fCustom, doc, maxCustom)
	}
	if t.ICalUID != nil {
		c.short(fICalUID, *t.ICalUID, 255)
	}
	c.author(t.Author)
	return c.bad
}

// set adds and removes members of a list, keeping its order and naming nothing twice.
func set(list, add, remove []uuid.UUID) []uuid.UUID {
	out := make([]uuid.UUID, 0, len(list)+len(add))
	for _, id := range slices.Concat(list, add) {
		if !slices.Contains(out, id) && !slices.Contains(remove, id) {
			out = append(out, id)
		}
	}
	return out
}
