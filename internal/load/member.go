package load

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// member is somebody at work.
type member struct {
	room   *room
	person Person

	since time.Time // her first stream was opened; it is hers who follows

	mu         sync.Mutex
	token      string
	ends       time.Time // the token does
	refreshing bool
	heard      []mark
	seq        int64 // of the last event that she heard
}

// refreshAhead is how long before it ends an access token is replaced.
const refreshAhead = 2 * time.Minute

// signedIn gives her access token, and whether it should be replaced by the caller.
func (m *member) signedIn() (token string, replace bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	replace = !m.refreshing && time.Until(m.ends) < refreshAhead
	m.refreshing = m.refreshing || replace
	return m.token, replace
}

// here reports whether she has signed in.
func (m *member) here() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.token != ""
}

// refresh gets an access token by the refresh token, as a browser does it.
func (m *member) refresh(ctx context.Context, p *pool) error {
	defer func() {
		m.mu.Lock()
		m.refreshing = false
		m.mu.Unlock()
	}()
	var b bytes.Buffer
	p.request(&b, "POST", "/auth/refresh", "", "", nil)
	b.WriteString("Content-Length: 0\r\nCookie: ")
	for i, name := range []string{"rung_refresh", "__Host-rung_refresh", "__Secure-rung_refresh"} { // the server reads one of them
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(name + "=" + m.person.Refresh)
	}
	b.WriteString("\r\n\r\n")
	var in struct {
		Token     string `json:"access_token"`
		ExpiresIn int    `json:"expires_in"`
	}
	a, err := p.ask(ctx, b.Bytes(), decode(&in))
	if err = expect(a, err, 200); err != nil {
		return err
	}
	cookie, _, _ := strings.Cut(a.cookie, ";")
	_, next, ok := strings.Cut(cookie, "=")
	if !ok || in.Token == "" {
		return errors.New("the answer brings no tokens")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.person.Refresh, m.token = next, in.Token
	m.ends = time.Now().Add(time.Duration(in.ExpiresIn) * time.Second)
	return nil
}

// decode gives what reads a JSON body; that of a refusal is kept for expect.
func decode(into any) func(answer, io.Reader) error {
	return func(a answer, r io.Reader) error {
		if a.status >= 300 {
			var problem struct {
				Code string `json:"code"`
			}
			if json.NewDecoder(io.LimitReader(r, 64<<10)).Decode(&problem) != nil {
				problem.Code = "unknown"
			}
			return refusal{a.status, problem.Code}
		}
		return json.NewDecoder(r).Decode(into)
	}
}

// refusal is an answer that is not what was asked for.
type refusal struct {
	status int
	code   string
}

func (r refusal) Error() string {
	return strings.TrimSpace(fmt.Sprintf("status %d %s", r.status, r.code))
}

// expect makes an error of an answer with another status.
func expect(a answer, err error, statuses ...int) error {
	if err != nil {
		return err
	}
	for _, s := range statuses {
		if a.status == s {
			return nil
		}
	}
	return refusal{status: a.status}
}

// path is an address below her workspace.
func (m *member) path(parts ...string) string {
	return "/workspaces/" + m.room.Workspace.String() + strings.Join(parts, "")
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// ask sends a request of hers.
func (m *member) ask(ctx context.Context, p *pool, method, path string, body any, read func(answer, io.Reader) error) (answer, error) {
	token, replace := m.signedIn()
	if replace {
		if err := m.refresh(ctx, p); err != nil {
			return answer{}, fmt.Errorf("refresh: %w", err)
		}
		token, _ = m.signedIn()
	}
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	var text []byte
	kind := "application/json"
	if method == "PATCH" {
		kind = "application/merge-patch+json"
	}
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return answer{}, err
		}
	}
	p.request(b, method, path, token, kind, text)
	b.WriteString("\r\n")
	b.Write(text)
	return p.ask(ctx, b.Bytes(), read)
}

// do does one thing that people do, at the moment at which it was meant to be done or a little later. It tells reread what was
// acknowledged.
func (m *member) do(ctx context.Context, p *pool, k kind, at time.Time, rnd *rand.Rand, reread func(acknowledged), stale func(string)) error {
	if k.writes() {
		return m.write(ctx, p, k, at, rnd, reread)
	}
	if k == readTask {
		id, least, ok := m.room.some(rnd)
		if !ok {
			return errors.New("there is no task")
		}
		var now struct {
			Version int64 `json:"version"`
		}
		a, err := m.ask(ctx, p, "GET", m.path("/tasks/", id.String()), nil, decode(&now))
		if err = expect(a, err, 200); err == nil && now.Version < least {
			stale(fmt.Sprintf("task %s was read with version %d after %d had been acknowledged", id, now.Version, least))
		}
		return err
	}
	a, err := m.ask(ctx, p, "GET", m.address(k, rnd), nil, nil)
	return expect(a, err, 200)
}

// address is what a read asks for.
func (m *member) address(k kind, rnd *rand.Rand) string {
	project := "project=" + m.room.Project.String()
	switch k {
	case readGroups:
		return m.path("/tasks/groups?group_by=status&", project)
	case readList:
		return m.path("/tasks?limit=50&", [...]string{project, "assignee=me&sort=due", project + "&sort=-updated", "completed=false&" + project}[rnd.IntN(4)])
	case readSearch:
		return m.path("/search?q=", url.QueryEscape(words[rnd.IntN(len(words))]+" "+words[rnd.IntN(len(words))][:3]))
	case readStats:
		return m.path("/stats?", project)
	default:
		return m.path("/changes?since=", m.position())
	}
}

// position is how far she knows the history.
func (m *member) position() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.room.epoch + "-" + strconv.FormatInt(m.seq, 10)
}

// acknowledged is a write that the server has answered.
type acknowledged struct {
	by      *member
	write   write
	version int64
}

func (m *member) write(ctx context.Context, p *pool, k kind, at time.Time, rnd *rand.Rand, reread func(acknowledged)) error {
	w := m.room.begin(k, at, rnd)
	method, path, status := "POST", m.path("/tasks"), []int{201, 200} // 200 if it was sent twice
	var body any
	switch w.kind {
	case writeCreate:
		body = map[string]any{"id": w.task.id, "project": m.room.Project, "status": w.status, "title": w.text, "description": sentence(rnd) + ". " + sentence(rnd) + "."}
	case writeComment:
		path = m.path("/tasks/", w.task.id.String(), "/comments")
		body = map[string]any{"id": w.entity, "body": w.text}
	default:
		method, path, status = "PATCH", m.path("/tasks/", w.task.id.String()), []int{200}
		body = map[string]any{"title": w.text}
		if w.kind == writeMove {
			body = map[string]any{"status": w.status, "place": "first"}
		}
	}
	var now struct {
		ID      uuid.UUID `json:"id"`
		Version int64     `json:"version"`
	}
	a, err := m.ask(ctx, p, method, path, body, decode(&now))
	err = expect(a, err, status...)
	if err == nil && (now.ID != w.entity || now.Version < 1) {
		err = errors.New("the answer is of something else")
	}
	m.room.end(w, now.Version, err)
	if err == nil {
		reread(acknowledged{m, w, now.Version})
	}
	return err
}
