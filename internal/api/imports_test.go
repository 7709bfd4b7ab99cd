package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/client"
	"github.com/rung-app/rung/internal/driver/sqldb"
	"github.com/rung-app/rung/internal/importer"
	"github.com/rung-app/rung/internal/tasks"
)

// owners is a directory in which everybody is an owner by the name of Ann.
type owners struct{}

func (owners) Role(context.Context, uuid.UUID, uuid.UUID) (string, error) {
	return tasks.RoleOwner, nil
}

func (owners) Members(_ context.Context, _, user uuid.UUID) ([]importer.Member, error) {
	return []importer.Member{{ID: user, Name: "Ann"}}, nil
}

// serveImports runs the import routes over a real store. The tokens are "importer", which may import, and "writer",
// which may not.
func serveImports(t *testing.T) (srv *httptest.Server, ws string) {
	t.Helper()
	db, err := sqldb.Open(t.Context(), filepath.Join(t.TempDir(), "rung.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := db.Migrate(t.Context(), "tasks", "1000.0.0"); err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	domain := tasks.New(sqldb.NewTasksStore(db), owners{}, time.Now, log)
	imports := importer.New(domain, owners{}, time.Now, log)
	t.Cleanup(imports.Close)
	space, user := uuid.New(), uuid.New()
	token := func(scopes ...string) Identity { return Identity{User: user, Token: uuid.New(), Scopes: scopes} }
	a, err := build(Options{
		Services: Services{Imports: imports}, Version: "test", People: &house{}, Now: time.Now, Log: textLog(t.Output()),
		Verifier:  &house{identities: map[string]Identity{"importer": token("import"), "writer": token("read", "write", "admin")}},
		Directory: &house{slugs: map[string]uuid.UUID{"team": space}, members: map[uuid.UUID]map[uuid.UUID]Presence{space: {user: {Role: "owner", Epoch: "e"}}}},
	}, (*API).table)
	if err != nil {
		t.Fatal(err)
	}
	return serveAPI(t, a), space.String()
}

const smallBoard = `{"id": "b1", "name": "Small", "lists": [{"id": "l1", "name": "To do"}], "cards": [{"id": "c1", "name": "Card", "idList": "l1"}]}`

func testClient(t *testing.T, srv *httptest.Server, token string) *client.WorkspaceClient {
	t.Helper()
	c, err := client.New(srv.URL, client.WithToken(token))
	if err != nil {
		t.Fatal(err)
	}
	return c.Workspace("team")
}

// ended waits for an import.
func ended(t *testing.T, c *client.WorkspaceClient, id string) client.Import {
	t.Helper()
	for {
		i, err := c.GetImport(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if importer.State(i.State).Over() {
			return i
		}
		time.Sleep(time.Millisecond)
	}
}

func TestAnImportThroughTheAPI(t *testing.T) {
	srv, _ := serveImports(t)
	c := testClient(t, srv, "importer")
	i, err := c.CreateImport(t.Context(), client.ImportForm{Source: "trello", File: client.File{Name: "board.json", Reader: strings.NewReader(smallBoard)}, TimeZone: "Europe/Berlin", Checklists: "subtasks"})
	if err != nil {
		t.Fatal(err)
	}
	if i.State != string(importer.Running) || i.Progress.Total != 1 {
		t.Errorf("it began as %+v", i)
	}
	i = ended(t, c, i.ID)
	if i.State != string(importer.Done) || i.Report.Counts.Tasks.Created != 1 || i.Report.Project.ID == nil {
		t.Fatalf("it ended as %+v %+v", i, i.Report)
	}
	undo := ask(t, srv, "POST", Prefix+"/workspaces/team/imports/"+i.ID+"/undo", "", "Authorization", "Bearer importer")
	if undo.status != http.StatusAccepted {
		t.Fatalf("%d %s", undo.status, undo.body)
	}
	if i = ended(t, c, i.ID); i.State != string(importer.Undone) {
		t.Errorf("it is %s", i.State)
	}
	i, err = c.CreateImport(t.Context(), client.ImportForm{Source: "trello", File: client.File{Reader: strings.NewReader(smallBoard)}, DryRun: true})
	if err != nil || !ended(t, c, i.ID).Report.DryRun {
		t.Errorf("no dry run: %v", err)
	}
}

// postForm sends a form of pairs; a name that begins with @ is a file's.
func postForm(t *testing.T, srv *httptest.Server, path, token string, pairs ...string) answer {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		var part io.Writer
		var err error
		if name, file := strings.CutPrefix(pairs[i], "@"); file {
			part, err = w.CreateFormFile(name, "board.json")
		} else {
			part, err = w.CreateFormField(name)
		}
		if err == nil {
			_, err = io.WriteString(part, pairs[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return ask(t, srv, "POST", path, b.String(), "Authorization", "Bearer "+token, "Content-Type", w.FormDataContentType())
}

func TestWhatAnImportRefuses(t *testing.T) {
	srv, ws := serveImports(t)
	path := Prefix + "/workspaces/" + ws + "/imports"
	for name, tt := range map[string]struct {
		path, token string
		form        []string
		status      int
		code, field string
	}{
		"without the scope":     {path, "writer", []string{"source", "trello", "@file", smallBoard}, 403, "insufficient-scope", ""},
		"signed out":            {path, "nobody", []string{"source", "trello", "@file", smallBoard}, 401, "invalid-token", ""},
		"another workspace":     {Prefix + "/workspaces/" + uuid.NewString() + "/imports", "importer", []string{"source", "trello", "@file", smallBoard}, 404, "not-found", ""},
		"no file":               {path, "importer", []string{"source", "trello"}, 422, "invalid", "file"},
		"a field for the file":  {path, "importer", []string{"source", "trello", "file", smallBoard}, 422, "invalid", "file"},
		"two files":             {path, "importer", []string{"source", "trello", "@file", smallBoard, "@file", smallBoard}, 422, "invalid", "file"},
		"a file too many":       {path, "importer", []string{"source", "trello", "@file", smallBoard, "@other", ""}, 422, "invalid", "file"},
		"no source":             {path, "importer", []string{"@file", smallBoard}, 422, "invalid", "source"},
		"another source":        {path, "importer", []string{"source", "abacus", "@file", smallBoard}, 422, "invalid", "source"},
		"an unknown field":      {path, "importer", []string{"source", "trello", "colour", "red", "@file", smallBoard}, 422, "invalid", "colour"},
		"no id of a project":    {path, "importer", []string{"source", "trello", "project", "s3cret", "@file", smallBoard}, 422, "invalid", "project"},
		"no time zone":          {path, "importer", []string{"source", "trello", "time_zone", "Local", "@file", smallBoard}, 422, "invalid", "time_zone"},
		"no boolean":            {path, "importer", []string{"source", "trello", "dry_run", "maybe", "@file", smallBoard}, 422, "invalid", "dry_run"},
		"no kind of checklists": {path, "importer", []string{"source", "trello", "checklists", "both", "@file", smallBoard}, 422, "invalid", "checklists"},
		"not a board":           {path, "importer", []string{"source", "trello", "@file", "<html>"}, 422, "import-unreadable", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := postForm(t, srv, tt.path, tt.token, tt.form...)
			p := got.problem(t)
			if p.Status != tt.status || p.Code != tt.code || tt.field != "" && (len(p.Errors) != 1 || p.Errors[0].Field != tt.field) {
				t.Errorf("got %d %s %v", p.Status, p.Code, p.Errors)
			}
			if strings.Contains(got.body, "s3cret") {
				t.Error("the answer holds what was sent")
			}
		})
	}
	auth := []string{"Authorization", "Bearer importer", "Content-Type"}
	for contentType, status := range map[string]int{
		"application/json": 415, "multipart/form-data": 415, "multipart/form-data; boundary=x": 400,
	} {
		if got := ask(t, srv, "POST", path, "{}", append(auth, contentType)...); got.problem(t).Status != status {
			t.Errorf("%s: %d", contentType, got.status)
		}
	}
	for _, p := range []string{"/" + uuid.NewString(), "/" + uuid.NewString() + "/undo"} {
		method := "GET"
		if strings.HasSuffix(p, "/undo") {
			method = "POST"
		}
		if got := ask(t, srv, method, path+p, "", auth[:2]...); got.problem(t).Code != "not-found" {
			t.Errorf("%s: %s", p, got.body)
		}
	}
}

// endless is a board without an end.
type endless struct{ begun bool }

func (e *endless) Read(p []byte) (int, error) {
	text := `"name": "` + strings.Repeat("x", 1000) + `", `
	if !e.begun {
		text, e.begun = "{", true
	}
	n := 0
	for n+len(text) < len(p) {
		n += copy(p[n:], text)
	}
	if n == 0 {
		n = copy(p, text)
	}
	return n, nil
}

func TestAGiganticFileIsRefused(t *testing.T) {
	srv, _ := serveImports(t)
	_, err := testClient(t, srv, "importer").CreateImport(t.Context(), client.ImportForm{Source: "trello", File: client.File{Reader: &endless{}}})
	refused, said := errors.AsType[*client.Error](err)
	if err == nil || said && refused.Status != http.StatusRequestEntityTooLarge { // the server may hang up while the client still sends
		t.Errorf("got %v", err)
	}
}
