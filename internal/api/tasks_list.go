package api

import (
	"context"
	"time"

	"github.com/rung-app/rung/internal/tasks"
)

// FilterInput are the parameters by which tasks are picked; all that are given must hold.
type FilterInput struct {
	Project       []string `query:"project" maxItems:"200" doc:"Ids, with commas between them; so for the others that take several."`
	Status        []string `query:"status" maxItems:"200"`
	Category      []string `query:"category" maxItems:"5" enum:"backlog,todo,doing,done,canceled"`
	Assignee      []string `query:"assignee" maxItems:"200" doc:"Ids, me, none."`
	Label         []string `query:"label" maxItems:"200" doc:"Ids, none."`
	Priority      []int    `query:"priority" maxItems:"5" doc:"0 to 4."`
	Parent        []string `query:"parent" maxItems:"200" doc:"Ids, none."`
	DueBefore     string   `query:"due_before" maxLength:"40" doc:"A day or an instant; strictly before. A day is 2026-12-24, today, today+7 or today-30."`
	DueAfter      string   `query:"due_after" maxLength:"40" doc:"A day or an instant; at it or after."`
	CreatedAfter  string   `query:"created_after" maxLength:"40"`
	CreatedBefore string   `query:"created_before" maxLength:"40"`
	UpdatedAfter  string   `query:"updated_after" maxLength:"40"`
	Completed     string   `query:"completed" enum:"true,false"`
	External      string   `query:"external" maxLength:"250" doc:"source:id"`
	Q             string   `query:"q" maxLength:"200" doc:"Title and description have all of these words, the last one perhaps as a beginning; case and accents do not count."`
}

// filter gives the typed tree of the parameters and, for errors, the parameter that each condition is of.
func (in FilterInput) filter() (f tasks.Filter, names []string) {
	add := func(param, field, op string, value any) {
		f.All = append(f.All, tasks.Filter{Field: field, Op: op, Value: value})
		names = append(names, param)
	}
	for _, p := range []struct {
		field  string
		values []string
	}{
		{"project", in.Project},
		{"status", in.Status},
		{"category", in.Category},
		{"assignee", in.Assignee},
		{"label", in.Label},
		{"parent", in.Parent},
	} {
		if len(p.values) > 0 {
			add(p.field, p.field, "in", anys(p.values, func(s string) any { return s }))
		}
	}
	if len(in.Priority) > 0 {
		add("priority", "priority", "in", anys(in.Priority, func(n int) any { return float64(n) }))
	}
	for _, p := range []struct{ param, field, op, value string }{
		{"due_before", "due", "before", in.DueBefore},
		{"due_after", "due", "after", in.DueAfter},
		{"created_before", "created", "before", in.CreatedBefore},
		{"created_after", "created", "after", in.CreatedAfter},
		{"updated_after", "updated", "after", in.UpdatedAfter},
		{"external", "external", "eq", in.External},
		{"q", "text", "contains", in.Q},
	} {
		if p.value != "" {
			add(p.param, p.field, p.op, p.value)
		}
	}
	if in.Completed != "" {
		add("completed", "completed", "eq", in.Completed == "true")
	}
	return f, names
}

func anys[T any](values []T, as func(T) any) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = as(v)
	}
	return out
}

// ShapeInput says how found tasks are answered.
type ShapeInput struct {
	Sort   string `query:"sort" maxLength:"20" doc:"position, due, priority, created, updated or title; with - in front for descending. Without it the position in one project or under one parent, else the newest first."`
	Fields string `query:"fields" enum:"compact" doc:"compact leaves descriptions out."`
	ZoneInput
}

// ZoneInput says where days are read.
type ZoneInput struct {
	TZ string `query:"tz" maxLength:"64" doc:"The IANA time zone in which days are read; without it that of your profile."`
}

// zone is nil if none was named.
func (in ZoneInput) zone() (*time.Location, error) {
	if in.TZ == "" {
		return nil, nil
	}
	zone, err := time.LoadLocation(in.TZ)
	if err != nil || in.TZ == "Local" {
		return nil, errField("tz", "must be an IANA time zone such as Europe/Berlin")
	}
	return zone, nil
}

