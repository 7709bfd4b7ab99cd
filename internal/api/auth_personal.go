package api

import (
	"bytes"
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/tasks"
)

// SessionDoc is one browser or app that somebody is signed in with.
type SessionDoc struct {
	ID         uuid.UUID  `json:"id"`
	Current    bool       `json:"current" doc:"Whether it is the one that asks."`
	Agent      string     `json:"agent" doc:"What the browser or app calls itself."`
	Address    *string    `json:"address" doc:"The network address that it was last refreshed from."`
	CreatedAt  tasks.Time `json:"created_at"`
	LastSeenAt tasks.Time `json:"last_seen_at" doc:"When it was last refreshed."`
	ExpiresAt  tasks.Time `json:"expires_at" doc:"When it ends if it is not refreshed."`
}

func (h authHandlers) sessions(ctx context.Context, in *Page) (*listOutput[SessionDoc], error) {
	id := callOf(ctx).Identity
	all, err := h.Auth.Sessions(ctx, id)
	if err != nil {
		return nil, err
	}
	page, next, err := newestPage(all, *in, func(s auth.Session) uuid.UUID { return s.ID })
	if err != nil {
		return nil, err
	}
	items := make([]SessionDoc, len(page))
	for i, s := range page {
		items[i] = SessionDoc{
			ID: s.ID, Current: s.ID == id.Session, Agent: s.Agent, Address: nullable(s.Address),
			CreatedAt: wireTime(s.CreatedAt), LastSeenAt: wireTime(s.SeenAt), ExpiresAt: wireTime(s.ExpiresAt),
		}
	}
	return listOf(items, next), nil
}

// newestPage cuts a page out of a whole list that is in the order of ids, the greatest first.
func newestPage[T any](all []T, p Page, id func(T) uuid.UUID) (page []T, next string, err error) {
	after, ok, err := decodeCursor[uuid.UUID](p.Cursor)
	if err != nil {
		return nil, "", err
	}
	for _, item := range all {
		if at := id(item); ok && bytes.Compare(at[:], after[:]) >= 0 {
			continue
		}
		if len(page) == p.Limit {
			next, err = encodeCursor(id(page[len(page)-1]))
			return page, next, err
		}
		page = append(page, item)
	}
	return page, "", nil
}

type credentialInput struct {
	ID uuid.UUID `path:"id"`
}

func (h authHandlers) endSession(ctx context.Context, in *credentialInput) (*struct{}, error) {
	return nil, h.Auth.EndSession(ctx, callOf(ctx).Identity, in.ID)
}

// PersonalToken is a personal access token.
type PersonalToken struct {
	ID         uuid.UUID   `json:"id"`
	Name       string      `json:"name"`
	Scopes     []string    `json:"scopes" nullable:"false" enum:"read,write,admin,import" doc:"What it may be used for; none includes another."`
	Workspaces []uuid.UUID `json:"workspaces" nullable:"false" doc:"The only ones that it is for; empty for all."`
	Token      *string     `json:"token,omitempty" doc:"The secret. Shown once, when it is made."`
	CreatedAt  tasks.Time  `json:"created_at"`
	ExpiresAt  *tasks.Time `json:"expires_at" doc:"Null for never."`
	LastUsedAt *tasks.Time `json:"last_used_at" doc:"To the minute or so; null for never."`
}

func personalTokenOf(t auth.Token) PersonalToken {
	out := PersonalToken{
		ID: t.ID, Name: t.Name, Scopes: t.Scopes, Workspaces: t.Workspaces, CreatedAt: wireTime(t.CreatedAt),
		ExpiresAt: nullableTime(t.ExpiresAt), LastUsedAt: nullableTime(t.UsedAt),
	}
	if out.Workspaces == nil {
		out.Workspaces = []uuid.UUID{}
	}
	return out
}

// nullableTime is how the wire has a time that may be missing.
func nullableTime(t time.Time) *tasks.Time {
	if t.IsZero() {
		return nil
	}
	w := wireTime(t)
	return &w
}

func (h authHandlers) tokens(ctx context.Context, in *Page) (*listOutput[PersonalToken], error) {
	all, err := h.Auth.Tokens(ctx, callOf(ctx).Identity)
	if err != nil {
		return nil, err
	}
	page, next, err := newestPage(all, *in, func(t auth.Token) uuid.UUID { return t.ID })
	if err != nil {
		return nil, err
	}
	items := make([]PersonalToken, len(page))
	for i, t := range page {
		items[i] = personalTokenOf(t)
	}
	return listOf(items, next), nil
}

type createTokenInput struct {
	Body struct {
		ID         uuid.UUID   `json:"id,omitzero" doc:"Chosen by the client. Asking again does not show the secret again."`
		Name       string      `json:"name"`
		Scopes     []string    `json:"scopes" nullable:"false" enum:"read,write,admin,import"`
		Workspaces []uuid.UUID `json:"workspaces,omitempty" nullable:"false" doc:"The only ones that it is for; none for all."`
		ExpiresAt  *time.Time  `json:"expires_at,omitempty" nullable:"true" doc:"Null for never."`
	}
}

func (h authHandlers) createToken(ctx context.Context, in *createTokenInput) (*entityOutput[PersonalToken], error) {
	b := in.Body
	n := auth.NewToken{ID: b.ID, Name: b.Name, Scopes: b.Scopes, Workspaces: b.Workspaces}
	if b.ExpiresAt != nil {
		n.Expires = *b.ExpiresAt
	}
	t, secret, err := h.Auth.CreateToken(ctx, callOf(ctx).Identity, n)
	if err != nil {
		return nil, err
	}
	out := personalTokenOf(t)
	out.Token = nullable(secret)
	return entityOf(out, 0, secret != ""), nil
}

func (h authHandlers) deleteToken(ctx context.Context, in *credentialInput) (*struct{}, error) {
	return nil, h.Auth.DeleteToken(ctx, callOf(ctx).Identity, in.ID)
}
