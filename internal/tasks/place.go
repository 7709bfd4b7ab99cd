package tasks

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// neighbors merges what the view says with what the draft has moved.
func (d *draft) neighbors(list TaskList, pos string, n int) (before, behind []*Task, err error) {
	for extra := min(len(d.saved), 8); ; extra *= 4 {
		b, a, err := d.view.Neighbors(list, pos, n+extra)
		if err != nil {
			return nil, nil, err
		}
		if before, err = d.unmoved(b); err != nil {
			return nil, nil, err
		}
		if behind, err = d.unmoved(a); err != nil {
			return nil, nil, err
		}
		// what was moved is left out and may be all that was given
		if (len(before) >= n || len(b) < n+extra) && (len(behind) >= n || len(a) < n+extra) {
			break
		}
	}
	for id := range d.saved {
		switch t := d.tasks[id]; {
		case !t.in(list):
		case t.positionIn(list) < pos:
			before = append(before, t)
		case t.positionIn(list) > pos:
			behind = append(behind, t)
		}
	}
	nearest := func(ts []*Task, order int) []*Task {
		slices.SortFunc(ts, func(x, y *Task) int {
			return order * cmp.Or(strings.Compare(x.positionIn(list), y.positionIn(list)), bytes.Compare(x.ID[:], y.ID[:]))
		})
		return ts[:min(n, len(ts))]
	}
	return nearest(before, -1), nearest(behind, 1), nil
}

