package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/importer"
	"github.com/rung-app/rung/internal/importer/plan"
)

// importServer answers as a server does that is done with an import when it is asked the second time.
type importServer struct {
	workspaces string // the items of the list
	ended      importer.Import
	form       string // what was uploaded
	asked      int
}

func (s *importServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer rung_pat_1" {
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(w, `{"code": "invalid-token", "detail": "This token is not valid any more."}`)
		return
	}
	running := importer.Import{ID: s.ended.ID, State: importer.Running, Progress: importer.Progress{Total: 2}}
	switch path := strings.TrimPrefix(r.URL.Path, "/api/v1/workspaces"); {
	case path == "":
		fmt.Fprintf(w, `{"items": [%s], "next_cursor": null}`, s.workspaces)
	case r.Method == http.MethodPost && path == "/home/imports":
		body, _ := io.ReadAll(r.Body)
		s.form = string(body)
		w.WriteHeader(http.StatusAccepted)
		answerJSON(w, running)
	case path == "/picky/imports":
		w.WriteHeader(http.StatusUnprocessableEntity)
		fmt.Fprint(w, `{"code": "invalid", "detail": "The request is not valid.", "errors": [{"field": "project", "message": "must be the id of a project"}]}`)
	case path == "/home/imports/"+s.ended.ID.String():
		if s.asked++; s.asked == 1 {
			answerJSON(w, running)
			return
		}
		answerJSON(w, s.ended)
	default:
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, `{"code": "not-found", "detail": "There is no such thing, or you may not see it."}`)
	}
}

func answerJSON(w io.Writer, v any) { _ = json.NewEncoder(w).Encode(v) }

func doneImport() importer.Import {
	ada := uuid.New()
	return importer.Import{ID: uuid.New(), Source: "trello", State: importer.Done, Report: &importer.Report{
		Source: "trello", Project: importer.ProjectReport{ID: &ada, Name: "Garden party", Created: true},
		Counts: importer.Counts{Tasks: importer.Tally{Created: 2, Unchanged: 1}},
		People: []importer.Match{{Name: "Ada", User: &ada, By: "email"}, {Name: "Bob"}},
		Notes: []plan.Note{
			{Kind: plan.Lost, Code: "x", Text: "Votes are not kept.", Count: 5, Examples: []string{"Cake", "Chairs", "Tables", "Band"}},
			{Kind: plan.Guessed, Code: "y", Text: "Something was guessed.", Count: 1},
		},
	}}
}

// runImport runs rung import against a server.
func runImport(t *testing.T, s *importServer, file string, args ...string) said {
	t.Helper()
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	return rung(t, t.TempDir(), "", append([]string{"import", "trello", file, "--url", srv.URL}, args...)...)
}

