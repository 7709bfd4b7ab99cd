package system

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// listener hears what is said in a story: every secret that is sent or given, and people's words.
type listener struct {
	http.RoundTripper
	mu      sync.Mutex
	private map[string]string // what must be in no log, and what it is
}

func listen(next http.RoundTripper) *listener {
	return &listener{RoundTripper: next, private: map[string]string{}}
}

// RoundTrip passes a request on.
func (l *listener) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(b))
		l.document(b)
	}
	_, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	l.note(token, "token")
	for _, c := range r.Cookies() {
		l.note(c.Value, "cookie")
	}
	for part := range strings.SplitSeq(r.URL.Path, "/") {
		if strings.HasPrefix(part, "rung_") {
			l.note(part, "secret of a path")
		}
	}
	resp, err := l.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	for _, c := range resp.Cookies() {
		l.note(c.Value, "cookie")
	}
	if strings.HasSuffix(resp.Header.Get("Content-Type"), "json") {
		b, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			return nil, err
		}
		resp.Body = io.NopCloser(bytes.NewReader(b))
		l.document(b)
	}
	return resp, nil
}

func (l *listener) note(text, what string) {
	if len(text) < 8 || text == "guessed" {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.private[text] = what
}

func (l *listener) document(b []byte) {
	var v any
	if json.Unmarshal(b, &v) == nil {
		l.values(v)
	}
}

func (l *listener) values(v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			l.values(e)
		}
	case map[string]any:
		for name, e := range v {
			text, _ := e.(string)
			switch name {
			case "password", "current", "new", "token", "access_token", "invitation", "setup":
				l.note(text, name)
			case "title", "description", "body", "name":
				if strings.Contains(text, " ") { // a word alone may be the log's own
					l.note(text, name)
				}
			}
			l.values(e)
		}
	}
}

// compare looks for all of it in what was logged at level info and above. Two lines are meant to tell: the set-up address
// at the first start and, where no mail is set up, whom it would have gone to.
func (l *listener) compare(t *testing.T, lines []object) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	kinds := map[string]int{}
	for _, what := range l.private {
		kinds[what]++
	}
	for _, what := range []string{"password", "token", "cookie", "access_token", "secret of a path", "title", "body", "description"} {
		if kinds[what] == 0 {
			t.Errorf("nobody said any %s, so nothing was looked for: %v", what, kinds)
		}
	}
	looked := 0
	for _, line := range lines {
		message, _ := line["msg"].(string)
		if line["level"] == "DEBUG" || strings.HasPrefix(message, "nobody has an account yet") || strings.HasPrefix(message, "mail is not set up") {
			continue
		}
		looked++
		text := flat(line)
		for private, what := range l.private {
			if strings.Contains(text, private) {
				t.Errorf("the log holds a %s: %s", what, text)
			}
		}
	}
	if looked < 500 {
		t.Errorf("only %d lines of the log were looked at", looked)
	}
}

// flat is a line of the log without what JSON does to its texts.
func flat(line object) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(line)
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\n`, "\n").Replace(b.String())
}

// TestTheDatabaseIsItsOwnersAlone makes the data folder under a umask that forbids nothing.
func TestTheDatabaseIsItsOwnersAlone(t *testing.T) {
	s := newServer(t, "", "RUNG_SIGNUP=open")
	s.data = filepath.Join(s.data, "made", "by rung")
	before := syscall.Umask(0)
	s.start()
	syscall.Umask(before)
	st := &story{T: t, env: Env{BaseURL: s.base()}, http: newHTTP()}
	st.nobody = &person{s: st, name: "nobody"}
	ada := st.register("Ada", object{})
	project := ada.makes("/workspaces/"+ada.home+"/projects", object{"name": "Website"}).id()
	ada.makes("/workspaces/"+ada.home+"/tasks", object{"project": project, "title": "Private"})
	files := 0
	look := func() {
		t.Helper()
		err := filepath.WalkDir(s.data, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			if !d.IsDir() {
				files++
			}
			if info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s is %s", path, info.Mode())
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	look()
	s.stop()
	look()
	if files < 5 { // the database, its log, its index and its lock, and what is left of them
		t.Errorf("only %d files were looked at", files)
	}
}

// TestTheServersFieldsCanNotBeSent tries to set what is the server's to say.
func TestTheServersFieldsCanNotBeSent(t *testing.T) {
	srv := newServer(t, "", "RUNG_SIGNUP=open")
	srv.start()
	s := &story{T: t, env: Env{BaseURL: srv.base()}, http: newHTTP()}
	s.nobody = &person{s: s, name: "nobody"}
	ada := s.register("Ada", object{})
	ws := "/workspaces/" + ada.home
	project := ada.makes(ws+"/projects", object{"name": "Website"}).id()
	task := ada.makes(ws+"/tasks", object{"project": project, "title": "Mine"}).id()
	comment := ada.makes(ws+"/tasks/"+task+"/comments", object{"body": "Well"}).id()
	common := []string{"version", "created_by", "updated_at", "deleted_at"}
	for _, r := range []struct {
		method, path string
		body         object
		fields       []string
	}{
		{"POST", "/auth/register", object{"email": "m@example.org", "name": "M", "password": password("M")}, []string{"admin", "verified", "disabled", "workspace"}},
		{"PATCH", "/me", object{}, []string{"admin", "email", "workspace", "id", "limits", "disabled"}},
		{"POST", "/workspaces", object{"name": "Mine"}, append(common, "role", "limits", "usage", "owner")},
		{"PATCH", ws, object{}, append(common, "id", "role", "limits", "usage")},
		{"POST", ws + "/projects", object{"name": "Mine"}, append(common, "former_keys", "number")},
		{"PATCH", ws + "/projects/" + project, object{}, append(common, "id", "former_keys")},
		{"POST", ws + "/tasks", object{"project": project, "title": "Mine"}, append(common, "number", "key", "previous_keys", "comment_count", "position", "subscribers", "series")},
		{"PATCH", ws + "/tasks/" + task, object{}, append(common, "id", "project", "number", "key", "previous_keys", "comment_count", "position")},
		{"POST", ws + "/tasks/" + task + "/comments", object{"body": "Mine"}, append(common, "task", "edited_at")},
		{"PATCH", ws + "/tasks/" + task + "/comments/" + comment, object{}, append(common, "id", "author", "task", "edited_at")},
		{"POST", ws + "/labels", object{"name": "Mine"}, common},
		{"POST", ws + "/views", object{"name": "Mine", "query": object{}}, append(common, "owner")},
		{"POST", "/auth/tokens", object{"name": "Mine", "scopes": []string{"read"}}, []string{"user", "token", "digest", "admin", "last_used_at"}},
		{"POST", ws + "/invitations", object{"role": "guest"}, append(common, "token", "uses", "workspace")},
	} {
		for _, field := range r.fields {
			for _, value := range []any{true, 1, ada.id, []string{}} {
				ada.ask(r.method, r.path, with(r.body, field, value)).is(http.StatusUnprocessableEntity)
			}
			ada.ask(r.method, r.path, with(r.body, strings.ToUpper(field), true)).is(http.StatusUnprocessableEntity)
		}
	}
	srv.stop()
}
