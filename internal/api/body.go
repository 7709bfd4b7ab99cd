package api

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/text"
)

// maxNested is how deep the JSON of a request may be nested.
const maxNested = 64

// readBody reads a request's body of JSON and puts what it read in the place of the body. JSON that could be read in two
// ways is refused: what decodes it would take one of them without a word.
func readBody(w http.ResponseWriter, r *http.Request) error {
	if r.ContentLength > maxBody {
		return errTooLarge()
	}
	if err := isPlain(r); err != nil {
		return err
	}
	if !isJSON(r.Header.Get("Content-Type"), r.Method == http.MethodPatch) {
		return errUnsupported()
	}
	if err := waitFor(w, patience); err != nil {
		return err
	}
	buf := bytes.NewBuffer(make([]byte, 0, max(r.ContentLength, 0)+bytes.MinRead))
	if _, err := buf.ReadFrom(http.MaxBytesReader(w, r.Body, maxBody)); err != nil {
		return bodyFault(err)
	}
	if err := waitFor(w, 0); err != nil {
		return err
	}
	if err := jsonFault(buf.Bytes()); err != nil {
		return err
	}
	r.Body = io.NopCloser(buf)
	return nil
}

// jsonFault says why a body is no JSON to go by; that there is none at all is for the handler to say.
func jsonFault(body []byte) error {
	if len(body) == 0 {
		return nil
	}
	switch err := text.CheckJSON(body, maxNested, true); err {
	case nil:
		return nil
	case text.ErrDepth:
		return fault.New(fault.KindMalformed, "body-too-deep", "The body is nested deeper than allowed.")
	case text.ErrDuplicate:
		return fault.New(fault.KindMalformed, "duplicate-member", "The body has a member twice in one object.")
	case text.ErrNumber:
		return fault.New(fault.KindMalformed, "number-out-of-range", "The body holds a number that is out of range.")
	default:
		return errMalformed()
	}
}

// isPlain refuses encoded bodies: a few bytes could become many.
func isPlain(r *http.Request) error {
	for _, coding := range r.Header["Content-Encoding"] {
		if coding != "" && !strings.EqualFold(coding, "identity") {
			return fault.New(fault.KindUnsupported, "unsupported-encoding", "The body must be sent without a Content-Encoding.")
		}
	}
	return nil
}

// How long a client may take to send a body of JSON, and a file.
const (
	patience       = 30 * time.Second
	uploadPatience = 15 * time.Minute
)

// waitFor gives a body so long to arrive, with 0 for ever: then it is there.
func waitFor(w http.ResponseWriter, d time.Duration) error {
	var until time.Time
	if d > 0 {
		until = time.Now().Add(d)
	}
	if err := http.NewResponseController(w).SetReadDeadline(until); err != nil && !isUnsupported(err) {
		return err
	}
	return nil
}

// bodyFault says why a body could not be read.
func bodyFault(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return errTooLarge()
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return fault.New(fault.KindMalformed, "body-too-slow", "The body did not arrive in time.")
	}
	return fault.New(fault.KindMalformed, "body-cut-off", "The body broke off.").With(err)
}

// isJSON reports whether a body of this content type is read. One that does not say is taken for JSON.
func isJSON(contentType string, patch bool) bool {
	if contentType == "" || contentType == "application/json" {
		return true
	}
	t, params, err := mime.ParseMediaType(contentType)
	if charset := params["charset"]; err != nil || charset != "" && charset != "utf-8" && charset != "UTF-8" {
		return false
	}
	return t == "application/json" || patch && t == "application/merge-patch+json"
}

// isUnsupported reports that a connection has no deadlines, as in tests that have no connection.
func isUnsupported(err error) bool { return errors.Is(err, errors.ErrUnsupported) }
