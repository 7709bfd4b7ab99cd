package tasks

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
)

// draft collects the changes of one entry. It sees the view as it will be once they are applied, so a batch can build
// on its own earlier steps.
type draft struct {
	ws      uuid.UUID
	view    View
	frame   *frame
	access  *Access
	caller  Caller
	now     int64
	seq     int64
	changes []Change // each with the next number
	silent  []Change // rows that no event tells of
	newID   func() uuid.UUID
	origin  audit.Origin // of the request

	tasks  map[uuid.UUID]*Task  // loaded or changed
	saved  map[uuid.UUID]bool   // changed here
	rows   map[rowKey]*Row      // changed here
	tails  map[TaskList]uint64  // the last label of a list, once something was appended
	number map[uuid.UUID]int64  // next number of a project, once one was given
	taken  map[string]uuid.UUID // external ids claimed here
	fresh  map[uuid.UUID]Doc    // wire formats of tasks as of their last change

	uncounted []uuid.UUID       // tasks whose sub-tasks have to be counted again, see settle
	adopted   map[uuid.UUID]int // how many tasks were put below one since it was counted last

	stored  int64       // by how many bytes the workspace's files become more
	dropped []uuid.UUID // files whose bytes are to go once this is committed
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
	slices.SortFunc(out, func(a, b *Task) int { return bytes.Compare(a.ID[:], b.ID[:]) })
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

// audited makes an entry of the audit log about a change of who may do what.
func (d *draft) audited(action string, subject uuid.UUID, details ...string) []audit.Entry {
	e := audit.New(audit.With(context.Background(), d.origin), time.UnixMilli(d.now), action, subject, details...)
	return []audit.Entry{e.In(d.ws)}
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
