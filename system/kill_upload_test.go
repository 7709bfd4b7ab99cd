package system

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestKilledUpload kills the server at each step of attaching a file, and in the middle of its bytes. What was answered
// is there, the same form sent again finishes what was begun, and what was left behind is swept a day later.
func TestKilledUpload(t *testing.T) {
	s := newServer(t, "failpoints")
	s.start()
	st := alone(t, s)
	project, _ := st.project("Files")
	task := st.ws + "/tasks/" + st.ada.task(project, "With files").id()
	s.stop()
	steps := 6
	if testing.Short() {
		steps = 2
	}
	interrupted, files := 0, 0
	for step := 1; step <= steps; step++ {
		for _, point := range []string{"before-commit", "entry-written", "after-commit"} {
			content := bytes.Repeat([]byte(fmt.Sprint(point, step, " ")), 10_000)
			id := newID()
			form := func() *ask { return st.ada.attaching(task, point, content, id) }
			if err := s.launch(fmt.Sprintf("RUNGFAIL=%s:%d", point, step)); err != nil {
				t.Fatal(err)
			}
			answered := false
			if s.lives() {
				a, err := form().do()
				answered = err == nil && a.status == http.StatusCreated
			}
			s.kill()
			if s.fell() {
				interrupted++
			}
			s.start()
			again := form().send()
			if answered {
				again.is(http.StatusOK)
			} else if again.status != http.StatusOK {
				again.is(http.StatusCreated)
			}
			files++
			st.ada.get(task).has(object{"attachment_count": files})
			got := st.nobody.get(st.ada.addressOf(task + "/attachments/" + again.id()))
			if !bytes.Equal(got.body, content) {
				t.Errorf("killed %s %d: %d bytes came back, want %d", point, step, len(got.body), len(content))
			}
			s.kill()
		}
	}
	if interrupted < steps {
		t.Errorf("%d of %d uploads were interrupted", interrupted, 3*steps)
	}
	s.start()
	st.breakOff(s, task)
	left := s.files(false)
	if left <= files {
		t.Errorf("%d files are kept for %d attachments: nothing was left behind that could be swept", left, files)
	}
	s.files(true)
	s.start() // which sweeps
	st.eventually("what was left behind is gone", func() bool { return s.files(false) == files })
	if n := len(st.ada.list(task+"/attachments", 50)); n != files {
		t.Errorf("%d attachments are listed, want %d", n, files)
	}
	s.stop()
}

// breakOff kills the server while a file comes in.
func (s *story) breakOff(server *server, task string) {
	s.Helper()
	before := server.files(false)
	r, w := io.Pipe()
	req, err := http.NewRequestWithContext(s.Context(), http.MethodPost, s.env.BaseURL+"/api/v1"+task+"/attachments", r)
	if err != nil {
		s.Fatal(err)
	}
	req.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	req.Header.Set("Authorization", "Bearer "+s.ada.token)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if resp, err := s.http.Do(req); err == nil {
			resp.Body.Close()
			s.Errorf("half a file is answered %d", resp.StatusCode)
		}
	}()
	if _, err := io.WriteString(w, strings.TrimSuffix(smallFile, "Words\r\n--x--\r\n")+strings.Repeat("half ", 50_000)); err != nil {
		s.Fatal(err)
	}
	s.eventually("the file has been begun", func() bool { return server.files(false) > before })
	server.kill()
	w.Close()
	<-done
}

// files counts the files that are kept, and makes them look as if they had been there for two days if old.
func (s *server) files(old bool) (n int) {
	s.t.Helper()
	then := time.Now().Add(-48 * time.Hour)
	if err := filepath.WalkDir(filepath.Join(s.data, "files"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		n++
		if old {
			return os.Chtimes(path, then, then)
		}
		return nil
	}); err != nil && !os.IsNotExist(err) {
		s.t.Fatal(err)
	}
	return n
}
