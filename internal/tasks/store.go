package tasks

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
)

// Kind names what sort of thing a row holds.
type Kind string

// The kinds of rows.
const (
	KindProject  Kind = "project"
	KindKey      Kind = "key"   // a project's present or former key; never given to another project
	KindGrant    Kind = "grant" // a user's role in a project
	KindTask     Kind = "task"
	KindComment  Kind = "comment"
	KindRelation Kind = "relation"
	KindLabel    Kind = "label"
	KindView     Kind = "view"
	KindMember   Kind = "member" // a mirror of the workspace's members, fed by users
	KindImport   Kind = "import"

	KindAttachment Kind = "attachment" // Other is the id under which its bytes are kept
)

// Head says how far a workspace's history has come.
type Head struct {
	Epoch  string // names the timeline; a new one begins whenever history may have been lost
	Seq    int64  // of the last event; 0 before the first
	Access int64  // of the last event that changed who may see or do what, or a project
}

// Row is an entity as a store keeps it: what it is found by, and documents whose inside is the domain's alone. Doc is
// in the wire format, so that a list can pass it on without looking into it.
type Row struct {
	Kind    Kind
	ID      uuid.UUID
	Seq     int64     // of the event that last changed it, which is its version
	Scope   uuid.UUID // what it belongs to: a comment's task, a grant's project; Nil if nothing
	Other   uuid.UUID // the second thing it belongs to: a relation's other task, a grant's user
	Unique  string    // taken at most once in (workspace, kind); "" claims nothing
	Sort    string    // its place among the rows of its scope
	Deleted int64     // Unix milliseconds since when it is in the trash, 0 if it is not
	Origin  []byte    // hash of the request that created it
	Doc     []byte    // JSON, the wire format
	Meta    []byte    // JSON, what the domain keeps beside it and never shows

	Task *TaskIndex // only, and always, with KindTask
}

// TaskIndex is what a task is found and sorted by.
type TaskIndex struct {
	Project, Status, Parent uuid.UUID
	Number                  int64
	Position, ChildPosition string
	Priority                int   // 0 none, 1 urgent to 4 low, as on the wire
	Due                     int64 // Unix milliseconds; NoDue if there is none
	DueFloating             bool  // Due is a wall clock read as if it were UTC
	Created, Updated        int64 // Unix milliseconds
	Completed               int64 // Unix milliseconds, 0 while the task is open
	Title                   string
	TitleKey                string // by which titles sort
	External                string // "source\x00id"; "" if none. Taken at most once in a workspace
	Assignees, Labels       []uuid.UUID
	Description             string // Markdown; kept beside Doc, so that lists can leave it out
}

// NoDue sorts a task without a due date behind all others.
const NoDue int64 = 1<<63 - 1

// Change is one step of an entry: the row as it is to be, if any, and the event that tells of it, if any (its Seq is
// not 0 then). Purge removes the row for good. With a task goes its story, and the text of the events that it tells of;
// with an attachment what the story of its task and those events say of it.
type Change struct {
	Row   *Row
	Purge bool
	Event Event
	Audit []audit.Entry // kept with it
}

// Entry is what one Update committed: the events First to Last, without a gap. One that changed nothing has Last < First.
type Entry struct {
	Epoch       string
	First, Last int64
	Events      []Event
	Rows        []*Row
}

// Store keeps each workspace as one serial history and the rows that it leads to.
type Store interface {
	// Update runs change on a view of the workspace as of its last event and commits what it returns as the next entry,
	// all or nothing, durably before it returns. No other entry comes between the view and the commit: if one did,
	// change runs again, so it must be pure. The events must carry the numbers Seq+1, Seq+2 ... of the view's head.
	// An error from change is returned as it is and nothing is changed.
	Update(ctx context.Context, ws uuid.UUID, change func(View) ([]Change, error)) (Entry, error)
	// Read runs read on a view that holds every entry acknowledged before the call and does not change meanwhile.
	Read(ctx context.Context, ws uuid.UUID, read func(View) error) error
	// Head is the last acknowledged head, or a later one. It costs next to nothing.
	Head(ctx context.Context, ws uuid.UUID) (Head, error)
	// Watch has told called with every entry of every workspace, each workspace's in order, after the commit and before
	// its Update returns. It must be called before the first Update and told must not block.
	Watch(told func(ws uuid.UUID, e Entry))
	// Trim forgets events older than before (Unix milliseconds), at most limit of them; the rows and the activity stay.
	Trim(ctx context.Context, before int64, limit int) (int, error)
	// Expired gives at most limit tasks, projects and attachments, of all workspaces, that have been in the trash since
	// before (Unix milliseconds), in no promised order.
	Expired(ctx context.Context, before int64, limit int) ([]Trashed, error)
	Indexer
	Secrets
	Rewriter
	// Audit is the log to which the entries of changes go.
	Audit() audit.Log
}

