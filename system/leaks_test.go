package system

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestNothingLeaks makes thousands of requests, very many of which are broken off somewhere, and finds as many goroutines
// and descriptors afterwards as before.
func TestNothingLeaks(t *testing.T) {
	onLinux(t)
	s := newServer(t, "", "RUNG_ADMIN_ADDR="+freeAddress(t))
	temp := t.TempDir()
	s.start("TMPDIR=" + temp)
	st := alone(t, s)
	project := st.ada.makes(st.ws+"/projects", object{"name": "Leaks"}).id()
	task := st.ws + "/tasks/" + st.ada.task(project, "one").id()
	for i := range 100 {
		st.ada.task(project, fmt.Sprint("task ", i), "description", strings.Repeat("A line of it. ", 200))
	}
	file := []byte(strings.Repeat("What a file holds. ", 50_000))
	all := func(rounds int) {
		var busy sync.WaitGroup
		for i := range 8 {
			busy.Go(func() {
				r := rand.New(rand.NewPCG(7, uint64(i)))
				for range rounds {
					st.brokenOff(r, http.MethodGet, st.ws+"/tasks?limit=50", "", nil)
					st.brokenOff(r, http.MethodGet, st.ws+"/snapshot", "", nil)
					st.brokenOff(r, http.MethodGet, st.ws+"/events", "", nil)
					st.brokenOff(r, http.MethodPost, st.ws+"/tasks", "application/json", []byte(`{"project":"`+project+`","title":"maybe"}`))
					st.brokenOff(r, http.MethodPost, task+"/attachments", "multipart/form-data; boundary=b",
						[]byte("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n"+string(file)+"\r\n--b--\r\n"))
					st.brokenOff(r, http.MethodPost, st.ws+"/imports", "multipart/form-data; boundary=b",
						[]byte("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n"+string(file)+"\r\n--b--\r\n"))
				}
			})
		}
		busy.Wait()
		http.DefaultClient.CloseIdleConnections()
		st.eventually("all streams have ended", func() bool { return s.gauge("rung_streams") == 0 })
	}
	all(3)         // what is only needed once is there
	const few = 12 // connections that are kept alive, readers of the database that were opened for many at once
	goroutines, open := s.gauge("go_goroutines"), s.gauge("process_open_fds")
	all(60)
	st.eventually("goroutines and descriptors are as before", func() bool {
		return s.gauge("go_goroutines") <= goroutines+few && s.gauge("process_open_fds") <= open+few
	})
	t.Logf("%v goroutines and %v descriptors before, %v and %v after", goroutines, open, s.gauge("go_goroutines"), s.gauge("process_open_fds"))
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("%d temporary files are left, %v", len(left), err)
	}
	s.stop()
}

// brokenOff asks for something and hangs up: while it sends, while it waits, while it reads, or not at all.
func (s *story) brokenOff(r *rand.Rand, method, path, kind string, body []byte) {
	ctx, cancel := context.WithTimeout(s.Context(), time.Duration(r.IntN(60))*time.Millisecond)
	defer cancel()
	var in io.Reader
	if body != nil {
		in = io.MultiReader(strings.NewReader(string(body[:r.IntN(len(body))])), waits{ctx})
		if r.IntN(2) == 0 {
			in = strings.NewReader(string(body))
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, s.env.BaseURL+"/api/v1"+path, in)
	if err != nil {
		s.Error(err)
		return
	}
	req.Header.Set("Authorization", "Bearer "+s.ada.token)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return // it was broken off
	}
	defer resp.Body.Close()
	_, _ = io.CopyN(io.Discard, resp.Body, int64(r.IntN(200*kb)))
}

// waits is the rest of a body that does not come.
type waits struct{ context.Context } //nolint:containedctx // it is all there is to it

// Read waits until nobody wants it any more.
func (w waits) Read([]byte) (int, error) {
	<-w.Done()
	return 0, w.Err()
}
