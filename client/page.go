package client

import (
	"fmt"
	"iter"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Page asks for a part of a list.
type Page struct {
	Limit  int    // how many items at most, 1 to 200; 0 is 50
	Cursor string // the NextCursor of the page before; "" is the first page
}

func (p Page) query() url.Values {
	q := url.Values{}
	addQuery(q, "limit", p.Limit)
	addQuery(q, "cursor", p.Cursor)
	return q
}

// pages goes through a list. After an error there is nothing more.
func pages[T any](cursor string, page func(cursor string) ([]T, *string, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for at := cursor; ; {
			items, next, err := page(at)
			if err != nil {
				var zero T
				yield(zero, err)
				return
			}
			for _, item := range items {
				if !yield(item, nil) {
					return
				}
			}
			if next == nil || *next == "" || *next == at {
				return
			}
			at = *next
		}
	}
}

// addQuery adds a parameter unless it is zero; several values stand in one, with commas between them.
func addQuery[T string | int | bool | time.Time | []string | []int](q url.Values, name string, value T) {
	text := ""
	switch v := any(value).(type) {
	case string:
		text = v
	case int:
		if v != 0 {
			text = strconv.Itoa(v)
		}
	case bool:
		if v {
			text = "true"
		}
	case time.Time:
		if !v.IsZero() {
			text = v.UTC().Format(time.RFC3339Nano)
		}
	case []string:
		text = strings.Join(v, ",")
	case []int:
		all := make([]string, len(v))
		for i, n := range v {
			all[i] = strconv.Itoa(n)
		}
		text = strings.Join(all, ",")
	}
	if text != "" {
		q.Set(name, text)
	}
}

func withQuery(q url.Values, name, value string) url.Values {
	q.Set(name, value)
	return q
}

// pathf writes a path; the values are parts of it, whatever is in them.
func pathf(format string, values ...string) string {
	parts := make([]any, len(values))
	for i, v := range values {
		part := url.PathEscape(v)
		if part == "" || part == "." || part == ".." { // would be another path
			part = "%00"
		}
		parts[i] = part
	}
	return fmt.Sprintf(format, parts...)
}
