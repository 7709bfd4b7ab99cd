package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

type none struct{}

type plainOutput struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

func answerText(s string) *plainOutput {
	return &plainOutput{ContentType: "text/plain", Body: []byte(s)}
}

// where answers what the call knows of its caller.
func where(ctx context.Context, _ *none) (*plainOutput, error) {
	c := callOf(ctx)
	return answerText(fmt.Sprintf("%s %s %s", c.Identity.User, c.Workspace, c.Role)), nil
}

type inWorkspace struct {
	WS string `path:"ws"`
}

func whereIn(ctx context.Context, _ *inWorkspace) (*plainOutput, error) { return where(ctx, nil) }

// town is a house with two workspaces: ann owns one, bob is in neither.
func town() (h *house, ws, other uuid.UUID) {
	ws, other = uuid.New(), uuid.New()
	ann, bob := uuid.New(), uuid.New()
	session := func(u uuid.UUID) Identity { return Identity{User: u, Session: uuid.New()} }
	token := func(u uuid.UUID, scopes ...string) Identity {
		return Identity{User: u, Token: uuid.New(), Scopes: scopes}
	}
	admin := session(ann)
	admin.Admin = true
	elsewhere := token(ann, "read")
	elsewhere.Workspaces = []uuid.UUID{other}
	return &house{
		identities: map[string]Identity{
			"ann": session(ann), "bob": session(bob), "admin": admin,
			"ann-reads": token(ann, "read"), "ann-writes": token(ann, "write"), "ann-elsewhere": elsewhere,
		},
		slugs:   map[string]uuid.UUID{"acme": ws},
		members: map[uuid.UUID]map[uuid.UUID]Presence{ws: {ann: {Role: "owner", Epoch: "e1", Seq: 7, Audience: "all"}}},
	}, ws, other
}

func TestAdmission(t *testing.T) {
	h, ws, _ := town()
	srv := serveRoutes(t, h,
		on(http.MethodGet, "/public", Public, "Public", where),
		on(http.MethodGet, "/read", Read, "Read", where),
		on(http.MethodPost, "/write", Write, "Write", where),
		on(http.MethodGet, "/session", Session, "Session", where),
		on(http.MethodGet, "/instance", Read, "Instance", where, instance),
		on(http.MethodGet, "/workspaces/{ws}/in", Read, "In", whereIn),
		on(http.MethodGet, "/workspaces/{ws}/out", Read, "Out", whereIn, outside),
	)
	for _, tt := range []struct {
		method, path, token string
		status              int
		code                string
	}{
		{"GET", "/public", "", 200, ""},
		{"GET", "/public", "nonsense", 200, ""},
		{"GET", "/read", "", 401, "unauthenticated"},
		{"GET", "/read", "nonsense", 401, "invalid-token"},
		{"GET", "/read", "ann", 200, ""},
		{"GET", "/read", "ann-reads", 200, ""},
		{"GET", "/read", "ann-writes", 403, "insufficient-scope"},
		{"POST", "/write", "ann", 200, ""},
		{"POST", "/write", "ann-reads", 403, "insufficient-scope"},
		{"POST", "/write", "ann-writes", 200, ""},
		{"GET", "/session", "ann", 200, ""},
		{"GET", "/session", "ann-reads", 403, "session-required"},
		{"GET", "/instance", "ann", 403, "forbidden"},
		{"GET", "/instance", "admin", 200, ""},
		{"GET", "/workspaces/acme/in", "ann", 200, ""},
		{"GET", "/workspaces/" + ws.String() + "/in", "ann", 200, ""},
		{"GET", "/workspaces/acme/in", "ann-reads", 200, ""},
		{"GET", "/workspaces/acme/in", "ann-elsewhere", 404, "not-found"},
		{"GET", "/workspaces/acme/in", "bob", 404, "not-found"},
		{"GET", "/workspaces/acme/out", "bob", 200, ""},
		{"GET", "/workspaces/acme/in", "", 401, "unauthenticated"},
		{"GET", "/nowhere", "ann", 404, "no-such-route"},
		{"DELETE", "/read", "ann", 405, "method-not-allowed"},
	} {
		t.Run(tt.method+" "+tt.path+" "+tt.token, func(t *testing.T) {
			var headers []string
			if tt.token != "" {
				headers = []string{"Authorization", "Bearer " + tt.token}
			}
			got := ask(t, srv, tt.method, Prefix+tt.path, "", headers...)
			if got.status != tt.status {
				t.Fatalf("status %d: %s", got.status, got.body)
			}
			if tt.status != 200 && got.problem(t).Code != tt.code {
				t.Errorf("%s", got.body)
			}
			if seq := got.header.Get("Rung-Seq"); (seq == "e1-7") != (tt.status == 200 && strings.HasSuffix(tt.path, "/in")) {
				t.Errorf("Rung-Seq is %q", seq)
			}
			if (tt.status == 401) != (got.header.Get("WWW-Authenticate") != "") {
				t.Errorf("WWW-Authenticate is %q", got.header.Get("WWW-Authenticate"))
			}
		})
	}
	if got := ask(t, srv, "DELETE", Prefix+"/read", "").header["Allow"]; len(got) != 1 || got[0] != "GET, HEAD" {
		t.Errorf("Allow is %q", got)
	}
}

