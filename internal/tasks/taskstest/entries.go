package taskstest

import (
	"fmt"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// write commits rows as one entry, each with an event that tells of it.
func (w *workspace) write(rows ...*tasks.Row) tasks.Entry {
	w.Helper()
	e, err := w.try(rows...)
	if err != nil {
		w.Fatal(err)
	}
	return e
}

func (w *workspace) try(rows ...*tasks.Row) (tasks.Entry, error) {
	return w.update(func(v tasks.View) ([]tasks.Change, error) { return changes(v, rows...), nil })
}

func (w *workspace) update(change func(tasks.View) ([]tasks.Change, error)) (tasks.Entry, error) {
	return w.store.Update(w.Context(), w.id, change)
}

// changes makes an event for each row, with the numbers that come next.
func changes(v tasks.View, rows ...*tasks.Row) []tasks.Change {
	var out []tasks.Change
	for i, r := range rows {
		c := *r
		c.Seq = v.Head().Seq + int64(i) + 1
		ch := tasks.Change{Row: &c, Event: eventOf(&c)}
		out = append(out, ch)
	}
	return out
}

// eventOf tells of a row; of a task also in its activity.
func eventOf(r *tasks.Row) tasks.Event {
	e := tasks.Event{
		Seq: r.Seq, Type: string(r.Kind) + ".updated", At: 1_700_000_000_000 + r.Seq,
		JSON: fmt.Appendf(nil, `{"seq":%d,"entity_id":"%s","data":%s}`, r.Seq, r.ID, r.Doc),
	}
	if r.Kind == tasks.KindTask {
		e.Project, e.Task = r.Task.Project, r.ID
		e.Activity = fmt.Appendf(nil, `{"seq":%d,"after":%s}`, r.Seq, r.Doc)
	}
	return e
}

func (w *workspace) read(fn func(tasks.View) error) {
	w.Helper()
	if err := w.store.Read(w.Context(), w.id, fn); err != nil {
		w.Fatal(err)
	}
}

func (w *workspace) get(kind tasks.Kind, id uuid.UUID) (out *tasks.Row) {
	w.Helper()
	w.read(func(v tasks.View) (err error) {
		out, err = v.Get(kind, id)
		return err
	})
	return out
}

func (w *workspace) head() tasks.Head {
	w.Helper()
	h, err := w.store.Head(w.Context(), w.id)
	if err != nil {
		w.Fatal(err)
	}
	return h
}

// label makes a row of the simplest kind.
func (w *workspace) label(doc string) *tasks.Row {
	return &tasks.Row{Kind: tasks.KindLabel, ID: w.newID(), Doc: []byte(doc)}
}

// task makes the row of a task, which its caller may fill in further.
func (w *workspace) task(project uuid.UUID, number int64) *tasks.Row {
	id := w.newID()
	return &tasks.Row{
		Kind: tasks.KindTask, ID: id, Doc: fmt.Appendf(nil, `{"n":%d}`, number), Meta: []byte(`{}`),
		Task: &tasks.TaskIndex{
			Project: project, Status: uuid.Max, Number: number, Position: fmt.Sprintf("%013d", number), Due: tasks.NoDue,
			Created: 1, Updated: 1, Title: "t", TitleKey: "t",
		},
	}
}

func isConflict(err error) bool { return fault.KindOf(err) == fault.KindConflict }

func ids(rows []*tasks.Row) []uuid.UUID {
	out := []uuid.UUID{}
	for _, r := range rows {
		out = append(out, r.ID)
	}
	return out
}
