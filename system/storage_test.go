package system

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestFullDisk fills the disk while several people write, again and again: each is refused in the end and told why,
// reading goes on, what was acknowledged is there, and it goes on by itself when there is room again. A server that is
// killed meanwhile comes back when there is room.
func TestFullDisk(t *testing.T) {
	s := newServer(t, "", "RUNG_MIN_FREE_DISK=0")
	d := newDisk(t, s.data, 24)
	s.on(d)
	l := openLedger(t, s)
	s.start()
	for round := range 3 {
		stop := make(chan struct{})
		var all sync.WaitGroup
		for _, w := range l.writers {
			all.Go(func() { w.work(stop) })
		}
		d.fill(0)
		all.Wait() // until each has been refused
		if t.Failed() {
			t.Fatalf("in round %d", round)
		}
		l.eventually("a write is refused for want of room", func() bool {
			d.fill(0) // a refused write may have given room back
			a := l.ada.post(l.ws+"/tasks", object{"project": l.writers[0].projects[0], "title": strings.Repeat("long ", 20), "description": strings.Repeat("x", 200_000)})
			if a.status == http.StatusCreated {
				t.Fatal("a task of 200 KB was taken by a full disk")
			}
			return a.refused(http.StatusServiceUnavailable, "storage-full").header.Get("Retry-After") != ""
		})
		l.ada.get(l.ws + "/tasks?sort=-created")
		if !l.check() {
			t.Fatal("nothing can be read while the disk is full")
		}
		if round == 1 {
			s.kill()
			d.fill(0)
			s.startsOrSays("disk is full")
			s.kill()
			d.empty()
			s.start()
		} else {
			d.empty()
		}
		for _, w := range l.writers {
			if w.pending != nil && !w.send() {
				t.Errorf("%s can't send again what was refused, though there is room", w.name)
			}
		}
		if !l.check() || t.Failed() {
			t.Fatalf("in round %d", round)
		}
	}
	t.Logf("%d changes acknowledged, %d events", l.acknowledged.Load(), l.history.seq)
	s.stop()
	if out, _, code := s.run(nil, "check"); code != 0 {
		t.Errorf("the check ends with %d: %s", code, out)
	}
}

// TestStartOnAFullDisk has nowhere to make a database.
func TestStartOnAFullDisk(t *testing.T) {
	s := newServer(t, "")
	d := newDisk(t, s.data, 8)
	s.on(d)
	d.fill(0)
	if s.startsOrSays("disk is full") {
		t.Error("it serves, with nothing to serve from")
	}
	d.empty()
	s.start()
	s.stop()
}

// startsOrSays starts the program where that may fail, which must be said in one sentence with the given words. It
// reports whether it serves.
func (s *server) startsOrSays(words string) bool {
	s.t.Helper()
	if err := s.launch(); err != nil {
		s.t.Fatal(err)
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if s.answers() {
			return true
		}
		select {
		case <-s.ended:
			if said := strings.TrimSpace(s.log.text()); s.cmd.ProcessState.ExitCode() != 1 || !strings.Contains(said, words) || strings.Contains(said, "\n") {
				s.t.Errorf("it ends with %v and says %s", s.err, said)
			}
			return false
		default:
		}
	}
	s.t.Fatalf("it neither serves nor ends\n%s", s.log.text())
	return false
}

// TestLittleDisk leaves less than a twentieth of the disk: nothing is changed any more, people still sign in and read,
// everyone who may ask is told, and it goes on by itself.
func TestLittleDisk(t *testing.T) {
	s := newServer(t, "", "RUNG_ADMIN_ADDR="+freeAddress(t))
	d := newDisk(t, s.data, 256)
	s.on(d)
	s.start()
	st := alone(t, s)
	project := st.ada.makes(st.ws+"/projects", object{"name": "Little"}).id()
	task := st.ada.task(project, "before").id()
	file := st.ws + "/tasks/" + task + "/attachments/" + st.ada.attaches(st.ws+"/tasks/"+task, "a.txt", []byte("kept"), "").is(http.StatusCreated).id()
	write := func() *answer { return st.ada.post(st.ws+"/tasks", object{"project": project, "title": "meanwhile"}) }

	d.fill(8 << 20) // of 256
	st.eventually("it is only read", func() bool { return write().status == http.StatusServiceUnavailable })
	if write().refused(http.StatusServiceUnavailable, "storage-low").header.Get("Retry-After") == "" {
		t.Error("it is not said when to come back")
	}
	st.ada.patch(st.ws+"/tasks/"+task, object{"title": "after"}).refused(http.StatusServiceUnavailable, "storage-low")
	st.ada.get(st.ws + "/tasks/" + task).has(object{"title": "before"})
	again := &person{s: st, name: "Ada", email: st.ada.email}
	again.login()
	again.refresh(again.jar).is(http.StatusOK)
	again.get("/me")
	st.nobody.get("/readyz").has(object{"checks": object{"database": "ok", "storage": "storage-low"}})
	expectMetric(t, s, "rung_read_only 1")

	s.stop() // a server that is started now reads as well
	s.start()
	st.ada.get(st.ws + "/tasks/" + task)
	if got := st.nobody.get(st.ada.addressOf(file)); string(got.body) != "kept" {
		t.Errorf("the file is %q", got.body)
	}
	write().refused(http.StatusServiceUnavailable, "storage-low")

	d.empty()
	st.eventually("it is written to again", func() bool { return write().status == http.StatusCreated })
	st.nobody.get("/readyz").has(object{"checks": object{"database": "ok", "storage": "ok"}})
	expectMetric(t, s, "rung_read_only 0")
	s.stop() // then all of its log has come
	for _, message := range []string{"nothing is changed any more, the database is only read", "the database is written to again"} {
		if n := strings.Count(s.log.text(), message); n != 1 {
			t.Errorf("%q stands in the log %d times", message, n)
		}
	}
}

