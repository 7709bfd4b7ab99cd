package api

import (
	"context"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/rung-app/rung/internal/text"
)

// Scope is what a token must be allowed for a route to let it through. Scopes do not include each other: a token that
// reads and writes has both. A signed-in session has all of them.
type Scope string

// The scopes. Public and Session are the route's own: nobody can be granted them.
const (
	Public  Scope = "public"  // no token is asked for, and one that is sent is not looked at
	Session Scope = "session" // a signed-in session; personal access tokens are refused
	Read    Scope = "read"
	Write   Scope = "write"
	Admin   Scope = "admin"
	Import  Scope = "import"
)

// maxBody is how many bytes of JSON a request may have.
const maxBody = 1 << 20

// Route is one line of the table.
type Route struct {
	Method  string
	Path    string // below Prefix, unless it begins with /.well-known
	Scope   Scope
	Summary string

	// Member says that the route is of a workspace, and that its caller has been found to be a member before the
	// handler runs. It is so for every path below /workspaces/{ws} unless the route is Outside.
	Member bool

	outside    bool
	tagged     bool
	streams    bool
	instance   bool
	cache      caching
	needs      string // a parameter in the query that the handler asks for, whatever its type says
	refuses    []int  // statuses that it may answer with beside those that all routes of its kind may
	upload     bool
	accepts    reflect.Type // of the form, with upload
	status     int
	doc        string
	name       string       // of the operation, if it is not the one that the path suggests
	output     reflect.Type // of the handler
	returns    reflect.Type
	returnType string
	describe   func(*API, *huma.Operation) // adds to what the document says; may be nil
	register   func(*API, *Route)
}

// option changes a route.
type option func(*Route)

// outside leaves finding out about the workspace to the handler.
func outside(r *Route) { r.outside = true }

// tagged says that the handler names what it answers by its version alone, and answers who has it already.
func tagged(r *Route) { r.tagged = true }

// streams says that an answer is passed on while it is made.
func streams(r *Route) { r.streams = true }

// instance lets only administrators of the whole installation through.
func instance(r *Route) { r.instance = true }

// cached keeps the route's pages: see pages.
func cached(r *Route) { r.cache = cacheAudience }

// cachedByDay keeps the route's pages, which depend on what day it is where they are read.
func cachedByDay(r *Route) { r.cache = cacheDay }

// cachedByUser keeps the route's pages, for each user her own.
func cachedByUser(r *Route) { r.cache = cacheUser }

// upload hands the body to the handler as it comes; the handler bounds its size.
func upload(r *Route) { r.upload = true }

// form documents the multipart form that a handler reads by itself.
func form[T any]() option {
	return func(r *Route) {
		upload(r)
		r.accepts = reflect.TypeFor[T]()
	}
}

// status names the success that the document tells of and that a handler without a Status field answers.
func status(code int) option { return func(r *Route) { r.status = code } }

// refuses names statuses of 400 and above that the handler may answer with and others of its kind do not.
func refuses(statuses ...int) option {
	return func(r *Route) { r.refuses = append(r.refuses, statuses...) }
}

// needs documents a parameter in the query that the handler refuses to do without.
func needs(parameter string) option { return func(r *Route) { r.needs = parameter } }

// doc adds a description.
func doc(text string) option { return func(r *Route) { r.doc = text } }

// returns documents the body of a handler that encodes by itself.
func returns[T any](contentType string) option {
	return func(r *Route) { r.returns, r.returnType = reflect.TypeFor[T](), contentType }
}

// on makes a route. The input's fields tell huma what to decode and check; an error that the handler returns becomes a
// problem document.
func on[I, O any](method, path string, scope Scope, summary string, handle func(context.Context, *I) (*O, error), options ...option) Route {
	r := Route{Method: method, Path: path, Scope: scope, Summary: summary, output: reflect.TypeFor[O]()}
	for _, o := range options {
		o(&r)
	}
	r.Member = strings.HasPrefix(path, "/workspaces/{ws}") && !r.outside
	r.register = func(a *API, r *Route) {
		huma.Register(a.huma, a.operation(r), func(ctx context.Context, in *I) (*O, error) {
			out, err := handle(ctx, in)
			if err != nil {
				return nil, a.problemOf(ctx, err)
			}
			return out, nil
		})
		if r.accepts != nil {
			a.documentForm(r)
		}
	}
	return r
}

