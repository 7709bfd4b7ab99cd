package api

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// house is a small API over an in-memory world: tokens are names, workspaces have members.
type house struct {
	identities map[string]Identity
	slugs      map[string]uuid.UUID
	members    map[uuid.UUID]map[uuid.UUID]Presence
}

func (h *house) Verify(_ context.Context, bearer string) (Identity, error) {
	if id, ok := h.identities[bearer]; ok {
		return id, nil
	}
	return Identity{}, fault.Unauthenticated("invalid-token", "This token is not valid any more.")
}

func (h *house) ResolveWorkspace(_ context.Context, s string) (uuid.UUID, error) {
	if id, ok := h.slugs[s]; ok {
		return id, nil
	}
	if id, err := uuid.Parse(s); err == nil {
		return id, nil
	}
	return uuid.Nil, fault.NotFound()
}

func (h *house) Belongs(ctx context.Context, ws, user uuid.UUID) error {
	_, err := h.Enter(ctx, ws, user)
	return err
}

func (h *house) Enter(_ context.Context, ws, user uuid.UUID) (Presence, error) {
	if p, ok := h.members[ws][user]; ok {
		return p, nil
	}
	return Presence{}, fault.NotFound()
}

func (h *house) StillValid(_ context.Context, id Identity) error {
	for _, known := range h.identities {
		if known.User == id.User {
			return nil
		}
	}
	return fault.Unauthenticated("invalid-token", "This token is not valid any more.")
}

func (h *house) Person(context.Context, uuid.UUID) (string, *time.Location, error) {
	return "Ann", time.UTC, nil
}

// serveRoutes runs an API of the given routes alone.
func serveRoutes(t *testing.T, h *house, routes ...Route) *httptest.Server {
	t.Helper()
	return serveAPI(t, newTestAPI(t, h, routes...))
}

func serveAPI(t *testing.T, a *API) *httptest.Server {
	t.Helper()
	t.Cleanup(a.Close)
	srv := httptest.NewServer(compared(t, a))
	t.Cleanup(srv.Close)
	return srv
}

func textLog(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }

func newTestAPI(t testing.TB, h *house, routes ...Route) *API {
	t.Helper()
	a, err := build(Options{
		Version: "test", Verifier: h, Directory: h, People: h, PageBytes: 1 << 20, Now: time.Now,
		Log: textLog(t.Output()),
	}, func(*API) []Route { return routes })
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// answer is what a test looks at.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) problem(t *testing.T) Problem {
	t.Helper()
	var p Problem
	if got := a.header.Get("Content-Type"); got != problemType {
		t.Fatalf("content type %q of %d: %s", got, a.status, a.body)
	}
	if err := json.Unmarshal([]byte(a.body), &p); err != nil {
		t.Fatalf("%v: %s", err, a.body)
	}
	if p.Status != a.status {
		t.Errorf("the problem says %d, the answer %d", p.Status, a.status)
	}
	return p
}

// ask sends a request; headers are pairs.
func ask(t *testing.T, srv *httptest.Server, method, path, body string, headers ...string) answer {
	t.Helper()
	var rd io.Reader
	if body != "" {
		rd = strings.NewReader(body)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, srv.URL+path, rd)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := srv.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(b)}
}

type thing struct {
	ID    uuid.UUID         `json:"id"`
	Title string            `json:"title" minLength:"1" maxLength:"20"`
	Note  Optional[*string] `json:"note,omitzero"`
	Name  Optional[string]  `json:"name,omitzero" maxLength:"5"`
	Inner []Inner           `json:"inner,omitempty"`
	Next  *Inner            `json:"next" required:"false"`
}

type Inner struct {
	Count int `json:"count" minimum:"1"`
}

type thingInput struct {
	ID string `path:"id" format:"uuid"`
	Page
	Body thing
}

type thingOutput struct{ Body thing }

func echo(_ context.Context, in *thingInput) (*thingOutput, error) {
	return &thingOutput{Body: in.Body}, nil
}

