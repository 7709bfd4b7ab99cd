package api

import (
	"encoding/json"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// aliases tells huma how types look on the wire whose packages know nothing of it.
func aliases(r huma.Registry) {
	r.RegisterTypeAlias(reflect.TypeFor[uuid.UUID](), reflect.TypeFor[idSchema]())
	r.RegisterTypeAlias(reflect.TypeFor[tasks.Time](), reflect.TypeFor[time.Time]())
	r.RegisterTypeAlias(reflect.TypeFor[tasks.When](), reflect.TypeFor[whenSchema]())
}

// idSchema documents ids.
type idSchema struct{}

// Schema is what an id looks like.
func (idSchema) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "uuid"}
}

// whenSchema documents tasks.When, which also takes a bare day.
type whenSchema struct{}

// When is a day, perhaps with a time, perhaps in a time zone; without a zone it means that wall clock wherever it is read.
type When struct {
	Date     string  `json:"date" format:"date"`
	Time     *string `json:"time,omitempty" nullable:"true" maxLength:"5" doc:"17:00; null means all day." example:"17:00"`
	TimeZone *string `json:"time_zone,omitempty" nullable:"true" maxLength:"64" doc:"An IANA name; null floats." example:"Europe/Berlin"`
}

// Schema is an object, or in requests a day.
func (whenSchema) Schema(r huma.Registry) *huma.Schema {
	return &huma.Schema{
		AnyOf: []*huma.Schema{r.Schema(reflect.TypeFor[When](), true, ""), {Type: huma.TypeString, Format: "date"}},
	}
}

// place says where in its order a thing goes: "first", "last", {"after": id} or {"before": id}.
type place struct{ tasks.Place }

// UnmarshalJSON takes the four forms; Resolve refuses what is none of them.
func (p *place) UnmarshalJSON(b []byte) error {
	var end string
	if json.Unmarshal(b, &end) == nil {
		p.First, p.Last = end == "first", end == "last"
		return nil
	}
	var side struct{ After, Before string }
	if err := json.Unmarshal(b, &side); err != nil {
		return err
	}
	p.After, p.Before = side.After, side.Before
	return nil
}

// Resolve refuses a place that names both sides.
func (p *place) Resolve(_ huma.Context, path *huma.PathBuffer) []error {
	if p.After != "" && p.Before != "" {
		return []error{&huma.ErrorDetail{Location: path.String(), Message: "must name after or before, not both"}}
	}
	return nil
}

// PlaceBeside is the form of a place that names a neighbor.
type PlaceBeside struct {
	After  string `json:"after,omitempty" maxLength:"60" doc:"The id (or key) of what it goes behind."`
	Before string `json:"before,omitempty" maxLength:"60" doc:"The id (or key) of what it goes in front of."`
}

// Schema is the four forms.
func (place) Schema(r huma.Registry) *huma.Schema {
	return &huma.Schema{
		AnyOf: []*huma.Schema{
			{Type: huma.TypeString, Enum: []any{"first", "last"}},
			r.Schema(reflect.TypeFor[PlaceBeside](), true, ""),
		},
	}
}

// newTask is a request to make a task.
type newTask struct {
	tasks.NewTask
	Place place `json:"place,omitzero"`
}

func (n newTask) request() tasks.NewTask {
	out := n.NewTask
	out.Place = n.Place.Place
	return out
}

// taskPatch is a request to change a task.
type taskPatch struct {
	Title       Optional[string]                     `json:"title,omitzero"`
	Description Optional[string]                     `json:"description,omitzero" doc:"GitHub-flavoured Markdown; its bytes are kept."`
	Status      Optional[uuid.UUID]                  `json:"status,omitzero"`
	Priority    Optional[int]                        `json:"priority,omitzero" doc:"0 none, 1 urgent, 2 high, 3 medium, 4 low."`
	Assignees   Optional[[]uuid.UUID]                `json:"assignees,omitzero" maxItems:"100"`
	Labels      Optional[[]uuid.UUID]                `json:"labels,omitzero" maxItems:"100"`
	Due         Optional[*tasks.When]                `json:"due,omitzero"`
	Start       Optional[*tasks.When]                `json:"start,omitzero"`
	Estimate    Optional[*float64]                   `json:"estimate,omitzero" doc:"In the project's estimate_unit."`
	Parent      Optional[*string]                    `json:"parent,omitzero" doc:"An id or key; null makes it no sub-task."`
	Place       Optional[place]                      `json:"place,omitzero"`
	External    Optional[*tasks.External]            `json:"external,omitzero"`
	Recurrence  Optional[*tasks.Recurrence]          `json:"recurrence,omitzero"`
	Custom      Optional[map[string]json.RawMessage] `json:"custom,omitzero"`
	ICalUID     Optional[*string]                    `json:"ical_uid,omitzero"`

	AssigneesAdd    []uuid.UUID `json:"assignees_add,omitempty" maxItems:"100"`
	AssigneesRemove []uuid.UUID `json:"assignees_remove,omitempty" maxItems:"100"`
	LabelsAdd       []uuid.UUID `json:"labels_add,omitempty" maxItems:"100"`
	LabelsRemove    []uuid.UUID `json:"labels_remove,omitempty" maxItems:"100"`

	Author      Optional[*tasks.Author] `json:"author,omitzero" doc:"Under scope import alone."`
	CreatedAt   Optional[tasks.Time]    `json:"created_at,omitzero" doc:"Under scope import alone."`
	CompletedAt Optional[*tasks.Time]   `json:"completed_at,omitzero" doc:"Under scope import alone."`
}

func (p taskPatch) request() tasks.Patch {
	out := tasks.Patch{
		Title: opt(p.Title), Description: opt(p.Description), Status: opt(p.Status), Priority: opt(p.Priority),
		Assignees: opt(p.Assignees), Labels: opt(p.Labels), Due: opt(p.Due), Start: opt(p.Start), Estimate: opt(p.Estimate),
		Place: optPlace(p.Place), External: opt(p.External),
		Recurrence: opt(p.Recurrence), Custom: opt(p.Custom), ICalUID: opt(p.ICalUID),
		AssigneesAdd: p.AssigneesAdd, AssigneesRemove: p.AssigneesRemove, LabelsAdd: p.LabelsAdd, LabelsRemove: p.LabelsRemove,
		Author: opt(p.Author), CreatedAt: opt(p.CreatedAt), CompletedAt: opt(p.CompletedAt),
	}
	out.Parent.Set = p.Parent.Set
	if p.Parent.Value != nil {
		out.Parent.V = *p.Parent.Value
	}
	return out
}
