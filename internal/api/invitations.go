package api

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/users"
)

// Invitation lets somebody into a workspace.
type Invitation struct {
	ID        uuid.UUID      `json:"id"`
	Email     *string        `json:"email" doc:"Who is invited; null for a link that anybody may use."`
	Role      string         `json:"role" enum:"admin,member,guest"`
	Projects  []InvitedGrant `json:"projects" nullable:"false"`
	MaxUses   *int           `json:"max_uses" doc:"How many people may accept; null for any number."`
	Uses      int            `json:"uses"`
	Mail      *string        `json:"mail" enum:"queued,sent,failed" doc:"What became of the mail; null if none is sent."`
	Token     *string        `json:"token,omitempty" doc:"The secret. Shown once, to whoever makes the invitation."`
	Link      *string        `json:"link,omitempty" doc:"Where it is accepted, if this installation knows its public address. Shown once."`
	CreatedBy uuid.UUID      `json:"created_by"`
	CreatedAt tasks.Time     `json:"created_at"`
	ExpiresAt tasks.Time     `json:"expires_at"`
}

// InvitedGrant is a project that comes with an invitation.
type InvitedGrant struct {
	Project uuid.UUID `json:"project"`
	Role    string    `json:"role" enum:"admin,editor,commenter,viewer"`
}

func invitationOf(i users.Invitation) Invitation {
	out := Invitation{
		ID: i.ID, Email: nullable(i.Email), Role: string(i.Role), Projects: make([]InvitedGrant, len(i.Projects)), Uses: i.Uses,
		Mail: nullable(string(i.Mail)), CreatedBy: i.CreatedBy, CreatedAt: wireTime(i.CreatedAt), ExpiresAt: wireTime(i.ExpiresAt),
	}
	if i.MaxUses > 0 {
		out.MaxUses = &i.MaxUses
	}
	for n, g := range i.Projects {
		out.Projects[n] = InvitedGrant(g)
	}
	return out
}

func (h userHandlers) invitations(ctx context.Context, in *PageInput) (*listOutput[Invitation], error) {
	c := callOf(ctx)
	page, err := in.idPage()
	if err != nil {
		return nil, err
	}
	all, more, err := h.Users.Invitations(ctx, c.Identity.User, c.Workspace, page)
	if err != nil {
		return nil, err
	}
	items := make([]Invitation, len(all))
	var last uuid.UUID
	for i, inv := range all {
		items[i], last = invitationOf(inv), inv.ID
	}
	next, err := idCursor(last, more)
	if err != nil {
		return nil, err
	}
	return listOf(items, next), nil
}

// grant is a project in a request: its id, which makes an editor, or its id and a role.
type grant InvitedGrant

// UnmarshalJSON reads either form.
func (g *grant) UnmarshalJSON(b []byte) error {
	if bytes.HasPrefix(b, []byte(`"`)) {
		g.Role = tasks.ProjectEditor
		return json.Unmarshal(b, &g.Project)
	}
	return json.Unmarshal(b, (*InvitedGrant)(g))
}

// Schema documents both.
func (grant) Schema(huma.Registry) *huma.Schema {
	id := &huma.Schema{Type: huma.TypeString, Format: "uuid"}
	role := &huma.Schema{Type: huma.TypeString, Enum: []any{tasks.ProjectAdmin, tasks.ProjectEditor, tasks.ProjectCommenter, tasks.ProjectViewer}}
	both := &huma.Schema{
		Type: huma.TypeObject, Properties: map[string]*huma.Schema{"project": id, "role": role},
		Required: []string{"project", "role"}, AdditionalProperties: false,
	}
	for _, s := range []*huma.Schema{id, role, both} {
		s.PrecomputeMessages()
	}
	return &huma.Schema{OneOf: []*huma.Schema{id, both}}
}

type inviteInput struct {
	WorkspaceInput
	Body struct {
		ID       uuid.UUID `json:"id,omitzero" doc:"Chosen by the client, so that it may ask again; the secret is shown the first time only."`
		Email    string    `json:"email,omitempty" doc:"Without one it is a link that can be passed on."`
		Role     string    `json:"role" enum:"admin,member,guest"`
		Projects []grant   `json:"projects,omitempty" nullable:"false" doc:"Projects to be granted: ids, for editors, or {project, role}."`
		MaxUses  int       `json:"max_uses,omitempty" minimum:"0" doc:"How many people may accept a link; 0 for any number. A mailed invitation works once."`
	}
}

func (h userHandlers) invite(ctx context.Context, in *inviteInput) (*entityOutput[Invitation], error) {
	c, b := callOf(ctx), in.Body
	n := users.NewInvitation{ID: b.ID, Email: b.Email, Role: users.Role(b.Role), MaxUses: b.MaxUses}
	for _, g := range b.Projects {
		n.Projects = append(n.Projects, users.Grant(g))
	}
	if b.Email != "" && h.Auth != nil {
		if err := h.Auth.TakeInvitation(ctx, c.Identity, b.Email, c.client()); err != nil {
			return nil, err
		}
	}
	i, secret, err := h.Users.Invite(ctx, c.Identity.User, c.Workspace, n)
	if err != nil {
		return nil, err
	}
	out := invitationOf(i)
	out.Token, out.Link = nullable(secret), nullable(h.Users.InvitationLink(secret))
	return entityOf(out, 0, secret != ""), nil
}

type invitationInput struct {
	WorkspaceInput
	Invitation uuid.UUID `path:"invitation"`
}

func (h userHandlers) revoke(ctx context.Context, in *invitationInput) (*struct{}, error) {
	c := callOf(ctx)
	return nil, h.Users.RevokeInvitation(ctx, c.Identity.User, c.Workspace, in.Invitation)
}

type secretInput struct {
	Token string `path:"token" maxLength:"100" doc:"The invitation's secret."`
}

// InvitationPreview is what the holder of an invitation's secret may know before she accepts.
type InvitationPreview struct {
	Workspace struct {
		ID   uuid.UUID `json:"id"`
		Name string    `json:"name"`
	} `json:"workspace"`
	InvitedBy string     `json:"invited_by"`
	Role      string     `json:"role" enum:"admin,member,guest"`
	Email     *string    `json:"email" doc:"To whom it is addressed; null for a link."`
	Account   *bool      `json:"account" doc:"Whether that address has an account here; null if this can't be told."`
	ExpiresAt tasks.Time `json:"expires_at"`
}

type previewOutput struct{ Body InvitationPreview }

func (h userHandlers) preview(ctx context.Context, in *secretInput) (*previewOutput, error) {
	p, err := h.Users.PreviewInvitation(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	out := &previewOutput{Body: InvitationPreview{
		InvitedBy: p.InvitedBy, Role: string(p.Role), Email: nullable(p.Email), Account: p.Account, ExpiresAt: wireTime(p.ExpiresAt),
	}}
	out.Body.Workspace.ID, out.Body.Workspace.Name = p.Workspace, p.Name
	return out, nil
}

func (h userHandlers) accept(ctx context.Context, in *secretInput) (*entityOutput[Workspace], error) {
	m, err := h.Users.AcceptInvitation(ctx, in.Token, callOf(ctx).Identity.User)
	if err != nil {
		return nil, err
	}
	return entityOf(workspaceOf(m), m.Workspace.Version, false), nil
}
