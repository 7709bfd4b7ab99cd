package api

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

type countInput struct {
	WS       string `path:"ws"`
	Status   string `query:"status"`
	Assignee string `query:"assignee"`
	Due      string `query:"due_before"`
}

// counter is a handler that answers how often it ran.
type counter struct {
	runs  atomic.Int64
	delay chan struct{}
	fail  atomic.Bool
	head  atomic.Int64 // the point that the answer is of, 0 for the caller's
}

func (n *counter) handle(ctx context.Context, _ *countInput) (*plainOutput, error) {
	if n.delay != nil {
		<-n.delay
	}
	run := n.runs.Add(1)
	if n.fail.Load() {
		return nil, fault.Conflict("broken", "It is broken.")
	}
	c := callOf(ctx)
	c.as = tasks.As{Role: c.Role, Audience: c.Audience}
	if n.head.Load() > 0 {
		c.setHead(c.Epoch, n.head.Load())
	}
	return answerText(fmt.Sprint("run ", run)), nil
}

func TestPagesAreKeptByAllThatTheyDependOn(t *testing.T) {
	h, ws, _ := town()
	ann := h.identities["ann"].User
	bob := h.identities["bob"].User
	stand := func(user uuid.UUID, epoch string, seq int64, audience string) {
		h.members[ws][user] = Presence{Role: "member", Epoch: epoch, Seq: seq, Audience: audience}
	}
	stand(ann, "e1", 7, "all")
	stand(bob, "e1", 7, "all")
	n := &counter{}
	a := newTestAPI(
		t, h,
		on(http.MethodGet, "/workspaces/{ws}/list", Read, "List", n.handle, cached),
		on(http.MethodGet, "/workspaces/{ws}/mine", Read, "Mine", n.handle, cachedByUser),
	)
	now := time.Date(2026, 1, 2, 23, 0, 0, 0, time.UTC)
	a.Now = func() time.Time { return now }
	srv := serveAPI(t, a)
	get := func(token, path string) answer {
		t.Helper()
		return ask(t, srv, "GET", Prefix+"/workspaces/acme"+path, "", "Authorization", "Bearer "+token)
	}
	expect := func(token, path, want string) {
		t.Helper()
		if got := get(token, path); got.status != 200 || got.body != want {
			t.Errorf("%s %s: %d %s, want %s", token, path, got.status, got.body, want)
		}
	}
	expect("ann", "/list", "run 1")
	expect("ann", "/list", "run 1")
	expect("bob", "/list", "run 1") // the same audience
	expect("ann", "/list?status=x", "run 2")
	expect("ann", "/list?assignee=me", "run 3")
	expect("bob", "/list?assignee=me", "run 4")
	expect("ann", "/list?assignee=me", "run 3")
	expect("ann", "/list?assignee=%6De", "run 5")
	expect("ann", "/mine", "run 6")
	expect("bob", "/mine", "run 7")
	expect("ann", "/list?due_before=2026-01-03", "run 8")
	now = now.Add(2 * time.Hour)
	expect("ann", "/list?due_before=2026-01-03", "run 9") // another day
	expect("ann", "/list", "run 1")                       // which that one does not ask for
	stand(bob, "e1", 7, "not-x")
	expect("bob", "/list", "run 10")
	stand(ann, "e1", 8, "all")
	expect("ann", "/list", "run 11")
	stand(ann, "e2", 8, "all")
	expect("ann", "/list", "run 12")

	first := get("ann", "/list")
	if first.header.Get("Rung-Seq") != "e2-8" || first.header.Get("Content-Length") != "6" || first.header.Get("Content-Type") != "text/plain" {
		t.Errorf("headers of a kept page: %v", first.header)
	}
	again := ask(t, srv, "GET", Prefix+"/workspaces/acme/list", "", "Authorization", "Bearer ann", "If-None-Match", `"other", `+first.header.Get("ETag"))
	if again.status != 304 || again.body != "" || again.header.Get("Rung-Seq") != "e2-8" || again.header.Get("ETag") != first.header.Get("ETag") {
		t.Errorf("%v", again)
	}
	if got := get("nobody", "/list"); got.status != 401 {
		t.Errorf("a kept page is given to nobody in particular: %v", got)
	}
	delete(h.members[ws], ann)
	if got := get("ann", "/list"); got.status != 404 {
		t.Errorf("a kept page is given to a stranger: %v", got)
	}
}

func TestRefusalsAndNewerAnswersAreNotKept(t *testing.T) {
	h, _, _ := town()
	n := &counter{}
	srv := serveRoutes(t, h, on(http.MethodGet, "/workspaces/{ws}/list", Read, "List", n.handle, cached))
	get := func() answer {
		return ask(t, srv, "GET", Prefix+"/workspaces/acme/list", "", "Authorization", "Bearer ann")
	}
	n.fail.Store(true)
	if got := get(); got.status != 409 || got.problem(t).Code != "broken" {
		t.Errorf("%v", got)
	}
	n.fail.Store(false)
	n.head.Store(9)
	for want := 2; want <= 3; want++ {
		if got := get(); got.body != fmt.Sprint("run ", want) || got.header.Get("Rung-Seq") != "e1-9" {
			t.Errorf("%v", got)
		}
	}
	n.head.Store(0)
	get()
	if got := get(); got.body != "run 4" {
		t.Errorf("%v", got)
	}
}