func TestRefusedInput(t *testing.T) {
	srv := serveRoutes(t, &house{}, on(http.MethodPut, "/things/{id}", Public, "Put", echo))
	id := uuid.NewString()
	good := `{"id":"` + id + `","title":"A"}`
	for _, tt := range []struct {
		name, path, body, contentType string
		status                        int
		code, fields                  string
	}{
		{"good", "/things/" + id, good, "", 200, "", ""},
		{"with a charset", "/things/" + id, good, "application/json; charset=UTF-8", 200, "", ""},
		{"unknown field", "/things/" + id, `{"id":"` + id + `","title":"A","colour":"s3cret"}`, "", 422, "invalid", "colour is not a field that can be sent"},
		{"field in other letters", "/things/" + id, `{"id":"` + id + `","title":"A","Note":"s3cret"}`, "", 422, "invalid", "Note is not a field that can be sent"},
		{"field twice", "/things/" + id, `{"id":"` + id + `","title":"A","title":"s3cret"}`, "", 400, "duplicate-member", ""},
		{"too deep", "/things/" + id, `{"id":` + strings.Repeat("[", 65) + strings.Repeat("]", 65) + `}`, "", 400, "body-too-deep", ""},
		{"half a pair", "/things/" + id, `{"id":"` + id + `","title":"s3cret\ud800"}`, "", 400, "malformed-body", ""},
		{"a mark in front", "/things/" + id, "\ufeff" + good, "", 400, "malformed-body", ""},
		{"more behind", "/things/" + id, good + "{}", "", 400, "malformed-body", ""},
		{"number out of range", "/things/" + id, `{"id":"` + id + `","title":1e400}`, "", 400, "number-out-of-range", ""},
		{"a parameter twice", "/things/" + id + "?limit=1&limit=2", good, "", 422, "invalid", "limit must be given once, with commas between several values"},
		{"a parameter cut off", "/things/" + id + "?limit=1&cursor=%zz", good, "", 400, "malformed-address", ""},
		{"a semicolon", "/things/" + id + "?limit=1;cursor=a", good, "", 400, "malformed-address", ""},
		{"NUL in a parameter", "/things/" + id + "?cursor=%00", good, "", 400, "malformed-address", ""},
		{"no UTF-8 in a parameter", "/things/" + id + "?cursor=%ff", good, "", 400, "malformed-address", ""},
		{"NUL in the path", "/things/" + id + "%00", good, "", 400, "malformed-address", ""},
		{"no UTF-8 in the path", "/things/%ff", good, "", 400, "malformed-address", ""},
		{"many parameters", "/things/" + id + "?" + strings.Repeat("a&", 5000), good, "", 422, "invalid", "a must be given once, with commas between several values"},
		{"a long query", "/things/" + id + "?cursor=" + strings.Repeat("a", 70_000), good, "", 400, "malformed-address", ""},
		{"missing field", "/things/" + id, `{"title":"A"}`, "", 422, "invalid", "id is required"},
		{"too long", "/things/" + id, `{"id":"` + id + `","title":"s3crets3crets3crets3cret"}`, "", 422, "invalid", "title must have at most this many characters: 20"},
		{"wrong type", "/things/" + id, `{"id":"` + id + `","title":77}`, "", 422, "invalid", "title must be a string"},
		{"in a list", "/things/" + id, `{"id":"` + id + `","title":"A","inner":[{"count":1},{"count":0}]}`, "", 422, "invalid", "inner[1].count must be at least 1"},
		{"missing in a list", "/things/" + id, `{"id":"` + id + `","title":"A","inner":[{}]}`, "", 422, "invalid", "inner[0].count is required"},
		{"bad id", "/things/" + id, `{"id":"s3cret","title":"A"}`, "", 422, "invalid", "id must be a UUID"},
		{"bad id in the path", "/things/s3cret", good, "", 422, "invalid", "id must be a UUID"},
		{"null that clears", "/things/" + id, `{"id":"` + id + `","title":"A","note":null}`, "", 200, "", ""},
		{"null that does not", "/things/" + id, `{"id":"` + id + `","title":"A","name":null}`, "", 422, "invalid", "name must not be null"},
		{"rules of an optional field", "/things/" + id, `{"id":"` + id + `","title":"A","name":"s3cret"}`, "", 422, "invalid", "name must have at most this many characters: 5"},
		{"limit of no number", "/things/" + id + "?limit=s3cret", good, "", 422, "invalid", "limit is not an integer"},
		{"limit too high", "/things/" + id + "?limit=500", good, "", 422, "invalid", "limit must be at most 200"},
		{"unknown parameter", "/things/" + id + "?s3cret=1", good, "", 422, "invalid", "s3cret is not a parameter of this request"},
		{"cut off", "/things/" + id, `{"id":"s3cret`, "", 400, "malformed-body", ""},
		{"not UTF-8", "/things/" + id, "{\"id\":\"" + id + "\",\"title\":\"\xff\"}", "", 400, "malformed-body", ""},
		{"a list", "/things/" + id, `["s3cret"]`, "", 422, "invalid", "body must be an object"},
		{"no body", "/things/" + id, "", "", 400, "malformed-body", ""},
		{"form", "/things/" + id, "a=s3cret", "application/x-www-form-urlencoded", 415, "unsupported-media-type", ""},
		{"other charset", "/things/" + id, good, "application/json; charset=latin1", 415, "unsupported-media-type", ""},
		{"merge patch elsewhere", "/things/" + id, good, "application/merge-patch+json", 415, "unsupported-media-type", ""},
		{"too large", "/things/" + id, `{"id":"` + strings.Repeat("s3cret", maxBody/6+1), "", 413, "too-large", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ask(t, srv, "PUT", Prefix+tt.path, tt.body, "Content-Type", tt.contentType, "X-Request-Id", "r1")
			if got.status != tt.status {
				t.Fatalf("status %d: %s", got.status, got.body)
			}
			if tt.status == 200 {
				return
			}
			p := got.problem(t)
			var fields []string
			for _, f := range p.Errors {
				fields = append(fields, f.Field+" "+f.Message)
			}
			if p.Code != tt.code || strings.Join(fields, "; ") != tt.fields || p.RequestID != "r1" {
				t.Errorf("%s", got.body)
			}
			if strings.Contains(got.body, "s3cret") && !strings.Contains(tt.path, "?s3cret") {
				t.Errorf("echoes what was sent: %s", got.body)
			}
		})
	}
}
