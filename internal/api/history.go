package api

import (
	"bytes"
	"context"

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
	Seq   string           `json:"seq" doc:"EPOCH-SEQ up to which this reader has now been served; since for the next request. There is more as long as it is not the answer's Rung-Seq, even if there are no items: others' changes are passed over."`
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
	b := append([]byte(`{"items":[`), bytes.Join(items, []byte(","))...)
	b = append(append(b, `],"seq":"`...), seqText(head.Epoch, upTo)...)
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
