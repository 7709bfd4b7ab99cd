package tasks

import (
	"encoding/json"

	"github.com/google/uuid"
)

// Project is an ordered set of statuses and the tasks in them.
type Project struct {
	ID           uuid.UUID `json:"id"`
	Name         string    `json:"name"`
	Key          string    `json:"key" doc:"Short; the tasks are numbered with it: WEB-12."`
	FormerKeys   []string  `json:"former_keys" doc:"Keys that it had before; they resolve for ever."`
	Description  string    `json:"description"`
	Color        string    `json:"color"`
	Icon         string    `json:"icon"`
	Position     string    `json:"position"`
	Archived     bool      `json:"archived"`
	Access       string    `json:"access" enum:"workspace,private" doc:"Open to the workspace's members, or to its own only."`
	EstimateUnit string    `json:"estimate_unit" enum:"points,minutes"`
	Statuses     []Status  `json:"statuses"`
	Version      int64     `json:"version"`
	CreatedBy    uuid.UUID `json:"created_by"`
	CreatedAt    Time      `json:"created_at"`
	UpdatedAt    Time      `json:"updated_at"`
	DeletedAt    *Time     `json:"deleted_at"`
}

// Who may see a project.
const (
	AccessWorkspace = "workspace"
	AccessPrivate   = "private"
)

// Status is a column of a project's board.
type Status struct {
	ID       uuid.UUID `json:"id"`
	Name     string    `json:"name"`
	Category string    `json:"category" enum:"backlog,todo,doing,done,canceled"`
	Color    string    `json:"color"`
}

// Categories of statuses. A task in one that is done or canceled is completed.
const (
	CategoryBacklog  = "backlog"
	CategoryTodo     = "todo"
	CategoryDoing    = "doing"
	CategoryDone     = "done"
	CategoryCanceled = "canceled"
)

func completes(category string) bool {
	return category == CategoryDone || category == CategoryCanceled
}

func (p *Project) status(id uuid.UUID) *Status {
	for i := range p.Statuses {
		if p.Statuses[i].ID == id {
			return &p.Statuses[i]
		}
	}
	return nil
}

// Grant is a user's role in a project.
type Grant struct {
	Project uuid.UUID `json:"project"`
	User    uuid.UUID `json:"user"`
	Role    string    `json:"role" enum:"admin,editor,commenter,viewer"`
	Version int64     `json:"version"`
}

// Member is a person in the workspace, as the history knows her.
type Member struct {
	ID      uuid.UUID `json:"id" doc:"The user's id."`
	Name    string    `json:"name"`
	Role    string    `json:"role" enum:"owner,admin,member,guest"`
	Removed bool      `json:"removed" doc:"She has left; her name stays readable."`
	Version int64     `json:"version"`
}

// Label marks tasks of any project of the workspace.
type Label struct {
	ID        uuid.UUID `json:"id"`
	Name      string    `json:"name"`
	Color     string    `json:"color"`
	Version   int64     `json:"version"`
	CreatedAt Time      `json:"created_at"`
	UpdatedAt Time      `json:"updated_at"`
}

// Comment is what somebody said about a task. Its body is Markdown whose bytes are never rewritten.
type Comment struct {
	ID        uuid.UUID `json:"id"`
	Task      uuid.UUID `json:"task"`
	Body      string    `json:"body"`
	Author    Author    `json:"author"`
	External  *External `json:"external"`
	Version   int64     `json:"version"`
	CreatedBy uuid.UUID `json:"created_by"`
	CreatedAt Time      `json:"created_at"`
	UpdatedAt Time      `json:"updated_at"`
	EditedAt  *Time     `json:"edited_at"`
	DeletedAt *Time     `json:"deleted_at"`
}

// Relation ties two tasks: Task blocks, relates to or duplicates Other.
type Relation struct {
	ID        uuid.UUID `json:"id"`
	Type      string    `json:"type" enum:"blocks,relates,duplicates"`
	Task      uuid.UUID `json:"task"`
	Other     uuid.UUID `json:"other"`
	Version   int64     `json:"version"`
	CreatedBy uuid.UUID `json:"created_by"`
	CreatedAt Time      `json:"created_at"`
}

// View is a saved question: a query, its order, its groups and its layout.
type SavedView struct {
	ID        uuid.UUID       `json:"id"`
	Name      string          `json:"name"`
	Shared    bool            `json:"shared" doc:"Everyone of the workspace has it; otherwise its owner alone."`
	Owner     uuid.UUID       `json:"owner"`
	Project   *uuid.UUID      `json:"project" doc:"The project that it belongs to, if it does."`
	Query     Filter          `json:"query"`
	Sort      string          `json:"sort"`
	GroupBy   string          `json:"group_by"`
	Layout    string          `json:"layout" enum:"list,board"`
	Settings  json.RawMessage `json:"settings" doc:"What the client keeps with it; any JSON up to 16 KiB."`
	Position  string          `json:"position"`
	Version   int64           `json:"version"`
	CreatedAt Time            `json:"created_at"`
	UpdatedAt Time            `json:"updated_at"`
}

// Author is who wrote something: a user, or, of an imported thing, a name.
type Author struct {
	User *uuid.UUID `json:"user" nullable:"true"`
	Name string     `json:"name"`
}

// External says where an imported thing came from.
type External struct {
	Source string `json:"source" minLength:"1" maxLength:"40"`
	ID     string `json:"id" minLength:"1" maxLength:"200"`
	URL    string `json:"url,omitempty" maxLength:"2000"`
}

func (e *External) key() string {
	if e == nil {
		return ""
	}
	return e.Source + "\x00" + e.ID
}
