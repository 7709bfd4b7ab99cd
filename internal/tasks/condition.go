package tasks

import (
	"encoding/json"
	"fmt"

	"github.com/rung-app/rung/internal/fault"
)

// Condition makes a change depend on what the caller has seen. The zero value depends on nothing.
type Condition struct {
	Match int64 // fails if the thing has any newer version
	Base  int64 // fails if one of the fields to be changed has changed since this version
}

// condition compares what the caller has seen with what is there.
func (d *draft) condition(t, old *Task, p Patch, cond Condition) error {
	if cond.Match != 0 && old.Version > cond.Match {
		return fault.Stale()
	}
	if cond.Base == 0 || cond.Base >= old.Version {
		return nil
	}
	wanted := differences(old, t)
	if p.Parent.Set && d.otherParent(old, p.Parent.V) {
		wanted = append(wanted, fParent)
	}
	var conflicts []fault.Changed
	for _, f := range wanted {
		if old.meta.Fields[f] <= cond.Base {
			continue
		}
		base, err := d.valueAt(old, f, cond.Base)
		if err != nil {
			return err
		}
		conflicts = append(conflicts, fault.Changed{Field: f, Base: base, Theirs: old.field(f, d.key(old))})
	}
	if len(conflicts) > 0 {
		return fault.Stale(conflicts...)
	}
	return nil
}

// otherParent reports whether ref names another parent than the task has. What names nothing is refused elsewhere.
func (d *draft) otherParent(t *Task, ref string) bool {
	if ref == "" {
		return t.Parent != nil
	}
	id, err := d.resolve(ref)
	return err == nil && (t.Parent == nil || *t.Parent != id)
}

// metaOf reads what is kept beside a row.
func metaOf(r *Row) (meta, error) {
	var m meta
	if len(r.Meta) == 0 {
		return m, nil
	}
	if err := json.Unmarshal(r.Meta, &m); err != nil {
		return m, fmt.Errorf("read what is kept beside %s %s: %w", r.Kind, r.ID, err)
	}
	return m, nil
}

// patchRow compares what the caller has seen of a row that is no task with what is there, and notes that the named
// fields change with the next event. now is the thing as it is. Fields of a part of it, such as a status of a project,
// are noted under the part's name.
func (d *draft) patchRow(r *Row, version int64, now any, part string, wanted []string, cond Condition) error {
	if cond.Match != 0 && version > cond.Match {
		return fault.Stale()
	}
	m, err := metaOf(r)
	if err != nil {
		return err
	}
	m.Fields = cloneFields(m.Fields)
	var conflicts []fault.Changed
	for _, f := range wanted {
		if cond.Base != 0 && f != fPosition && m.Fields[part+f] > cond.Base {
			theirs, err := fieldOf(now, f)
			if err != nil {
				return err
			}
			conflicts = append(conflicts, fault.Changed{Field: f, Theirs: theirs})
		}
		m.Fields[part+f] = d.next()
	}
	if len(conflicts) > 0 {
		return fault.Stale(conflicts...)
	}
	r.Meta, err = marshal(m)
	return err
}

// fieldOf is one field of a thing as the wire has it.
func fieldOf(of any, name string) (json.RawMessage, error) {
	doc, err := marshal(of)
	if err != nil {
		return nil, err
	}
	var all map[string]json.RawMessage
	err = json.Unmarshal(doc, &all)
	return all[name], err
}
