package tasks

import (
	"context"

	"github.com/google/uuid"
)

// maxStep bounds how many tasks follow a change in one entry, where nothing else does: the writer is everybody's.
const maxStep = 1_000

// stepwise runs change again, each time as an entry of its own, as long as it says that there is more to do. Others
// write in between.
func (s *Service) stepwise(ctx context.Context, c Caller, ws uuid.UUID, change func(d *draft, more *bool) error) (Head, error) {
	for {
		var more bool
		head, err := s.update(ctx, c, ws, func(d *draft) error { return change(d, &more) })
		if err != nil || !more {
			return head, err
		}
		if err := ctx.Err(); err != nil {
			return head, err
		}
	}
}
