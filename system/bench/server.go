package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// build makes the program that is measured.
func (b *bench) build(ctx context.Context) error {
	b.binary = filepath.Join(b.run, "rung")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", b.binary, "./cmd/rung")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return nil
}

// createUser makes an empty installation with one user.
func (b *bench) createUser(ctx context.Context, s *seed) error {
	cmd := exec.CommandContext(ctx, b.binary, "user", "create", email, "Ada", "--admin", "--password-stdin")
	cmd.Env = environment(s.dir)
	cmd.Stdin = strings.NewReader(s.Password + "\n")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("make a user: %w\n%s", err, out)
	}
	return nil
}

// environment is this process's without its own settings of Rung.
func environment(data string, more ...string) []string {
	var env []string
	for _, pair := range os.Environ() {
		if !strings.HasPrefix(pair, "RUNG_") && !strings.HasPrefix(pair, "PORT=") {
			env = append(env, pair)
		}
	}
	return append(append(env, "RUNG_DATA="+data), more...)
}

// server is the program, or the one it is compared with, in a process of its own.
type server struct {
	cmd   *exec.Cmd
	addr  string
	admin string
	log   *os.File
	token string
}

// patience bounds how long a server may take to start or stop.
const patience = 30 * time.Second

// serve starts Rung on a seed, with the log of requests that it always writes, into a file. more are settings.
func (b *bench) serve(ctx context.Context, s *seed, more ...string) (*server, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	admin, err := freeAddr()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, b.binary, "serve")
	cmd.Env = environment(s.dir, append(more, "RUNG_ADDR="+addr, "RUNG_ADMIN_ADDR="+admin, "RUNG_LOG_FORMAT=json", "RUNG_REQUESTS_PER_SECOND=0")...)
	sv := &server{cmd: cmd, addr: addr, admin: admin}
	return sv, sv.run(filepath.Join(b.run, "rung.log"), "/readyz")
}

// run starts the process and waits until a path answers 200.
func (sv *server) run(log, path string) (err error) {
	if sv.log, err = os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
		return err
	}
	sv.cmd.Stdout, sv.cmd.Stderr = sv.log, sv.log
	if err := sv.cmd.Start(); err != nil {
		return err
	}
	for end := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		if ready(sv.addr, path) {
			return nil
		}
		if time.Now().After(end) {
			text, _ := os.ReadFile(log)
			return errors.Join(fmt.Errorf("the server is not ready after %s:\n%s", patience, text), sv.stop())
		}
	}
}

// ready asks once, on a connection of its own.
func ready(addr, path string) bool {
	c, err := dial(addr)
	if err != nil {
		return false
	}
	defer c.close()
	status, err := c.do(request("GET", path, addr, "", nil))
	return err == nil && status == http.StatusOK
}

// stop ends the process in an orderly way.
func (sv *server) stop() error {
	defer sv.log.Close()
	if err := sv.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	killer := time.AfterFunc(patience, func() { _ = sv.cmd.Process.Kill() })
	defer killer.Stop()
	return sv.cmd.Wait()
}

// login signs the seed's user in.
func (sv *server) login(ctx context.Context, s *seed) error {
	body, err := json.Marshal(map[string]string{"email": email, "password": s.Password})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+sv.addr+"/api/v1/auth/login", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal(text, &answer); err != nil || answer.AccessToken == "" {
		return fmt.Errorf("sign in: %s: %s", resp.Status, text)
	}
	sv.token = answer.AccessToken
	return nil
}

// profile takes a processor profile of the server for as long as told, if profiles are wanted. The caller waits for it.
func (b *bench) profile(ctx context.Context, sv *server, name string, d time.Duration) (wait func() error) {
	if b.traces == "" {
		return func() error { return nil }
	}
	done := make(chan error, 1)
	go func() { done <- sv.saveProfile(ctx, filepath.Join(b.traces, name+".pprof"), d) }()
	return func() error { return <-done }
}

func (sv *server) saveProfile(ctx context.Context, path string, d time.Duration) error {
	return save(ctx, path, fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", sv.admin, max(1, int(d.Seconds()))))
}

// saveHeap writes down what the server's memory is of.
func (sv *server) saveHeap(ctx context.Context, path string) error {
	return save(ctx, path, "http://"+sv.admin+"/debug/pprof/heap")
}

func save(ctx context.Context, path, url string) error {
	text, err := get(ctx, url)
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}

func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
