package client

import (
	"encoding/json"

	"github.com/google/uuid"
)

// NewID makes an id as Rung has them (UUID version 7). Whoever makes a thing may choose its id, and whoever wants to send
// the request again, even in another life of the program, must.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// Opt is a field of a change: the zero value leaves what is there, Set gives it a value, Null clears it.
type Opt[T any] struct {
	value T
	state uint8
}

const (
	optSet  = 1
	optNull = 2
)

// Set gives a field a value.
func Set[T any](v T) Opt[T] { return Opt[T]{v, optSet} }

// Null clears a field. Which fields can be cleared, the API's document says.
func Null[T any]() Opt[T] { return Opt[T]{state: optNull} }

// IsZero reports whether the field is left as it is.
func (o Opt[T]) IsZero() bool { return o.state == 0 }

// MarshalJSON writes the value, or null.
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	if o.state != optSet {
		return []byte("null"), nil
	}
	return json.Marshal(o.value)
}

// Place says where in its order a thing goes; the zero value says nothing about it.
type Place struct{ end, after, before string }

// First is in front of all others.
func First() Place { return Place{end: "first"} }

// Last is behind all others.
func Last() Place { return Place{end: "last"} }

// After is right behind another.
func After(id string) Place { return Place{after: id} }

// Before is right in front of another.
func Before(id string) Place { return Place{before: id} }

// MarshalJSON writes it as the API has it.
func (p Place) MarshalJSON() ([]byte, error) {
	switch {
	case p.after != "":
		return json.Marshal(map[string]string{"after": p.after})
	case p.before != "":
		return json.Marshal(map[string]string{"before": p.before})
	default:
		return json.Marshal(p.end)
	}
}

// Day is a day as a task's due or start, written 2026-12-24: all of it, wherever it is read.
func Day(date string) When { return When{Date: date} }

// ownID gives ids to what a batch makes, so that it may be sent again.
func (b *BatchRequest) ownID() {
	b.Changes = append([]BatchChange(nil), b.Changes...)
	for i, c := range b.Changes {
		if c.Task != nil {
			task := *c.Task
			task.ownID()
			b.Changes[i].Task = &task
		}
	}
}
