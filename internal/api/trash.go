package api

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// TrashItem documents a line of the trash.
type TrashItem struct {
	Type      string          `json:"type" enum:"task,project,attachment"`
	ID        uuid.UUID       `json:"id"`
	DeletedAt tasks.Time      `json:"deleted_at"`
	Data      json.RawMessage `json:"data" doc:"The task, without its description, the project or the attachment."`
}

func (h taskHandlers) trash(ctx context.Context, in *PageInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	p, err := h.Tasks.Trash(ctx, c, ws, in.Page.of())
	return pageOf(ctx, p, err)
}

type purgeInput struct {
	WorkspaceInput
	Type string    `path:"type" enum:"task,project,attachment"`
	ID   uuid.UUID `path:"id"`
}

func (h taskHandlers) purge(ctx context.Context, in *purgeInput) (*struct{}, error) {
	c, ws := caller(ctx)
	head, err := h.Tasks.Purge(ctx, c, ws, in.Type, in.ID)
	return gone(ctx, head, err)
}
