package app_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rung-app/rung/internal/app"
	"github.com/rung-app/rung/internal/config"
)

// process is a Rung that serves.
type process struct {
	address string
	admin   string
	log     *lines
	stop    context.CancelFunc
	ended   chan error
}

// lines collects a log of JSON lines.
type lines struct {
	mu  sync.Mutex
	all []map[string]any
	new chan struct{}
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var line map[string]any
	if err := json.Unmarshal(p, &line); err != nil {
		return 0, err
	}
	l.all = append(l.all, line)
	select {
	case l.new <- struct{}{}:
	default:
	}
	return len(p), nil
}

// with waits for a line with this message and gives what it says of key.
func (l *lines) with(t *testing.T, message, key string) string {
	t.Helper()
	patience := time.After(10 * time.Second)
	for {
		l.mu.Lock()
		for _, line := range l.all {
			if line["msg"] == message {
				l.mu.Unlock()
				text, _ := line[key].(string)
				return text
			}
		}
		l.mu.Unlock()
		select {
		case <-l.new:
		case <-patience:
			t.Fatalf("the log never said %q", message)
		}
	}
}

func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func options(t *testing.T, data string, log io.Writer, env ...string) app.Options {
	t.Helper()
	cfg, err := config.Load(config.Sources{Env: append([]string{"RUNG_DATA=" + data}, env...)})
	if err != nil {
		t.Fatal(err)
	}
	return app.Options{Config: cfg, Version: "0.1.0", Log: app.NewLogger(log, "json", slog.LevelInfo, false), Now: time.Now}
}

func serve(t *testing.T, data string, env ...string) *process {
	t.Helper()
	p := &process{log: &lines{new: make(chan struct{}, 1)}, admin: freeAddr(t), ended: make(chan error, 1)}
	o := options(t, data, p.log, append([]string{"RUNG_ADDR=127.0.0.1:0", "RUNG_ADMIN_ADDR=" + p.admin}, env...)...)
	a, err := app.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	p.stop = stop
	go func() {
		err := a.Run(ctx)
		if closing := a.Close(); err == nil {
			err = closing
		}
		p.ended <- err
	}()
	t.Cleanup(func() { stop(); <-p.ended })
	p.address = strings.TrimPrefix(p.log.with(t, "rung is serving", "address"), "http://")
	return p
}

func (p *process) end(t *testing.T) {
	t.Helper()
	p.stop()
	if err := <-p.ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
	p.ended <- nil // for the clean-up
}

