package api

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

type taskPageInput struct {
	TaskInput
	Page
}

func (h taskHandlers) comments(ctx context.Context, in *taskPageInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	p, err := h.Tasks.Comments(ctx, c, ws, in.Task, in.Page.of())
	return pageOf(ctx, p, err)
}

type createCommentInput struct {
	TaskInput
	Body struct {
		ID        uuid.UUID       `json:"id,omitzero"`
		Body      string          `json:"body" doc:"GitHub-flavoured Markdown; its bytes are kept."`
		External  *tasks.External `json:"external,omitempty" doc:"Under scope import alone, as the two below."`
		Author    *tasks.Author   `json:"author,omitempty"`
		CreatedAt *tasks.Time     `json:"created_at,omitempty"`
	}
}

func (h taskHandlers) createComment(ctx context.Context, in *createCommentInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	w, err := h.Tasks.CreateComment(ctx, c, ws, tasks.NewComment{
		ID: in.Body.ID, Task: in.Task, Body: in.Body.Body, External: in.Body.External, Author: in.Body.Author, CreatedAt: in.Body.CreatedAt,
	})
	return writtenOf(ctx, w, err)
}

type CommentInput struct {
	TaskInput
	Comment uuid.UUID `path:"comment"`
}

type patchCommentInput struct {
	CommentInput
	ConditionInput
	Body struct {
		Body string `json:"body"`
	} `contentType:"application/merge-patch+json"`
}

func (h taskHandlers) patchComment(ctx context.Context, in *patchCommentInput) (*jsonOutput, error) {
	cond, err := in.condition()
	if err != nil {
		return nil, err
	}
	c, ws := caller(ctx)
	w, err := h.Tasks.UpdateComment(ctx, c, ws, in.Task, in.Comment, in.Body.Body, cond)
	return writtenOf(ctx, w, err)
}

func (h taskHandlers) deleteComment(ctx context.Context, in *CommentInput) (*struct{}, error) {
	c, ws := caller(ctx)
	head, err := h.Tasks.DeleteComment(ctx, c, ws, in.Task, in.Comment)
	return gone(ctx, head, err)
}

func (h taskHandlers) relations(ctx context.Context, in *taskPageInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	p, err := h.Tasks.Relations(ctx, c, ws, in.Task, in.Page.of())
	return pageOf(ctx, p, err)
}

type relateInput struct {
	TaskInput
	Body struct {
		Type string `json:"type" enum:"blocks,relates,duplicates" doc:"What the task of the path does to the other."`
		Task string `json:"task" maxLength:"60" doc:"The other task's id or key."`
	}
}

func (h taskHandlers) relate(ctx context.Context, in *relateInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	w, err := h.Tasks.Relate(ctx, c, ws, in.Task, in.Body.Type, in.Body.Task)
	return writtenOf(ctx, w, err)
}

type unrelateInput struct {
	TaskInput
	Type  string `query:"type" required:"true" enum:"blocks,relates,duplicates"`
	Other string `query:"task" required:"true" maxLength:"60" doc:"The other task's id or key."`
}

func (h taskHandlers) unrelate(ctx context.Context, in *unrelateInput) (*struct{}, error) {
	c, ws := caller(ctx)
	head, err := h.Tasks.Unrelate(ctx, c, ws, in.Task, in.Type, in.Other)
	return gone(ctx, head, err)
}

func (h taskHandlers) activity(ctx context.Context, in *taskPageInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	p, err := h.Tasks.Activity(ctx, c, ws, in.Task, in.Page.of())
	return pageOf(ctx, p, err)
}
