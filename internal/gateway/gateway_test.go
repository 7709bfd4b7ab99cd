package gateway

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rung-app/rung/internal/fault"
)

// edge is a gateway before a role that answers what it was asked.
type edge struct {
	*Gateway
	log bytes.Buffer
	now time.Time
}

func open(t *testing.T, change func(*Options)) *edge {
	t.Helper()
	e := &edge{now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	o := Options{
		API: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/api/panic":
				panic("a bug")
			case "/api/large", "/api/v1/files/large":
				w.Header().Set("Content-Type", "application/json")
				_, _ = io.WriteString(w, strings.Repeat("text ", 1000))
			case "/api/events":
				w.Header().Set("Content-Type", "text/event-stream")
				_, _ = io.WriteString(w, strings.Repeat("data: x\n\n", 1000))
			default:
				_, _ = io.WriteString(w, r.Method+" "+r.URL.Path+" from "+r.RemoteAddr+" id "+r.Header.Get("X-Request-Id"))
			}
		}),
		Web: fstest.MapFS{
			"index.html":     {Data: []byte(`<!doctype html><base href="/">the app`)},
			"assets/a1b.js":  {Data: []byte(`run()`)},
			".git/config":    {Data: []byte(`hidden`)},
			"assets/.env.js": {Data: []byte(`hidden`)},
		},
		Refuse: func(w http.ResponseWriter, _ *http.Request, err error) {
			status := http.StatusInternalServerError
			switch fault.KindOf(err) {
			case fault.KindTooMany:
				status = http.StatusTooManyRequests
			case fault.KindNotFound:
				status = http.StatusNotFound
			}
			w.WriteHeader(status)
		},
		Log: slog.New(slog.NewTextHandler(&e.log, nil)),
		Now: func() time.Time { return e.now },
	}
	if change != nil {
		change(&o)
	}
	g, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	e.Gateway = g
	return e
}

func (e *edge) ask(method, target, from string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	r.RemoteAddr = from
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	return w
}

const stranger = "203.0.113.9:4711"

func TestOnlyTrustedProxiesSayWhoTheClientIs(t *testing.T) {
	trusting := func(o *Options) { o.Trusted = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")} }
	for _, c := range []struct{ name, from, forwarded, want string }{
		{"nobody is trusted to lie", stranger, "198.51.100.1", "203.0.113.9"},
		{"a proxy's word counts", "10.0.0.1:1", "198.51.100.1", "198.51.100.1"},
		{"what the client wrote before it does not", "10.0.0.1:1", "192.0.2.66, 198.51.100.1", "198.51.100.1"},
		{"a chain of proxies", "10.0.0.1:1", "198.51.100.1, 10.0.0.2", "198.51.100.1"},
		{"rubbish", "10.0.0.1:1", "198.51.100.1, rubbish", "10.0.0.1"},
		{"IPv4 in IPv6", "[::ffff:10.0.0.1]:1", "198.51.100.1", "198.51.100.1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := open(t, trusting).ask("GET", "/api/x", c.from, "X-Forwarded-For", c.forwarded)
			if !strings.Contains(w.Body.String(), "from "+c.want+" ") {
				t.Fatalf("got %q, want %s", w.Body, c.want)
			}
		})
	}
}

