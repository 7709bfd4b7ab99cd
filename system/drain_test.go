package system

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestDrain asks the server to end while a request is under way and a stream is open: readiness says so, the request is
// answered, the stream ends, and the process leaves well and in time; the same when its terminal is closed.
func TestDrain(t *testing.T) {
	for _, end := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(end.String(), func(t *testing.T) { drains(t, end) })
	}
}

func drains(t *testing.T, end syscall.Signal) {
	s := newServer(t, "")
	s.start()
	st := alone(t, s)
	project := st.ada.makes(st.ws+"/projects", object{"name": "Drained"}).id()
	stream := st.ada.follow(st.ws, "")
	first := st.ada.task(project, "Before").id()
	seen := stream.until("task.created", first)

	half := st.begin(fmt.Sprintf(`{"project": %q, "title": "Sent in two halves"}`, project))
	if err := s.cmd.Process.Signal(end); err != nil {
		t.Fatal(err)
	}
	st.eventually("readiness fails", func() bool {
		resp, err := http.Get(s.base() + "/readyz")
		if err != nil {
			t.Fatalf("the server is gone while a request is under way: %v\n%s", err, s.log.text())
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		return err == nil && resp.StatusCode == http.StatusServiceUnavailable && strings.Contains(string(body), "draining")
	})
	select {
	case <-stream.ended:
	case <-time.After(patience):
		t.Error("the stream goes on while the server ends")
	}
	answer := half.end()
	if answer.status != http.StatusCreated {
		t.Errorf("the request under way is answered %d %s", answer.status, answer.body)
	}
	s.gone()
	if s.err != nil {
		t.Fatalf("rung serve ended with %v\n%s", s.err, s.log.text())
	}

	s.start()
	again := st.ada.follow(st.ws, seen.id)
	if e := again.next(); e.entity() != answer.id() {
		t.Errorf("the stream goes on with %s, want the task of the request that was under way", asJSON(e.data))
	}
	again.close()
	s.stop()
}

// TestDrainIsBounded ends with a request that never comes to its end.
func TestDrainIsBounded(t *testing.T) {
	s := newServer(t, "")
	s.start()
	st := alone(t, s)
	st.begin(`{"title": "The rest of this never comes"}`)
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.gone()
	if s.err != nil {
		t.Errorf("rung serve ended with %v\n%s", s.err, s.log.text())
	}
}

// alone is a story of Ada, in the workspace that is her own.
func alone(t *testing.T, s *server) *story {
	t.Helper()
	st := &story{T: t, env: Env{BaseURL: s.base(), SetupURL: s.setup}, http: newHTTP()}
	st.nobody = &person{s: st, name: "nobody"}
	st.ada = st.register("Ada", object{"setup": st.setupToken()})
	st.ws = "/workspaces/" + st.ada.home
	return st
}

// halfway is a request to make a task whose last byte has not been sent yet.
type halfway struct {
	s    *story
	conn net.Conn
	rest string
}

// begin sends all but the end of a request.
func (s *story) begin(body string) *halfway {
	s.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.env.BaseURL, "http://"))
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { conn.Close() })
	cut := len(body) / 2
	_, err = fmt.Fprintf(conn, "POST /api/v1%s/tasks HTTP/1.1\r\nHost: rung\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		s.ws, s.ada.token, len(body), body[:cut])
	if err != nil {
		s.Fatal(err)
	}
	time.Sleep(200 * time.Millisecond) // for the server to take it up
	return &halfway{s: s, conn: conn, rest: body[cut:]}
}

// end sends the rest and gives the answer.
func (h *halfway) end() *answer {
	h.s.Helper()
	if _, err := io.WriteString(h.conn, h.rest); err != nil {
		h.s.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(h.conn), nil)
	if err != nil {
		h.s.Fatalf("the request under way gets no answer: %v", err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		h.s.Fatal(err)
	}
	return &answer{s: h.s, what: "the request under way", status: resp.StatusCode, header: resp.Header, body: body}
}
