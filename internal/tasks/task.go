package tasks

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// Task is the thing to be done. Its JSON is the wire format but for Key and Description, which stand beside the stored
// document (see Project.appendTask): a project's key may change, and lists may leave descriptions out.
type Task struct {
	PreviousKeys []string    `json:"previous_keys"` // must stay the first field: appendTask adds to it
	ID           uuid.UUID   `json:"id"`
	Project      uuid.UUID   `json:"project"`
	Number       int64       `json:"number"`
	Title        string      `json:"title"`
	Status       uuid.UUID   `json:"status"`
	Priority     int         `json:"priority"`
	Assignees    []uuid.UUID `json:"assignees"`
	Labels       []uuid.UUID `json:"labels"`
	Due          *When       `json:"due"`
	DueAt        *Time       `json:"due_at"`
	Start        *When       `json:"start"`
	Estimate     *float64    `json:"estimate"`
	Parent       *uuid.UUID  `json:"parent"`
	Position     string      `json:"position"`
	ChildPos     string      `json:"child_position"`

	External   *External                  `json:"external"`
	Author     *Author                    `json:"author"`
	Recurrence *Recurrence                `json:"recurrence"`
	Series     *Series                    `json:"series"`
	ICalUID    *string                    `json:"ical_uid"`
	Custom     map[string]json.RawMessage `json:"custom"`

	Version         int64       `json:"version"`
	CreatedBy       uuid.UUID   `json:"created_by"`
	CreatedAt       Time        `json:"created_at"`
	UpdatedAt       Time        `json:"updated_at"`
	CompletedAt     *Time       `json:"completed_at"`
	DeletedAt       *Time       `json:"deleted_at"`
	Subscribers     []uuid.UUID `json:"subscribers"`
	CommentCount    int         `json:"comment_count"`
	AttachmentCount int         `json:"attachment_count"`
	ChildCount      int         `json:"child_count"`
	ChildDoneCount  int         `json:"child_done_count"`

	Description string `json:"-"`
	meta        meta
}

// TaskDoc is a task as clients get it, for documentation and for those who decode it.
type TaskDoc struct {
	Key string `json:"key"`
	Task
	Description string `json:"description,omitempty"`
}

// Recurrence says how a task comes again.
type Recurrence struct {
	RRule string `json:"rrule" maxLength:"500" doc:"As RFC 5545 writes a recurrence rule."`
	Basis string `json:"basis" enum:"due,completion"`
}

// Series says of which repeated task this is an occurrence.
type Series struct {
	ID         uuid.UUID `json:"id"`
	Occurrence int       `json:"occurrence"`
}

// meta is what is kept beside a task and never shown.
type meta struct {
	// Fields holds the version at which each field was last changed; one that is absent has been so since creation.
	Fields      map[string]int64  `json:"f,omitempty"`
	Created     int64             `json:"c,omitempty"`  // the version at creation
	DeletedWith uuid.UUID         `json:"dw,omitzero"`  // the task whose deletion took this one along
	Import      map[string]string `json:"im,omitempty"` // what an import last saw of each field of the source
	Statuses    map[string][]byte `json:"so,omitempty"` // of a project: the hash of the request that made a status, by its id
	Left        []departure       `json:"le,omitempty"` // the projects that the task was in before, the first one first
}

// key is the key that the task has in its project.
func taskKey(project string, number int64) string {
	return project + "-" + strconv.FormatInt(number, 10)
}

// appendTask writes a task's wire format around its stored document.
func (p *Project) appendTask(b []byte, r *Row, compact bool) []byte {
	const first = `{"previous_keys":[`
	b = append(b, `{"key":"`...)
	b = append(b, p.Key...)
	b = append(b, '-')
	b = strconv.AppendInt(b, r.Task.Number, 10)
	b = append(b, `","previous_keys":[`...)
	rest := r.Doc[len(first):]
	for i, k := range p.FormerKeys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = append(b, k...)
		b = append(b, '-')
		b = strconv.AppendInt(b, r.Task.Number, 10)
		b = append(b, '"')
	}
	if len(p.FormerKeys) > 0 && rest[0] != ']' {
		b = append(b, ',')
	}
	b = append(b, rest[:len(rest)-1]...)
	if !compact {
		b = append(b, `,"description":`...)
		b = appendString(b, r.Task.Description)
	}
	return append(b, '}')
}

// row makes the stored form.
func (t *Task) row() (*Row, error) {
	doc, err := marshal(t)
	if err != nil {
		return nil, err
	}
	m, err := marshal(t.meta)
	if err != nil {
		return nil, err
	}
	r := &Row{Kind: KindTask, ID: t.ID, Seq: t.Version, Doc: doc, Meta: m}
	if t.DeletedAt != nil {
		r.Deleted = t.DeletedAt.UnixMilli()
	}
	r.Task = &TaskIndex{
		Project: t.Project, Status: t.Status, Number: t.Number, Position: t.Position, ChildPosition: t.ChildPos,
		Priority: t.Priority, Due: NoDue, Created: t.CreatedAt.UnixMilli(), Updated: t.UpdatedAt.UnixMilli(),
		Title: t.Title, TitleKey: titleKey(t.Title), External: t.External.key(),
		Assignees: t.Assignees, Labels: t.Labels, Description: t.Description,
	}
	if t.Parent != nil {
		r.Task.Parent = *t.Parent
	}
	if t.Due != nil {
		r.Task.Due, r.Task.DueFloating = t.Due.instant()
	}
	if t.CompletedAt != nil {
		r.Task.Completed = t.CompletedAt.UnixMilli()
	}
	return r, nil
}

// taskOf reads the stored form.
func taskOf(r *Row) (*Task, error) {
	t := &Task{}
	if err := json.Unmarshal(r.Doc, t); err != nil {
		return nil, err
	}
	if len(r.Meta) > 0 {
		if err := json.Unmarshal(r.Meta, &t.meta); err != nil {
			return nil, err
		}
	}
	t.Description = r.Task.Description
	return t, nil
}

// titleKey is what titles sort by: letters without their case, cut so that it stays a small key.
func titleKey(title string) string {
	k := strings.ToLower(strings.TrimSpace(title))
	if len(k) > 64 {
		k = strings.ToValidUTF8(k[:64], "")
	}
	return k
}
