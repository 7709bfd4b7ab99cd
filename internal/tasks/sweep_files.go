package tasks

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/files"
)

// strayAfter is how old a file must be to be removed because nothing refers to it: older than any upload that is still
// under way.
const strayAfter = 24 * time.Hour

// fileSweep is where a pass through all files has come to.
type fileSweep struct {
	mu    sync.Mutex
	after files.Key
}

// SweepFiles removes files to which no attachment refers: what uploads that were broken off and processes that died have
// left behind, and what was purged. It looks at a bounded number of them, goes on where it ended the last time, and
// reports whether the pass has not come to its end yet.
func (s *Service) SweepFiles(ctx context.Context) (more bool, err error) {
	k, err := s.kept()
	if err != nil {
		return false, err
	}
	k.sweep.mu.Lock()
	defer k.sweep.mu.Unlock()
	some, err := k.Store.List(ctx, k.sweep.after, sweepAtOnce)
	if err != nil {
		return false, err
	}
	var failed []error // one that can't be removed must not keep the others from it
	before := s.now().Add(-strayAfter)
	for _, f := range some {
		k.sweep.after = f.Key
		if !f.Modified.Before(before) {
			continue
		}
		stray, err := s.isStray(ctx, k, f.Key)
		if err == nil && stray {
			err = k.Store.Delete(ctx, f.Key)
		}
		if err != nil {
			failed = append(failed, err)
		}
	}
	if more = len(some) == sweepAtOnce; !more {
		k.sweep.after = ""
	}
	return more, errors.Join(failed...)
}

// isStray reports whether nothing refers to a file. That it is being taken in must be looked at first: once it is not any
// more, its attachment is there.
func (s *Service) isStray(ctx context.Context, k *keeping, key files.Key) (stray bool, err error) {
	ws, blob, ok := key.IDs()
	if !ok {
		return true, nil
	}
	if k.isBusy(blob) {
		return false, nil
	}
	err = s.store.Read(ctx, ws, func(v View) error {
		rows, err := v.List(RowQuery{Kind: KindAttachment, Other: blob, WithTrash: true, Limit: 1})
		stray = len(rows) == 0
		return err
	})
	return stray && err == nil, err
}

// expireFile purges an attachment that has been in the trash for long, unless it was restored meanwhile.
func (d *draft) expireFile(id uuid.UUID) error {
	r, err := d.row(KindAttachment, id)
	if err != nil || r == nil || r.Deleted == 0 {
		return err
	}
	t, err := d.task(r.Scope)
	if err != nil || t == nil {
		return err
	}
	return d.expireAttachment(r, t)
}

// dropBlobsAtOnce is how many files are removed right after what they were attached to; the sweep takes the rest.
const dropBlobsAtOnce = 100

// dropFiles removes the bytes of attachments that have been purged. It is called when that is committed, never before.
func (s *Service) dropFiles(ctx context.Context, ws uuid.UUID, blobs []uuid.UUID) {
	if s.files == nil {
		return
	}
	for _, blob := range blobs[:min(len(blobs), dropBlobsAtOnce)] {
		_ = s.files.Store.Delete(context.WithoutCancel(ctx), files.KeyOf(ws, blob)) // what can't be deleted now is swept later
	}
}