// Secrets keeps what the installation signs with.
type Secrets interface {
	// Secret gives the secret of a name, which is fresh if there was none: whoever comes first has made it for all.
	Secret(ctx context.Context, name string, fresh []byte) ([]byte, error)
	// ReplaceSecret makes it another, whatever it was.
	ReplaceSecret(ctx context.Context, name string, fresh []byte) error
}

// View is one state of a workspace.
type View interface {
	// Head is the head that this view is of.
	Head() Head
	Rows
	TaskIndexes
	Tallies
	Texts
	Log
}

// Rows finds rows one by one and by what they belong to. Trashed rows are found too.
type Rows interface {
	// Get gives the row, nil if there is none.
	Get(kind Kind, id uuid.UUID) (*Row, error)
	// ByUnique gives the row that claimed the value, nil if none did.
	ByUnique(kind Kind, value string) (*Row, error)
	// List gives rows of a kind in the order (Sort, ID).
	List(q RowQuery) ([]*Row, error)
	// Trash gives trashed tasks, projects and attachments, the last one first.
	Trash(before Position, limit int) ([]*Row, error)
}

// Position is a place in a sorted list: behind the row with this sort value and id.
type Position struct {
	Text   string // the sort value of a text
	Number int64  // the sort value of a number
	ID     uuid.UUID
}

// RowQuery picks rows: those of the scope, or of the other, or (both Nil) all of the kind.
type RowQuery struct {
	Kind         Kind
	Scope, Other uuid.UUID
	After        *Position // begin behind it
	Limit        int       // 0 is no limit
	WithTrash    bool
}

// TaskIndexes finds tasks.
type TaskIndexes interface {
	// Tasks gives live tasks in the order that q asks for. Rows that are not whole are of use only as long as the view.
	Tasks(q TaskQuery) ([]*Row, error)
	// Count counts what Tasks would give without a limit, by the value of one field or, with "", all under one key. A
	// task with several assignees or labels counts for each.
	Count(q TaskQuery, by string) ([]GroupCount, error)
	// Children gives a task's children, trashed ones too, in their order.
	Children(parent uuid.UUID) ([]*Row, error)
	// Neighbors gives at most n live tasks of a list in front of position (nearest first) and at most n behind it.
	Neighbors(list TaskList, position string, n int) (before, behind []*Row, err error)
	// Last is the position of a list's last live task, "" if there is none.
	Last(list TaskList) (string, error)
	// ByNumber gives the task that has or had this number in the project, Nil if none ever did.
	ByNumber(project uuid.UUID, number int64) (uuid.UUID, error)
	// NextNumber is above every number that was ever given in the project.
	NextNumber(project uuid.UUID) (int64, error)
	// ByExternal gives the task that claimed the external id, nil if none did.
	ByExternal(external string) (*Row, error)
}

// TaskList is a list in which tasks have an order of their own: a project's, or the children of a parent.
type TaskList struct {
	Project uuid.UUID
	Parent  uuid.UUID // not Nil: the children's order
}

// GroupCount is the number of tasks with one value.
type GroupCount struct {
	Key   uuid.UUID // of a status, assignee or label
	Value int64     // of a priority
	Count int
}

// Log reads the history and the activity.
type Log interface {
	// Events gives the events after since in order. It fails with ErrTrimmed if some of them have been forgotten.
	Events(since int64, limit int) ([]Event, error)
	// Oldest is the number of the oldest event that is kept, Head().Seq+1 if none is.
	Oldest() (int64, error)
	// Activity gives what happened to a task after the number since, oldest first, or, if backwards, before it, the
	// last first.
	Activity(task uuid.UUID, since int64, backwards bool, limit int) ([]Activity, error)
}

// Activity is one line of a task's story: Doc is the wire format.
type Activity struct {
	Seq int64
	Doc []byte
}
