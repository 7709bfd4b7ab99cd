package api

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/rung-app/rung/internal/tasks"
)

// A snapshot is read as fast as the database gives it and sent meanwhile, as fast as its reader takes it: what she has
// not taken yet waits in a spool and not in the database, which would have to keep one state for her and grow behind it.
// Each piece must be taken within the one time, all of it within the other.
const (
	pieceSize    = 256 << 10
	pieceTime    = 10 * time.Second
	snapshotTime = 5 * time.Minute
)

// snapshot gives the workspace. Once the first piece is out a failure can only break the answer off.
func (h taskHandlers) snapshot(ctx context.Context, _ *WorkspaceInput) (*huma.StreamResponse, error) {
	c, ws := caller(ctx)
	call := callOf(ctx)
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		r, w := humago.Unwrap(hc)
		done, err := h.snaps.begin(c.User)
		if err != nil {
			h.Refuse(w, r, err)
			return
		}
		defer done()
		ctx, cancel := context.WithTimeout(r.Context(), snapshotTime)
		all := newSpool(h.spools)
		var head tasks.Head // known when something is there
		var making sync.WaitGroup
		making.Go(func() {
			all.end(h.Tasks.Snapshot(ctx, c, ws, func(h tasks.Head) { head = h }, all.write))
		})
		defer making.Wait()
		defer cancel()
		defer all.close()
		if _, err := all.wait(0); err != nil {
			h.Refuse(w, r, err)
			return
		}
		call.setHead(head.Epoch, head.Seq)
		w.Header().Set("Content-Type", "application/x-ndjson")
		if send(ctx, w, all) != nil {
			panic(http.ErrAbortHandler)
		}
	}}, nil
}

// send passes on what comes into a spool, piece by piece, and the beginning of it at once.
func send(ctx context.Context, w http.ResponseWriter, all *spool) error {
	rc := http.NewResponseController(w)
	begun := false
	return all.pieces(pieceSize, func(piece []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := rc.SetWriteDeadline(time.Now().Add(pieceTime)); err != nil && !isUnsupported(err) {
			return err
		}
		if _, err := w.Write(piece); err != nil || begun {
			return err
		}
		begun = true
		if err := rc.Flush(); err != nil && !isUnsupported(err) {
			return err
		}
		return nil
	})
}

// SnapshotLine documents a line of a snapshot.
type SnapshotLine struct {
	Epoch  string         `json:"epoch,omitempty" doc:"Of the first line alone, with seq: the point of the history that the snapshot is of."`
	Seq    int64          `json:"seq,omitempty"`
	Entity string         `json:"entity,omitempty" doc:"Such as task; what data is. Ignore those that you do not know."`
	Data   map[string]any `json:"data,omitempty"`
}
