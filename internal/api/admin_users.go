package api

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/tasks"
)

// AccountDoc is an account as the administrators of the installation see it.
type AccountDoc struct {
	ID        uuid.UUID  `json:"id"`
	Email     string     `json:"email"`
	Verified  bool       `json:"verified" doc:"Whether mail to the address was shown to arrive."`
	Admin     bool       `json:"admin" doc:"Whether she is an administrator of the installation."`
	Disabled  bool       `json:"disabled" doc:"Whether she is shut out."`
	CreatedAt tasks.Time `json:"created_at"`
}

func accountOf(a auth.Summary) AccountDoc {
	return AccountDoc{
		ID: a.ID, Email: a.Email, Verified: a.Verified, Admin: a.Admin, Disabled: a.Disabled, CreatedAt: wireTime(a.CreatedAt),
	}
}

type accountsInput struct {
	Page
	Q        string `query:"q" maxLength:"254" doc:"Only accounts with this in their address."`
	Admin    string `query:"admin" enum:"true,false" doc:"Only administrators of the installation, or only others."`
	Disabled string `query:"disabled" enum:"true,false" doc:"Only those who are shut out, or only others."`
}

// either reads a filter that may be absent.
func either(text string) *bool {
	if text == "" {
		return nil
	}
	is := text == "true"
	return &is
}

func (h authHandlers) accounts(ctx context.Context, in *accountsInput) (*listOutput[AccountDoc], error) {
	after, _, err := decodeCursor[uuid.UUID](in.Cursor)
	if err != nil {
		return nil, err
	}
	list, err := h.Auth.Search(ctx, auth.Search{
		Text: in.Q, Admin: either(in.Admin), Disabled: either(in.Disabled), After: after, Limit: in.Limit + 1,
	})
	if err != nil {
		return nil, err
	}
	next := ""
	if more := len(list) > in.Limit; more {
		list = list[:in.Limit]
		if next, err = idCursor(list[in.Limit-1].ID, more); err != nil {
			return nil, err
		}
	}
	items := make([]AccountDoc, len(list))
	for i, a := range list {
		items[i] = accountOf(a)
	}
	return listOf(items, next), nil
}

type accountInput struct {
	User uuid.UUID `path:"user"`
}

func (h authHandlers) account(ctx context.Context, in *accountInput) (*entityOutput[AccountDoc], error) {
	a, err := h.Auth.Get(ctx, in.User)
	if err != nil {
		return nil, err
	}
	return entityOf(accountOf(a), 0, false), nil
}

type patchAccountInput struct {
	User uuid.UUID `path:"user"`
	Body struct {
		Admin    Optional[bool] `json:"admin,omitzero"`
		Disabled Optional[bool] `json:"disabled,omitzero"`
	} `contentType:"application/merge-patch+json"`
}

func (h authHandlers) patchAccount(ctx context.Context, in *patchAccountInput) (*entityOutput[AccountDoc], error) {
	a, err := h.Auth.Administer(ctx, callOf(ctx).Identity, in.User, auth.Change{
		Admin: in.Body.Admin.pointer(), Disabled: in.Body.Disabled.pointer(),
	})
	if err != nil {
		return nil, err
	}
	return entityOf(accountOf(a), 0, false), nil
}

func (h authHandlers) deleteAccount(ctx context.Context, in *accountInput) (*struct{}, error) {
	return nil, h.Auth.Remove(ctx, callOf(ctx).Identity, in.User)
}

func (h authHandlers) endSessions(ctx context.Context, in *accountInput) (*struct{}, error) {
	return nil, h.Auth.EndSessions(ctx, callOf(ctx).Identity, in.User)
}

const leaveDoc = "At once nobody gets in by the account any more, and its address is free. Workspaces that nobody else is in are " +
	"deleted. In the others she is called \"Former member\" from then on, in what was written before too, within minutes; tasks stay " +
	"assigned to her. Refused with sole-owner while others work in a workspace that she alone owns, and with last-administrator to the " +
	"last administrator of the installation."

type leaveInput struct {
	Body *struct {
		Password string `json:"password,omitempty" doc:"Needed if she has signed in more than ten minutes ago."`
	}
}

// leave deletes the caller's own account.
func (h authHandlers) leave(ctx context.Context, in *leaveInput) (*struct{}, error) {
	c := callOf(ctx)
	password := ""
	if in.Body != nil {
		password = in.Body.Password
	}
	if err := h.Auth.Leave(ctx, c.Identity, password, c.client()); err != nil {
		return nil, err
	}
	h.cookies.clear(c)
	return nil, nil
}