// expectMetric looks for a line among the metrics.
func expectMetric(t *testing.T, s *server, line string) {
	t.Helper()
	if !bytes.Contains(s.metrics(), []byte("\n"+line+"\n")) {
		t.Errorf("the metrics lack %q", line)
	}
}

// adminAddr is the operator's address.
func (s *server) adminAddr() string {
	for _, pair := range s.env {
		if a, ok := strings.CutPrefix(pair, "RUNG_ADMIN_ADDR="); ok {
			return a
		}
	}
	s.t.Fatal("the server has no address for its operator")
	return ""
}

// metrics gives what the operator's address tells.
func (s *server) metrics() []byte {
	s.t.Helper()
	resp, err := http.Get("http://" + s.adminAddr() + "/metrics")
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

// TestFilesTakenAway removes and replaces the database, or its log, under the server. It must not acknowledge what goes
// into files that nobody will find again, and it goes on when they are back.
func TestFilesTakenAway(t *testing.T) {
	for _, name := range []string{"rung.db", "rung.db-wal"} {
		for _, replaced := range []bool{false, true} {
			how := map[bool]string{false: " removed", true: " replaced"}[replaced]
			t.Run(name+how, func(t *testing.T) { takenAway(t, name, replaced) })
		}
	}
}

func takenAway(t *testing.T, name string, replaced bool) {
	s := newServer(t, "")
	s.start()
	st := alone(t, s)
	project := st.ada.makes(st.ws+"/projects", object{"name": "Taken away"}).id()
	before := st.ada.task(project, "before").id()
	path := filepath.Join(s.data, name)
	move(t, path, path+".away")
	if replaced {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	lost := newID()
	write := func() *answer {
		return st.ada.post(st.ws+"/tasks", object{"id": lost, "project": project, "title": "meanwhile"})
	}
	for range 2 { // at once, and when it has been noticed
		write().refused(http.StatusServiceUnavailable, "storage-lost")
	}
	st.ada.get(st.ws + "/tasks/" + before)
	st.nobody.get("/readyz").has(object{"checks": object{"database": "ok", "storage": "storage-lost"}})
	if replaced {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	move(t, path+".away", path)
	st.eventually("it goes on", func() bool {
		a := write()
		return a.status == http.StatusOK || a.status == http.StatusCreated
	})
	s.stop()
	s.start()
	st.ada.get(st.ws + "/tasks/" + before)
	st.ada.get(st.ws + "/tasks/" + lost)
	s.stop()
}

func move(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

// TestALogWithoutItsDatabase is a start when the database is gone and changes of it are still there.
func TestALogWithoutItsDatabase(t *testing.T) {
	s := newServer(t, "")
	s.start()
	s.kill() // its log stays
	path := filepath.Join(s.data, "rung.db")
	move(t, path, path+".away")
	if s.startsOrSays("is gone") {
		t.Error("it serves, and has thrown the log away")
	}
	move(t, path+".away", path)
	s.start()
	s.stop()
}

// TestReadOnlyFolder starts where nothing can be written.
func TestReadOnlyFolder(t *testing.T) {
	s := newServer(t, "")
	d := newDisk(t, s.data, 32)
	s.on(d)
	s.start()
	st := alone(t, s)
	s.stop()
	d.do(`mount -o remount,ro "$0"`)
	if s.startsOrSays("read-only") {
		t.Error("it serves, and can write nothing")
	}
	if out, stderr, code := s.run(nil, "check"); code != 1 || !strings.Contains(out+stderr, "read-only") {
		t.Errorf("the check ends with %d and says %s%s", code, out, stderr)
	}
	d.do(`mount -o remount,rw "$0"`)
	s.start()
	st.ada.get("/me")
	s.stop()
}