// unmoved gives the tasks of rows that the draft has not changed.
func (d *draft) unmoved(rows []*Row) ([]*Task, error) {
	var out []*Task
	for _, r := range rows {
		if d.saved[r.ID] {
			continue
		}
		t, err := d.keep(r)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

func (t *Task) in(l TaskList) bool {
	if t.DeletedAt != nil {
		return false
	}
	if l.Parent != uuid.Nil {
		return t.Parent != nil && *t.Parent == l.Parent
	}
	return t.Project == l.Project
}

func (t *Task) positionIn(l TaskList) string {
	if l.Parent != uuid.Nil {
		return t.ChildPos
	}
	return t.Position
}

func (t *Task) setPosition(l TaskList, p string) {
	if l.Parent != uuid.Nil {
		t.ChildPos = p
	} else {
		t.Position = p
	}
}

// place finds a position in a list for a task that is not in it yet or moves within it. It may have to spread out
// others, which it adds to the draft.
func (d *draft) place(list TaskList, self uuid.UUID, p Place) (string, error) {
	if p == (Place{}) || p.Last {
		return d.placeLast(list, self)
	}
	low, high := uint64(0), posMax
	switch {
	case p.First:
		_, behind, err := d.others(list, formatPos(0), 1, self)
		if err != nil {
			return "", err
		}
		if len(behind) > 0 {
			if high, err = parsePos(behind[0].positionIn(list)); err != nil {
				return "", err
			}
		}
	default:
		anchor, err := d.anchor(list, self, p)
		if err != nil {
			return "", err
		}
		before, behind, err := d.others(list, anchor, 1, self)
		if err != nil {
			return "", err
		}
		at, err := parsePos(anchor)
		if err != nil {
			return "", err
		}
		side := behind
		if p.Before != "" {
			side = before
		}
		bound := uint64(0)
		if len(side) > 0 {
			if bound, err = parsePos(side[0].positionIn(list)); err != nil {
				return "", err
			}
		}
		if p.Before != "" {
			low, high = bound, at
		} else if low = at; len(side) > 0 {
			high = bound
		}
	}
	delete(d.tails, list)
	if n, ok := between(low, high); ok {
		return formatPos(n), nil
	}
	return d.spreadOut(list, self, low)
}

// anchor is the position of the task that a place names.
func (d *draft) anchor(list TaskList, self uuid.UUID, p Place) (string, error) {
	ref, field := p.After, "place.after"
	if p.Before != "" {
		ref, field = p.Before, "place.before"
	}
	t, err := d.find(ref)
	if err != nil && fault.KindOf(err) != fault.KindNotFound {
		return "", err
	}
	if err != nil || !t.in(list) || t.ID == self {
		return "", fault.InvalidField(field, "must be another task of the same list")
	}
	return t.positionIn(list), nil
}

// others is neighbors without the task itself.
func (d *draft) others(list TaskList, pos string, n int, self uuid.UUID) (before, behind []*Task, err error) {
	before, behind, err = d.neighbors(list, pos, n+1)
	without := func(ts []*Task) []*Task {
		ts = slices.DeleteFunc(ts, func(t *Task) bool { return t.ID == self })
		return ts[:min(n, len(ts))]
	}
	return without(before), without(behind), err
}

func (d *draft) placeLast(list TaskList, self uuid.UUID) (string, error) {
	low, known := d.tails[list]
	if !known {
		var err error
		if low, err = d.last(list, self); err != nil {
			return "", err
		}
	}
	n, ok := between(low, posMax)
	if !ok {
		return d.spreadOut(list, self, low)
	}
	d.tails[list] = n
	return formatPos(n), nil
}

// last is the label of the last task of a list but the one to be placed, 0 if there is none.
func (d *draft) last(list TaskList, self uuid.UUID) (uint64, error) {
	if len(d.saved) == 0 && d.tasks[self] == nil {
		pos, err := d.view.Last(list)
		if err != nil || pos == "" {
			return 0, err
		}
		return parsePos(pos)
	}
	before, _, err := d.others(list, formatPos(posMax), 1, self)
	if err != nil || len(before) == 0 {
		return 0, err
	}
	return parsePos(before[0].positionIn(list))
}

// returnTo leaves a task that is back in a list at its old position there or, if another one has that by now, puts it
// right behind that one.
func (d *draft) returnTo(list TaskList, t *Task) error {
	at := t.positionIn(list)
	before, _, err := d.others(list, at+"0", 1, t.ID) // at+"0" sorts right behind at
	if err != nil || len(before) == 0 || before[0].positionIn(list) != at {
		return err
	}
	pos, err := d.place(list, t.ID, Place{After: before[0].ID.String()})
	t.setPosition(list, pos)
	return err
}

// spreadOut makes room right behind the label low: it widens a stretch around it until spreading its tasks evenly
// leaves room, and gives the label that the new one gets in it.
func (d *draft) spreadOut(list TaskList, self uuid.UUID, low uint64) (string, error) {
	delete(d.tails, list)
	at := formatPos(low)
	for n := 8; ; n *= 4 {
		// at+"0" sorts behind low and in front of low+1
		before, behind, err := d.others(list, at+"0", n+1, self)
		if err != nil {
			return "", err
		}
		lo, hi := uint64(0), posMax
		if len(before) > n {
			if lo, err = parsePos(before[n].positionIn(list)); err != nil {
				return "", err
			}
			before = before[:n]
		}
		if len(behind) > n {
			if hi, err = parsePos(behind[n].positionIn(list)); err != nil {
				return "", err
			}
			behind = behind[:n]
		}
		labels, ok := spread(lo, hi, len(before)+len(behind)+1)
		if !ok {
			if lo == 0 && hi == posMax {
				return "", fmt.Errorf("no room in a list of %d tasks at %s", len(before)+len(behind), at)
			}
			continue
		}
		slices.Reverse(before)
		for i, t := range append(before, behind...) {
			slot := i
			if i >= len(before) {
				slot = i + 1
			}
			if err := d.relabel(list, t, formatPos(labels[slot])); err != nil {
				return "", err
			}
		}
		return formatPos(labels[len(before)]), nil
	}
}

func (d *draft) relabel(list TaskList, t *Task, pos string) error {
	if t.positionIn(list) == pos {
		return nil
	}
	old := *t
	t.setPosition(list, pos)
	return d.saveQuietly(t, &old)
}
