package users

import "github.com/rung-app/rung/internal/fault"

// Seen is what a caller has seen of a thing that she changes. The zero value asks for no care.
type Seen struct {
	Match int64 // refuse if there is a newer version than this
	Base  int64 // refuse if a field of the change may have changed since this version
}

// check compares what was seen with the present version; changes are the fields that would get other values, with those
// that they have. Which fields a version has changed is not kept for people and workspaces, which have few of them and
// change seldom: with a base each of them may have been.
func (s Seen) check(present int64, changes []fault.Changed) error {
	if s.Match != 0 && present != s.Match {
		return fault.Stale()
	}
	if s.Base != 0 && present > s.Base && len(changes) > 0 {
		return fault.Stale(changes...)
	}
	return nil
}
