package tasks

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
)

// Texts finds tasks and comments by their words.
type Texts interface {
	// Find gives what q asks for, the last written first. It must not be called on a view that an Update is run on.
	Find(q TextQuery) ([]Found, error)
	// AllIndexed reports whether everything can be found. Only while a database that is older than the index of words is
	// being brought up to date some is not.
	AllIndexed() (bool, error)
}

// TextQuery is a question for texts.
type TextQuery struct {
	Kind    Kind // KindTask or KindComment
	Terms   Terms
	InTitle bool      // all terms in a task's title; otherwise together in title and description
	Task    uuid.UUID // not Nil: this one, whatever its words are
	Tasks   TaskQuery // which tasks, or which tasks' comments: what may be seen, and Where; nothing else counts
	Limit   int
}

// Found is a text that has all terms.
type Found struct {
	Task      uuid.UUID
	Comment   uuid.UUID // Nil unless it is a comment
	Title     string    // of the task
	Completed bool      // the task is
	Updated   int64     // the task was, Unix milliseconds
}

// Indexer keeps up what texts are found by. What Update has acknowledged is found at once, indexed or not: the more is
// indexed the quicker.
type Indexer interface {
	// Index does a bounded amount of that work and reports whether there is more. It may be called by several at once.
	Index(ctx context.Context) (more bool, err error)
	// Unindexed gives something when there is much to do.
	Unindexed() <-chan struct{}
}

// CommentText is what a comment's row is found by, "" if by nothing.
func CommentText(r *Row) string {
	if r.Deleted != 0 {
		return ""
	}
	var c struct {
		Body string `json:"body"`
	}
	if json.Unmarshal(r.Doc, &c) != nil {
		return ""
	}
	return c.Body
}

// Index brings what texts are found by up to date, a bounded amount of work at a time; see Indexer.
func (s *Service) Index(ctx context.Context) (more bool, err error) { return s.store.Index(ctx) }

// Unindexed gives something when there is much to be indexed.
func (s *Service) Unindexed() <-chan struct{} { return s.store.Unindexed() }
