package api

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/driver/blob"
	"github.com/rung-app/rung/internal/driver/sqldb"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/importer"
	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/text"
	"github.com/rung-app/rung/internal/users"
)

// target is the whole API on a real store, with one person who may do everything in one workspace.
type target struct {
	*API
	ids map[string]string // by the parameter of a path
	ws  uuid.UUID
	me  uuid.UUID
}

func (o *target) Verify(context.Context, string) (Identity, error) {
	return Identity{User: o.me, Session: uuid.Max, Admin: true}, nil
}
func (o *target) StillValid(context.Context, Identity) error { return nil }
func (o *target) ResolveWorkspace(ctx context.Context, s string) (uuid.UUID, error) {
	return o.Users.ResolveWorkspace(ctx, s)
}

func (o *target) Belongs(ctx context.Context, ws, user uuid.UUID) error {
	_, err := o.Enter(ctx, ws, user)
	return err
}

func (o *target) Enter(ctx context.Context, ws, user uuid.UUID) (Presence, error) {
	m, err := o.Users.Member(ctx, ws, user)
	return Presence{Role: string(m.Role), Epoch: "e", Seq: 1, Audience: "a"}, err
}

func (o *target) Person(context.Context, uuid.UUID) (string, *time.Location, error) {
	return "Ann", time.UTC, nil
}

func (o *target) Role(ctx context.Context, ws, user uuid.UUID) (string, error) {
	m, err := o.Users.Member(ctx, ws, user)
	return string(m.Role), err
}

func (o *target) Members(context.Context, uuid.UUID, uuid.UUID) ([]importer.Member, error) {
	return nil, nil
}

func (o *target) CreatePerson(ctx context.Context, id uuid.UUID, email, name string) (uuid.UUID, error) {
	_, w, err := o.Users.CreatePerson(ctx, users.NewPerson{ID: id, Email: email, Name: name})
	return w.ID, err
}
func (o *target) MayLeave(context.Context, uuid.UUID) error       { return nil }
func (o *target) Invited(context.Context, string) (string, error) { return "", fault.NotFound() }

// generous is a count of attempts that never runs out.
type generous struct{ auth.Attempts }

func newTarget(f *testing.F) *target {
	f.Helper()
	must := func(err error) {
		f.Helper()
		if err != nil {
			f.Fatal(err)
		}
	}
	db, err := sqldb.Open(f.Context(), filepath.Join(f.TempDir(), "rung.db"))
	must(err)
	f.Cleanup(func() { _ = db.Close() })
	for _, domain := range []string{"auth", "users", "tasks"} {
		must(db.Migrate(f.Context(), domain, "1000.0.0"))
	}
	log := slog.New(slog.DiscardHandler)
	o := &target{me: uuid.Must(uuid.NewV7()), ids: map[string]string{"token": "guessed", "type": "task"}, API: &API{}}
	o.Users = users.New(users.Config{Store: sqldb.NewUsersStore(db)})
	domain := tasks.New(sqldb.NewTasksStore(db), o, time.Now, log)
	folder, err := blob.OpenFolder(f.TempDir())
	must(err)
	f.Cleanup(func() { folder.Close() })
	domain.KeepFiles(tasks.Files{Store: folder, MaxFile: 1 << 20, MaxStorage: 1 << 20})
	imports := importer.New(domain, o, time.Now, log)
	f.Cleanup(imports.Close)
	accounts, err := auth.New(f.Context(), auth.Options{
		Store: sqldb.NewAuthStore(db), People: o, Attempts: generous{auth.NewAttempts(time.Now)}, Mailer: nil, Signup: auth.SignupOpen,
		Hashing: auth.Hashing{Memory: 64, Passes: 1, Lanes: 1, AtOnce: 2}, Log: log, Now: time.Now,
	})
	must(err)
	_, w, err := o.Users.CreatePerson(f.Context(), users.NewPerson{ID: o.me, Email: "ann@example.org", Name: "Ann"})
	must(err)
	o.ws, o.ids["ws"], o.ids["user"] = w.ID, w.ID.String(), o.me.String()
	must(domain.SetMember(f.Context(), o.ws, tasks.MemberChange{User: o.me, Name: "Ann", Role: tasks.RoleOwner}, tasks.Actor{Type: tasks.ActorUser, ID: o.me}))
	o.API, err = New(Options{
		Services: Services{Auth: accounts, Users: o.Users, Tasks: domain, Imports: imports}, Verifier: o, Directory: o, People: o,
		PageBytes: 1 << 20, Log: log, Now: time.Now,
	})
	must(err)
	made := func(name, path, body string) {
		f.Helper()
		a := o.send(http.MethodPost, o.fill(path), body, nil)
		var doc struct{ ID string }
		if must(json.Unmarshal(a.Body.Bytes(), &doc)); doc.ID == "" {
			f.Fatalf("%s: %s", path, a.Body)
		}
		o.ids[name] = doc.ID
	}
	made("project", "/workspaces/{ws}/projects", `{"name":"A","key":"AAA"}`)
	made("status", "/workspaces/{ws}/projects/{project}/statuses", `{"name":"A"}`)
	made("task", "/workspaces/{ws}/tasks", `{"project":"`+o.ids["project"]+`","title":"A"}`)
	made("comment", "/workspaces/{ws}/tasks/{task}/comments", `{"body":"A"}`)
	made("label", "/workspaces/{ws}/labels", `{"name":"A"}`)
	made("view", "/workspaces/{ws}/views", `{"name":"A","query":{}}`)
	return o
}