func (in ShapeInput) query(f tasks.Filter) (tasks.ListQuery, error) {
	zone, err := in.zone()
	return tasks.ListQuery{Filter: f, Sort: in.Sort, Compact: in.Fields == "compact", Zone: zone}, err
}

type listTasksInput struct {
	PageInput
	FilterInput
	ShapeInput
}

func (h taskHandlers) list(ctx context.Context, in *listTasksInput) (*jsonOutput, error) {
	f, names := in.filter()
	out, err := h.find(ctx, f, in.ShapeInput, in.Page)
	return out, inPath(err, names)
}

type queryTasksInput struct {
	PageInput
	ShapeInput
	Body tasks.Filter `doc:"A typed tree, as saved views hold it; {} is every task."`
}

func (h taskHandlers) query(ctx context.Context, in *queryTasksInput) (*jsonOutput, error) {
	out, err := h.find(ctx, in.Body, in.ShapeInput, in.Page)
	return out, inBody(err)
}

func (h taskHandlers) find(ctx context.Context, f tasks.Filter, shape ShapeInput, page Page) (*jsonOutput, error) {
	q, err := shape.query(f)
	if err != nil {
		return nil, err
	}
	c, ws := caller(ctx)
	p, err := h.Tasks.Tasks(ctx, c, ws, q, page.of())
	return pageOf(ctx, p, err)
}

type groupTasksInput struct {
	WorkspaceInput
	FilterInput
	ShapeInput
	GroupBy string `query:"group_by" required:"true" enum:"status,assignee,priority,label,due"`
	Limit   int    `query:"limit" default:"50" minimum:"1" maximum:"200" doc:"How many tasks of each group at most."`
}

// TaskGroups documents a board.
type TaskGroups struct {
	Groups []TaskGroup `json:"groups"`
}

// TaskGroup documents a column of it.
type TaskGroup struct {
	Key        string          `json:"key" doc:"An id, a priority, or overdue, today, tomorrow, week, later; none for tasks without a value."`
	Count      int             `json:"count" doc:"How many tasks it has, not only those shown."`
	Items      []tasks.TaskDoc `json:"items"`
	NextCursor *string         `json:"next_cursor" doc:"For GET /tasks or POST /tasks/query with the group's condition among the filters and the same sort."`
}

func (h taskHandlers) groups(ctx context.Context, in *groupTasksInput) (*jsonOutput, error) {
	f, names := in.filter()
	q, err := in.ShapeInput.query(f)
	if err != nil {
		return nil, err
	}
	c, ws := caller(ctx)
	g, err := h.Tasks.Groups(ctx, c, ws, q, in.GroupBy, in.Limit)
	if err != nil {
		return nil, inPath(err, names)
	}
	return groupsOf(ctx, g), nil
}

type queryGroupsInput struct {
	WorkspaceInput
	ShapeInput
	GroupBy string       `query:"group_by" required:"true" enum:"status,assignee,priority,label,due"`
	Limit   int          `query:"limit" default:"50" minimum:"1" maximum:"200" doc:"How many tasks of each group at most."`
	Body    tasks.Filter `doc:"A typed tree, as saved views hold it; {} is every task."`
}

// queryGroups shows a saved view as a board.
func (h taskHandlers) queryGroups(ctx context.Context, in *queryGroupsInput) (*jsonOutput, error) {
	q, err := in.ShapeInput.query(in.Body)
	if err != nil {
		return nil, err
	}
	c, ws := caller(ctx)
	g, err := h.Tasks.Groups(ctx, c, ws, q, in.GroupBy, in.Limit)
	if err != nil {
		return nil, inBody(err)
	}
	return groupsOf(ctx, g), nil
}

func groupsOf(ctx context.Context, g tasks.Groups) *jsonOutput {
	callOf(ctx).setHead(g.Head.Epoch, g.Head.Seq)
	return jsonOf(g.JSON())
}
