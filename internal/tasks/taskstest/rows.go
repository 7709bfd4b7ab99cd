package taskstest

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// rows tests that what was written is given back, and found by what it belongs to.
func rows(t *testing.T, open func(*testing.T) tasks.Store) {
	parts(t, open, map[string]func(*workspace){
		"every member comes back": func(w *workspace) {
			r := &tasks.Row{
				Kind: tasks.KindComment, ID: w.newID(), Scope: w.newID(), Other: w.newID(), Unique: "u", Sort: "s", Deleted: 7,
				Origin: []byte{1, 0, 2}, Doc: []byte(`{"a":"ä<&>\u2028"}`), Meta: []byte(`{"m":1}`),
			}
			w.write(r)
			r.Seq = 1
			if got := w.get(r.Kind, r.ID); !reflect.DeepEqual(got, r) {
				w.Errorf("got  %+v\nwant %+v", got, r)
			}
		},
		"every member of a task comes back": func(w *workspace) {
			r := w.fullTask()
			w.write(r)
			r.Seq = 1
			w.sameTask(w.get(r.Kind, r.ID), r)
			bare := w.task(w.newID(), 1)
			w.write(bare)
			bare.Seq = 2
			w.sameTask(w.get(bare.Kind, bare.ID), bare)
		},
		"a change replaces all but the origin": func(w *workspace) {
			r := w.fullTask()
			w.write(r)
			origin := r.Origin
			n := w.fullTask()
			n.ID, n.Origin = r.ID, nil
			w.write(n)
			n.Seq, n.Origin = 2, origin
			w.sameTask(w.get(n.Kind, n.ID), n)
			e := w.label(`{"a":1}`)
			e.Origin, e.Scope, e.Sort = []byte("o"), w.newID(), "1"
			w.write(e)
			e2 := *e
			e2.Origin, e2.Scope, e2.Sort, e2.Doc = nil, uuid.Nil, "2", []byte(`{"b":1}`)
			w.write(&e2)
			e2.Origin, e2.Seq = e.Origin, 4
			if got := w.get(e.Kind, e.ID); !reflect.DeepEqual(got, &e2) {
				w.Errorf("got  %+v\nwant %+v", got, &e2)
			}
		},
		"what is not there is nil": func(w *workspace) {
			w.write(w.label(`{}`))
			if w.get(tasks.KindTask, w.newID()) != nil || w.get(tasks.KindLabel, w.newID()) != nil {
				w.Error("a row for a random id")
			}
		},
		"lists":       listRows,
		"trash order": trashOrder,
	})
}

// fullTask has a value for every member.
func (w *workspace) fullTask() *tasks.Row {
	return &tasks.Row{
		Kind: tasks.KindTask, ID: w.newID(), Deleted: w.rand.Int64N(2), Origin: []byte{9, 0, byte(w.rand.Uint32())},
		Doc: []byte(`{"previous_keys":[],"x":"é"}`), Meta: []byte(`{"y":2}`),
		Task: &tasks.TaskIndex{
			Project: w.newID(), Status: w.newID(), Parent: w.newID(), Number: w.rand.Int64N(1e6), Position: "0000000000abc",
			ChildPosition: "0000000000xyz", Priority: w.rand.IntN(5), Due: w.rand.Int64N(1e12), DueFloating: w.rand.IntN(2) == 0,
			Created: w.rand.Int64N(1e12), Updated: w.rand.Int64N(1e12), Completed: 1 + w.rand.Int64N(1e12), Title: "Tïtle",
			TitleKey: "tïtle", External: fmt.Sprint("src\x00id", w.rand.Uint32()), Assignees: []uuid.UUID{w.newID(), w.newID()},
			Labels: []uuid.UUID{w.newID()}, Description: "*words*\n\x7f é",
		},
	}
}

func (w *workspace) sameTask(got, want *tasks.Row) {
	w.Helper()
	if got == nil {
		w.Fatal("the task is not there")
	}
	a, b := *got, *want
	x, y := *got.Task, *want.Task
	if len(x.Assignees)+len(y.Assignees) == 0 {
		x.Assignees, y.Assignees = nil, nil
	}
	if len(x.Labels)+len(y.Labels) == 0 {
		x.Labels, y.Labels = nil, nil
	}
	a.Task, b.Task = nil, nil
	if !reflect.DeepEqual(a, b) || !reflect.DeepEqual(x, y) {
		w.Errorf("got  %+v %+v\nwant %+v %+v", a, x, b, y)
	}
}

