package api

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/users"
)

// WorkspaceOverview is a workspace as the administrators of the installation see it: who answers for it and how large it
// is, and nothing of what is in it.
type WorkspaceOverview struct {
	ID        uuid.UUID        `json:"id"`
	Name      string           `json:"name"`
	Slug      string           `json:"slug"`
	Members   int              `json:"members" doc:"How many there are."`
	Owners    []WorkspaceOwner `json:"owners" nullable:"false" doc:"At most 20 of them."`
	CreatedAt tasks.Time       `json:"created_at"`
}

// WorkspaceOwner is who answers for a workspace.
type WorkspaceOwner struct {
	ID    uuid.UUID `json:"id" doc:"The user's id."`
	Name  string    `json:"name"`
	Email string    `json:"email"`
}

func overviewOf(o users.Overview) WorkspaceOverview {
	out := WorkspaceOverview{
		ID: o.ID, Name: o.Name, Slug: o.Slug, Members: o.Members, Owners: []WorkspaceOwner{}, CreatedAt: wireTime(o.CreatedAt),
	}
	for _, m := range o.Owners {
		out.Owners = append(out.Owners, WorkspaceOwner{ID: m.User, Name: m.Name, Email: m.Email})
	}
	return out
}

func (h userHandlers) overviews(ctx context.Context, in *Page) (*listOutput[WorkspaceOverview], error) {
	page, err := in.idPage()
	if err != nil {
		return nil, err
	}
	all, more, err := h.Users.Overviews(ctx, page)
	if err != nil {
		return nil, err
	}
	items := make([]WorkspaceOverview, len(all))
	var last uuid.UUID
	for i, o := range all {
		items[i], last = overviewOf(o), o.ID
	}
	next, err := idCursor(last, more)
	if err != nil {
		return nil, err
	}
	return listOf(items, next), nil
}

type patchOverviewInput struct {
	Workspace uuid.UUID `path:"workspace"`
	Body      struct {
		Owner Optional[uuid.UUID] `json:"owner,omitzero" doc:"A member who becomes an owner, beside those whom it has."`
	} `contentType:"application/merge-patch+json"`
}

func (h userHandlers) patchOverview(ctx context.Context, in *patchOverviewInput) (*entityOutput[WorkspaceOverview], error) {
	if in.Body.Owner.Set {
		if err := h.Users.Appoint(ctx, in.Workspace, in.Body.Owner.Value); err != nil {
			return nil, err
		}
	}
	o, err := h.Users.Overview(ctx, in.Workspace)
	if err != nil {
		return nil, err
	}
	return entityOf(overviewOf(o), 0, false), nil
}
