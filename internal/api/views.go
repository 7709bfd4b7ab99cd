package api

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

func (h taskHandlers) views(ctx context.Context, in *PageInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	p, err := h.Tasks.Views(ctx, c, ws, in.Page.of())
	return pageOf(ctx, p, err)
}

type createViewInput struct {
	WorkspaceInput
	Body tasks.NewView
}

func (h taskHandlers) createView(ctx context.Context, in *createViewInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	w, err := h.Tasks.CreateView(ctx, c, ws, in.Body)
	return writtenOf(ctx, w, err)
}

type ViewInput struct {
	WorkspaceInput
	View uuid.UUID `path:"view"`
}

type patchViewInput struct {
	ViewInput
	ConditionInput
	Body struct {
		Name     Optional[string]          `json:"name,omitzero"`
		Shared   Optional[bool]            `json:"shared,omitzero"`
		Query    Optional[tasks.Filter]    `json:"query,omitzero"`
		Sort     Optional[string]          `json:"sort,omitzero"`
		GroupBy  Optional[string]          `json:"group_by,omitzero"`
		Layout   Optional[string]          `json:"layout,omitzero" enum:"list,board"`
		Settings Optional[json.RawMessage] `json:"settings,omitzero" doc:"Any JSON up to 16 KiB; replaced as a whole."`
		Place    Optional[place]           `json:"place,omitzero"`
	} `contentType:"application/merge-patch+json"`
}

func (h taskHandlers) patchView(ctx context.Context, in *patchViewInput) (*jsonOutput, error) {
	cond, err := in.condition()
	if err != nil {
		return nil, err
	}
	c, ws := caller(ctx)
	b := in.Body
	w, err := h.Tasks.UpdateView(ctx, c, ws, in.View, tasks.ViewPatch{
		Name: opt(b.Name), Shared: opt(b.Shared), Query: opt(b.Query), Sort: opt(b.Sort), GroupBy: opt(b.GroupBy),
		Layout: opt(b.Layout), Settings: opt(b.Settings), Place: optPlace(b.Place),
	}, cond)
	return writtenOf(ctx, w, err)
}

func (h taskHandlers) deleteView(ctx context.Context, in *ViewInput) (*struct{}, error) {
	c, ws := caller(ctx)
	head, err := h.Tasks.DeleteView(ctx, c, ws, in.View)
	return gone(ctx, head, err)
}
