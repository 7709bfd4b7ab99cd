package tasks

import (
	"context"

	"github.com/google/uuid"
)

// Rewriter is what a store can do to a workspace behind the back of its history. It is for what must not be in any
// document any more, old or new.
type Rewriter interface {
	// Rewrite hands documents of a workspace to rewrite, those of rows and what is kept beside them, of events and of
	// activity, and keeps what it gives: durably, at most limit rows of them, from a place on; "" is the beginning. It
	// gives the place to go on from, "" at the end, and how many rows have changed. Of an event that is for one user alone
	// only is she. A row that is written meanwhile is
	// rewritten as it is then or, if it is new, perhaps passed over. Rewrite must be pure; it may be asked twice.
	Rewrite(ctx context.Context, ws uuid.UUID, from string, limit int, rewrite func(doc []byte, only uuid.UUID) []byte) (next string, changed int, err error)
	// Drop removes about limit rows of all that a workspace has, its history too, and reports whether there are more.
	Drop(ctx context.Context, ws uuid.UUID, limit int) (more bool, err error)
	// WorkspacesOf gives workspaces of which the user is, or was, a member, in the order of their ids, behind after.
	WorkspacesOf(ctx context.Context, user, after uuid.UUID, limit int) ([]uuid.UUID, error)
}
