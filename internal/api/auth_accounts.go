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

func (h authHandlers) accounts(ctx context.Context, in *Page) (*listOutput[AccountDoc], error) {
	after, _, err := decodeCursor[uuid.UUID](in.Cursor)
	if err != nil {
		return nil, err
	}
	list, err := h.Auth.List(ctx, after, in.Limit+1)
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