// Roles are kept elsewhere, so one may change at the same point of the history.
func TestAPageIsNotKeptForThoseWhoSeeLess(t *testing.T) {
	b := newBoard(t)
	_, secret := b.project(`{"name":"Secret","access":"private"}`)
	b.task(secret, "hush")
	role := func(to string) func() {
		return func() {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.roles[b.people["bob"]] = to
		}
	}
	for path, hidden := range map[string]string{"/tasks": "hush", "/projects": "Secret", "/tasks?assignee=none&tz=UTC": "hush"} {
		b.entered = role("admin") // in the moment between being let in and being answered
		if got := b.do("bob", "GET", path, "", 200); !strings.Contains(got.body, hidden) {
			t.Fatalf("%s: an admin is answered as a member: %s", path, got.body)
		}
		b.entered = nil
		role("member")()
		if got := b.do("bob", "GET", path, "", 200); strings.Contains(got.body, hidden) {
			t.Errorf("%s: a member is given an admin's page: %s", path, got.body)
		}
	}
}

func TestOneRequestFillsAPage(t *testing.T) {
	h, _, _ := town()
	n := &counter{delay: make(chan struct{})}
	srv := serveRoutes(t, h, on(http.MethodGet, "/workspaces/{ws}/list", Read, "List", n.handle, cached))
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if got := ask(t, srv, "GET", Prefix+"/workspaces/acme/list", "", "Authorization", "Bearer ann"); got.body != "run 1" {
				t.Errorf("%v", got)
			}
		})
	}
	close(n.delay)
	wg.Wait()
	if got := n.runs.Load(); got != 1 {
		t.Errorf("the handler ran %d times", got)
	}
}

func TestPagesAreCompressedForWhoTakesIt(t *testing.T) {
	h, _, _ := town()
	text := strings.Repeat("words and words ", 200)
	long := func(context.Context, *countInput) (*plainOutput, error) { return answerText(text), nil }
	srv := serveRoutes(t, h, on(http.MethodGet, "/workspaces/{ws}/list", Read, "List", long, cached))
	for accept, want := range map[string]string{
		"gzip": "gzip", "deflate, gzip, br": "gzip", "identity": "", "br": "", "gzip;q=0": "", "notgzip": "",
	} {
		for range 2 {
			got := ask(t, srv, "GET", Prefix+"/workspaces/acme/list", "", "Authorization", "Bearer ann", "Accept-Encoding", accept)
			if got.header.Get("Content-Encoding") != want || got.header.Get("Content-Length") != strconv.Itoa(len(got.body)) {
				t.Fatalf("%s: %v", accept, got.header)
			}
			body := []byte(got.body)
			if want == "gzip" {
				z, err := gzip.NewReader(strings.NewReader(got.body))
				if err != nil {
					t.Fatal(err)
				}
				if body, err = io.ReadAll(z); err != nil {
					t.Fatal(err)
				}
			}
			if string(body) != text {
				t.Errorf("%s: %d bytes", accept, len(body))
			}
		}
	}
}

// sink is a connection that takes an answer and keeps nothing.
type sink struct{ header http.Header }

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) WriteHeader(int)             {}
func (s *sink) Write(b []byte) (int, error) { return len(b), nil }

func TestAKeptPageCostsFewAllocations(t *testing.T) {
	a, req := warm(t)
	w := &sink{header: http.Header{}}
	got := testing.AllocsPerRun(100, func() {
		clear(w.header)
		a.ServeHTTP(w, req)
	})
	if got > 6 {
		t.Errorf("%v allocations", got)
	}
}

func BenchmarkKeptPage(b *testing.B) {
	a, req := warm(b)
	w := &sink{header: http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		clear(w.header)
		a.ServeHTTP(w, req)
	}
}

// warm gives an API that has a page in memory, and the request for it.
func warm(t testing.TB) (*API, *http.Request) {
	h, ws, _ := town()
	n := &counter{}
	a := newTestAPI(t, h, on(http.MethodGet, "/workspaces/{ws}/tasks", Read, "List", n.handle, cached))
	path := Prefix + "/workspaces/" + ws.String() + "/tasks?status=" + uuid.NewString()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer ann")
	w := &sink{header: http.Header{}}
	a.ServeHTTP(w, req)
	a.ServeHTTP(w, req)
	if n.runs.Load() != 1 {
		t.Fatal("the page was not kept")
	}
	return a, req
}
