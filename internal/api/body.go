package api

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"time"
	"unicode/utf8"

	"github.com/rung-app/rung/internal/fault"
)

// readBody reads a request's body of JSON and puts what it read in the place of the body.
func readBody(w http.ResponseWriter, r *http.Request) error {
	if r.ContentLength > maxBody {
		return errTooLarge()
	}
	if !isJSON(r.Header.Get("Content-Type"), r.Method == http.MethodPatch) {
		return errUnsupported()
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" && coding != "identity" { // a small one could be of any size
		return fault.New(fault.KindUnsupported, "unsupported-media-type", "The body must not be compressed.")
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
	if !utf8.Valid(buf.Bytes()) {
		return errMalformed()
	}
	r.Body = io.NopCloser(buf)
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
