package api

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

func (h taskHandlers) labels(ctx context.Context, in *PageInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	p, err := h.Tasks.Labels(ctx, c, ws, in.Page.of())
	return pageOf(ctx, p, err)
}

type createLabelInput struct {
	WorkspaceInput
	Body tasks.NewLabel
}

func (h taskHandlers) createLabel(ctx context.Context, in *createLabelInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	w, err := h.Tasks.CreateLabel(ctx, c, ws, in.Body)
	return writtenOf(ctx, w, err)
}

type LabelInput struct {
	WorkspaceInput
	Label uuid.UUID `path:"label"`
}

type patchLabelInput struct {
	LabelInput
	ConditionInput
	Body struct {
		Name  Optional[string] `json:"name,omitzero"`
		Color Optional[string] `json:"color,omitzero"`
	} `contentType:"application/merge-patch+json"`
}

func (h taskHandlers) patchLabel(ctx context.Context, in *patchLabelInput) (*jsonOutput, error) {
	cond, err := in.condition()
	if err != nil {
		return nil, err
	}
	c, ws := caller(ctx)
	w, err := h.Tasks.UpdateLabel(ctx, c, ws, in.Label, tasks.LabelPatch{Name: opt(in.Body.Name), Color: opt(in.Body.Color)}, cond)
	return writtenOf(ctx, w, err)
}

func (h taskHandlers) deleteLabel(ctx context.Context, in *LabelInput) (*struct{}, error) {
	c, ws := caller(ctx)
	head, err := h.Tasks.DeleteLabel(ctx, c, ws, in.Label)
	return gone(ctx, head, err)
}
