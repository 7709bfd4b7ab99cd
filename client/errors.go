package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Error is what a server has refused, or failed at: a problem as RFC 9457 has it. See errors.As and, for the most usual
// ones, errors.Is with ErrNotFound and its like.
type Error struct {
	Status     int              // of HTTP
	Code       string           // what it is, for programs; see the constants that begin with Code
	Detail     string           // one sentence for people
	Fields     []FieldError     // what is wrong with which fields of the request
	Conflicts  []FieldConflict  // of CodeVersionConflict under BaseVersion: the fields that somebody else has changed since
	Workspaces []NamedWorkspace // of CodeSoleOwner: those that need another owner first
	RequestID  string           // under which the server's log knows the request
	RetryAfter time.Duration
}

// NamedWorkspace says which workspace is meant.
type NamedWorkspace struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Slug string `json:"slug"`
}

// Refusals that programs often ask for, by errors.Is.
var (
	ErrUnauthenticated = errors.New("client: not signed in, or not any more") // 401
	ErrForbidden       = errors.New("client: not allowed")                    // 403
	ErrNotFound        = errors.New("client: not there, or not to be seen")   // 404
	ErrConflict        = errors.New("client: contradicts what is there")      // 409
	ErrGone            = errors.New("client: no longer there")                // 410
	ErrStale           = errors.New("client: changed meanwhile")              // 412
	ErrInvalid         = errors.New("client: not valid")                      // 422
	ErrTooMany         = errors.New("client: too many requests")              // 429
	ErrUnavailable     = errors.New("client: not available just now")         // 502, 503, 504
)

// Is reports whether target is the refusal with this error's status.
func (e *Error) Is(target error) bool {
	switch e.Status {
	case http.StatusUnauthorized:
		return target == ErrUnauthenticated
	case http.StatusForbidden:
		return target == ErrForbidden
	case http.StatusNotFound:
		return target == ErrNotFound
	case http.StatusConflict:
		return target == ErrConflict
	case http.StatusGone:
		return target == ErrGone
	case http.StatusPreconditionFailed:
		return target == ErrStale
	case http.StatusUnprocessableEntity:
		return target == ErrInvalid
	case http.StatusTooManyRequests:
		return target == ErrTooMany
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return target == ErrUnavailable
	}
	return false
}

// Error says what it is, what is wrong with which fields, and which request it was.
func (e *Error) Error() string {
	text := e.Detail
	if len(e.Fields) > 0 {
		var all []string
		for _, f := range e.Fields {
			all = append(all, f.Field+" "+f.Message)
		}
		text = strings.Join(all, "; ")
	}
	text = fmt.Sprintf("rung: %s (%d %s)", strings.TrimSuffix(text, "."), e.Status, e.Code)
	if e.RequestID != "" {
		text += ", request " + e.RequestID
	}
	return text
}

// errorOf reads the problem of an answer. What is no problem, a proxy's page for instance, has no code.
func errorOf(resp *http.Response) *Error {
	e := &Error{Status: resp.StatusCode, Detail: "The server answered " + resp.Status + ".", RequestID: resp.Header.Get("X-Request-Id")}
	var p struct {
		Code       string           `json:"code"`
		Detail     string           `json:"detail"`
		Errors     []FieldError     `json:"errors"`
		Conflicts  []FieldConflict  `json:"conflicts"`
		Workspaces []NamedWorkspace `json:"workspaces"`
		RequestID  string           `json:"request_id"`
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxProblem))
	if err == nil && json.Unmarshal(bytes.TrimSpace(body), &p) == nil && p.Code != "" {
		e.Code, e.Detail, e.Fields, e.Conflicts, e.Workspaces = p.Code, p.Detail, p.Errors, p.Conflicts, p.Workspaces
		if p.RequestID != "" {
			e.RequestID = p.RequestID
		}
	}
	if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && s > 0 && s < 1<<31 {
		e.RetryAfter = time.Duration(s) * time.Second
	}
	return e
}
