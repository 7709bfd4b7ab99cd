package api

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// newStatus is a request to make a status.
type newStatus struct {
	tasks.NewStatus
	Place place `json:"place,omitzero"`
}

func (n newStatus) request() tasks.NewStatus {
	out := n.NewStatus
	out.Place = n.Place.Place
	return out
}

// newProject is a request to make a project.
type newProject struct {
	tasks.NewProject
	Statuses []newStatus `json:"statuses,omitempty" doc:"Without them: Backlog, To do, In progress, Done."`
	Place    place       `json:"place,omitzero"`
}

func (n newProject) request() tasks.NewProject {
	out := n.NewProject
	out.Place = n.Place.Place
	for _, s := range n.Statuses {
		out.Statuses = append(out.Statuses, s.request())
	}
	return out
}

func (h taskHandlers) projects(ctx context.Context, in *PageInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	p, err := h.Tasks.Projects(ctx, c, ws, in.Page.of())
	return pageOf(ctx, p, err)
}

type createProjectInput struct {
	WorkspaceInput
	Body newProject
}

func (h taskHandlers) createProject(ctx context.Context, in *createProjectInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	w, err := h.Tasks.CreateProject(ctx, c, ws, in.Body.request())
	return writtenOf(ctx, w, err)
}

func (h taskHandlers) project(ctx context.Context, in *ProjectInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	d, head, err := h.Tasks.Project(ctx, c, ws, in.Project)
	if err != nil {
		return nil, err
	}
	return docOf(ctx, d, head), nil
}

type patchProjectInput struct {
	ProjectInput
	ConditionInput
	Body struct {
		Name         Optional[string] `json:"name,omitzero"`
		Key          Optional[string] `json:"key,omitzero" doc:"Former keys resolve for ever."`
		Description  Optional[string] `json:"description,omitzero"`
		Color        Optional[string] `json:"color,omitzero"`
		Icon         Optional[string] `json:"icon,omitzero"`
		Access       Optional[string] `json:"access,omitzero" enum:"workspace,private"`
		EstimateUnit Optional[string] `json:"estimate_unit,omitzero" enum:"points,minutes"`
		Archived     Optional[bool]   `json:"archived,omitzero"`
		Place        Optional[place]  `json:"place,omitzero"`
	} `contentType:"application/merge-patch+json"`
}

func (h taskHandlers) patchProject(ctx context.Context, in *patchProjectInput) (*jsonOutput, error) {
	cond, err := in.condition()
	if err != nil {
		return nil, err
	}
	c, ws := caller(ctx)
	b := in.Body
	w, err := h.Tasks.UpdateProject(ctx, c, ws, in.Project, tasks.ProjectPatch{
		Name: opt(b.Name), Key: opt(b.Key), Description: opt(b.Description), Color: opt(b.Color), Icon: opt(b.Icon),
		Access: opt(b.Access), EstimateUnit: opt(b.EstimateUnit), Archived: opt(b.Archived), Place: optPlace(b.Place),
	}, cond)
	return writtenOf(ctx, w, err)
}

func (h taskHandlers) deleteProject(ctx context.Context, in *ProjectInput) (*struct{}, error) {
	c, ws := caller(ctx)
	head, err := h.Tasks.DeleteProject(ctx, c, ws, in.Project)
	return gone(ctx, head, err)
}

func (h taskHandlers) restoreProject(ctx context.Context, in *ProjectInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	w, err := h.Tasks.RestoreProject(ctx, c, ws, in.Project)
	return writtenOf(ctx, w, err)
}

func (h taskHandlers) statuses(ctx context.Context, in *projectPageInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	p, err := h.Tasks.Statuses(ctx, c, ws, in.Project, in.Page.of())
	return pageOf(ctx, p, err)
}

type createStatusInput struct {
	ProjectInput
	Body newStatus
}

func (h taskHandlers) createStatus(ctx context.Context, in *createStatusInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	w, err := h.Tasks.AddStatus(ctx, c, ws, in.Project, in.Body.request())
	return writtenOf(ctx, w, err)
}

type StatusInput struct {
	ProjectInput
	Status uuid.UUID `path:"status"`
}

type patchStatusInput struct {
	StatusInput
	ConditionInput
	Body struct {
		Name     Optional[string] `json:"name,omitzero"`
		Category Optional[string] `json:"category,omitzero" enum:"backlog,todo,doing,done,canceled"`
		Color    Optional[string] `json:"color,omitzero"`
		Place    Optional[place]  `json:"place,omitzero"`
	} `contentType:"application/merge-patch+json"`
}

func (h taskHandlers) patchStatus(ctx context.Context, in *patchStatusInput) (*jsonOutput, error) {
	cond, err := in.condition()
	if err != nil {
		return nil, err
	}
	c, ws := caller(ctx)
	b := in.Body
	w, err := h.Tasks.UpdateStatus(ctx, c, ws, in.Project, in.Status, tasks.StatusPatch{
		Name: opt(b.Name), Category: opt(b.Category), Color: opt(b.Color), Place: optPlace(b.Place),
	}, cond)
	return writtenOf(ctx, w, err)
}

type deleteStatusInput struct {
	StatusInput
	MoveTo uuid.UUID `query:"move_to" doc:"The status that its tasks go to; needed if there are any."`
}

func (h taskHandlers) deleteStatus(ctx context.Context, in *deleteStatusInput) (*struct{}, error) {
	c, ws := caller(ctx)
	head, err := h.Tasks.DeleteStatus(ctx, c, ws, in.Project, in.Status, in.MoveTo)
	return gone(ctx, head, err)
}

type projectPageInput struct {
	ProjectInput
	Page
}

func (h taskHandlers) projectMembers(ctx context.Context, in *projectPageInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	p, err := h.Tasks.ProjectMembers(ctx, c, ws, in.Project, in.Page.of())
	return pageOf(ctx, p, err)
}

type ProjectMemberInput struct {
	ProjectInput
	User uuid.UUID `path:"user"`
}

type setProjectMemberInput struct {
	ProjectMemberInput
	Body struct {
		Role string `json:"role" enum:"admin,editor,commenter,viewer"`
	}
}

func (h taskHandlers) setProjectMember(ctx context.Context, in *setProjectMemberInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	w, err := h.Tasks.SetProjectMember(ctx, c, ws, in.Project, in.User, in.Body.Role)
	return writtenOf(ctx, w, err)
}

func (h taskHandlers) removeProjectMember(ctx context.Context, in *ProjectMemberInput) (*struct{}, error) {
	c, ws := caller(ctx)
	head, err := h.Tasks.RemoveProjectMember(ctx, c, ws, in.Project, in.User)
	return gone(ctx, head, err)
}

func optPlace(o Optional[place]) tasks.Opt[tasks.Place] {
	return tasks.Opt[tasks.Place]{Set: o.Set, V: o.Value.Place}
}
