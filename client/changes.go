package client

import (
	"context"
	"iter"
)

// Changes reads a workspace's history page by page, from what is named by since (EPOCH-SEQ, such as Changes.Seq of the
// page before; "" is the oldest that is kept) up to now. A page's Seq is what to go on from another time; a page may be
// empty. ErrGone says that the history does not reach back so far: take a Snapshot.
func (w *WorkspaceClient) Changes(ctx context.Context, since string, o ...CallOption) iter.Seq2[Changes, error] {
	return func(yield func(Changes, error) bool) {
		for {
			var m Meta
			page, err := w.GetChanges(ctx, GetChangesParams{Since: since, Limit: 1000}, append(o, WithMeta(&m))...)
			if !yield(page, err) || err != nil || page.Seq == m.Seq || page.Seq == since {
				return
			}
			since = page.Seq
		}
	}
}