// fill puts ids into a path; what the target has none of gets one that nobody has.
func (o *target) fill(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if name, ok := strings.CutPrefix(p, "{"); ok {
			if parts[i] = o.ids[strings.TrimSuffix(name, "}")]; parts[i] == "" {
				parts[i] = uuid.Max.String()
			}
		}
	}
	return strings.Join(parts, "/")
}

func (o *target) send(method, path, body string, header http.Header) *httptest.ResponseRecorder {
	if !strings.HasPrefix(path, "/.well-known") {
		path = Prefix + path
	}
	raw, query, _ := strings.Cut(path, "?")
	r := httptest.NewRequest(method, "/", strings.NewReader(body))
	r.URL = &url.URL{Path: raw, RawQuery: query}
	r.RemoteAddr = netip.MustParseAddrPort("127.0.0.1:9").String()
	for k, v := range header {
		r.Header[k] = v
	}
	r.Header.Set("Authorization", "Bearer x")
	w := httptest.NewRecorder()
	ctx, cancel := context.WithTimeout(r.Context(), 10*time.Second)
	defer cancel()
	o.ServeHTTP(w, r.WithContext(ctx))
	return w
}

// sound checks what every answer promises.
func sound(t *testing.T, r Route, w *httptest.ResponseRecorder) {
	t.Helper()
	body := w.Body.Bytes()
	if w.Code >= 500 {
		t.Fatalf("%s %s: %d %s", r.Method, r.Path, w.Code, body)
	}
	if w.Code >= 400 && w.Header().Get("Content-Type") != problemType {
		t.Errorf("%s %s: %d of type %s", r.Method, r.Path, w.Code, w.Header().Get("Content-Type"))
	}
	if strings.Contains(w.Header().Get("Content-Type"), "json") && !strings.Contains(w.Header().Get("Content-Type"), "ndjson") && len(body) > 0 {
		if err := text.CheckJSON(body, 200, true); err != nil {
			t.Errorf("%s %s answers what %v: %s", r.Method, r.Path, err, body)
		}
	}
}

// choose gives the routes that hold.
func (o *target) choose(holds func(Route) bool) (some []Route) {
	for _, r := range o.Routes() {
		if holds(r) {
			some = append(some, r)
		}
	}
	return some
}

// FuzzBodies: whatever is sent to whichever write, the answer is a success or a refusal, and always sound.
func FuzzBodies(f *testing.F) {
	o := newTarget(f)
	writes := o.choose(func(r Route) bool {
		return !r.upload && r.Method != http.MethodGet && r.Path != "/workspaces/{ws}" && (r.Method != http.MethodDelete || strings.Contains(r.Path, "relations"))
	})
	project := `{"project":"` + o.ids["project"] + `","title":"A",`
	for i := range writes {
		f.Add(byte(i), `{}`)
		f.Add(byte(i), project+`"due":{"date":"2026-01-01","time":"10:00","time_zone":"Europe/Berlin"},"place":{"after":"AAA-1"},"custom":{"a":[1e3]},"labels":[]}`)
	}
	for i, r := range writes {
		switch r.Path {
		case "/workspaces/{ws}/tasks/batch":
			f.Add(byte(i), `{"changes":[{"op":"create","task":`+project+`"place":"first"}},{"op":"update","id":"AAA-1","patch":{"title":"B"}},{"op":"move","id":"AAA-1"}]}`)
		case "/workspaces/{ws}/views", "/workspaces/{ws}/views/{view}":
			f.Add(byte(i), `{"name":"A","query":{"all":[{"field":"due","op":"is_set"}]},"settings":{"a":null},"layout":"board"}`)
		case "/workspaces/{ws}/projects", "/workspaces/{ws}/labels", "/me":
			f.Add(byte(i), `{"name":"é","color":"#fff","statuses":[{"name":"a","category":"done"}],"notify":{"a":true}}`)
		case "/auth/register":
			f.Add(byte(i), `{"email":"a@b.test","name":"A","password":"a long password"}`)
		case "/workspaces/{ws}/invitations":
			f.Add(byte(i), `{"role":"guest","email":"x@y.test","projects":["`+o.ids["project"]+`"]}`)
		}
	}
	f.Fuzz(func(t *testing.T, route byte, body string) {
		r := writes[int(route)%len(writes)]
		sound(t, r, o.send(r.Method, o.fill(r.Path), body, nil))
	})
}

