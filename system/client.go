package system

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"
)

// object is a JSON object, as it is sent and as it comes.
type object = map[string]any

// person is somebody who talks to the server: a token, and what she is called.
type person struct {
	s     *story
	name  string
	email string
	id    string
	home  string // her own workspace
	token string
	jar   string // the refresh cookie, as it is sent
}

// as is the same person with another token.
func (p *person) as(token string) *person {
	other := *p
	other.token = token
	return &other
}

// ask is one request that is being put together.
type ask struct {
	p      *person
	method string
	path   string
	header http.Header
	body   []byte
}

func (p *person) ask(method, path string, body any) *ask {
	p.s.Helper()
	a := &ask{p: p, method: method, path: path, header: http.Header{}}
	switch b := body.(type) {
	case nil:
	case []byte:
		a.body = b
	default:
		text, err := json.Marshal(b)
		if err != nil {
			p.s.Fatal(err)
		}
		a.body = text
		a.header.Set("Content-Type", "application/json")
		if method == http.MethodPatch {
			a.header.Set("Content-Type", "application/merge-patch+json")
		}
	}
	return a
}

// with adds a header.
func (a *ask) with(name, value string) *ask {
	a.header.Set(name, value)
	return a
}

// send gives the answer, whatever its status.
func (a *ask) send() *answer {
	a.p.s.Helper()
	got, err := a.do()
	if err != nil {
		a.p.s.Fatalf("%s: %s %s gets no answer: %v", a.p.name, a.method, a.path, err)
	}
	a.p.s.compared(a.method, a.path, got.status, got.header, got.body)
	return got
}

// is sends and expects a status.
func (a *ask) is(status int) *answer {
	a.p.s.Helper()
	return a.send().is(status)
}

// do gives the answer. It never ends the test, so it may run beside it.
func (a *ask) do() (*answer, error) {
	resp, err := a.open()
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	return &answer{s: a.p.s, what: a.p.name + ": " + a.method + " " + a.path, status: resp.StatusCode, header: resp.Header, body: body}, nil
}

// quietly is a request to a server that may go away; the status is 0 then.
func (p *person) quietly(method, path string, body any) (status int, a *answer) {
	a, err := p.ask(method, path, body).do()
	if err != nil {
		return 0, nil
	}
	return a.status, a
}

func (a *ask) open() (*http.Response, error) {
	url := a.path
	if !strings.Contains(url, "://") {
		prefix := a.p.s.env.BaseURL
		if !strings.HasPrefix(url, "/livez") && !strings.HasPrefix(url, "/readyz") && !strings.HasPrefix(url, "/.well-known") {
			prefix += "/api/v1"
		}
		url = prefix + url
	}
	req, err := http.NewRequestWithContext(a.p.s.Context(), a.method, url, bytes.NewReader(a.body))
	if err != nil {
		return nil, err
	}
	req.Header = a.header
	if a.p.token != "" {
		req.Header.Set("Authorization", "Bearer "+a.p.token)
	}
	return a.p.s.http.Do(req)
}

func (p *person) get(path string) *answer {
	p.s.Helper()
	return p.ask(http.MethodGet, path, nil).is(http.StatusOK)
}

func (p *person) post(path string, body any) *answer {
	p.s.Helper()
	return p.ask(http.MethodPost, path, body).send()
}

// makes posts what must be new.
func (p *person) makes(path string, body any) *answer {
	p.s.Helper()
	return p.ask(http.MethodPost, path, body).is(http.StatusCreated)
}

func (p *person) patch(path string, body any) *answer {
	p.s.Helper()
	return p.ask(http.MethodPatch, path, body).send()
}

func (p *person) put(path string, body any) *answer {
	p.s.Helper()
	return p.ask(http.MethodPut, path, body).send()
}

func (p *person) delete(path string) *answer {
	p.s.Helper()
	return p.ask(http.MethodDelete, path, nil).send()
}

// list reads a list to its end, limit items at a time, and expects no item twice.
func (p *person) list(path string, limit int) []object {
	p.s.Helper()
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	var all []object
	seen := map[string]bool{}
	for cursor := ""; ; {
		page := p.get(fmt.Sprintf("%s%slimit=%d%s", path, sep, limit, cursor))
		items := page.items()
		if len(items) > limit {
			p.s.Fatalf("%s: %d items on a page of %d", path, len(items), limit)
		}
		for _, it := range items {
			if id, ok := it["id"].(string); ok {
				if seen[id] {
					p.s.Fatalf("%s: %s came twice", path, id)
				}
				seen[id] = true
			}
		}
		all = append(all, items...)
		next := page.at("next_cursor")
		if next == nil {
			return all
		}
		cursor = "&cursor=" + next.(string)
	}
}

// newID is an id as clients make them.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// eventually waits until something has come true that may take a moment, such as a mail.
func (s *story) eventually(what string, true_ func() bool) {
	s.Helper()
	for end := time.Now().Add(patience); !true_(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			s.Fatalf("%s: not after %s", what, patience)
		}
	}
}

// patience bounds how long a test waits for what must come about.
const patience = 20 * time.Second

func newHTTP() *http.Client {
	tr := http.DefaultTransport.(*http.Transport).Clone()
	tr.MaxIdleConnsPerHost = 64
	return &http.Client{Transport: tr, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}
