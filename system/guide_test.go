package system

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rung-app/rung/client"
)

// TestTheGuideForPrograms does what docs/api.md says, to the letter, on a fresh server.
func TestTheGuideForPrograms(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "docs", "api.md"))
	if err != nil {
		t.Fatal(err)
	}
	srv := newServer(t, "")
	srv.start()
	token, project := harbour(t, srv)
	env := append(os.Environ(), "RUNG_URL="+srv.base(), "RUNG_TOKEN="+token, "PROJECT="+project)

	block := func(language string) []string {
		var all []string
		for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllSubmatch(text, -1) {
			all = append(all, string(m[1]))
		}
		return all
	}
	if _, err := exec.LookPath("curl"); err == nil {
		script := regexp.MustCompile(`(?m)^export .*$`).ReplaceAllString("set -e\n"+strings.Join(block("sh"), "\n"), "")
		shell := exec.CommandContext(t.Context(), "bash", "-c", script)
		shell.Env, shell.Dir = env, t.TempDir()
		out, err := shell.CombinedOutput()
		if err != nil || strings.Contains(string(out), `"code"`) || !strings.Contains(string(out), "Paint the pier") || !strings.Contains(string(out), `"priority":1`) ||
			!strings.Contains(string(out), `"title_ranges":[[0,10]]`) || !strings.Contains(string(out), "/api/v1/files/") {
			t.Errorf("%v\n%s", err, out)
		}
	}

	folder, err := os.MkdirTemp(".", "_guide-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	program := block("go")
	if len(program) != 1 {
		t.Fatalf("the guide has %d programs", len(program))
	}
	if err := os.WriteFile(filepath.Join(folder, "main.go"), []byte(program[0]), 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), "go", "run", "./"+folder)
	run.Env = env
	if out, err := run.CombinedOutput(); err != nil || !strings.Contains(string(out), "Look after Website\n") {
		t.Errorf("%v\n%s", err, out)
	}
}

// harbour makes the workspace that the guide speaks of, and gives a token for it and a project in it.
func harbour(t *testing.T, srv *server) (token, project string) {
	t.Helper()
	ctx := context.Background()
	_, setup, _ := strings.Cut(srv.setup, "#")
	c, err := client.New(srv.base())
	if err != nil {
		t.Fatal(err)
	}
	in, err := c.Register(ctx, client.RegisterRequest{Name: "Ada", Email: "ada@example.org", Password: "a ladder has rungs", Setup: setup})
	if err != nil {
		t.Fatal(err)
	}
	if c, err = client.New(srv.base(), client.WithToken(in.AccessToken)); err != nil {
		t.Fatal(err)
	}
	_, err = c.CreateWorkspace(ctx, client.NewWorkspace{Name: "Harbour", Slug: "harbour"})
	if err != nil {
		t.Fatal(err)
	}
	p, err := c.Workspace("harbour").CreateProject(ctx, client.NewProject{Name: "Website", Key: "WEB"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = c.Workspace("harbour").CreateTask(ctx, client.NewTask{Project: p.ID, Title: "Photograph the pier"}); err != nil {
		t.Fatal(err)
	}
	made, err := c.CreateToken(ctx, client.NewToken{Name: "guide", Scopes: []string{"read", "write"}})
	if err != nil {
		t.Fatal(err)
	}
	return made.Token, p.ID
}
