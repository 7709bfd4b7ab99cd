package system

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rehearsal is what a test reads of a report.
type rehearsal struct {
	Users, Present, Processes int
	Held                      bool
	Why                       []string
	Requests                  struct{ Count, Writes, Errors int64 }
	Streams                   struct{ Open, Broken int64 }
	Checks                    struct {
		Acknowledged, Lost, Reread, Stale, Streams, Events, Missed, Repeated, Disordered int64
		ReadBack                                                                         int64 `json:"read_back"`
		Violations, Unchecked                                                            []string
	}
	Server *struct{ Memory, Processor float64 }
	Steps  []struct {
		Users int
		Held  bool
	}
	FirstToGive string `json:"first_to_give"`
}

// load runs rung load, which must end with the code.
func (s *server) load(code int, args ...string) (r rehearsal, out, errs string) {
	s.t.Helper()
	cmd := s.command(append([]string{"load"}, args...)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_ = cmd.Run()
	if got := cmd.ProcessState.ExitCode(); got != code {
		s.t.Fatalf("rung load %s ended with code %d: %s", strings.Join(args, " "), got, stderr.String())
	}
	if strings.HasPrefix(stdout.String(), "{") {
		if err := json.Unmarshal(stdout.Bytes(), &r); err != nil {
			s.t.Fatal(err)
		}
	}
	return r, stdout.String(), stderr.String()
}

// patient is what any machine holds.
var patient = []string{"--held-p99=1m", "--held-delay=1m", "--every=100ms", "--ramp=1s", "--for=2s"}

// TestLoad rehearses with the real program, first in one process and then in two with the same people.
func TestLoad(t *testing.T) {
	s := newServer(t, "")
	s.start("RUNG_ADMIN_ADDR=127.0.0.1:0")
	for _, processes := range []string{"1", "2"} {
		page := filepath.Join(t.TempDir(), "report.html")
		r, _, _ := s.load(0, append([]string{"--users=600", "--json", "--html=" + page, "--processes=" + processes}, patient...)...)
		c := r.Checks
		if !r.Held || r.Users != 600 || r.Present != 30 || r.Streams.Open != 30 || r.Requests.Errors != 0 {
			t.Errorf("%s processes: %+v", processes, r)
		}
		if c.Acknowledged == 0 || c.ReadBack != c.Acknowledged || c.Reread == 0 || c.Streams != 30 || c.Events == 0 ||
			c.Lost+c.Stale+c.Missed+c.Repeated+c.Disordered != 0 || len(c.Violations)+len(c.Unchecked) != 0 {
			t.Errorf("%s processes: %+v", processes, c)
		}
		text, err := os.ReadFile(page)
		if err != nil || !bytes.HasPrefix(text, []byte("<!doctype html>")) || !bytes.Contains(text, []byte("<svg")) {
			t.Errorf("the page: %v, %.100s", err, text)
		}
	}
	out, err := s.command("user", "list", "--json").Output()
	if n := bytes.Count(out, []byte("\n")); err != nil || n != 600 {
		t.Errorf("there are %d accounts, %v", n, err)
	}
	if bytes.Contains(out, []byte("password")) {
		t.Error("the list of accounts tells of passwords")
	}
}

// TestLoadWithPeopleOfAFile makes people in one place and rehearses with them in another.
func TestLoadWithPeopleOfAFile(t *testing.T) {
	s := newServer(t, "")
	s.start()
	file := filepath.Join(t.TempDir(), "people")
	if _, out, _ := s.load(0, "--users=200", "--prepare="+file); !strings.Contains(out, "200 users are there, and 10 of them are written down") {
		t.Errorf("it says %q", out)
	}
	if st, err := os.Stat(file); err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", st, err)
	}
	elsewhere := &server{t: t, bin: s.bin, data: t.TempDir(), addr: s.addr}
	if r, _, _ := elsewhere.load(0, append([]string{"--people=" + file, "--url=" + s.base(), "--json"}, patient...)...); !r.Held || r.Users != 200 || r.Present != 10 {
		t.Errorf("%+v", r)
	}
	for name, text := range map[string]string{"empty": "", "other": `{"tasks": []}`, "cut": `{"users": 200}` + "\n{"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, errs := elsewhere.load(1, "--people="+file, "--url="+s.base()); !strings.Contains(errs, "the file of people") {
			t.Errorf("%s: %s", name, errs)
		}
	}
}

// TestLoadThatIsNotHeld fails, and says why; also when the limit is looked for.
func TestLoadThatIsNotHeld(t *testing.T) {
	s := newServer(t, "")
	s.start()
	r, _, errs := s.load(1, "--users=100", "--json", "--held-p99=1us", "--every=100ms", "--for=1s", "--ramp=0s")
	if r.Held || len(r.Why) == 0 || !strings.Contains(errs, "not held") {
		t.Errorf("%+v, %s", r, errs)
	}
	r, _, _ = s.load(1, "--users=80", "--json", "--find-limit", "--held-p99=1us", "--every=100ms", "--for=1s", "--ramp=0s")
	if len(r.Steps) != 3 || r.Steps[2].Users != 20 || r.FirstToGive == "" {
		t.Errorf("%+v", r)
	}
}

// TestLoadIsRefused where it makes no sense, or people work.
func TestLoadIsRefused(t *testing.T) {
	s := newServer(t, "")
	for _, args := range [][]string{
		{"--users=0"},
		{"--users=x"},
		{"--for=0s"},
		{"--every=0s"},
		{"--mix=lunch=1"},
		{"--mix=groups=0"},
		{"--url=ftp://x"},
		{"--processes=-1"},
		{"--ramp=-1s"},
		{"--people=x", "--find-limit"},
		{"--people=x", "--prepare=y"},
		{"--prepare=y", "--find-limit"},
	} {
		if _, _, errs := s.load(2, args...); strings.Count(errs, "\n") != 1 {
			t.Errorf("%v: %q", args, errs)
		}
	}
	if _, _, errs := s.load(1, "--url=http://127.0.0.1:1"); !strings.Contains(errs, "there is no Rung server at http://127.0.0.1:1") {
		t.Error(errs)
	}
	s.start()
	if out, err := s.command("user", "create", "ada@example.com", "Ada").CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	if _, _, errs := s.load(2, "--users=100"); !strings.Contains(errs, "--among-others") {
		t.Error(errs)
	}
	out, err := s.command("user", "list", "--json").Output()
	if n := bytes.Count(out, []byte("\n")); err != nil || n != 1 {
		t.Errorf("there are %d accounts, %v", n, err)
	}
	if r, _, _ := s.load(0, append([]string{"--users=100", "--json", "--among-others"}, patient...)...); !r.Held {
		t.Errorf("%+v", r)
	}
	if cmd := s.command("load-agent"); cmd.Run() == nil {
		t.Error("a part of the load was made for nobody")
	}
}
