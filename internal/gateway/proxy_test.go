package gateway

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/rung-app/rung/internal/fault"
)

// A role behind a proxy sees what it would see in the same process, and a stream is not held back on the way.
func TestProxy(t *testing.T) {
	goOn := make(chan struct{})
	role := httptest.NewServer(open(t, func(o *Options) {
		o.Trusted = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
		mounted := o.API
		o.API = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/api/live" {
				mounted.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/event-stream")
			_, _ = io.WriteString(w, "data: one\n\n")
			w.(http.Flusher).Flush()
			<-goOn
		})
	}))
	defer role.Close()
	target, err := url.Parse(role.URL)
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, func(o *Options) { o.API = Proxy(target, o.Refuse, o.Log) })
	w := e.ask("GET", "/api/x", stranger, "X-Forwarded-For", "198.51.100.1")
	if want := "GET /api/x from 203.0.113.9 id " + w.Header().Get("X-Request-Id"); w.Body.String() != want {
		t.Errorf("the role saw %q, want %q", w.Body, want)
	}
	if ids := w.Header()["X-Request-Id"]; len(ids) != 1 {
		t.Errorf("ids %q", ids)
	}

	edge := httptest.NewServer(e)
	defer edge.Close()
	resp, err := edge.Client().Get(edge.URL + "/api/live")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if line, err := bufio.NewReader(resp.Body).ReadString('\n'); err != nil || line != "data: one\n" {
		t.Errorf("the stream gave %q, %v, while it goes on", line, err)
	}
	close(goOn)
}

func TestAProxyWithNobodyBehindIt(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	target, err := url.Parse(gone.URL)
	if err != nil {
		t.Fatal(err)
	}
	gone.Close()
	var refused error
	e := open(t, func(o *Options) {
		o.API = Proxy(target, func(w http.ResponseWriter, _ *http.Request, err error) {
			refused = err
			w.WriteHeader(http.StatusServiceUnavailable)
		}, o.Log)
	})
	if w := e.ask("GET", "/api/x", stranger); w.Code != http.StatusServiceUnavailable || fault.KindOf(refused) != fault.KindUnavailable {
		t.Errorf("%d, %v", w.Code, refused)
	}
}

func TestABodyThatIsTooLarge(t *testing.T) {
	var read error
	e := open(t, func(o *Options) {
		o.MaxBody = 10
		o.API = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, read = io.ReadAll(r.Body) })
	})
	for _, size := range []int64{11, -1} { // said to be too long, and found to be
		read = nil
		r := httptest.NewRequest("POST", "/api/x", strings.NewReader("0123456789a"))
		r.ContentLength = size
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		if _, ok := errors.AsType[*http.MaxBytesError](read); !ok && w.Code == http.StatusOK {
			t.Errorf("a body of %d was taken: %v", size, read)
		}
	}
}

// What was cut off by a bug must not look whole.
func TestAPanicInTheMiddleBreaksTheConnection(t *testing.T) {
	e := open(t, func(o *Options) {
		o.API = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "half")
			w.(http.Flusher).Flush()
			panic("a bug")
		})
	})
	counted := 0
	e.Observe = func(string, int, time.Duration) { counted++ }
	srv := httptest.NewServer(e)
	defer srv.Close()
	resp, err := srv.Client().Get(srv.URL + "/api/x")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if b, err := io.ReadAll(resp.Body); err == nil {
		t.Errorf("%q looks whole", b)
	}
	srv.Close()
	if counted != 1 || !strings.Contains(e.log.String(), "status=200") {
		t.Errorf("counted %d times, log:\n%s", counted, e.log.String())
	}
}