// documentForm tells of a form once the route is registered: had huma known of a body before, it would read it all into
// memory.
func (a *API) documentForm(r *Route) {
	doc := a.huma.OpenAPI()
	doc.Paths[r.Path].Post.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"multipart/form-data": {Schema: doc.Components.Schemas.Schema(r.accepts, true, "")},
	}}
}

// operation is what huma is told of a route.
func (a *API) operation(r *Route) huma.Operation {
	op := huma.Operation{
		Method: r.Method, Path: r.Path, Summary: r.Summary, Description: r.doc, OperationID: operationID(r),
		DefaultStatus: r.status, MaxBodyBytes: maxBody + 1, BodyReadTimeout: -1, // readBody has seen to both
		Tags:      []string{tag(r.Path)},
		Metadata:  map[string]any{"route": r},
		Responses: map[string]*huma.Response{"default": a.problemResponse()},
	}
	if strings.HasPrefix(r.Path, "/.well-known") {
		op.Servers = []*huma.Server{{URL: a.BasePath + "/"}}
	}
	if r.Scope != Public {
		op.Security = []map[string][]string{{"bearer": {string(r.Scope)}}}
	}
	if r.returns != nil {
		content := map[string]*huma.MediaType{
			r.returnType: {Schema: a.huma.OpenAPI().Components.Schemas.Schema(r.returns, true, "")},
		}
		op.Responses["200"] = &huma.Response{Description: http.StatusText(http.StatusOK), Content: content}
		if r.status != 0 && r.status != http.StatusOK {
			op.Responses[strconv.Itoa(r.status)] = &huma.Response{Description: http.StatusText(r.status), Content: content}
		}
	}
	if r.upload {
		op.MaxBodyBytes = -1
	}
	if r.describe != nil {
		r.describe(a, &op)
	}
	return op
}

// tag is the chapter of the document in which a route stands.
func tag(path string) string {
	path = strings.TrimPrefix(path, "/workspaces/{ws}")
	if path == "" {
		return "workspaces"
	}
	first, _, _ := strings.Cut(path[1:], "/")
	return first
}

// adapter puts huma's operations behind what every request goes through.
type adapter struct{ a *API }

func (ad adapter) ServeHTTP(w http.ResponseWriter, r *http.Request) { ad.a.ServeHTTP(w, r) }

func (ad adapter) Handle(op *huma.Operation, handle func(huma.Context)) {
	a, route := ad.a, op.Metadata["route"].(*Route)
	pattern := op.Method + " " + Prefix + op.Path
	if strings.HasPrefix(op.Path, "/.well-known") {
		pattern = op.Method + " " + op.Path
	}
	run := func(w http.ResponseWriter, r *http.Request, c *Call) {
		c.response["Cache-Control"] = []string{"no-store"}
		if route.Member {
			c.setHead(c.Epoch, c.Seq)
			var err error
			if c.name, c.zone, err = a.People.Person(r.Context(), c.Identity.User); err != nil {
				a.Refuse(w, r, err)
				return
			}
		}
		err := checkQuery(r.URL.RawQuery)
		switch {
		case err != nil:
		case route.upload:
			var done func()
			if err = isPlain(r); err != nil {
				break
			}
			if done, err = a.uploads.begin(c.Identity.User); err == nil {
				defer done()
				err = waitForUpload(w, r)
			}
		case op.RequestBody != nil:
			err = readBody(w, r)
		}
		if err != nil {
			a.Refuse(w, r, err)
			return
		}
		ctx := withCall(r.Context(), c)
		if route.instance && a.Auth != nil {
			a.Auth.NoteAdmin(ctx, c.Identity.User, route.Method+" "+route.Path, route.Method == get)
		}
		handle(humago.NewContext(op, r.WithContext(ctx), w))
	}
	a.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		if text.Line(r.URL.Path) != "" {
			a.Refuse(w, r, errAddress())
			return
		}
		c := &Call{Route: route, request: r, response: w.Header(), now: a.Now()}
		if err := a.admit(c, r); err != nil {
			a.Refuse(w, r, err)
			return
		}
		if route.cache != cacheNone && a.pages.serve(a, w, r, c, run) {
			return
		}
		if route.conditional() {
			rec := &recorder{header: w.Header(), status: http.StatusOK}
			run(rec, r, c)
			rec.tag(w, r, route)
			return
		}
		run(w, r, c)
		if c.last != nil {
			c.last(w)
		}
	})
}

// makes documents a handler that answers 201 with what it made, or 200 if the same request had made it before.
func makes[T any]() option {
	return func(r *Route) {
		r.status = http.StatusCreated
		returns[T]("application/json")(r)
	}
}