// FuzzQueries: whatever stands behind the question mark and in the headers that say what one has, so it is with reading.
func FuzzQueries(f *testing.F) {
	o := newTarget(f)
	reads := o.choose(func(r Route) bool { return r.Method == http.MethodGet && !strings.HasSuffix(r.Path, "/events") })
	for i, r := range reads {
		f.Add(byte(i), "limit=1&cursor=AAAA", "", "")
		if strings.HasSuffix(r.Path, "/tasks") {
			f.Add(byte(i), "project="+o.ids["project"]+"&sort=-due&assignee=me,none&due_before=2026-01-01&tz=Europe/Berlin&q=a&external=a:b&priority=1", `W/"a"`, "")
		}
		if strings.HasSuffix(r.Path, "/groups") {
			f.Add(byte(i), "group_by=due&limit=1", "*", "e-1")
		}
		if strings.HasSuffix(r.Path, "/changes") {
			f.Add(byte(i), "since=e-1&limit=1000", "", "e--1")
		}
	}
	f.Fuzz(func(t *testing.T, route byte, query, has, since string) {
		r := reads[int(route)%len(reads)]
		sound(t, r, o.send(r.Method, o.fill(r.Path)+"?"+query, "", http.Header{"If-None-Match": {has}, "Last-Event-Id": {since}}))
	})
}

// FuzzConditions: whatever a change says that it has seen.
func FuzzConditions(f *testing.F) {
	o := newTarget(f)
	for _, s := range []string{`"1"`, `W/"2"`, "*", `"1", "2"`, `"-1"`, `"`, "", `"9223372036854775808"`} {
		f.Add(s, "1")
		f.Add("", s)
	}
	r := Route{Method: http.MethodPatch, Path: "/workspaces/{ws}/tasks/{task}"}
	n := 0
	f.Fuzz(func(t *testing.T, match, base string) {
		n++
		w := o.send(r.Method, o.fill(r.Path), `{"estimate":`+string('0'+rune(n%10))+`}`, http.Header{"If-Match": {match}, "Rung-Base-Version": {base}})
		sound(t, r, w)
		if c, err := (ConditionInput{IfMatch: match}).condition(); err == nil && c.Match < 0 {
			t.Errorf("%q is version %d", match, c.Match)
		}
	})
}

// FuzzPlaces reads places in lists and histories that come back from clients.
func FuzzPlaces(f *testing.F) {
	f.Add("e-1")
	f.Add("a-b-9223372036854775807")
	f.Add(`{"after":"a","before":"b"}`)
	f.Add(`"first"`)
	cursor, _ := encodeCursor(uuid.Max)
	f.Add(cursor)
	f.Fuzz(func(t *testing.T, s string) {
		if epoch, seq, ok := parseSeq(s); ok && (seq < 0 || epoch == "") {
			t.Errorf("%q is read as %q, %d", s, epoch, seq)
		}
		if id, ok, err := decodeCursor[uuid.UUID](s); ok && err == nil {
			if again, err := encodeCursor(id); err != nil || len(again) == 0 {
				t.Error(err)
			}
		}
		var p place
		if json.Unmarshal([]byte(s), &p) == nil && p.First && p.Last {
			t.Errorf("%q is both ends", s)
		}
		var g grant
		_ = json.Unmarshal([]byte(s), &g)
		var patch taskPatch
		if json.Unmarshal([]byte(s), &patch) == nil {
			if again, err := json.Marshal(patch); err != nil || json.Unmarshal(again, &taskPatch{}) != nil {
				t.Errorf("%s is written as %s, %v", s, again, err)
			}
		}
	})
}

// FuzzUpload: whatever stands in a form with a file.
func FuzzUpload(f *testing.F) {
	o := newTarget(f)
	r := Route{Method: http.MethodPost, Path: "/workspaces/{ws}/imports"}
	const head = "--x\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\ntrello\r\n--x\r\nContent-Disposition: form-data; name=\"dry_run\"\r\n\r\ntrue\r\n"
	f.Add("multipart/form-data; boundary=x", head+"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../b.json\"\r\n\r\n{\"lists\":[],\"cards\":[]}\r\n--x--\r\n")
	f.Add("multipart/form-data; boundary=x", head+"--x\r\nContent-Disposition: form-data; name=\"file\"; filename*=utf-8''%00\r\nContent-Encoding: gzip\r\n\r\n")
	f.Add("multipart/form-data", "")
	f.Add("multipart/mixed; boundary=\"\"", "--\r\n\r\n----")
	f.Fuzz(func(t *testing.T, contentType, body string) {
		sound(t, r, o.send(r.Method, o.fill(r.Path), body, http.Header{"Content-Type": {contentType}}))
	})
}
