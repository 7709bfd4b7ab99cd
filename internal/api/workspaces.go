package api

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/users"
)

// Workspace is a workspace as one of its members sees it.
type Workspace struct {
	ID        uuid.UUID        `json:"id"`
	Name      string           `json:"name"`
	Slug      string           `json:"slug" doc:"Stands for the id in addresses."`
	Role      string           `json:"role" enum:"owner,admin,member,guest" doc:"The caller's."`
	Usage     *WorkspaceUsage  `json:"usage,omitempty" doc:"Only where a single workspace is asked for."`
	Limits    *WorkspaceLimits `json:"limits,omitempty" doc:"Only where a single workspace is asked for."`
	Version   int64            `json:"version"`
	CreatedBy uuid.UUID        `json:"created_by"`
	CreatedAt tasks.Time       `json:"created_at"`
	UpdatedAt tasks.Time       `json:"updated_at"`
}

// WorkspaceUsage is what a workspace uses of its limits.
type WorkspaceUsage struct {
	Members  int    `json:"members"`
	Projects *int   `json:"projects,omitempty" doc:"Those in the trash do not count. Guests are not told."`
	Storage  *int64 `json:"storage,omitempty" doc:"Bytes of attached files. Guests are not told."`
}

// WorkspaceLimits is what a workspace may have.
type WorkspaceLimits struct {
	Members         int   `json:"members"`
	OpenInvitations int   `json:"open_invitations"`
	Projects        int   `json:"projects,omitempty"`
	Storage         int64 `json:"storage,omitempty" doc:"Bytes of attached files."`
}

func workspaceOf(m users.Membership) Workspace {
	w := m.Workspace
	return Workspace{
		ID: w.ID, Name: w.Name, Slug: w.Slug, Role: string(m.Role), Version: w.Version, CreatedBy: w.CreatedBy,
		CreatedAt: wireTime(w.CreatedAt), UpdatedAt: wireTime(w.UpdatedAt),
	}
}

func (h userHandlers) workspaces(ctx context.Context, in *Page) (*listOutput[Workspace], error) {
	id := callOf(ctx).Identity
	page, err := in.idPage()
	if err != nil {
		return nil, err
	}
	all, more, err := h.Users.Workspaces(ctx, id.User, page)
	if err != nil {
		return nil, err
	}
	next := ""
	if len(all) > 0 {
		if next, err = idCursor(all[len(all)-1].Workspace.ID, more); err != nil {
			return nil, err
		}
	}
	// A page may thereby be shorter than asked for; its cursor leads on all the same.
	all = slices.DeleteFunc(all, func(m users.Membership) bool { return !isFor(id, m.Workspace.ID) })
	items := make([]Workspace, len(all))
	for i, m := range all {
		items[i] = workspaceOf(m)
	}
	return listOf(items, next), nil
}

type createWorkspaceInput struct {
	Body struct {
		ID   uuid.UUID `json:"id,omitzero" doc:"Chosen by the client, so that it may ask again."`
		Name string    `json:"name"`
		Slug string    `json:"slug,omitempty" doc:"Without one it is made from the name."`
	}
}

func (h userHandlers) createWorkspace(ctx context.Context, in *createWorkspaceInput) (*entityOutput[Workspace], error) {
	if err := unbound(ctx); err != nil {
		return nil, err
	}
	user := callOf(ctx).Identity.User
	w, created, err := h.Users.CreateWorkspace(ctx, user, users.NewWorkspace{ID: in.Body.ID, Name: in.Body.Name, Slug: in.Body.Slug})
	if err != nil {
		return nil, err
	}
	m := users.Membership{Workspace: w, Role: users.Owner}
	if !created {
		if m, err = h.Users.Workspace(ctx, user, w.ID); err != nil {
			return nil, err
		}
	}
	return entityOf(workspaceOf(m), m.Workspace.Version, created), nil
}

