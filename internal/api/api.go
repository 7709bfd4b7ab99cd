// Package api is Rung's HTTP interface: the table of routes, their handlers, the one format of errors, and what every
// request goes through on its way: who asks, may her token do this, is she in the workspace.
//
// The domains hold all rules; a handler decodes, calls a service and encodes.
package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
)

// Prefix is the path below which the routes stand; those that the world expects elsewhere, such as /livez, do not.
const Prefix = "/api/v1"

// Verifier finds out who a bearer token speaks for. It must notice a revoked one within five seconds.
type Verifier interface {
	Verify(ctx context.Context, bearer string) (Identity, error)
	// StillValid asks the same of one that was verified before, as cheaply as every open stream may ask every second.
	StillValid(ctx context.Context, id Identity) error
}

// Directory leads into workspaces.
type Directory interface {
	// ResolveWorkspace gives the id of the workspace with this id or slug, fault.NotFound if there is none.
	ResolveWorkspace(ctx context.Context, idOrSlug string) (uuid.UUID, error)
	// Enter gives how a member stands in a workspace just now, fault.NotFound for whoever is not one.
	Enter(ctx context.Context, ws, user uuid.UUID) (Presence, error)
	// Belongs gives nothing, or what Enter would refuse with, as cheaply as every open stream may ask every second.
	Belongs(ctx context.Context, ws, user uuid.UUID) error
}

// Presence is a member's standing in a workspace as of one point of its history.
type Presence struct {
	Role     string
	Epoch    string
	Seq      int64
	Audience string // the same for members who see the same things
}

// People tells of users.
type People interface {
	// Person gives a user's name and the time zone in which she reads days. It is asked by every request below a
	// workspace that is not answered from memory.
	Person(ctx context.Context, user uuid.UUID) (name string, zone *time.Location, err error)
}

// Options are what an API is made of. Log, Now and Verifier must be set, Directory and People if a route below
// /workspaces/{ws} is served. Routes of a service that is absent are not served.
type Options struct {
	Services

	Version   string   // of the program, for the document
	PublicURL string   // where people reach Rung; empty if nobody has said
	BasePath  string   // the path of the public address, such as /rung; empty for none
	Origins   []string // of web apps that are served elsewhere
	Verifier  Verifier
	Directory Directory
	People    People
	Checks    []Check
	Audit     []audit.Log                // of every domain, for administrators
	Host      func(context.Context) Host // may be nil
	PageBytes int64                      // how many bytes of encoded pages to keep in memory; 0 keeps none
	Streams   int                        // how many live streams there may be, and
	OfOne     int                        // how many of them one user may have; 0 is what is usual
	Log       *slog.Logger
	Now       func() time.Time
}

// API serves the routes. Its handler is safe for concurrent use.
type API struct {
	Options
	mux     *http.ServeMux
	huma    huma.API
	routes  []Route
	pages   *pages
	snaps   *turns // snapshots that are under way
	live    *turns // streams
	uploads *turns
	spools  *spools
	drain   chan struct{}
	pulse   time.Duration // of streams

	detached *detached
}

// New builds the API from its table of routes.
func New(o Options) (*API, error) { return build(o, (*API).table) }

// exactNames makes huma refuse members whose names differ in case from those of the schema. Otherwise what decodes a body
// afterwards would take them, and two of them for one. Huma knows this setting for the whole process alone.
var exactNames = sync.OnceFunc(func() { huma.ValidateStrictCasing = true })

func build(o Options, table func(*API) []Route) (*API, error) {
	exactNames()
	a := &API{
		Options: o, mux: http.NewServeMux(), pages: newPages(o.PageBytes), snaps: newSnapshots(), drain: make(chan struct{}),
		pulse: pulseEvery, live: newStreams(o.Streams, o.OfOne), uploads: newUploads(), spools: &spools{most: spoolsMost},
		detached: newDetached(),
	}
	a.huma = huma.NewAPI(a.config(), adapter{a})
	a.routes = table(a)
	for i := range a.routes {
		a.routes[i].register(a, &a.routes[i])
	}
	if err := a.serveDocuments(); err != nil {
		return nil, fmt.Errorf("describe the API: %w", err)
	}
	a.serveHealth()
	a.mux.HandleFunc("/", a.unrouted)
	return a, nil
}

// ServeHTTP answers a request. What it knows of the client's address is the request's RemoteAddr, and the request id is
// that of the header X-Request-Id: whoever stands in front has made both trustworthy.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.mux.ServeHTTP(w, r) }

// Routes gives the table of what is served.
func (a *API) Routes() []Route { return a.routes }

// OpenStreams gives how many live streams there are.
func (a *API) OpenStreams() int { return a.live.underWay() }

// Drain makes readiness fail and tells open streams to connect again, elsewhere. It may be called once.
func (a *API) Drain() { close(a.drain) }

// Close ends what still goes on after its request has returned, and waits for that. No request may come any more.
func (a *API) Close() { a.detached.close() }

func (a *API) draining() bool {
	select {
	case <-a.drain:
		return true
	default:
		return false
	}
}

// methods are those that a route may have, HEAD being a part of GET.
func methods() []string {
	return []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
}

// unrouted answers for paths that no route has, and for routes that lack the method.
func (a *API) unrouted(w http.ResponseWriter, r *http.Request) {
	var allowed []string
	for _, m := range methods() {
		other := http.Request{Method: m, URL: r.URL, Host: r.Host}
		if _, pattern := a.mux.Handler(&other); pattern != "/" {
			allowed = append(allowed, m)
		}
	}
	if len(allowed) > 0 {
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		writeProblem(w, &Problem{
			Type: "about:blank", Title: http.StatusText(http.StatusMethodNotAllowed), Status: http.StatusMethodNotAllowed,
			Code: "method-not-allowed", Detail: "This path does not have that method; see the header Allow.", RequestID: requestID(r),
		})
		return
	}
	a.Refuse(w, r, errRoute())
}
