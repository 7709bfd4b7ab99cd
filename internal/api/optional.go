package api

import (
	"bytes"
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rung-app/rung/internal/fault"
)

// Optional is a field of a merge patch (RFC 7396): absent, or set to a value, or set to null, which clears it. Null is
// taken only where T is a pointer, and then Value is nil. Its tag must have omitzero.
type Optional[T any] struct {
	Set   bool
	Value T `json:"~"` // a name that paths to fields leave out; see field
	null  bool
}

// UnmarshalJSON is called only if the field is there.
func (o *Optional[T]) UnmarshalJSON(b []byte) error {
	o.Set = true
	o.null = bytes.Equal(b, []byte("null"))
	return json.Unmarshal(b, &o.Value)
}

// MarshalJSON is for clients in Go.
func (o Optional[T]) MarshalJSON() ([]byte, error) { return json.Marshal(o.Value) }

// IsZero is what omitzero asks.
func (o Optional[T]) IsZero() bool { return !o.Set }

// Schema is T's, or null if T is a pointer.
func (o Optional[T]) Schema(r huma.Registry) *huma.Schema {
	t := reflect.TypeFor[T]()
	s := r.Schema(t, true, "")
	if t.Kind() != reflect.Pointer {
		return s
	}
	if s.Ref != "" { // a reference can't say that null will do too
		s = r.SchemaFromRef(s.Ref)
	}
	if s.Type == "" { // nor can a choice, and a field that may be left out is not checked if it is null
		return s
	}
	nullable := *s
	nullable.Nullable = true
	return &nullable
}

// clears reports whether null will do.
func (o Optional[T]) clears() bool { return reflect.TypeFor[T]().Kind() == reflect.Pointer }

// Resolve refuses null where it clears nothing.
func (o *Optional[T]) Resolve(_ huma.Context, path *huma.PathBuffer) []error {
	if o.null && !o.clears() {
		return []error{&huma.ErrorDetail{Location: path.String(), Message: "must not be null"}}
	}
	return nil
}

// Some is a field that is set.
func Some[T any](v T) Optional[T] { return Optional[T]{Set: true, Value: v} }

// errField is a field's fault, for handlers.
func errField(field, message string) error { return fault.InvalidField(field, message) }
