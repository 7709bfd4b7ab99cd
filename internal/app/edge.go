package app

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/api"
	"github.com/rung-app/rung/internal/gateway"
	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/users"
	"github.com/rung-app/rung/web"
)

// pageBytes is how much of what was answered is kept in memory, encoded, to be answered again.
const pageBytes = 32 << 20

// What a body may have at the edge: room for the largest file that can be imported, and for an attached one with the form
// around it. What a route takes is less, and its own affair.
const (
	maxOtherBody = 128 << 20
	maxForm      = 1 << 20
)

// openGateway puts the API in front of the domains, and the edge in front of the API.
func (a *App) openGateway(context.Context) error {
	a.metrics = newMetrics(a.Version, &a.handler, storageMetrics(&a.databases)...)
	base := basePath(a.Config.PublicURL)
	var err error
	a.api, err = api.New(api.Options{
		Audit:     a.auditLogs,
		Host:      a.host(a.Now()),
		Services:  api.Services{Auth: a.auth, Users: a.users, Tasks: a.tasks, Imports: a.imports},
		Version:   a.Version,
		PublicURL: a.Config.PublicURL,
		BasePath:  base,
		Origins:   a.Config.CORSOrigins,
		Verifier:  a.auth,
		Directory: standing{a.users, a.tasks},
		People:    persons{a.users},
		Checks:    []api.Check{{Name: "database", Ask: a.databases.ping}, {Name: "storage", Ask: a.databases.writable, Survives: true}},
		PageBytes: pageBytes,
		Streams:   a.Config.MaxStreams,
		OfOne:     a.Config.MaxUserStreams,
		Log:       a.Log,
		Now:       a.Now,
	})
	if err != nil {
		return err
	}
	a.metrics.registry.MustRegister(openStreams(a.api.OpenStreams))
	files, err := web.Files()
	if err != nil {
		return fmt.Errorf("open the web app: %w", err)
	}
	a.handler.next, err = gateway.New(gateway.Options{
		API:     a.api,
		Web:     files,
		Refuse:  a.api.Refuse,
		Secure:  a.Config.Secure(),
		Base:    base,
		Trusted: a.Config.TrustedProxies,
		Origins: a.Config.CORSOrigins,
		MaxBody: max(maxOtherBody, a.Config.MaxFile+maxForm),
		Rate:    a.Config.RequestsPerSecond,
		Observe: a.metrics.observe,
		Log:     a.Log,
		Now:     a.Now,
	})
	return err
}

// basePath is the path of the public address, "" for none.
func basePath(public string) string {
	u, err := url.Parse(public)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(u.EscapedPath(), "/")
}

// standing leads api into workspaces.
type standing struct {
	users *users.Service
	tasks *tasks.Service
}

// ResolveWorkspace gives the id behind an id or a slug.
func (s standing) ResolveWorkspace(ctx context.Context, idOrSlug string) (uuid.UUID, error) {
	return s.users.ResolveWorkspace(ctx, idOrSlug)
}

// Enter gives a member's standing, fault.NotFound for strangers.
func (s standing) Enter(ctx context.Context, ws, user uuid.UUID) (api.Presence, error) {
	access, head, err := s.tasks.Access(ctx, ws, user)
	if err != nil {
		return api.Presence{}, err
	}
	return api.Presence{Role: access.Role, Epoch: head.Epoch, Seq: head.Seq, Audience: access.Audience()}, nil
}

// Belongs refuses strangers.
func (s standing) Belongs(ctx context.Context, ws, user uuid.UUID) error {
	_, err := s.users.Member(ctx, ws, user)
	return err
}

// persons tells api of people.
type persons struct{ users *users.Service }

// Person gives a user's name and time zone.
func (p persons) Person(ctx context.Context, user uuid.UUID) (string, *time.Location, error) {
	return p.users.Profile(ctx, user)
}
