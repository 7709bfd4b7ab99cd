package api

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
)

// Page is how every list is asked for.
type Page struct {
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200" doc:"How many items at most."`
	Cursor string `query:"cursor" maxLength:"1000" doc:"The next_cursor of the page before."`
}

// List is how every list is answered. An item that was there all along, and whose sort value did not change, comes
// exactly once.
type List[T any] struct {
	Items      []T     `json:"items" nullable:"false"`
	NextCursor *string `json:"next_cursor" doc:"Asks for the next page; null on the last one."`
}

// listOutput is a list as handlers return it.
type listOutput[T any] struct {
	Body List[T]
}

// listOf makes a list's answer; next is the cursor of the next page, "" if there is none.
func listOf[T any](items []T, next string) *listOutput[T] {
	out := &listOutput[T]{Body: List[T]{Items: items}}
	if items == nil {
		out.Body.Items = []T{}
	}
	if next != "" {
		out.Body.NextCursor = &next
	}
	return out
}

// encodeCursor makes a cursor of the place that a list has come to.
func encodeCursor[T any](place T) (string, error) {
	b, err := json.Marshal(place)
	return base64.RawURLEncoding.EncodeToString(b), err
}

// decodeCursor reads a cursor; ok is false without one. Whatever is in it came from a client: it says where to go on and
// must never say what may be seen.
func decodeCursor[T any](cursor string) (place T, ok bool, err error) {
	if cursor == "" {
		return place, false, nil
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err == nil {
		dec := json.NewDecoder(bytes.NewReader(b))
		dec.DisallowUnknownFields()
		if err = dec.Decode(&place); err == nil && !dec.More() {
			return place, true, nil
		}
	}
	return place, false, errField("cursor", "is not one that this list gave")
}
