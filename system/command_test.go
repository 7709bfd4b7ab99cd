package system

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// run runs the program to its end and gives what it wrote and how it ended.
func (s *server) run(env []string, args ...string) (stdout, stderr string, code int) {
	s.t.Helper()
	cmd := s.command(args...)
	cmd.Env = append(cmd.Env, env...)
	var out, err strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &err
	if e := cmd.Run(); e != nil {
		exit, ok := errors.AsType[*exec.ExitError](e)
		if !ok {
			s.t.Fatal(e)
		}
		code = exit.ExitCode()
	}
	return out.String(), err.String(), code
}

// TestOneProcessAFile refuses a second server on the same data, and says who has it.
func TestOneProcessAFile(t *testing.T) {
	s := newServer(t, "")
	s.start()
	_, stderr, code := s.run([]string{"RUNG_ADDR=127.0.0.1:0"}, "serve")
	if pid := strconv.Itoa(s.cmd.Process.Pid); code != 1 || !strings.Contains(stderr, pid) {
		t.Errorf("a second server ends with %d and says %q, want 1 and the pid %s", code, stderr, pid)
	}
	if n := strings.Count(strings.TrimSpace(stderr), "\n"); n != 0 {
		t.Errorf("the refusal has %d lines: %s", n+1, stderr)
	}
	if !s.answers() {
		t.Error("the first server suffers from the second")
	}
	s.stop()
	s.start() // a lock does not outlive its process
	s.kill()
	s.start()
	s.stop()
}

// TestRefusedConfiguration names everything that is wrong at once, and nothing that is secret.
func TestRefusedConfiguration(t *testing.T) {
	s := newServer(t, "")
	_, stderr, code := s.run([]string{
		"RUNG_SIGNUP=perhaps", "RUNG_COLOUR=red", "RUNG_MAX_MEMBERS=many", "RUNG_ADDR=everywhere", "RUNG_CACHE_URL=carrier-pigeon://coop",
		"RUNG_MAIL_URL=smtp://user:hunter2hunter2@", "RUNG_PORT=tcp://10.0.0.7:8080", "RUNG_SERVICE_HOST=10.0.0.7", "RUNG_PORT_8080_TCP_PORT=8080",
	}, "serve")
	if code != 1 {
		t.Errorf("a wrong configuration ends with %d", code)
	}
	for _, name := range []string{"RUNG_SIGNUP", "RUNG_COLOUR", "RUNG_MAX_MEMBERS", "RUNG_ADDR", "RUNG_CACHE_URL", "RUNG_MAIL_URL"} {
		if !strings.Contains(stderr, name) {
			t.Errorf("%s is not named in:\n%s", name, stderr)
		}
	}
	for _, no := range []string{"hunter2hunter2", "RUNG_PORT", "RUNG_SERVICE"} {
		if strings.Contains(stderr, no) {
			t.Errorf("%s is named in:\n%s", no, stderr)
		}
	}
	if files, err := filepath.Glob(filepath.Join(s.data, "*")); err != nil || len(files) != 0 {
		t.Errorf("a refused start leaves %v behind", files)
	}
}

// TestExitCodes tells failure from wrong usage.
func TestExitCodes(t *testing.T) {
	s := newServer(t, "")
	for _, c := range []struct {
		args []string
		env  []string
		code int
		says string
	}{
		{args: []string{"version"}, says: "rung "},
		{args: []string{"licenses"}, says: "Apache"},
		{args: []string{"config"}, says: "signup"},
		{args: []string{"config"}, env: []string{"RUNG_MAIL_URL=smtp://user:hunter2hunter2@mail.example.org", "RUNG_MAIL_FROM=rung@example.org", "RUNG_PUBLIC_URL=https://rung.example.org"}, says: "mail.example.org"},
		{args: []string{"check"}},
		{args: []string{"user", "list"}},
		{args: []string{"check"}, env: []string{"RUNG_DB_URL=sqlite:/dev/null/rung.db"}, code: 1},
		{args: []string{"check"}, env: []string{"RUNG_SIGNUP=perhaps"}, code: 1, says: "RUNG_SIGNUP"},
		{args: []string{"serve", "--colour", "red"}, code: 2, says: "colour"},
		{args: []string{"dance"}, code: 2, says: "dance"},
		{args: []string{"user", "create"}, code: 2},
	} {
		out, stderr, code := s.run(c.env, c.args...)
		what := strings.Join(append(c.env, c.args...), " ")
		if code != c.code {
			t.Errorf("%s: ends with %d, want %d\n%s%s", what, code, c.code, out, stderr)
		}
		if c.code != 0 && strings.TrimSpace(stderr) == "" {
			t.Errorf("%s: says nothing of why", what)
		}
		if !strings.Contains(out+stderr, c.says) {
			t.Errorf("%s: does not say %q\n%s%s", what, c.says, out, stderr)
		}
		if strings.Contains(out+stderr, "hunter2") {
			t.Errorf("%s: shows a secret\n%s%s", what, out, stderr)
		}
	}
}
