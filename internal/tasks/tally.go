package tasks

import "github.com/google/uuid"

// Tallies are numbers of live tasks that a store keeps as the tasks change, so that asking for them costs the same
// however many tasks there are.
type Tallies interface {
	// Loads counts the live tasks of the projects by assignee, in no promised order. A task with several counts for each,
	// one with none for Nil.
	Loads(projects []uuid.UUID) ([]Load, error)
	// Quarters counts the live tasks of the projects by the quarter of an hour of a moment of theirs, in the order of
	// the quarters, those alone that begin at from or later and before to (Unix milliseconds).
	Quarters(t Tally, projects []uuid.UUID, from, to int64) ([]Quarter, error)
}

// Tally names the moment by which tasks are counted.
type Tally int

// The moments. Those of due dates are of open tasks alone.
const (
	TallyCreated Tally = iota + 1
	TallyCompleted
	TallyDue
	TallyDueFloating // a wall clock read as if it were UTC
)

// Load is how many tasks somebody has.
type Load struct {
	Assignee        uuid.UUID
	Open, Completed int
}

// Quarter is how many tasks have their moment in a quarter of an hour. Every time zone of today begins its days with
// one, so days of any zone are made of them.
type Quarter struct {
	At    int64 // its begin, Unix milliseconds
	Count int
}

// QuarterLength is a quarter of an hour in milliseconds.
const QuarterLength = 15 * 60 * 1000

// QuarterOf is the begin of the quarter of an hour that a moment is in.
func QuarterOf(ms int64) int64 {
	return ms - ((ms%QuarterLength)+QuarterLength)%QuarterLength
}

// Tallied gives the quarter in which a live task is counted by a moment, false if it is not.
func (t *TaskIndex) Tallied(by Tally) (quarter int64, ok bool) {
	open := t.Completed == 0 && t.Due != NoDue
	switch by {
	case TallyCreated:
		return QuarterOf(t.Created), true
	case TallyCompleted:
		return QuarterOf(t.Completed), t.Completed != 0
	case TallyDue:
		return QuarterOf(t.Due), open && !t.DueFloating
	case TallyDueFloating:
		return QuarterOf(t.Due), open && t.DueFloating
	}
	return 0, false
}