func TestAProxyThatIsNotTrustedIsToldOfOnce(t *testing.T) {
	const warning = "RUNG_TRUSTED_PROXIES"
	e := open(t, func(o *Options) { o.Trusted = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")} })
	e.ask("GET", "/api/x", stranger, "X-Forwarded-For", "198.51.100.1") // anybody can send that
	e.ask("GET", "/api/x", "10.0.0.1:1", "X-Forwarded-For", "198.51.100.1")
	e.ask("GET", "/api/x", "127.0.0.1:1")
	if strings.Contains(e.log.String(), warning) {
		t.Fatalf("a warning without a cause: %s", e.log.String())
	}
	for range 3 {
		e.ask("GET", "/api/x", "127.0.0.1:1", "X-Forwarded-For", "198.51.100.1")
		e.ask("GET", "/api/x", "192.168.0.7:1", "X-Forwarded-For", "198.51.100.1")
	}
	if strings.Count(e.log.String(), warning) != 1 {
		t.Fatalf("%s", e.log.String())
	}
}

func TestEveryRequestHasAnIDAndALine(t *testing.T) {
	e := open(t, func(o *Options) { o.Trusted = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")} })
	w := e.ask("GET", "/api/x", stranger, "X-Request-Id", "mine-mine-mine")
	id := w.Header().Get("X-Request-Id")
	if len(id) != 32 || !strings.HasSuffix(w.Body.String(), id) || !strings.Contains(e.log.String(), id) {
		t.Fatalf("id %q, answer %q, log %q", id, w.Body, e.log.String())
	}
	w = e.ask("GET", "/api/x", "10.0.0.1:1", "X-Request-Id", "from-the-proxy")
	if w.Header().Get("X-Request-Id") != "from-the-proxy" {
		t.Fatal("the proxy's id was not kept")
	}
	w = e.ask("GET", "/api/x", "10.0.0.1:1", "X-Request-Id", "evil\nline and more")
	if strings.Contains(w.Header().Get("X-Request-Id"), "evil") {
		t.Fatal("an id that is none was kept")
	}
}

func TestTheTokenOfAnInvitationIsNotLogged(t *testing.T) {
	e := open(t, nil)
	e.ask("POST", "/api/v1/invitations/very-secret/accept", stranger)
	e.ask("GET", "/api/v1/invitations/very-secret", stranger)
	if strings.Contains(e.log.String(), "very-secret") || !strings.Contains(e.log.String(), "/accept") {
		t.Fatal(e.log.String())
	}
}

func TestAnAddressOfAFileIsNotLogged(t *testing.T) {
	for _, base := range []string{"", "/rung"} {
		e := open(t, func(o *Options) { o.Base = base })
		e.ask("GET", base+"/api/v1/files/very-secret", stranger)
		e.ask("GET", base+"/api/v1/files/very-secret/more", stranger)
		if strings.Contains(e.log.String(), "very-secret") || strings.Count(e.log.String(), "/api/v1/files/…") != 2 {
			t.Fatal(e.log.String())
		}
	}
}

// A file's bytes, and the ranges of them that are asked for, must not be those of a compressed form of it.
func TestAFileIsNotCompressed(t *testing.T) {
	for _, base := range []string{"", "/rung"} {
		e := open(t, func(o *Options) { o.Base = base })
		w := e.ask("GET", base+"/api/v1/files/large", stranger, "Accept-Encoding", "gzip, zstd")
		if w.Code != http.StatusOK || w.Header().Get("Content-Encoding") != "" || w.Body.Len() != 5000 {
			t.Fatalf("%d %v", w.Code, w.Header())
		}
	}
}

func TestNoSecretIsLoggedWhereverItStandsInAPath(t *testing.T) {
	e := open(t, nil)
	for _, path := range []string{
		"/api/v1/workspaces/../invitations/rung_inv_hush", "/api/v1/workspaces/x/tasks/rung_pat_hush", "/rung_rt_hush", "/a/brung_link_hush/b",
	} {
		e.ask("GET", path, stranger)
	}
	if strings.Contains(e.log.String(), "hush") || strings.Count(e.log.String(), "…") != 4 {
		t.Fatal(e.log.String())
	}
}

func TestAPathCanNotForgeALine(t *testing.T) {
	for name, handler := range map[string]func(io.Writer) slog.Handler{
		"text": func(w io.Writer) slog.Handler { return slog.NewTextHandler(w, nil) },
		"json": func(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, nil) },
	} {
		var log bytes.Buffer
		e := open(t, func(o *Options) { o.Log = slog.New(handler(&log)) })
		e.ask("GET", "/api/%0D%0Alevel=ERROR%20msg=forged%1B%5B2J%E2%80%A8%00", stranger, "User-Agent", "x\r\nmsg=forged")
		line := log.String()
		if strings.Count(line, "\n") != 1 || strings.ContainsAny(line[:len(line)-1], "\r\x00\x1b\u2028") {
			t.Errorf("%s: %q", name, line)
		}
	}
}

func TestAPanicIsAnsweredAndLogged(t *testing.T) {
	e := open(t, nil)
	if w := e.ask("GET", "/api/panic", stranger); w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "bug") {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if !strings.Contains(e.log.String(), "a bug") {
		t.Fatal("the panic is not in the log")
	}
}

func TestAnAddressIsLimitedAndOthersAreNot(t *testing.T) {
	e := open(t, func(o *Options) { o.Rate = 2 })
	for i := range 20 {
		if w := e.ask("GET", "/api/x", stranger); w.Code != http.StatusOK || w.Header().Get("RateLimit") == "" {
			t.Fatalf("request %d: %d", i, w.Code)
		}
	}
	w := e.ask("GET", "/api/x", stranger)
	if w.Code != http.StatusTooManyRequests || !strings.Contains(w.Header().Get("RateLimit"), "r=0") {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	for _, other := range []string{"203.0.113.10:1", "127.0.0.1:1"} {
		if w := e.ask("GET", "/api/x", other); w.Code != http.StatusOK {
			t.Fatalf("%s: %d", other, w.Code)
		}
	}
	e.now = e.now.Add(time.Second)
	if w := e.ask("GET", "/api/x", stranger); w.Code != http.StatusOK {
		t.Fatal("a second later it is still limited")
	}
}

func TestAWholeIPv6NetworkIsOneClient(t *testing.T) {
	e := open(t, func(o *Options) { o.Rate = 1 })
	for range 10 {
		e.ask("GET", "/api/x", "[2001:db8::1]:1")
	}
	if w := e.ask("GET", "/api/x", "[2001:db8::2]:1"); w.Code != http.StatusTooManyRequests {
		t.Fatal("another address of the same network was not limited")
	}
	if w := e.ask("GET", "/api/x", "[2001:db8:0:1::1]:1"); w.Code != http.StatusOK {
		t.Fatal("another network was limited")
	}
}

func TestBucketsAreBounded(t *testing.T) {
	e := open(t, func(o *Options) { o.Rate = 1 })
	for i := range maxBuckets + 10 {
		if err := e.limiter.allow(netip.AddrFrom4([4]byte{11, byte(i >> 16), byte(i >> 8), byte(i)}), http.Header{}); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(e.limiter.buckets); n > maxBuckets {
		t.Fatalf("%d buckets", n)
	}
}

func TestOtherOriginsAreAllowedOnlyWhenNamed(t *testing.T) {
	e := open(t, func(o *Options) { o.Origins = []string{"https://app.example.com"} })
	ask := func(origin string) *httptest.ResponseRecorder {
		return e.ask("OPTIONS", "/api/x", stranger, "Origin", origin, "Access-Control-Request-Method", "PATCH")
	}
	w := ask("https://app.example.com")
	if w.Code != http.StatusNoContent || w.Header().Get("Access-Control-Allow-Origin") != "https://app.example.com" ||
		w.Header().Get("Access-Control-Allow-Credentials") != "true" {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	for _, origin := range []string{"https://evil.example.com", "null", "https://app.example.com.evil.net"} {
		if h := ask(origin).Header(); h.Get("Access-Control-Allow-Origin") != "" {
			t.Fatalf("%s is allowed", origin)
		}
	}
	if open(t, nil).ask("GET", "/api/x", stranger, "Origin", "https://app.example.com").Header().Get("Access-Control-Allow-Origin") != "" {
		t.Fatal("an origin is allowed where none is named")
	}
}

func TestAnswersAreCompressedAndStreamsAreNot(t *testing.T) {
	e := open(t, nil)
	for _, enc := range []string{"gzip", "zstd"} {
		if w := e.ask("GET", "/api/large", stranger, "Accept-Encoding", enc); w.Header().Get("Content-Encoding") != enc || w.Body.Len() > 1000 {
			t.Fatalf("%s: %v, %d bytes", enc, w.Header(), w.Body.Len())
		}
	}
	if w := e.ask("GET", "/api/events", stranger, "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "" {
		t.Fatal("a stream is compressed")
	}
	if w := e.ask("GET", "/api/large", stranger); w.Header().Get("Content-Encoding") != "" {
		t.Fatal("compressed for a client that did not ask")
	}
}

func TestTheWebAppAnswersForItsRoutes(t *testing.T) {
	e := open(t, func(o *Options) { o.Base, o.Secure = "/rung", true })
	for _, p := range []string{"/", "/acme/t/WEB-12", "/rung", "/rung/acme"} {
		w := e.ask("GET", p, stranger)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `<base href="/rung/">`) || w.Header().Get("Cache-Control") != "no-cache" {
			t.Fatalf("%s: %d %s %v", p, w.Code, w.Body, w.Header())
		}
		if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self'") || !strings.Contains(csp, "media-src 'self'") || strings.Contains(csp, "unsafe") {
			t.Fatalf("policy %q", csp)
		}
	}
	w := e.ask("GET", "/rung/assets/a1b.js", stranger)
	if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || w.Header().Get("ETag") == "" {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	if again := e.ask("GET", "/assets/a1b.js", stranger, "If-None-Match", w.Header().Get("ETag")); again.Code != http.StatusNotModified {
		t.Fatalf("%d", again.Code)
	}
	for _, missing := range []string{"/assets/gone.js", "/favicon.ico", "/assets/.env.js", "/../secret.txt", "/assets/..%2f..%2fetc%2fpasswd.txt"} {
		if w := e.ask("GET", missing, stranger); w.Code != http.StatusNotFound {
			t.Fatalf("%s is missing and is answered with %d", missing, w.Code)
		}
	}
	if w := e.ask("GET", "/.git/config", stranger); strings.Contains(w.Body.String(), "hidden") {
		t.Fatal("a hidden folder is served")
	}
	if w := e.ask("GET", "/assets/", stranger); strings.Contains(w.Body.String(), "a1b.js") {
		t.Fatalf("a folder is listed: %s", w.Body)
	}
	if w := e.ask("POST", "/acme", stranger); w.Code != http.StatusNotFound {
		t.Fatalf("POST is answered with %d", w.Code)
	}
	if w := e.ask("GET", "/rung/api/x", stranger); !strings.Contains(w.Body.String(), "GET /api/x") {
		t.Fatalf("the API below the base path: %s", w.Body)
	}
	if h := e.ask("GET", "/", stranger).Header(); h.Get("Strict-Transport-Security") == "" || h.Get("X-Content-Type-Options") != "nosniff" {
		t.Fatalf("%v", h)
	}
}

// What the build has compressed goes out as it is, to who takes it.
func TestWhatTheBuildCompressed(t *testing.T) {
	e := open(t, func(o *Options) {
		o.Web = fstest.MapFS{
			"index.html":     {Data: []byte(`<base href="/">`)},
			"assets/a.js":    {Data: []byte("plain")},
			"assets/a.js.br": {Data: []byte("brotli")},
			"assets/a.js.gz": {Data: []byte("gzip")},
		}
	})
	tags := map[string]string{}
	for accept, want := range map[string][2]string{
		"":                     {"", "plain"},
		"identity":             {"", "plain"},
		"gzip":                 {"gzip", "gzip"},
		"gzip, deflate, br":    {"br", "brotli"},
		"br;q=0, gzip;q=0.5":   {"gzip", "gzip"},
		"BR ; q=0.1":           {"br", "brotli"},
		"gzip; q=0, br; q=0.0": {"", "plain"},
	} {
		w := e.ask("GET", "/assets/a.js", "192.0.2.1:1", "Accept-Encoding", accept)
		h := w.Header()
		if h.Get("Content-Encoding") != want[0] || w.Body.String() != want[1] {
			t.Errorf("%q: %q as %q", accept, w.Body, h.Get("Content-Encoding"))
		}
		if !slices.Contains(h.Values("Vary"), "Accept-Encoding") || h.Get("Content-Type") != "text/javascript; charset=utf-8" {
			t.Errorf("%q: %v", accept, h)
		}
		if old := tags[want[0]]; old != "" && old != h.Get("ETag") {
			t.Errorf("%q: two tags for the same", accept)
		}
		tags[want[0]] = h.Get("ETag")
	}
	if tags[""] == tags["br"] || tags["br"] == tags["gzip"] {
		t.Errorf("different bytes have one tag: %v", tags)
	}
	if w := e.ask("GET", "/assets/a.js.br", "192.0.2.1:1"); w.Code != 404 {
		t.Errorf("the compressed file by itself: %d", w.Code)
	}
}

func TestAWebAppWithoutAPageIsRefused(t *testing.T) {
	_, err := New(Options{Web: fstest.MapFS{}, Now: time.Now})
	if err == nil || errors.Is(err, io.EOF) {
		t.Fatal("it was taken")
	}
	page := fstest.MapFS{"index.html": {Data: []byte(`<base href="/" />`)}}
	if _, err := New(Options{Web: page, Base: "/rung", Now: time.Now}); err == nil {
		t.Fatal("a page whose path cannot be set was taken")
	}
}

// A body that was announced and does not come must not hold the connection, least of all of whoever was refused.
func TestABodyThatDoesNotComeIsNotWaitedForForEver(t *testing.T) {
	for name, path := range map[string]string{
		"of a role that does not read it": "/api/task", "of the web app": "/", "that is longer than allowed": "/api/task?long",
	} {
		t.Run(name, func(t *testing.T) {
			e := open(t, func(o *Options) { o.Wait, o.MaxBody = 10*time.Millisecond, 100 })
			srv := httptest.NewServer(e)
			defer srv.Close()
			conn, err := net.Dial("tcp", srv.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			length := "50"
			if strings.HasSuffix(path, "?long") {
				length = "500"
			}
			if _, err := io.WriteString(conn, "POST "+path+" HTTP/1.1\r\nHost: x\r\nContent-Length: "+length+"\r\n\r\nbegun"); err != nil {
				t.Fatal(err)
			}
			if err := conn.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
				t.Fatal(err)
			}
			answer, err := io.ReadAll(conn)
			if err != nil || !bytes.HasPrefix(answer, []byte("HTTP/1.1 ")) {
				t.Errorf("answered %.20q and left open: %v", answer, err)
			}
		})
	}
}
