package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/rung-app/rung/internal/tasks"
)

// A snapshot is read as fast as the database gives it and sent as fast as its reader takes it: what she has not taken
// yet waits in a spool and not in the database, which would have to keep one state for her and grow behind it. Each
// piece must be taken within the one time, all of it within the other.
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
		defer cancel()
		all := spool{among: h.spools}
		defer all.close()
		var head tasks.Head
		if err := h.Tasks.Snapshot(ctx, c, ws, func(h tasks.Head) { head = h }, all.write); err != nil {
			h.Refuse(w, r, err)
			return
		}
		call.setHead(head.Epoch, head.Seq)
		w.Header().Set("Content-Type", "application/x-ndjson")
		if send(ctx, w, &all) != nil {
			panic(http.ErrAbortHandler)
		}
	}}, nil
}

// send passes on what is in a spool, piece by piece.
func send(ctx context.Context, w http.ResponseWriter, all *spool) error {
	rc := http.NewResponseController(w)
	return all.pieces(pieceSize, func(piece []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := rc.SetWriteDeadline(time.Now().Add(pieceTime)); err != nil && !isUnsupported(err) {
			return err
		}
		_, err := w.Write(piece)
		return err
	})
}

// SnapshotLine documents a line of a snapshot.
type SnapshotLine struct {
	Epoch  string         `json:"epoch,omitempty" doc:"Of the first line alone, with seq: the point of the history that the snapshot is of."`
	Seq    int64          `json:"seq,omitempty"`
	Entity string         `json:"entity,omitempty" doc:"Such as task; what data is. Ignore those that you do not know."`
	Data   map[string]any `json:"data,omitempty"`
}
