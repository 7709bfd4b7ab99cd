package api

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rung-app/rung/internal/fault"
)

// problemType is the content type of errors, as RFC 9457 has it.
const problemType = "application/problem+json"

// statuses is the one table between faults and HTTP.
func statuses() []struct {
	kind   fault.Kind
	status int
} {
	return []struct {
		kind   fault.Kind
		status int
	}{
		{fault.KindInternal, http.StatusInternalServerError},
		{fault.KindNotFound, http.StatusNotFound},
		{fault.KindInvalid, http.StatusUnprocessableEntity},
		{fault.KindConflict, http.StatusConflict},
		{fault.KindForbidden, http.StatusForbidden},
		{fault.KindUnauthenticated, http.StatusUnauthorized},
		{fault.KindTooMany, http.StatusTooManyRequests},
		{fault.KindUnavailable, http.StatusServiceUnavailable},
		{fault.KindStale, http.StatusPreconditionFailed},
		{fault.KindGone, http.StatusGone},
		{fault.KindTooLarge, http.StatusRequestEntityTooLarge},
		{fault.KindUnsupported, http.StatusUnsupportedMediaType},
		{fault.KindMalformed, http.StatusBadRequest},
	}
}

func statusOf(k fault.Kind) int {
	for _, row := range statuses() {
		if row.kind == k {
			return row.status
		}
	}
	return http.StatusInternalServerError
}

// Problem is an error as the wire has it: RFC 9457 with a stable code, the fields that are wrong, and the id under which
// the log has more.
type Problem struct {
	Type      string         `json:"type" doc:"Always about:blank; the code says what it is." example:"about:blank"`
	Title     string         `json:"title" doc:"The status in words." example:"Not Found"`
	Status    int            `json:"status" doc:"The HTTP status." example:"404"`
	Detail    string         `json:"detail" doc:"One sentence for people."`
	Code      string         `json:"code" doc:"What it is, for programs; never changes. New ones may come." example:"not-found"`
	Errors    []fault.Field  `json:"errors,omitempty" doc:"What is wrong with which fields of the request."`
	RequestID string         `json:"request_id" doc:"Under which the server's log knows the request."`
	extra     map[string]any // further members
	header    http.Header
}

// Error, GetStatus, GetHeaders and ContentType are how huma writes it.
func (p *Problem) Error() string             { return p.Detail }
func (p *Problem) GetStatus() int            { return p.Status }
func (p *Problem) GetHeaders() http.Header   { return p.header }
func (p *Problem) ContentType(string) string { return problemType }
func (p *Problem) plain() *plainProblem      { return (*plainProblem)(p) }
func (p *Problem) MarshalJSON() ([]byte, error) {
	b, err := json.Marshal(p.plain())
	if err != nil || len(p.extra) == 0 {
		return b, err
	}
	more, err := json.Marshal(p.extra)
	if err != nil {
		return nil, err
	}
	return append(append(b[:len(b)-1], ','), more[1:]...), nil
}

// UnmarshalJSON reads it; what it does not know goes to the extra members.
func (p *Problem) UnmarshalJSON(b []byte) error {
	if err := json.Unmarshal(b, p.plain()); err != nil {
		return err
	}
	if err := json.Unmarshal(b, &p.extra); err != nil {
		return err
	}
	for _, known := range []string{"type", "title", "status", "detail", "code", "errors", "request_id"} {
		delete(p.extra, known)
	}
	return nil
}

type plainProblem Problem

// newProblem makes the wire format of a fault.
func newProblem(f *fault.Error, requestID string) *Problem {
	status := statusOf(f.Kind)
	p := &Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: f.Detail, Code: f.Code, Errors: fewFields(f.Fields),
		RequestID: requestID, extra: f.Extra, header: http.Header{},
	}
	if f.RetryAfter > 0 {
		p.header.Set("Retry-After", strconv.Itoa(int((f.RetryAfter+time.Second-1)/time.Second)))
	}
	if f.Kind == fault.KindUnauthenticated {
		p.header.Set("WWW-Authenticate", "Bearer")
	}
	return p
}

func errInternal() *fault.Error {
	return fault.New(fault.KindInternal, "internal-error", "Something went wrong on our side; the log knows more under the request's id.")
}

// known gives the fault that a client is told of an error, and logs the error if that says too little.
func known(ctx context.Context, log *slog.Logger, id string, err error) *fault.Error {
	f, ok := errors.AsType[*fault.Error](err)
	switch {
	case ok && f.Kind != fault.KindInternal:
		if f.Cause != nil && f.Kind == fault.KindUnavailable {
			log.LogAttrs(ctx, slog.LevelWarn, "something needed is unavailable", slog.String("request_id", id), slog.Any("error", err))
		}
		return f
	case ctx.Err() != nil: // the client has gone, nobody reads this
		return fault.Unavailable(err)
	}
	log.LogAttrs(ctx, slog.LevelError, "request failed", slog.String("request_id", id), slog.Any("error", err))
	return errInternal()
}

// problemOf gives what a handler's error becomes.
func (a *API) problemOf(ctx context.Context, err error) *Problem {
	id := ""
	if c := callOf(ctx); c != nil {
		id = c.ID
	}
	f := known(ctx, a.Log, id, err)
	p := newProblem(f, id)
	if f.Kind == fault.KindTooMany && f.RetryAfter > 0 { // who stands in front has a limit and a header of its own
		p.header.Set("RateLimit", `"attempts";r=0;t=`+p.header.Get("Retry-After"))
	}
	return p
}

// Refuse answers with an error as every route does; it is also for those who stand in front of the API.
func (a *API) Refuse(w http.ResponseWriter, r *http.Request, err error) {
	id := requestID(r)
	writeProblem(w, newProblem(known(r.Context(), a.Log, id, err), id))
}

func writeProblem(w http.ResponseWriter, p *Problem) {
	b, err := json.Marshal(p)
	if err != nil { // an extra member that is not JSON
		p.extra = nil
		b, _ = json.Marshal(p)
	}
	h := w.Header()
	for k, v := range p.header {
		h[k] = v
	}
	h["Content-Type"] = []string{problemType}
	h["Cache-Control"] = []string{"no-store"}
	w.WriteHeader(p.Status)
	write(w, append(b, '\n'))
}

// write sends the rest of an answer. If that fails the client has gone, and nobody is left to be told.
func write(w io.Writer, b []byte) { _, _ = w.Write(b) }

// problemResponse documents errors.
func (a *API) problemResponse() *huma.Response {
	return &huma.Response{
		Description: "The request was refused, or failed.",
		Content:     map[string]*huma.MediaType{problemType: {Schema: &huma.Schema{Ref: "#/components/schemas/Problem"}}},
	}
}
