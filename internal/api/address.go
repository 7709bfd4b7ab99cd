package api

import (
	"net/url"
	"slices"
	"strings"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/text"
)

// Bounds of a query string. The longest that makes sense names 200 ids in each of five parameters.
const (
	maxAddress    = 64 << 10 // bytes
	maxParameters = 100
)

func errAddress() *fault.Error {
	return fault.New(fault.KindMalformed, "malformed-address", "The path or the query holds what can't be read as text, or too much of it.")
}

// checkQuery refuses a query string of which a part would be passed over: a filter that is not seen would answer with
// more than was asked for.
func checkQuery(raw string) error {
	if raw == "" {
		return nil
	}
	if len(raw) > maxAddress {
		return errAddress()
	}
	query, err := url.ParseQuery(raw)
	if err != nil || len(query) > maxParameters {
		return errAddress()
	}
	var twice []fault.Field
	for name, values := range query {
		if text.Line(name) != "" {
			return errAddress()
		}
		if len(values) > 1 {
			twice = append(twice, fault.Field{Field: name, Message: "must be given once, with commas between several values"})
		}
		for _, v := range values {
			if text.Body(v) != "" {
				return errAddress()
			}
		}
	}
	if len(twice) > 0 {
		slices.SortFunc(twice, func(a, b fault.Field) int { return strings.Compare(a.Field, b.Field) })
		return fault.Invalid(twice...)
	}
	return nil
}

// Bounds of what a refusal says of fields, so that it is never much longer than what it refuses.
const (
	maxFields    = 100
	maxFieldName = 200 // bytes
)

func fewFields(fields []fault.Field) []fault.Field {
	if len(fields) > maxFields {
		fields = fields[:maxFields:maxFields]
	}
	for i, f := range fields {
		if len(f.Field) > maxFieldName {
			fields = append([]fault.Field{}, fields...)
			fields[i].Field = text.CleanLine(f.Field[:maxFieldName])
		}
	}
	return fields
}
