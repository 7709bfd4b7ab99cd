package system

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// binaries builds the program once for each set of build tags.
var binaries = struct {
	sync.Mutex
	folder string
	built  map[string]string
}{built: map[string]string{}}

func TestMain(m *testing.M) {
	code := m.Run()
	if binaries.folder != "" {
		_ = os.RemoveAll(binaries.folder)
	}
	os.Exit(code)
}

// binary gives the path of the real program, built with the given tags.
func binary(t *testing.T, tags string) string {
	t.Helper()
	binaries.Lock()
	defer binaries.Unlock()
	if path := binaries.built[tags]; path != "" {
		return path
	}
	if binaries.folder == "" {
		folder, err := os.MkdirTemp("", "rung-system-")
		if err != nil {
			t.Fatal(err)
		}
		binaries.folder = folder
	}
	path := filepath.Join(binaries.folder, "rung"+tags)
	build := exec.Command("go", "build", "-tags", tags, "-o", path, "./cmd/rung")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	binaries.built[tags] = path
	return path
}

// server is one data folder and the process that serves it, if one runs.
type server struct {
	t    *testing.T
	bin  string
	data string
	env  []string // beside what every server here gets
	addr string   // host:port, the same for each process after the first

	within []string // what stands before the program's name, to run it in other surroundings

	cmd   *exec.Cmd
	log   *logged
	setup string
	ended chan struct{}
	err   error // of the process, once ended
}

// newServer makes a folder for a server that is not started yet.
func newServer(t *testing.T, tags string, env ...string) *server {
	t.Helper()
	s := &server{t: t, bin: binary(t, tags), data: t.TempDir(), env: env, addr: "127.0.0.1:0"}
	t.Cleanup(s.kill)
	return s
}

func (s *server) command(args ...string) *exec.Cmd {
	words := append(append(slices.Clone(s.within), s.bin), args...)
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + s.data, "RUNG_DATA=" + s.data, "RUNG_ADDR=" + s.addr, "RUNG_ADMIN_ADDR=off",
		"RUNG_REQUESTS_PER_SECOND=0", "RUNG_LOG_FORMAT=json",
	}, s.env...)
	return cmd
}

// start runs the program and waits until it is ready. more is added to its environment, for this once.
func (s *server) start(more ...string) {
	s.t.Helper()
	if err := s.launch(more...); err != nil {
		s.t.Fatal(err)
	}
	s.ready()
}

func (s *server) launch(more ...string) error {
	cmd := s.command("serve")
	cmd.Env = append(cmd.Env, more...)
	s.log = &logged{seen: make(chan struct{})}
	cmd.Stderr = s.log
	if err := cmd.Start(); err != nil {
		return err
	}
	s.cmd, s.ended = cmd, make(chan struct{})
	go func() {
		s.err = cmd.Wait()
		close(s.ended)
	}()
	return nil
}

// ready waits until the process says that it is and, if nobody has an account yet, has told where to make the first.
func (s *server) ready() {
	s.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		select {
		case <-s.ended:
			s.t.Fatalf("rung serve has ended: %v\n%s", s.err, s.log.text())
		default:
		}
		if s.log.address() == "" {
			continue
		}
		s.addr = strings.TrimPrefix(s.log.address(), "http://")
		if !s.answers() {
			continue
		}
		if a := s.log.setup(); a != "" {
			s.setup = a
		}
		if s.setup != "" || !s.empty() {
			return
		}
	}
	s.t.Fatalf("rung serve is not ready\n%s", s.log.text())
}

// answers reports whether the process is ready.
func (s *server) answers() bool {
	if s.log.address() == "" {
		return false
	}
	resp, err := http.Get(s.base() + "/readyz")
	if err != nil {
		return false
	}
	resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// empty reports whether the first user is awaited.
func (s *server) empty() bool {
	resp, err := http.Get(s.base() + "/api/v1/auth/methods")
	if err != nil {
		return true
	}
	defer resp.Body.Close()
	var methods struct{ Setup bool }
	return json.NewDecoder(resp.Body).Decode(&methods) != nil || methods.Setup
}

func (s *server) base() string { return "http://" + s.addr }

// stop asks the process to end and expects it to do so well, and in time.
func (s *server) stop() {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	s.gone()
	if s.err != nil {
		s.t.Fatalf("rung serve ended with %v\n%s", s.err, s.log.text())
	}
}

// gone waits until the process has ended.
func (s *server) gone() {
	s.t.Helper()
	select {
	case <-s.ended:
	case <-time.After(12 * time.Second):
		s.t.Fatalf("rung serve does not end\n%s", s.log.text())
	}
}

// kill ends the process as a power cut would.
func (s *server) kill() {
	if s.cmd == nil {
		return
	}
	if err := s.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		s.t.Error(err)
	}
	<-s.ended
}

// logged keeps what a process writes and picks what a test needs from its lines.
type logged struct {
	mu   sync.Mutex
	all  bytes.Buffer
	seen chan struct{}
}

// Write takes a piece of the log.
func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

func (l *logged) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

// lines gives the whole lines of the log that are JSON.
func (l *logged) lines() (all []object) {
	lines := bufio.NewScanner(strings.NewReader(l.text()))
	for lines.Scan() {
		var o object
		if json.Unmarshal(lines.Bytes(), &o) == nil {
			all = append(all, o)
		}
	}
	return all
}

// address is what the first line says.
func (l *logged) address() string {
	for _, line := range l.lines() {
		if a, ok := line["address"].(string); ok && !strings.Contains(a, "#") {
			return a
		}
	}
	return ""
}

// mailed gives the last link that was mailed to an address, "" if none was. It takes a log at level debug.
func (l *logged) mailed(to string) string {
	link := ""
	for _, line := range l.lines() {
		body, _ := line["body"].(string)
		if line["to"] != to {
			continue
		}
		for _, word := range strings.Fields(body) {
			if strings.HasPrefix(word, "http") && strings.Contains(word, "#") {
				link = word
			}
		}
	}
	return link
}

// setup is the one-time address, if one was given.
func (l *logged) setup() string {
	for _, line := range l.lines() {
		if a, ok := line["address"].(string); ok && strings.Contains(a, "#") {
			return a
		}
	}
	return ""
}