func boardFile(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "board.json")
	if err := os.WriteFile(file, []byte(`{"lists": [], "cards": []}`), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestImportPrintsTheReport(t *testing.T) {
	s := &importServer{workspaces: `{"id": "home", "slug": "home"}`, ended: doneImport()}
	got := runImport(t, s, boardFile(t), "--token", "rung_pat_1", "--dry-run", "--checklists", "subtasks", "--time-zone", "Europe/Berlin")
	got.want(t, done, "Imported “Garden party” from Trello as a new project.\n\n", "")
	for _, line := range []string{
		"tasks        2        0          1\n", "- Ada was found by email.\n", "- Bob is nobody here; the name is kept.\n",
		"\nLost:\n- Votes are not kept. (5) Cake; Chairs; Tables; …\n\nGuessed:\n- Something was guessed. (1)\n",
	} {
		if !strings.Contains(got.out, line) {
			t.Errorf("%q is missing in:\n%s", line, got.out)
		}
	}
	for _, sent := range []string{"\r\n\r\ntrello\r\n", "\r\n\r\ntrue\r\n", "\r\n\r\nsubtasks\r\n", "\r\n\r\nEurope/Berlin\r\n", `filename="board.json"`, `{"lists": [], "cards": []}`} {
		if !strings.Contains(s.form, sent) {
			t.Errorf("%q was not sent", sent)
		}
	}
	if got.err != "" {
		t.Errorf("there is no terminal to show progress on, and it says %q", got.err)
	}
}

func TestImportPrintsJSON(t *testing.T) {
	s := &importServer{ended: doneImport()}
	got := runImport(t, s, boardFile(t), "--token", "rung_pat_1", "--workspace", "home", "--json")
	var i importer.Import
	if err := json.Unmarshal([]byte(got.out), &i); err != nil || i.ID != s.ended.ID || got.code != done {
		t.Errorf("code %d, %v: %s", got.code, err, got.out)
	}
}

func TestAnImportThatFailedIsAFailure(t *testing.T) {
	s := &importServer{ended: doneImport()}
	s.ended.State, s.ended.Error = importer.Failed, &importer.Failure{Code: "x", Detail: "The server stopped."}
	got := runImport(t, s, boardFile(t), "--token", "rung_pat_1", "--workspace", "home")
	got.want(t, failed, "Imported a part of “Garden party”", "rung: The server stopped.\n")
}

// The token may come from a file, as every secret may.
func TestImportReadsTheTokenFromAFile(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return "RUNG_TOKEN_FILE=" + path
	}
	good := write("good", "rung_pat_1\n")
	for name, tt := range map[string]struct {
		env  []string
		args []string
		code int
		says string
	}{
		"a file":               {env: []string{good}},
		"the flag goes before": {env: []string{write("other", "rung_pat_2")}, args: []string{"--token", "rung_pat_1"}},
		"both":                 {[]string{good, "RUNG_TOKEN=rung_pat_1"}, nil, misuse, "both set"},
		"no such file":         {[]string{good + "x"}, nil, misuse, "RUNG_TOKEN_FILE names a file that does not exist"},
		"an empty file":        {[]string{write("empty", "\n")}, nil, misuse, "RUNG_TOKEN_FILE names a file that is empty"},
		"two lines":            {[]string{write("two", "a\nb\n")}, nil, misuse, "more than one line"},
	} {
		t.Run(name, func(t *testing.T) {
			srv := httptest.NewServer(&importServer{ended: doneImport()})
			defer srv.Close()
			var out, err strings.Builder
			args := append([]string{"import", "trello", boardFile(t), "--workspace", "home", "--url", srv.URL}, tt.args...)
			code := run(t.Context(), args, terminal{in: strings.NewReader(""), out: &out, err: &err, env: tt.env})
			if code != tt.code || !strings.Contains(err.String(), tt.says) {
				t.Errorf("code %d: %s%s", code, out.String(), err.String())
			}
		})
	}
}

func TestWhatImportRefuses(t *testing.T) {
	file := boardFile(t)
	for name, c := range map[string]struct {
		workspaces, file string
		args             []string
		code             int
		says             string
	}{
		"no token":             {"", file, nil, misuse, "a token is needed"},
		"another source":       {"", file, []string{"--checklists", "both"}, misuse, "--checklists must be one of"},
		"no file":              {"", file + "x", []string{"--token", "rung_pat_1", "--workspace", "home"}, failed, "the file can't be read"},
		"a folder":             {"", filepath.Dir(file), []string{"--token", "rung_pat_1", "--workspace", "home"}, failed, "is a folder"},
		"an invalid field":     {"", file, []string{"--token", "rung_pat_1", "--workspace", "picky"}, failed, "rung: project must be the id of a project\n"},
		"a bad token":          {"", file, []string{"--token", "rung_pat_2", "--workspace", "home"}, failed, "rung: This token is not valid any more.\n"},
		"no such workspace":    {"", file, []string{"--token", "rung_pat_1", "--workspace", "away"}, failed, "rung: There is no such thing, or you may not see it.\n"},
		"no workspace":         {"", file, []string{"--token", "rung_pat_1"}, failed, "you are in no workspace"},
		"several workspaces":   {`{"id": "home", "slug": "home"}, {"id": "b", "slug": "work"}`, file, []string{"--token", "rung_pat_1"}, misuse, "home, work"},
		"an impossible server": {"", file, []string{"--token", "rung_pat_1", "--url", "rung.example.com"}, misuse, "--url must be"},
		"a server that is not": {"", file, []string{"--token", "rung_pat_1", "--url", "http://127.0.0.1:1"}, failed, "The server can't be reached"},
	} {
		t.Run(name, func(t *testing.T) {
			runImport(t, &importServer{workspaces: c.workspaces, ended: doneImport()}, c.file, c.args...).want(t, c.code, "", c.says)
		})
	}
}
