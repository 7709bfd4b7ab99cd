// Package fault holds the errors that cross package borders: a small set of kinds, a stable code for programs and a
// sentence for people. The HTTP layer turns them into problem+json and back; anything that is not a fault is an
// internal error there, logged once and never shown.
package fault

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind says what sort of refusal an error is. Each kind has one HTTP status.
type Kind int

// The kinds, with the HTTP status that each becomes.
const (
	KindInternal        Kind = iota // 500: nobody's mistake but ours
	KindNotFound                    // 404: it does not exist, or the caller may not know that it does
	KindInvalid                     // 422: the request says something that can't be; see Fields
	KindConflict                    // 409: it contradicts what exists
	KindForbidden                   // 403: the caller may see it and may not do this
	KindUnauthenticated             // 401: nobody is signed in
	KindTooMany                     // 429: later, see RetryAfter
	KindUnavailable                 // 503: something that Rung needs is down; trying again may help
	KindStale                       // 412: the thing has changed since the version that the caller named
	KindGone                        // 410: it was there once and can't be had any more
	KindTooLarge                    // 413: more bytes than allowed
	KindUnsupported                 // 415: a content type or encoding that is not understood
	KindMalformed                   // 400: not even readable as a request
)

// Field is one thing wrong with a request: where, as a path such as "task.due" or "changes[3].title", and what.
type Field struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// Error is a refusal that a caller may see. Code is kebab-case and never changes once released; Detail is one plain
// sentence. Neither may hold a secret, a query, or what the caller sent.
type Error struct {
	Kind       Kind
	Code       string
	Detail     string
	Fields     []Field
	RetryAfter time.Duration  // how long to wait; only with KindTooMany and KindUnavailable
	Extra      map[string]any // further members of the problem document, such as "conflicts"
	Cause      error          // for the log alone
}

func (e *Error) Error() string {
	var b strings.Builder
	if len(e.Fields) == 0 {
		b.WriteString(e.Detail)
	} else {
		b.WriteString(strings.TrimSuffix(e.Detail, ".") + ": ")
	}
	for i, f := range e.Fields {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(f.Field + " " + f.Message)
	}
	if e.Cause != nil {
		fmt.Fprintf(&b, " (%v)", e.Cause)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is reports whether target is a fault of the same kind and, if target names a code, the same code.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Kind == e.Kind && (t.Code == "" || t.Code == e.Code)
}

// With adds the cause, for the log.
func (e *Error) With(cause error) *Error {
	c := *e
	c.Cause = cause
	return &c
}

// New makes a fault; detail is a sentence that may be shown.
func New(kind Kind, code, detail string) *Error {
	return &Error{Kind: kind, Code: code, Detail: detail}
}

// NotFound is the one answer for what does not exist and for what the caller may not see: the same code and words
// whatever was asked for.
func NotFound() *Error {
	return New(KindNotFound, "not-found", "There is no such thing, or you may not see it.")
}

// Invalid says what is wrong with which fields.
func Invalid(fields ...Field) *Error {
	return &Error{Kind: KindInvalid, Code: "invalid", Detail: "The request is not valid.", Fields: fields}
}

// InvalidField is Invalid for one field.
func InvalidField(field, message string) *Error {
	return Invalid(Field{Field: field, Message: message})
}

// Conflict says what the request contradicts.
func Conflict(code, detail string) *Error { return New(KindConflict, code, detail) }

// Changed is a field that somebody else has changed since the version that the caller named.
type Changed struct {
	Field  string `json:"field"`
	Base   any    `json:"base" doc:"The value that the caller had seen, null if it is not known any more."`
	Theirs any    `json:"theirs" doc:"The value now."`
}

// Stale says that a thing has a newer version than the one that the caller named, and which fields are in the way.
func Stale(conflicts ...Changed) *Error {
	err := New(KindStale, "version-conflict", "It has been changed since the version that you named.")
	if len(conflicts) > 0 {
		err.Extra = map[string]any{"conflicts": conflicts}
	}
	return err
}

// Forbidden says what the caller may not do.
func Forbidden(detail string) *Error { return New(KindForbidden, "forbidden", detail) }

// Quota says that there are as many of something as there may be.
func Quota(detail string) *Error { return New(KindForbidden, "quota-exceeded", detail) }

// Unauthenticated says that nobody is signed in; the code tells programs why.
func Unauthenticated(code, detail string) *Error { return New(KindUnauthenticated, code, detail) }

// TooMany asks the caller to wait.
func TooMany(after time.Duration) *Error {
	return &Error{Kind: KindTooMany, Code: "too-many-requests", Detail: "Too many requests; please wait a little.", RetryAfter: after}
}

// Unavailable says that something Rung needs can't be reached or can't work just now.
func Unavailable(cause error) *Error {
	return &Error{Kind: KindUnavailable, Code: "unavailable", Detail: "This can't be done just now; please try again.", RetryAfter: time.Second, Cause: cause}
}

// KindOf is the kind of the first fault in err's chain, KindInternal if there is none.
func KindOf(err error) Kind {
	if f, ok := errors.AsType[*Error](err); ok {
		return f.Kind
	}
	return KindInternal
}