func status(t *testing.T, url string) int {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

func TestTheFirstLineSaysWhatRuns(t *testing.T) {
	p := serve(t, t.TempDir())
	for key, want := range map[string]string{"version": "0.1.0", "cache": "memory:", "mail": "log:"} {
		if got := p.log.with(t, "rung is serving", key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	p.log.mu.Lock()
	first := p.log.all[0]
	p.log.mu.Unlock()
	if first["msg"] != "rung is serving" {
		t.Errorf("the first line is %v", first)
	}
	for _, path := range []string{"/livez", "/readyz"} {
		if got := status(t, "http://"+p.address+path); got != http.StatusOK {
			t.Errorf("%s answers %d", path, got)
		}
	}
}

func TestTheOperatorHasAnAddressOfHerOwn(t *testing.T) {
	p := serve(t, t.TempDir())
	for _, path := range []string{"/livez", "/readyz", "/metrics", "/debug/pprof/"} {
		if got := status(t, "http://"+p.admin+path); got != http.StatusOK {
			t.Errorf("%s answers %d there", path, got)
		}
	}
	for _, path := range []string{"/metrics", "/debug/pprof/"} {
		resp, err := http.Get("http://" + p.address + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if b, _ := io.ReadAll(resp.Body); strings.Contains(string(b), "go_goroutines") || strings.Contains(string(b), "goroutine") {
			t.Errorf("%s is served to everyone", path)
		}
	}
}

func TestAPageOfElsewhereCanNotAskTheOperatorsAddress(t *testing.T) {
	p := serve(t, t.TempDir())
	_, port, err := net.SplitHostPort(p.admin)
	if err != nil {
		t.Fatal(err)
	}
	for host, want := range map[string]int{
		p.admin: 200, "localhost": 200, "LOCALHOST:" + port: 200, "[::1]:" + port: 200, "127.0.0.1": 200,
		"evil.example.com": 421, "evil.example.com:" + port: 421, "localhost.evil.example.com": 421, "10.0.0.1": 421,
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+p.admin+"/metrics", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = host
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != want || want != 200 && strings.Contains(string(body), "rung_") {
			t.Errorf("as %s: %d %.80s, %v", host, resp.StatusCode, body, err)
		}
	}
	p.end(t)
}

func TestTheSetUpAddressStaysTheSameUntilItIsUsed(t *testing.T) {
	data := t.TempDir()
	const message = "nobody has an account yet: open the address once to make the first user, who administers this installation"
	var tokens []string
	for range 2 {
		p := serve(t, data)
		_, token, ok := strings.Cut(p.log.with(t, message, "address"), "/setup#")
		if !ok || token == "" {
			t.Fatal("there is no set-up address")
		}
		tokens = append(tokens, token)
		p.end(t)
	}
	if tokens[0] != tokens[1] {
		t.Error("it changed with a restart")
	}
	accounts, err := app.OpenAccounts(t.Context(), options(t, data, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := accounts.Create(t.Context(), "ann@example.com", "Ann", "", true); err != nil {
		t.Fatal(err)
	}
	if err := accounts.Close(); err != nil {
		t.Fatal(err)
	}
	p := serve(t, data)
	p.end(t)
	for _, line := range p.log.all {
		if line["msg"] == message {
			t.Error("it is offered although there is an administrator")
		}
	}
}

// waitUntilBusy waits until a request is being answered.
func waitUntilBusy(t *testing.T, p *process) {
	t.Helper()
	for range 1000 {
		resp, err := http.Get("http://" + p.admin + "/metrics")
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(b), "rung_http_requests_under_way 1\n") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the request never came")
}

// TestARequestUnderWayIsAnswered holds a request open by sending its body late: until it has come, readiness fails but
// requests are answered, and then the process ends.
func TestARequestUnderWayIsAnswered(t *testing.T) {
	p := serve(t, t.TempDir())
	conn, err := net.Dial("tcp", p.address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	body := `{"email":"nobody@example.com","password":"correct horse battery"}`
	head := "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
	if _, err := io.WriteString(conn, head+strconv.Itoa(len(body))+"\r\n\r\n"+body[:10]); err != nil {
		t.Fatal(err)
	}
	waitUntilBusy(t, p)
	p.stop()
	p.log.with(t, "draining", "")
	for _, address := range []string{p.address, p.admin} {
		if got := status(t, "http://"+address+"/readyz"); got != http.StatusServiceUnavailable {
			t.Errorf("readiness answers %d while draining", got)
		}
	}
	if _, err := io.WriteString(conn, body[10:]); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("the request under way was cut off: %v", err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusUnauthorized || !resp.Close {
		t.Errorf("it was answered %d, and the connection stays: %v", resp.StatusCode, !resp.Close)
	}
	p.end(t)
	if _, err := net.Dial("tcp", p.address); err == nil {
		t.Error("it still listens")
	}
}

func TestASecondProcessOnTheSameFileIsRefused(t *testing.T) {
	data := t.TempDir()
	serve(t, data)
	_, err := app.Open(t.Context(), options(t, data, io.Discard))
	if err == nil || !strings.Contains(err.Error(), "is in use by another process (pid "+strconv.Itoa(os.Getpid())+")") {
		t.Errorf("got %v", err)
	}
	var said strings.Builder
	o := options(t, data, io.Discard)
	if err := app.Check(t.Context(), o.Config, o.Version, &said); err != nil || !strings.Contains(said.String(), "in use by another process") {
		t.Errorf("a check beside the server ends with %v and says %s", err, said.String())
	}
}

func TestAnAddressThatIsTakenIsNamed(t *testing.T) {
	p := serve(t, t.TempDir())
	a, err := app.Open(t.Context(), options(t, t.TempDir(), io.Discard, "RUNG_ADDR="+p.address))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if err := a.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "can't listen on "+p.address+", which is what addr says") {
		t.Errorf("got %v", err)
	}
}

// TestAccountsAreNotForgotten moves the database of accounts, or all of them, to an empty one.
func TestAccountsAreNotForgotten(t *testing.T) {
	data := t.TempDir()
	accounts, err := app.OpenAccounts(t.Context(), options(t, data, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	_, err = accounts.Create(t.Context(), "ann@example.com", "Ann", "", true)
	if err := errors.Join(err, accounts.Close()); err != nil {
		t.Fatal(err)
	}
	for _, variable := range []string{"RUNG_DB_URL", "RUNG_AUTH_DB_URL"} {
		other := variable + "=sqlite:" + filepath.Join(data, variable+".db")
		const why = "holds accounts and would not be used"
		o := options(t, data, io.Discard, other)
		var said strings.Builder
		if err := app.Check(t.Context(), o.Config, o.Version, &said); err == nil || !strings.Contains(said.String(), why) {
			t.Errorf("%s: a check ends with %v and says %s", variable, err, said.String())
		}
		if _, err := app.Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: got %v", variable, err)
		}
		said.Reset()
		if err := app.Check(t.Context(), o.Config, o.Version, &said); err == nil || !strings.Contains(said.String(), why) {
			t.Errorf("%s: a check of what is empty by now ends with %v and says %s", variable, err, said.String())
		}
		p := serve(t, data, other, "RUNG_EMPTY_DB=allow")
		p.end(t)
	}
	other := "RUNG_TASKS_DB_URL=sqlite:" + filepath.Join(data, "tasks.db")
	o := options(t, data, io.Discard, other)
	if err := app.Check(t.Context(), o.Config, o.Version, io.Discard); err != nil {
		t.Errorf("the accounts are where they were, and a check ends with %v", err)
	}
	p := serve(t, data, other)
	p.end(t)
}

func TestDomainsMayHaveDatabasesOfTheirOwn(t *testing.T) {
	data := t.TempDir()
	p := serve(t, data, "RUNG_AUTH_DB_URL=sqlite:"+data+"/a.db", "RUNG_USERS_DB_URL=sqlite:"+data+"/../"+filepath.Base(data)+"/rung.db")
	if got := status(t, "http://"+p.address+"/readyz"); got != http.StatusOK {
		t.Errorf("readiness answers %d", got)
	}
	for _, name := range []string{"a.db", "rung.db"} {
		if _, err := os.Stat(filepath.Join(data, name)); err != nil {
			t.Error(err)
		}
	}
}
