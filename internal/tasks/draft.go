package tasks

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// draft collects the changes of one entry. It sees the view as it will be once they are applied, so a batch can build
// on its own earlier steps.
type draft struct {
	view    View
	frame   *frame
	access  *Access
	caller  Caller
	now     int64
	seq     int64
	changes []Change // each with the next number
	silent  []Change // rows that no event tells of
	newID   func() uuid.UUID

	tasks  map[uuid.UUID]*Task  // loaded or changed
	saved  map[uuid.UUID]bool   // changed here
	rows   map[rowKey]*Row      // changed here
	tails  map[TaskList]uint64  // the last label of a list, once something was appended
	number map[uuid.UUID]int64  // next number of a project, once one was given
	taken  map[string]uuid.UUID // external ids claimed here
	fresh  map[uuid.UUID]Doc    // wire formats of tasks as of their last change

	uncounted []uuid.UUID       // tasks whose sub-tasks have to be counted again, see settle
	adopted   map[uuid.UUID]int // how many tasks were put below one since it was counted last
}

type rowKey struct {
	kind Kind
	id   uuid.UUID
}

func (d *draft) task(id uuid.UUID) (*Task, error) {
	if t := d.tasks[id]; t != nil {
		return t, nil
	}
	r, err := d.view.Get(KindTask, id)
	if err != nil || r == nil {
		return nil, err
	}
	return d.keep(r)
}

func (d *draft) keep(r *Row) (*Task, error) {
	if t := d.tasks[r.ID]; t != nil {
		return t, nil
	}
	t, err := taskOf(r)
	if err != nil {
		return nil, fmt.Errorf("read task %s: %w", r.ID, err)
	}
	d.tasks[t.ID] = t
	return t, nil
}

func (d *draft) row(kind Kind, id uuid.UUID) (*Row, error) {
	if r, ok := d.rows[rowKey{kind, id}]; ok {
		return r, nil
	}
	return d.view.Get(kind, id)
}

func load[T any](d *draft, kind Kind, id uuid.UUID) (*T, error) {
	r, err := d.row(kind, id)
	if err != nil || r == nil {
		return nil, err
	}
	v := new(T)
	if err := json.Unmarshal(r.Doc, v); err != nil {
		return nil, fmt.Errorf("read %s %s: %w", kind, id, err)
	}
	return v, nil
}

// children gives a task's children as they will be, trashed ones too, in no promised order.
func (d *draft) children(parent uuid.UUID) ([]*Task, error) {
	rows, err := d.view.Children(parent)
	if err != nil {
		return nil, err
	}
	var out []*Task
	for _, r := range rows {
		t, err := d.keep(r)
		if err != nil {
			return nil, err
		}
		if t.Parent != nil && *t.Parent == parent {
			out = append(out, t)
		}
	}
	for _, t := range d.tasks {
		if d.saved[t.ID] && t.Parent != nil && *t.Parent == parent && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b *Task) int { return strings.Compare(a.ID.String(), b.ID.String()) })
	return out, nil
}

// event is what the pieces of an event have in common while it is being made.
type event struct {
	kind    Kind
	typ     string
	id      uuid.UUID
	project uuid.UUID
	changed []string
	data    []byte
}

// next is the number, and so the version, of the next event of the entry.
func (d *draft) next() int64 { return d.seq + int64(len(d.changes)) + 1 }

func (d *draft) add(e event, r *Row) *Change {
	seq := d.next()
	ev := Event{Seq: seq, Type: e.typ, At: d.now, Project: e.project}
	ev.JSON = d.encode(e, seq)
	d.changes = append(d.changes, Change{Row: r, Event: ev})
	if r != nil && r.Kind != KindTask {
		d.rows[rowKey{r.Kind, r.ID}] = r
	}
	return &d.changes[len(d.changes)-1]
}

func (d *draft) encode(e event, seq int64) []byte {
	doc := EventDoc{
		Seq: seq, ID: d.newID(), Type: e.typ, At: At(d.now), Actor: d.caller.Actor, Entity: string(e.kind), EntityID: e.id,
		Version: seq, Changed: e.changed, Data: e.data, RequestID: d.caller.RequestID,
	}
	if e.project != uuid.Nil {
		doc.Project = &e.project
	}
	return appendEvent(make([]byte, 0, 512+len(e.data)), &doc)
}

// put adds a row of a kind other than task with its event.
func (d *draft) put(e event, r *Row, v any) (*Change, error) {
	doc, err := marshal(v)
	if err != nil {
		return nil, err
	}
	r.Kind, r.ID, r.Seq, r.Doc = e.kind, e.id, d.next(), doc
	if e.data == nil {
		e.data = doc
	}
	return d.add(e, r), nil
}

// neighbors merges what the view says with what the draft has moved.
func (d *draft) neighbors(list TaskList, pos string, n int) (before, behind []*Task, err error) {
	extra := len(d.saved)
	b, a, err := d.view.Neighbors(list, pos, n+extra)
	if err != nil {
		return nil, nil, err
	}
	merge := func(rows []*Row, wanted func(p string) bool, order int) ([]*Task, error) {
		var out []*Task
		for _, r := range rows {
			t, err := d.keep(r)
			if err != nil {
				return nil, err
			}
			if !d.saved[t.ID] {
				out = append(out, t)
			}
		}
		for id := range d.saved {
			if t := d.tasks[id]; t.in(list) && wanted(t.positionIn(list)) {
				out = append(out, t)
			}
		}
		slices.SortFunc(out, func(x, y *Task) int {
			if c := strings.Compare(x.positionIn(list), y.positionIn(list)); c != 0 {
				return c * order
			}
			return strings.Compare(x.ID.String(), y.ID.String()) * order
		})
		return out[:min(n, len(out))], nil
	}
	if before, err = merge(b, func(p string) bool { return p < pos }, -1); err != nil {
		return nil, nil, err
	}
	behind, err = merge(a, func(p string) bool { return p > pos }, 1)
	return before, behind, err
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
