package users

import (
	"maps"

	"github.com/rung-app/rung/internal/fault"
)

// Seen is what a caller has seen of a thing that she changes. The zero value asks for no care.
type Seen struct {
	Match int64 // refuse if there is a newer version than this
	Base  int64 // refuse if a field of the change has changed since this version
}

// FieldVersions holds the version in which each field was last changed. One that is absent has not been since creation.
type FieldVersions map[string]int64

// everyField stands for all fields of what is older than the record of its changes.
const everyField = "*"

// check compares what was seen with the present version; changes are the fields that would get other values, with those
// that they have, and changed is when they got them.
func (s Seen) check(present int64, changed FieldVersions, changes []fault.Changed) error {
	if s.Match != 0 && present > s.Match {
		return fault.Stale()
	}
	if s.Base == 0 {
		return nil
	}
	var conflicts []fault.Changed
	for _, c := range changes {
		if max(changed[c.Field], changed[everyField]) > s.Base {
			conflicts = append(conflicts, c)
		}
	}
	if len(conflicts) > 0 {
		return fault.Stale(conflicts...)
	}
	return nil
}

// with is the record once a version has changed fields.
func (v FieldVersions) with(version int64, changes []fault.Changed) FieldVersions {
	out := maps.Clone(v) // the stored thing must not change with it
	if out == nil {
		out = FieldVersions{}
	}
	for _, c := range changes {
		out[c.Field] = version
	}
	return out
}
