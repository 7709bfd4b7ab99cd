package api

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rung-app/rung/internal/fault"
)

func errRoute() *fault.Error {
	return fault.New(fault.KindNotFound, "no-such-route", "The API has no such path.")
}

func errMalformed() *fault.Error {
	return fault.New(fault.KindMalformed, "malformed-body", "The body is not JSON in UTF-8.")
}

func errTooLarge() *fault.Error {
	return fault.New(fault.KindTooLarge, "too-large", "The body is larger than allowed.")
}

func errUnsupported() *fault.Error {
	return fault.New(fault.KindUnsupported, "unsupported-media-type", "The body must be application/json; a patch may be application/merge-patch+json.")
}

// refusal turns what huma found wrong with a request into the one format of errors.
func (a *API) refusal(ctx huma.Context, _ string, v any) (any, error) {
	m, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	id := ""
	if c := callOf(ctx.Context()); c != nil {
		id = c.ID
	}
	return newProblem(refusalOf(m), id), nil
}

// refusalOf keeps the status, which huma has decided on, and never the value that was sent.
func refusalOf(m *huma.ErrorModel) *fault.Error {
	switch m.Status {
	case http.StatusBadRequest:
		return errMalformed()
	case http.StatusRequestEntityTooLarge:
		return errTooLarge()
	case http.StatusUnsupportedMediaType:
		return errUnsupported()
	case http.StatusUnprocessableEntity:
		fields := make([]fault.Field, len(m.Errors))
		for i, e := range m.Errors {
			fields[i] = field(e.Location, e.Message)
		}
		return fault.Invalid(fields...)
	default:
		return errInternal()
	}
}

// field says what huma found wrong in the words of this API: the path without the part of the request that it is in,
// and a message that stands behind the field's name.
func field(location, message string) fault.Field {
	location = strings.ReplaceAll(location, ".~", "") // an Optional's value is the field itself
	where, path, _ := strings.Cut(location, ".")
	if path == "" {
		path, where = where, ""
	}
	if where != "" && where != "body" && where != "query" && where != "path" && where != "header" && where != "cookie" && where != "form" {
		path = location
	}
	if name, ok := strings.CutPrefix(message, "expected required property "); ok {
		name, _, _ = strings.Cut(name, " ")
		if path == "body" {
			path = ""
		} else {
			path += "."
		}
		return fault.Field{Field: path + name, Message: "is required"}
	}
	return fault.Field{Field: path, Message: phrase(message)}
}

// phrase rewords a message. Some of huma's quote the value behind a colon, and what encoding/json says names Go types;
// neither is passed on.
func phrase(m string) string {
	switch {
	case m == "unexpected property":
		return "is not a field that can be sent"
	case m == "unknown query parameter":
		return "is not a parameter of this request"
	case strings.HasPrefix(m, "required ") && strings.HasSuffix(m, " parameter is missing"):
		return "is required"
	case strings.HasPrefix(m, "must "), strings.HasPrefix(m, "is "):
		return m
	case strings.HasPrefix(m, "invalid value: invalid UUID"), strings.HasPrefix(m, "invalid value: invalid urn"):
		return "must be a UUID"
	case strings.HasPrefix(m, "invalid value"):
		return "does not fit"
	case strings.HasPrefix(m, "invalid "):
		return "is not a" + an(strings.Fields(m)[1])
	}
	rest, ok := strings.CutPrefix(m, "expected ")
	if !ok {
		return "does not fit"
	}
	for _, w := range []struct{ from, to string }{
		{"length >= ", "must have at least this many characters: "},
		{"length <= ", "must have at most this many characters: "},
		{"array length >= ", "must have at least this many items: "},
		{"array length <= ", "must have at most this many items: "},
		{"number >= ", "must be at least "},
		{"number <= ", "must be at most "},
		{"value to be one of ", "must be one of "},
	} {
		if tail, ok := strings.CutPrefix(rest, w.from); ok {
			return w.to + strings.Trim(tail, `"`)
		}
	}
	rest, _, _ = strings.Cut(rest, ":")
	switch {
	case strings.HasPrefix(rest, "value to match "):
		return "has none of the forms that it may have"
	case strings.HasPrefix(rest, "string to be RFC 4122 uuid"):
		return "must be a UUID"
	case strings.HasPrefix(rest, "string to be "), strings.HasPrefix(rest, "string to match "):
		return "must be a text that is " + strings.TrimPrefix(strings.TrimPrefix(rest, "string to be "), "string to ")
	case strings.Contains(rest, " "):
		return "must be: " + rest
	}
	return "must be a" + an(rest)
}

// an is the rest of the article, and the word.
func an(word string) string {
	if strings.ContainsAny(word[:1], "aeiou") {
		return "n " + word
	}
	return " " + word
}
