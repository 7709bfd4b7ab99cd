package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/users"
)

// userHandlers are the routes of people, their workspaces, members and invitations.
type userHandlers struct{ *API }

// entityOutput is one thing with its version. Status is 200 unless it says otherwise.
type entityOutput[T any] struct {
	Status int
	ETag   string `header:"ETag" doc:"The version of what is answered."`
	Body   T
}

func entityOf[T any](body T, version int64, created bool) *entityOutput[T] {
	out := &entityOutput[T]{Status: http.StatusOK, Body: body}
	if version > 0 {
		out.ETag = `"` + strconv.FormatInt(version, 10) + `"`
	}
	if created {
		out.Status = http.StatusCreated
	}
	return out
}

// seen tells the domain of users what the caller has seen.
func (c ConditionInput) seen() (users.Seen, error) {
	cond, err := c.condition()
	return users.Seen{Match: cond.Match, Base: cond.Base}, err
}

// wireTime writes a time as all others are written.
func wireTime(t time.Time) tasks.Time { return tasks.Time(t) }

// nullable is how the wire has a text that may be missing.
func nullable(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// idPage is a page of a list that is ordered by ids.
func (p Page) idPage() (users.Page, error) {
	after, _, err := decodeCursor[uuid.UUID](p.Cursor)
	return users.Page{After: after, Limit: p.Limit}, err
}

// idCursor is the cursor behind the last item, "" if there are no more.
func idCursor(last uuid.UUID, more bool) (string, error) {
	if !more {
		return "", nil
	}
	return encodeCursor(last)
}

// Me is a person as she sees herself.
type Me struct {
	ID        uuid.UUID         `json:"id"`
	Email     string            `json:"email"`
	Name      string            `json:"name"`
	Locale    string            `json:"locale" doc:"A language tag (BCP 47)."`
	Timezone  string            `json:"timezone" doc:"An IANA time zone."`
	Theme     string            `json:"theme" enum:"light,dark,system"`
	Notify    map[string]bool   `json:"notify" nullable:"false" doc:"What she wants to be told, by the name of the occasion."`
	Settings  map[string]string `json:"settings" nullable:"false" doc:"What programs remember for her, such as the web app the order of her projects: texts by name."`
	Admin     bool              `json:"admin" doc:"Whether she is an administrator of this installation."`
	Workspace uuid.UUID         `json:"workspace" doc:"The workspace that was made with her account."`
	Usage     MyUsage           `json:"usage"`
	Limits    MyLimits          `json:"limits"`
	Version   int64             `json:"version"`
	CreatedAt tasks.Time        `json:"created_at"`
	UpdatedAt tasks.Time        `json:"updated_at"`
}

// MyUsage is how much a person has.
type MyUsage struct {
	Workspaces int `json:"workspaces" doc:"How many workspaces she owns, the one that was made with her account among them."`
}

// MyLimits is how much a person may have.
type MyLimits struct {
	Workspaces int `json:"workspaces" doc:"How many workspaces she may own."`
}

func (h userHandlers) meOf(ctx context.Context, p users.Person) (*entityOutput[Me], error) {
	owned, err := h.Users.Owned(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	return entityOf(Me{
		ID: p.ID, Email: p.Email, Name: p.Name, Locale: p.Locale, Timezone: p.Timezone, Theme: p.Theme, Notify: p.Notify, Settings: p.Settings,
		Admin: callOf(ctx).Identity.Admin, Workspace: p.Home, Usage: MyUsage{Workspaces: owned}, Limits: MyLimits{Workspaces: h.Users.Limits().Workspaces},
		Version: p.Version, CreatedAt: wireTime(p.CreatedAt), UpdatedAt: wireTime(p.UpdatedAt),
	}, p.Version, false), nil
}

func (h userHandlers) me(ctx context.Context, _ *struct{}) (*entityOutput[Me], error) {
	p, err := h.Users.Person(ctx, callOf(ctx).Identity.User)
	if err != nil {
		return nil, err
	}
	return h.meOf(ctx, p)
}

type patchMeInput struct {
	ConditionInput
	Body struct {
		Name     Optional[string]   `json:"name,omitzero"`
		Locale   Optional[string]   `json:"locale,omitzero"`
		Timezone Optional[string]   `json:"timezone,omitzero"`
		Theme    Optional[string]   `json:"theme,omitzero" enum:"light,dark,system"`
		Notify   map[string]*bool   `json:"notify,omitempty" doc:"Settings to change; null takes one out."`
		Settings map[string]*string `json:"settings,omitempty" doc:"What to remember, 16 KiB in all; null takes one out."`
	} `contentType:"application/merge-patch+json"`
}

// patchMe is not for tokens of certain workspaces: what a person is called is told to all of hers.
func (h userHandlers) patchMe(ctx context.Context, in *patchMeInput) (*entityOutput[Me], error) {
	if err := unbound(ctx); err != nil {
		return nil, err
	}
	seen, err := in.seen()
	if err != nil {
		return nil, err
	}
	b := in.Body
	p, err := h.Users.PatchPerson(ctx, callOf(ctx).Identity.User, users.PersonPatch{
		Name: b.Name.pointer(), Locale: b.Locale.pointer(), Timezone: b.Timezone.pointer(), Theme: b.Theme.pointer(), Notify: b.Notify, Settings: b.Settings,
	}, seen)
	if err != nil {
		return nil, err
	}
	return h.meOf(ctx, p)
}

// pointer is nil if the field was not sent.
func (o Optional[T]) pointer() *T {
	if !o.Set {
		return nil
	}
	return &o.Value
}

// moved has the answer name the point of the history to which a change of members has led. Whoever is out has none.
func (h userHandlers) moved(ctx context.Context) {
	c := callOf(ctx)
	if p, err := h.Directory.Enter(ctx, c.Workspace, c.Identity.User); err == nil {
		c.setHead(p.Epoch, p.Seq)
	}
}

// unbound refuses tokens that are for certain workspaces only what reaches beyond them.
func unbound(ctx context.Context) error {
	if len(callOf(ctx).Identity.Workspaces) > 0 {
		return fault.New(fault.KindForbidden, "insufficient-scope", "This token is for certain workspaces only.")
	}
	return nil
}
