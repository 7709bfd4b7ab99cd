// Package gateway is the edge: what every request passes on its way in, whoever serves it. It tells who the client is,
// limits her, gives the request its id, answers for origins and headers, compresses, logs, and hands over to the role
// that the path belongs to or to the web app.
package gateway

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"github.com/rung-app/rung/internal/fault"
)

// Options are what a Gateway is made of. API, Web, Refuse, Log and Now must be set.
type Options struct {
	API     http.Handler // serves /api/, /livez, /readyz and /.well-known/
	Web     fs.FS        // the built web app; index.html at its top answers for its routes
	Refuse  func(http.ResponseWriter, *http.Request, error)
	Secure  bool                                                // people reach it over https alone
	Base    string                                              // the path of the public address, such as /rung; empty for none
	Trusted []netip.Prefix                                      // proxies in front, whose X-Forwarded-For and X-Request-Id are believed
	Origins []string                                            // of web apps that are served elsewhere
	Rate    int                                                 // requests a second that one address may make; 0: no limit
	MaxBody int64                                               // bytes of any request's body; 0 is 128 MiB. What a role takes is less, and its own affair
	Wait    time.Duration                                       // for a body to arrive, unless a role that reads it grants more; 0 is 30 seconds
	Observe func(method string, status int, took time.Duration) // is told of every request; may be nil
	Log     *slog.Logger
	Now     func() time.Time
}

// Gateway is the outermost handler. It is safe for concurrent use.
type Gateway struct {
	Options
	inner   http.Handler
	web     *web
	limiter *limiter
	warned  sync.Once // of a proxy that is not trusted
}

// What holds if nothing is said: defaultMaxBody is above the largest file that can be imported.
const (
	defaultMaxBody = 128 << 20
	defaultWait    = 30 * time.Second
)

// New makes a Gateway.
func New(o Options) (*Gateway, error) {
	if o.MaxBody == 0 {
		o.MaxBody = defaultMaxBody
	}
	if o.Wait == 0 {
		o.Wait = defaultWait
	}
	g := &Gateway{Options: o, limiter: newLimiter(o.Rate, o.Now)}
	var err error
	if g.web, err = newWeb(o.Web, o.Base); err != nil {
		return nil, fmt.Errorf("read the web app: %w", err)
	}
	compress, err := gzhttp.NewWrapper(
		gzhttp.MinSize(1024), gzhttp.EnableZstd(true), gzhttp.PreferZstd(false), gzhttp.KeepAcceptRanges(),
		gzhttp.ContentTypeFilter(compressible))
	if err != nil {
		return nil, fmt.Errorf("set up compression: %w", err)
	}
	g.inner = compress(http.HandlerFunc(g.route))
	return g, nil
}

// compressible keeps live streams as they are: an event must not wait in a compressor for the next one.
func compressible(contentType string) bool {
	return !strings.HasPrefix(contentType, "text/event-stream") && gzhttp.DefaultContentTypeFilter(contentType)
}

// ServeHTTP answers a request and logs it.
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := g.Now()
	trusted, client := g.client(r)
	if !trusted && len(r.Header["X-Forwarded-For"]) > 0 {
		g.warnOfProxy(client)
	}
	r.RemoteAddr = client.String()
	id := requestID(r, trusted)
	r.Header["X-Request-Id"] = []string{id}
	h := w.Header()
	h["X-Request-Id"] = r.Header["X-Request-Id"]
	g.protect(h)

	rec := &recorder{ResponseWriter: w}
	defer g.finish(rec, r, began, id)
	if g.preflight(rec, r) {
		return
	}
	if err := g.limiter.allow(client, h); err != nil {
		g.Refuse(rec, r, err)
		return
	}
	if r.ContentLength != 0 {
		g.hurry(w)
	}
	if r.ContentLength > g.MaxBody {
		g.Refuse(rec, r, fault.New(fault.KindTooLarge, "too-large", "The body is larger than allowed."))
		return
	}
	if r.ContentLength != 0 {
		r.Body = http.MaxBytesReader(rec, r.Body, g.MaxBody)
	}
	if isFile(r.URL.Path) || isStream(r.URL.Path) { // its bytes and their ranges are what they are, and an event waits for no other
		g.route(rec, r)
		return
	}
	if len(r.Header["Accept-Encoding"]) == 0 {
		if h["Vary"] == nil {
			h["Vary"] = byEncoding[:]
		} else {
			h.Add("Vary", byEncoding[0])
		}
		g.route(rec, r)
		return
	}
	g.inner.ServeHTTP(rec, r)
}