func listRows(w *workspace) {
	scopes, others := []uuid.UUID{w.newID(), w.newID(), {}}, []uuid.UUID{w.newID(), {}}
	var all []*tasks.Row
	for range 60 {
		r := &tasks.Row{
			Kind: pick(w, tasks.KindComment, tasks.KindRelation), ID: w.newID(), Scope: pick(w, scopes...), Other: pick(w, others...),
			Sort: pick(w, "", "a", "b", "c"), Deleted: pick(w, 0, 0, int64(3)), Doc: []byte(`{}`),
		}
		all = append(all, r)
	}
	w.write(all...)
	for range 200 {
		q := tasks.RowQuery{
			Kind: pick(w, tasks.KindComment, tasks.KindRelation), WithTrash: w.rand.IntN(2) == 0, Limit: pick(w, 0, 0, 1, 5),
		}
		switch w.rand.IntN(3) {
		case 0:
			q.Scope = scopes[w.rand.IntN(2)]
		case 1:
			q.Other = others[0]
		}
		if w.rand.IntN(2) == 0 {
			at := pick(w, all...)
			q.After = &tasks.Position{Text: at.Sort, ID: at.ID}
		}
		want := []*tasks.Row{}
		for _, r := range all {
			if r.Kind == q.Kind && (q.Scope == uuid.Nil || r.Scope == q.Scope) && (q.Other == uuid.Nil || r.Other == q.Other) &&
				(q.WithTrash || r.Deleted == 0) && (q.After == nil || compareRow(r.Sort, r.ID, q.After.Text, q.After.ID) > 0) {
				want = append(want, r)
			}
		}
		slices.SortFunc(want, func(a, b *tasks.Row) int { return compareRow(a.Sort, a.ID, b.Sort, b.ID) })
		if q.Limit > 0 {
			want = want[:min(q.Limit, len(want))]
		}
		w.read(func(v tasks.View) error {
			got, err := v.List(q)
			if !slices.Equal(ids(got), ids(want)) {
				w.Errorf("%+v gives %v, want %v", q, ids(got), ids(want))
			}
			return err
		})
	}
}

func compareRow(s string, id uuid.UUID, s2 string, id2 uuid.UUID) int {
	return cmp.Or(cmp.Compare(s, s2), slices.Compare(id[:], id2[:]))
}

func trashOrder(w *workspace) {
	var all []*tasks.Row
	project := w.newID()
	for i := range 40 {
		r := w.task(project, int64(i+1))
		if w.rand.IntN(3) == 0 {
			r = &tasks.Row{Kind: pick(w, tasks.KindProject, tasks.KindAttachment), ID: w.newID(), Doc: []byte(`{}`)}
		}
		r.Deleted = int64(w.rand.IntN(6))
		all = append(all, r)
	}
	w.write(all...)
	want := []*tasks.Row{}
	for _, r := range all {
		if r.Deleted > 0 {
			want = append(want, r)
		}
	}
	slices.SortFunc(want, func(a, b *tasks.Row) int {
		return cmp.Or(cmp.Compare(b.Deleted, a.Deleted), slices.Compare(b.ID[:], a.ID[:]))
	})
	got := []*tasks.Row{}
	from := tasks.Position{Number: tasks.NoDue, ID: uuid.Max}
	for {
		var page []*tasks.Row
		w.read(func(v tasks.View) (err error) {
			page, err = v.Trash(from, 4)
			return err
		})
		if len(page) > 4 {
			w.Fatalf("%d rows, asked for 4", len(page))
		}
		if len(page) == 0 {
			break
		}
		got = append(got, page...)
		from = tasks.Position{Number: page[len(page)-1].Deleted, ID: page[len(page)-1].ID}
	}
	if !slices.Equal(ids(got), ids(want)) {
		w.Errorf("got %v, want %v", ids(got), ids(want))
	}
}
