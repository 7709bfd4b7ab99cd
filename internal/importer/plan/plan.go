// Package plan is what an importer understood of a file, in no product's words but Rung's: a project, its statuses,
// labels and tasks, and the people that they name. Whoever reads a format makes a Plan; whoever writes to Rung applies
// one; neither knows the other.
package plan

import "time"

// What Rung takes. A plan keeps within it, so that applying one is not refused halfway.
const (
	MaxTitle       = 1_000   // characters of a task's title
	MaxName        = 100     // characters of a project's, status's or label's name
	MaxStatuses    = 50      // of a project
	MaxDescription = 500_000 // bytes
	MaxComment     = 100_000 // bytes
	MaxSubTasks    = 2_000   // of one task
	MaxPerson      = 200     // bytes of a person's name
	MaxPerTask     = 100     // labels, and assignees
	MaxID          = 200     // bytes of an External ID
	MaxURL         = 2_000   // bytes
)

// Plan is one project as it will be made or brought up to date. Everything in it refers to everything else by External
// ID, and all of those are unique within their kind.
type Plan struct {
	Source   string // the format that it was read from, such as "trello"; the namespace of every External ID
	Project  Project
	Statuses []Status // in the order of the board's columns
	Labels   []Label
	People   []Person
	Tasks    []Task // in the project's order; a parent stands before its sub-tasks
	Notes    []Note // what reading it already lost, changed or guessed
}

// External names a thing where it came from. URL may be empty.
type External struct {
	ID  string
	URL string
}

// Project is the board, or whatever the source calls it.
type Project struct {
	External    External
	Name        string
	Description string // Markdown
	Archived    bool
}

// Category is what a status means, in Rung's five words.
type Category string

// The categories of a status.
const (
	Backlog  Category = "backlog"
	Todo     Category = "todo"
	Doing    Category = "doing"
	Done     Category = "done"
	Canceled Category = "canceled"
)

// Closes reports whether a task in a status of this category is over.
func (c Category) Closes() bool { return c == Done || c == Canceled }

// Status is a column of the board.
type Status struct {
	External External
	Name     string
	Category Category
}

// Label is a label; no two of a plan have names that Fold makes equal.
type Label struct {
	External External
	Name     string
	Color    string // "#rrggbb"
}

// Person is somebody whom the source names. Which member of the workspace that is, if any, is found when the plan is
// applied. Email is empty in sources that keep it to themselves.
type Person struct {
	ID       string
	Name     string
	Username string
	Email    string
}

// Task is one task. Parent, Status, Labels, Assignees and Author are External IDs, empty where there is none.
type Task struct {
	External    External
	Parent      string
	Status      string
	Title       string
	Description string // Markdown
	Said        string // what Description says, the same in whatever time zone it was read; empty: Description itself
	Labels      []string
	Assignees   []string
	Author      string
	Due         *Date
	Start       *Date
	CreatedAt   time.Time
	CompletedAt time.Time // zero unless the status is of category Done or Canceled
	Comments    []Comment // oldest first
}

// Date is a day, perhaps with a time of day, perhaps in a time zone.
type Date struct {
	Date    string    // "2026-12-24"
	Time    string    // "17:00", or empty for the whole day
	Zone    string    // an IANA name, empty if and only if Time is
	Instant time.Time // what the source says, if it is an instant and the rest was read off it in some zone
}

// Comment is one comment. Author is a Person's ID.
type Comment struct {
	External  External
	Author    string
	Text      string // Markdown
	CreatedAt time.Time
	EditedAt  time.Time // zero if it never was
}