// hurry bounds how long a body may take, whether or not somebody reads it: the server waits for the rest of one that was
// announced before it sends the answer, a refusal too, and would do so for ever.
func (g *Gateway) hurry(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(g.Wait)) // a test's recorder has none
}

// finish writes the line of the log. A handler that panicked ends its own request alone: the client gets an error if
// nothing has been sent yet, else a connection that breaks off, so that she does not take a part for the whole.
func (g *Gateway) finish(rec *recorder, r *http.Request, began time.Time, id string) {
	p := recover()
	if p != nil && p != http.ErrAbortHandler { //nolint:errorlint // net/http's own contract compares it so
		g.Log.Error("a handler panicked", "request_id", id, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		if rec.status == 0 {
			g.Refuse(rec, r, errors.New("a handler panicked"))
			p = nil
		}
	}
	took := g.Now().Sub(began)
	if g.Observe != nil {
		g.Observe(r.Method, rec.code(), took)
	}
	g.Log.LogAttrs(r.Context(), slog.LevelInfo, "request",
		slog.String("method", r.Method), slog.String("path", logged(r.URL.Path)), slog.Int("status", rec.code()),
		slog.Int64("bytes", rec.bytes), slog.Int64("us", took.Microseconds()),
		slog.String("client", r.RemoteAddr), slog.String("request_id", id))
	if p != nil {
		panic(http.ErrAbortHandler)
	}
}

// signed is where attached files are served, by an address that is signed.
const signed = "/api/v1/files/"

func isFile(path string) bool { return strings.Contains(path, signed) }

// isStream tells the live streams, which are not compressed. They are many and wait long, with nothing around them that
// they don't need.
func isStream(path string) bool { return strings.HasSuffix(path, "/events") }

// logged leaves out of a path what nobody may read in a log: the token of an invitation, the address of a file and,
// however it came there, any other secret that begins as those do that Rung gives out.
func logged(path string) string {
	if i := strings.Index(path, signed); i >= 0 {
		return path[:i+len(signed)] + "…"
	}
	if strings.Contains(path, ownSecret) {
		parts := strings.Split(path, "/")
		for i, part := range parts {
			if at := strings.Index(part, ownSecret); at >= 0 {
				parts[i] = part[:at] + "…"
			}
		}
		path = strings.Join(parts, "/")
	}
	const secret = "/invitations/"
	i := strings.Index(path, secret)
	if i < 0 || strings.Contains(path, "/workspaces/") {
		return path
	}
	from := i + len(secret)
	end := strings.IndexByte(path[from:], '/')
	if end < 0 {
		return path[:from] + "…"
	}
	return path[:from] + "…" + path[from+end:]
}

// ownSecret is how every secret begins that Rung gives out: rung_inv_, rung_pat_, rung_rt_, rung_link_.
const ownSecret = "rung_"

// route hands a request to the API or the web app. The base path may be there or may have been cut off on the way.
func (g *Gateway) route(w http.ResponseWriter, r *http.Request) {
	if rest, ok := strings.CutPrefix(r.URL.Path, g.Base); g.Base != "" && ok && (rest == "" || rest[0] == '/') {
		r.URL.Path, r.URL.RawPath = "/"+strings.TrimPrefix(rest, "/"), ""
	}
	p := r.URL.Path
	if strings.HasPrefix(p, "/api/") || p == "/livez" || p == "/readyz" || strings.HasPrefix(p, "/.well-known/") {
		g.API.ServeHTTP(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		g.Refuse(w, r, fault.NotFound())
		return
	}
	g.web.ServeHTTP(w, r)
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader notes the status.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 && status >= 200 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write counts.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Flush sends on what has been written.
func (r *recorder) Flush() {
	if f, ok := r.ResponseWriter.(http.Flusher); ok {
		r.status = r.code()
		f.Flush()
	}
}

// Unwrap is for http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (r *recorder) code() int {
	if r.status == 0 {
		return http.StatusOK
	}
	return r.status
}