// A workspace that one is not in, one that a token is not for, and one that does not exist can't be told apart.
func TestHiddenWorkspace(t *testing.T) {
	h, ws, _ := town()
	srv := serveRoutes(t, h, on(http.MethodGet, "/workspaces/{ws}/in", Read, "In", whereIn))
	want := ask(t, srv, "GET", Prefix+"/workspaces/"+uuid.NewString()+"/in", "", "Authorization", "Bearer bob")
	for _, c := range []struct{ path, token string }{
		{ws.String(), "bob"}, {"acme", "bob"}, {"no-such-slug", "bob"}, {"acme", "ann-elsewhere"}, {ws.String(), "ann-elsewhere"},
	} {
		got := ask(t, srv, "GET", Prefix+"/workspaces/"+c.path+"/in", "", "Authorization", "Bearer "+c.token)
		want.header.Del("Date")
		got.header.Del("Date")
		if got.body != want.body || got.status != want.status || fmt.Sprint(got.header) != fmt.Sprint(want.header) {
			t.Errorf("%v: %v, a random id %v", c, got, want)
		}
	}
}

func TestErrorsOfHandlers(t *testing.T) {
	log := &strings.Builder{}
	give := func(err error) func(context.Context, *none) (*none, error) {
		return func(context.Context, *none) (*none, error) { return nil, err }
	}
	secret := errors.New("dial tcp s3cret")
	a := newTestAPI(
		t, &house{},
		on(http.MethodGet, "/unknown", Public, "x", give(fmt.Errorf("load: %w", secret))),
		on(http.MethodGet, "/down", Public, "x", give(fault.Unavailable(secret))),
		on(http.MethodGet, "/conflict", Public, "x", give(fmt.Errorf("change: %w", fault.Conflict("slug-taken", "It is taken.")))),
		on(http.MethodGet, "/slow", Public, "x", give(fault.TooMany(1500*time.Millisecond))),
		on(http.MethodGet, "/extra", Public, "x", give(&fault.Error{
			Kind: fault.KindStale, Code: "stale", Detail: "It changed.", Extra: map[string]any{"conflicts": []string{"title"}},
		})),
		on(http.MethodGet, "/fine", Public, "x", give(nil)),
	)
	a.Log = textLog(log)
	srv := serveAPI(t, a)
	for _, tt := range []struct {
		path, code, retry string
		status            int
	}{
		{"/unknown", "internal-error", "", 500},
		{"/down", "unavailable", "1", 503},
		{"/conflict", "slug-taken", "", 409},
		{"/slow", "too-many-requests", "2", 429},
		{"/extra", "stale", "", 412},
	} {
		got := ask(t, srv, "GET", Prefix+tt.path, "", "X-Request-Id", "r-"+tt.code)
		p := got.problem(t)
		if got.status != tt.status || p.Code != tt.code || got.header.Get("Retry-After") != tt.retry || strings.Contains(got.body, "s3cret") {
			t.Errorf("%s: %d %v %s", tt.path, got.status, got.header, got.body)
		}
		if limit := got.header.Get("RateLimit"); (tt.status == 429) != (limit == `"attempts";r=0;t=2`) {
			t.Errorf("%s: RateLimit is %s", tt.path, limit)
		}
	}
	if n := strings.Count(log.String(), "s3cret"); n != 2 || !strings.Contains(log.String(), "request_id=r-internal-error") {
		t.Errorf("the log has it %d times:\n%s", n, log)
	}
	if got := ask(t, srv, "GET", Prefix+"/fine", ""); got.status != 204 || got.body != "" {
		t.Errorf("%v", got)
	}
	if got := ask(t, srv, "GET", Prefix+"/extra", "").problem(t); fmt.Sprint(got.extra) != "map[conflicts:[title]]" {
		t.Errorf("the further members are %v", got.extra)
	}
}

func TestEveryKindHasAStatus(t *testing.T) {
	for k := fault.KindInternal + 1; k <= fault.KindMalformed; k++ {
		if got := statusOf(k); got == http.StatusInternalServerError {
			t.Errorf("kind %d has no status", k)
		}
	}
}

func TestCursors(t *testing.T) {
	type place struct {
		N int `json:"n"`
	}
	c, err := encodeCursor(place{7})
	if err != nil {
		t.Fatal(err)
	}
	if p, ok, err := decodeCursor[place](c); p.N != 7 || !ok || err != nil {
		t.Errorf("%v %v %v", p, ok, err)
	}
	if _, ok, err := decodeCursor[place](""); ok || err != nil {
		t.Errorf("no cursor: %v %v", ok, err)
	}
	for _, bad := range []string{"x", c + "!", c[:len(c)-2], "bnVsbCB7", "eyJuIjo3LCJtIjoxfQ"} {
		if _, _, err := decodeCursor[place](bad); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestSeqText(t *testing.T) {
	if e, n, ok := parseSeq(seqText("a-b", 12)); e != "a-b" || n != 12 || !ok {
		t.Errorf("%q %d %v", e, n, ok)
	}
	for _, bad := range []string{"", "-", "-1", "a", "a-", "a-+1", "a-x", "a-99999999999999999999"} {
		if e, n, ok := parseSeq(bad); ok {
			t.Errorf("%q is read as %q %d", bad, e, n)
		}
	}
}

func TestHealth(t *testing.T) {
	var broken error
	a := newTestAPI(t, &house{})
	a.Checks = []Check{{Name: "database", Ask: func(context.Context) error { return broken }}}
	srv := serveAPI(t, a)
	expect := func(path string, status int, body string) {
		t.Helper()
		if got := ask(t, srv, "GET", path, ""); got.status != status || strings.TrimSpace(got.body) != body {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
	expect("/livez", 200, `{"status":"ok"}`)
	expect("/readyz", 200, `{"status":"ok","checks":{"database":"ok"}}`)
	broken = errors.New("s3cret")
	expect("/readyz", 503, `{"status":"unavailable","checks":{"database":"down"}}`)
	broken = nil
	a.Drain()
	expect("/readyz", 503, `{"status":"draining","checks":{"database":"ok"}}`)
	expect("/livez", 200, `{"status":"ok"}`)
}