func (h userHandlers) workspace(ctx context.Context, _ *WorkspaceInput) (*entityOutput[Workspace], error) {
	c := callOf(ctx)
	m, err := h.Users.Workspace(ctx, c.Identity.User, c.Workspace)
	if err != nil {
		return nil, err
	}
	usage, err := h.Users.Usage(ctx, c.Identity.User, c.Workspace)
	if err != nil {
		return nil, err
	}
	limits := h.Users.Limits()
	w := workspaceOf(m)
	w.Usage = &WorkspaceUsage{Members: usage.Members}
	if usage.Held != nil && limits.Projects > 0 {
		w.Usage.Projects = &usage.Held.Projects
	}
	if usage.Held != nil && limits.Storage > 0 {
		w.Usage.Storage = &usage.Held.Storage
	}
	w.Limits = &WorkspaceLimits{
		Members: limits.Members, OpenInvitations: limits.OpenInvitations, Projects: limits.Projects, Storage: limits.Storage,
	}
	return entityOf(w, m.Workspace.Version, false), nil
}

type patchWorkspaceInput struct {
	WorkspaceInput
	ConditionInput
	Body struct {
		Name Optional[string] `json:"name,omitzero"`
		Slug Optional[string] `json:"slug,omitzero" doc:"The former one is free at once and does not lead here any more."`
	} `contentType:"application/merge-patch+json"`
}

func (h userHandlers) patchWorkspace(ctx context.Context, in *patchWorkspaceInput) (*entityOutput[Workspace], error) {
	seen, err := in.seen()
	if err != nil {
		return nil, err
	}
	c := callOf(ctx)
	m, err := h.Users.PatchWorkspace(ctx, c.Identity.User, c.Workspace, users.WorkspacePatch{
		Name: in.Body.Name.pointer(), Slug: in.Body.Slug.pointer(),
	}, seen)
	if err != nil {
		return nil, err
	}
	return entityOf(workspaceOf(m), m.Workspace.Version, false), nil
}

// deleteWorkspace is outside of the workspace: an owner who asks a second time is not in it any more.
func (h userHandlers) deleteWorkspace(ctx context.Context, in *WorkspaceInput) (*struct{}, error) {
	c := callOf(ctx)
	ws, err := h.Users.ResolveWorkspace(ctx, in.WS)
	if err != nil {
		return nil, err
	}
	if !isFor(c.Identity, ws) {
		return nil, fault.NotFound()
	}
	c.Workspace = ws
	h.moved(ctx)
	return nil, h.Users.DeleteWorkspace(ctx, c.Identity.User, ws)
}

// Member is a person in a workspace.
type Member struct {
	ID       uuid.UUID  `json:"id" doc:"The user's id."`
	Name     string     `json:"name"`
	Email    *string    `json:"email" doc:"Null for guests, who see no addresses but their own."`
	Role     string     `json:"role" enum:"owner,admin,member,guest"`
	JoinedAt tasks.Time `json:"joined_at"`
}

func memberOf(m users.Member) Member {
	return Member{ID: m.User, Name: m.Name, Email: nullable(m.Email), Role: string(m.Role), JoinedAt: wireTime(m.JoinedAt)}
}

func (h userHandlers) members(ctx context.Context, in *PageInput) (*listOutput[Member], error) {
	c := callOf(ctx)
	page, err := in.idPage()
	if err != nil {
		return nil, err
	}
	all, more, err := h.Users.Members(ctx, c.Identity.User, c.Workspace, page)
	if err != nil {
		return nil, err
	}
	items := make([]Member, len(all))
	var last uuid.UUID
	for i, m := range all {
		items[i], last = memberOf(m), m.User
	}
	next, err := idCursor(last, more)
	if err != nil {
		return nil, err
	}
	return listOf(items, next), nil
}

type memberInput struct {
	WorkspaceInput
	User uuid.UUID `path:"user"`
}

type patchMemberInput struct {
	WorkspaceInput
	User uuid.UUID `path:"user"`
	Body struct {
		Role string `json:"role" enum:"owner,admin,member,guest"`
	} `contentType:"application/merge-patch+json"`
}

func (h userHandlers) patchMember(ctx context.Context, in *patchMemberInput) (*entityOutput[Member], error) {
	c := callOf(ctx)
	m, err := h.Users.SetRole(ctx, c.Identity.User, c.Workspace, in.User, users.Role(in.Body.Role))
	if err != nil {
		return nil, err
	}
	h.moved(ctx)
	return entityOf(memberOf(m), 0, false), nil
}

func (h userHandlers) removeMember(ctx context.Context, in *memberInput) (*struct{}, error) {
	c := callOf(ctx)
	if err := h.Users.RemoveMember(ctx, c.Identity.User, c.Workspace, in.User); err != nil {
		return nil, err
	}
	h.moved(ctx)
	return nil, nil
}
