package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/rung-app/rung/internal/tasks"
)

type changesInput struct {
	WorkspaceInput
	Since string `query:"since" maxLength:"100" doc:"EPOCH-SEQ, what one has seen; without it from the oldest change that is kept."`
	Limit int    `query:"limit" default:"200" minimum:"1" maximum:"1000"`
}

// Changes documents a part of the history.
type Changes struct {
	Items []tasks.EventDoc `json:"items"`
	Seq   string           `json:"seq" doc:"EPOCH-SEQ up to which this reader has now been served; since for the next request."`
}

func (h taskHandlers) changes(ctx context.Context, in *changesInput) (*jsonOutput, error) {
	epoch, since, err := parseSince(in.Since)
	if err != nil {
		return nil, err
	}
	c, ws := caller(ctx)
	told, upTo, head, err := h.Tasks.Changes(ctx, c, ws, epoch, since, in.Limit)
	if err != nil {
		return nil, err
	}
	callOf(ctx).setHead(head.Epoch, head.Seq)
	items := make([][]byte, len(told))
	for i, t := range told {
		items[i] = t.JSON
	}
	b := appendList([]byte(`{"items":`), items)
	b = append(append(b, `,"seq":"`...), seqText(head.Epoch, upTo)...)
	return jsonOf(append(b, `"}`...)), nil
}

// parseSince reads a point of the history; -1 stands for none.
func parseSince(s string) (epoch string, seq int64, err error) {
	if s == "" {
		return "", -1, nil
	}
	epoch, seq, ok := parseSeq(s)
	if !ok {
		return "", 0, errField("since", "must be EPOCH-SEQ")
	}
	return epoch, seq, nil
}

// Snapshots are sent in pieces; each must be taken within the one time, all of it within the other, since the state that
// is read stays put meanwhile and the database grows behind it.
const (
	pieceTime    = 10 * time.Second
	snapshotTime = 5 * time.Minute
)

// snapshot streams the workspace. Once the first line is out a failure can only break the answer off.
func (h taskHandlers) snapshot(ctx context.Context, _ *WorkspaceInput) (*huma.StreamResponse, error) {
	c, ws := caller(ctx)
	call := callOf(ctx)
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		r, w := humago.Unwrap(hc)
		rc := http.NewResponseController(w)
		ctx, cancel := context.WithTimeout(r.Context(), snapshotTime)
		defer cancel()
		begun := false
		err := h.Tasks.Snapshot(ctx, c, ws, func(head tasks.Head) {
			begun = true
			call.setHead(head.Epoch, head.Seq)
			w.Header().Set("Content-Type", "application/x-ndjson")
		}, func(piece []byte) error {
			if err := rc.SetWriteDeadline(time.Now().Add(pieceTime)); err != nil && !isUnsupported(err) {
				return err
			}
			_, err := w.Write(piece)
			return err
		})
		switch {
		case err == nil:
		case begun:
			panic(http.ErrAbortHandler)
		default:
			h.Refuse(w, r, err)
		}
	}}, nil
}

// SnapshotLine documents a line of a snapshot.
type SnapshotLine struct {
	Epoch  string         `json:"epoch,omitempty" doc:"Of the first line alone, with seq: the point of the history that the snapshot is of."`
	Seq    int64          `json:"seq,omitempty"`
	Entity string         `json:"entity,omitempty" doc:"Such as task; what data is. Ignore those that you do not know."`
	Data   map[string]any `json:"data,omitempty"`
}
