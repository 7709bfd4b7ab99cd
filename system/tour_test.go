package system

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rung-app/rung/client"
	"github.com/rung-app/rung/internal/api/apitest"
)

const examplesFile = "../internal/api/examples.json"

// TestTour calls every operation of the API through the Go client, on a server of its own. What is asked and answered
// is compared with the document, and with the examples in it: they are what this tour has seen. EXAMPLES=write writes
// them again, as make generate does.
func TestTour(t *testing.T) {
	addr := freeAddress(t)
	srv := newServer(t, "", "RUNG_PUBLIC_URL=http://"+addr, "RUNG_LOG_LEVEL=debug")
	srv.addr = addr
	srv.start()
	rec := newRecorder(t, srv.base())
	tr := &tour{T: t, srv: srv, rec: rec}
	tr.run()
	srv.stop()

	for _, what := range rec.doc.Differences() {
		t.Error(what)
	}
	for _, id := range rec.doc.Untouched() {
		t.Errorf("the tour has not called %s: add a step to system/tour_steps_test.go", id)
	}
	got := rec.examples(t)
	if os.Getenv("EXAMPLES") == "write" {
		if err := os.WriteFile(filepath.FromSlash(examplesFile), got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(filepath.FromSlash(examplesFile))
	if err != nil {
		t.Fatal(err)
	}
	if line := firstDifference(want, got); line != "" {
		t.Errorf("the examples of the document are stale; run make generate. The first difference: %s", line)
	}
}

func firstDifference(want, got []byte) string {
	w, g := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	for i := range max(len(w), len(g)) {
		switch {
		case i >= len(w):
			return "nothing, now " + g[i]
		case i >= len(g):
			return w[i] + ", now nothing"
		case w[i] != g[i]:
			return w[i] + ", now " + g[i]
		}
	}
	return ""
}

// recorder passes requests on and takes down what is asked and answered.
type recorder struct {
	t    *testing.T
	base string
	doc  *apitest.Document
	next http.RoundTripper

	mu       sync.Mutex
	operated map[string]*recorded
	problems map[string]json.RawMessage
}

// recorded is the example of an operation.
type recorded struct {
	Parameters map[string]string          `json:"parameters,omitempty"`
	Request    json.RawMessage            `json:"request,omitempty"`
	Answers    map[string]json.RawMessage `json:"answers,omitempty"`
}

func newRecorder(t *testing.T, base string) *recorder {
	t.Helper()
	r := &recorder{t: t, base: base, next: http.DefaultTransport, operated: map[string]*recorded{}, problems: map[string]json.RawMessage{}}
	c, err := client.New(base)
	if err != nil {
		t.Fatal(err)
	}
	text, err := c.GetDocument(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if r.doc, err = apitest.Read(text); err != nil {
		t.Fatal(err)
	}
	return r
}

// as gives a client whose calls are recorded.
func (r *recorder) as(token string) *client.Client {
	r.t.Helper()
	c, err := client.New(r.base, client.WithToken(token), client.WithHTTP(&http.Client{Transport: r}), client.WithAttempts(1))
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

// RoundTrip answers a request by what the server answers.
func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	var sent []byte
	if req.Body != nil {
		sent, _ = io.ReadAll(req.Body)
		req = req.Clone(req.Context())
		req.Body = io.NopCloser(bytes.NewReader(sent))
	}
	resp, err := r.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	a := apitest.Answer{
		What: req.Method + " " + req.URL.Path, Method: req.Method, Path: strings.TrimPrefix(req.URL.Path, "/api/v1"),
		Status: resp.StatusCode, Header: resp.Header,
	}
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "text/event-stream") {
		r.doc.Compare(a)
		resp.Body = &tee{ReadCloser: resp.Body, done: func(text []byte) { r.keep(req, a, sent, asText(firstEvent(text))) }}
		return resp, nil
	}
	a.Body, err = io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(a.Body))
	r.doc.Compare(a)
	r.keep(req, a, sent, a.Body)
	return resp, nil
}

// keep takes the first call of an operation as its example; of an import, the last, which tells how it ended.
func (r *recorder) keep(req *http.Request, a apitest.Answer, sent, answered []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	status := strconv.Itoa(a.Status)
	id, parameters := r.doc.Operation(a.Method, a.Path)
	switch {
	case a.Status >= http.StatusBadRequest:
		if _, known := r.problems[status]; !known && id != "" {
			r.problems[status] = bytes.TrimSpace(answered)
		}
		return
	case id == "" || id == "get-document" || id == "get-docs":
		return
	}
	e := &recorded{Parameters: parameters, Answers: map[string]json.RawMessage{}}
	for name, values := range req.URL.Query() {
		e.Parameters[name] = values[0]
	}
	for _, name := range []string{"If-Match", "Rung-Base-Version", "If-None-Match", "Last-Event-ID"} {
		if value := req.Header.Get(name); value != "" {
			e.Parameters[name] = value
		}
	}
	if before := r.operated[id]; before != nil && id != "get-import" {
		return
	}
	if strings.HasPrefix(req.Header.Get("Content-Type"), "multipart/form-data") {
		sent = formExample(sent)
	}
	e.Request = bytes.TrimSpace(sent)
	if strings.HasPrefix(a.Header.Get("Content-Type"), "application/x-ndjson") {
		answered = asText(someLines(answered))
	}
	if len(answered) > 0 && id != "get-file" {
		e.Answers[status] = bytes.TrimSpace(answered)
	}
	r.operated[id] = e
}

// formExample shows a form as the object that its schema describes.
func formExample(sent []byte) []byte {
	fields := map[string]string{}
	for _, m := range regexp.MustCompile(`name="(\w+)"(; filename="[^"]*")?[^\n]*\r\n(?:Content-Type: [^\n]*\r\n)?\r\n([^\r]*)`).FindAllSubmatch(sent, -1) {
		fields[string(m[1])] = string(m[3])
		if len(m[2]) > 0 {
			fields[string(m[1])] = "…"
		}
	}
	b, _ := json.Marshal(fields)
	return b
}

func asText(text []byte) []byte {
	b, _ := json.Marshal(string(text))
	return b
}

// firstEvent is the beginning of a stream up to its first event.
func firstEvent(text []byte) []byte {
	parts := strings.SplitAfterN(string(text), "\n\n", 3)
	return []byte(strings.Join(parts[:min(len(parts), 2)], ""))
}

// someLines are those of a snapshot that are the first of their kind.
func someLines(text []byte) []byte {
	var out strings.Builder
	seen := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		var l struct{ Entity string }
		if json.Unmarshal([]byte(line), &l) == nil && !seen[l.Entity] {
			seen[l.Entity] = true
			out.WriteString(line)
		}
	}
	return []byte(out.String())
}

// tee takes down what is read of a body.
type tee struct {
	io.ReadCloser
	text []byte
	done func([]byte)
}

func (t *tee) Read(p []byte) (int, error) {
	n, err := t.ReadCloser.Read(p)
	t.text = append(t.text, p[:n]...)
	return n, err
}

func (t *tee) Close() error {
	t.done(t.text)
	return t.ReadCloser.Close()
}
