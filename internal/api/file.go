package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

type fileInput struct {
	Token string `path:"token" maxLength:"200"`
}

// filePolicy is what a browser may do with a file that it is shown: nothing, in an origin that is none.
const filePolicy = "sandbox; default-src 'none'; frame-ancestors 'none'"

// file gives the bytes of a file, or a part of them. The address itself is what lets a request through.
func (h taskHandlers) file(ctx context.Context, in *fileInput) (*huma.StreamResponse, error) {
	f, err := h.Tasks.OpenAddress(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		defer f.Close()
		r, w := humago.Unwrap(hc)
		if err := h.opens(f); err != nil {
			h.Refuse(w, r, err)
			return
		}
		head := w.Header()
		head.Set("Content-Type", f.Type())
		head.Set("Content-Disposition", disposition(f.Inline, f.Name))
		head.Set("Content-Security-Policy", filePolicy)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("Cross-Origin-Resource-Policy", h.resourcePolicy())
		head.Set("ETag", `"`+f.SHA256+`"`)
		left := max(f.Expires.Sub(h.Now()), 0)
		head.Set("Cache-Control", fmt.Sprintf("private, max-age=%d, immutable", int64(left.Seconds())))
		http.ServeContent(&patientWriter{
			ResponseWriter: w, control: http.NewResponseController(w), request: r, until: time.Now().Add(lineTime(f.Size)),
		}, r, "", time.Time(f.CreatedAt), f)
	}}, nil
}

// opens finds out whether the bytes are there before anything is said of them.
func (h taskHandlers) opens(f *tasks.Content) error {
	if f.Size == 0 {
		return nil
	}
	_, err := f.Read(make([]byte, 1))
	if err == nil {
		_, err = f.Seek(0, 0)
	}
	if errors.Is(err, fault.NotFound()) {
		return fmt.Errorf("the bytes of attachment %s are missing", f.ID)
	}
	return err
}

// resourcePolicy lets pages of other origins show a file only if a web app is served at one.
func (a *API) resourcePolicy() string {
	if len(a.Origins) > 0 {
		return "cross-origin"
	}
	return "same-origin"
}

// givesFiles documents what an address answers.
func givesFiles(r *Route) {
	r.describe = func(_ *API, op *huma.Operation) {
		content := map[string]*huma.MediaType{}
		for _, t := range append(tasks.HarmlessTypes(), tasks.UnknownType) {
			content[t] = &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: "binary"}}
		}
		op.Description = "Takes the headers Range, If-Range, If-None-Match and If-Modified-Since. What browsers could run is served as mere bytes, to be saved."
		for status, content := range map[int]map[string]*huma.MediaType{
			http.StatusOK: content, http.StatusPartialContent: content, http.StatusNotModified: nil,
		} {
			op.Responses[strconv.Itoa(status)] = &huma.Response{Description: http.StatusText(status), Content: content}
		}
	}
}

// patientWriter lets a download take as long as the client keeps taking it, a piece at a time and all of it in the time
// of a slow line.
type patientWriter struct {
	http.ResponseWriter
	control *http.ResponseController
	request *http.Request
	until   time.Time
	refused bool // with a problem document, and what else would be said is dropped
}

// WriteHeader has a range that there is not refused as everything is.
func (w *patientWriter) WriteHeader(status int) {
	if w.refused = status == http.StatusRequestedRangeNotSatisfiable; !w.refused {
		w.ResponseWriter.WriteHeader(status)
		return
	}
	w.Header().Del("Content-Disposition")
	writeProblem(w.ResponseWriter, &Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status, Code: "range-not-satisfiable",
		Detail: "The file has no such part; see the header Content-Range.", RequestID: requestID(w.request),
	})
}

// Write implements io.Writer.
func (w *patientWriter) Write(b []byte) (int, error) {
	if w.refused {
		return len(b), nil
	}
	by := time.Now().Add(filePatience)
	if by.After(w.until) {
		by = w.until
	}
	if err := w.control.SetWriteDeadline(by); err != nil && !isUnsupported(err) {
		return 0, err
	}
	return w.ResponseWriter.Write(b)
}

// filePatience is how long a client may take for a piece of a file, which is 32 KiB.
const filePatience = 30 * time.Second

// disposition writes the header Content-Disposition (RFC 6266): the name for every client in plain letters and, if that
// is not all of it, for those who know RFC 8187 as it is.
func disposition(shown bool, name string) string {
	kind := saved
	if shown {
		kind = inline
	}
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, name)
	out := kind + `; filename="` + plain + `"`
	if plain == name {
		return out
	}
	return out + "; filename*=UTF-8''" + extValue(name)
}

// extValue encodes a text as RFC 8187 has it.
func extValue(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("!#$&+-.^_`|~", c) >= 0:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}

// lineTime is how long a file may be on its way: a quarter of an hour, or as long as a slow line needs for it.
func lineTime(size int64) time.Duration {
	const slowest = 64 << 10 // bytes a second
	return max(uploadPatience, time.Duration(size/slowest)*time.Second)
}

// waitForUpload gives a form so long to arrive, and the answer as long again as answers have.
func waitForUpload(w http.ResponseWriter, r *http.Request) error {
	long := lineTime(r.ContentLength)
	if err := waitFor(w, long); err != nil {
		return err
	}
	err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(long + patience))
	if err != nil && !isUnsupported(err) {
		return err
	}
	return nil
}
