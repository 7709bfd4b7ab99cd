package tasks_test

import (
	"fmt"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

func (w *world) projects() (out []string) {
	w.Helper()
	of := tasks.PageOf{Limit: 2}
	for {
		page, err := w.Projects(w.Context(), w.ada, w.ws, of)
		w.ok(err)
		for _, item := range page.Items {
			out = append(out, decode[tasks.Project](w, item).Name)
		}
		if of.Cursor = page.Next; of.Cursor == "" {
			return out
		}
	}
}

func TestAProjectKeepsItsPlaceHoweverOftenOthersMove(t *testing.T) {
	w := newWorld(t)
	a, b, c, d := w.project(tasks.NewProject{Name: "a"}), w.project(tasks.NewProject{Name: "b"}), w.project(tasks.NewProject{Name: "c"}), w.project(tasks.NewProject{Name: "d"})
	same(t, "at first", words(w.projects()), "a b c d")
	for i := range 100 { // always between the same two, where the room is used up by half each time
		p, want := c, "a c d b"
		if i%2 == 1 {
			p, want = d, "a d c b"
		}
		w.ok(second(w.UpdateProject(t.Context(), w.ada, w.ws, p.ID, tasks.ProjectPatch{Place: tasks.Some(tasks.Place{After: a.ID.String()})}, tasks.Condition{})))
		if got := words(w.projects()); got != want && i > 0 {
			t.Fatalf("after move %d: %s, want %s", i+1, got, want)
		}
	}
	w.refused(second(w.UpdateProject(t.Context(), w.ada, w.ws, b.ID, tasks.ProjectPatch{Place: tasks.Some(tasks.Place{After: uuid.NewString()})}, tasks.Condition{})), fault.KindInvalid, "place")
}

func TestAViewKeepsItsPlaceHoweverOftenOthersMove(t *testing.T) {
	w := newWorld(t)
	var ids []uuid.UUID
	for _, name := range []string{"a", "b", "c", "d"} {
		v, err := w.CreateView(t.Context(), w.ada, w.ws, tasks.NewView{Name: name, Shared: name != "d"})
		w.ok(err)
		ids = append(ids, v.ID)
	}
	for i := range 100 {
		last := ids[1+i%2]
		w.ok(second(w.UpdateView(t.Context(), w.ada, w.ws, last, tasks.ViewPatch{Place: tasks.Some(tasks.Place{After: ids[0].String()})}, tasks.Condition{})))
		page, err := w.Views(t.Context(), w.ada, w.ws, tasks.PageOf{})
		w.ok(err)
		var got []uuid.UUID
		for _, item := range page.Items {
			got = append(got, decode[tasks.SavedView](t, item).ID)
		}
		same(t, fmt.Sprint("after move ", i+1), got, []uuid.UUID{ids[0], last, ids[1+(i+1)%2], ids[3]})
	}
}

func TestWhatAProjectCannotBe(t *testing.T) {
	w := newWorld(t)
	w.project(tasks.NewProject{Name: "Website", Key: "web"})
	w.refused(second(w.CreateProject(t.Context(), w.ada, w.ws, tasks.NewProject{Name: "x", Key: "WEB"})), fault.KindConflict, "key-taken")
	for field, n := range map[string]tasks.NewProject{
		"name":                 {Name: " "},
		"key":                  {Name: "x", Key: "1AB"},
		"access":               {Name: "x", Access: "public"},
		"estimate_unit":        {Name: "x", EstimateUnit: "hours"},
		"statuses[0].category": {Name: "x", Statuses: []tasks.NewStatus{{Name: "x", Category: "x"}}},
		"statuses[1].name":     {Name: "x", Statuses: []tasks.NewStatus{{Name: "x"}, {Name: ""}}},
	} {
		w.refused(second(w.CreateProject(t.Context(), w.ada, w.ws, n)), fault.KindInvalid, field)
	}
	for name, key := range map[string]string{"Website": "WEBS", "Über alles": "BERA", "日本": "PP", "7 dwarfs": "DWAR"} {
		same(t, "a key made of "+name, w.project(tasks.NewProject{Name: name}).Key, key)
	}
	same(t, "a key that is taken", w.project(tasks.NewProject{Name: "Website"}).Key, "WEBS2")
}

func TestABatchIsAllOrNothing(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	p := w.project(tasks.NewProject{Name: "Website"})
	old := w.titled(p, "old")
	id := uuid.Must(uuid.NewV7())
	steps := []tasks.Step{
		{Create: &tasks.NewTask{ID: id, Project: p.ID, Title: "new"}},
		{Create: &tasks.NewTask{Project: p.ID, Title: "child", Parent: id.String(), Place: tasks.Place{First: true}}},
		{Update: &tasks.StepUpdate{Ref: id.String(), Patch: tasks.Patch{Title: tasks.Some("newer"), Place: tasks.Some(tasks.Place{Before: old.Key})}}},
		{Comment: &tasks.NewComment{Task: id.String(), Body: "hi"}},
		{Move: &tasks.StepMove{Ref: id.String(), Move: tasks.Move{Status: status(p, "Done")}}},
		{Delete: old.Key},
	}
	before, err := w.Head(ctx, w.ws)
	w.ok(err)
	bad := append(steps[:len(steps):len(steps)], tasks.Step{Update: &tasks.StepUpdate{Ref: id.String(), Patch: tasks.Patch{Priority: tasks.Some(7)}}})
	_, _, err = w.Batch(ctx, w.ada, w.ws, bad)
	w.refused(err, fault.KindInvalid, "batch-refused")
	w.refused(err, fault.KindInvalid, "changes[6].priority")
	_, _, err = w.Batch(ctx, w.ada, w.ws, append(bad[:6:6], tasks.Step{Delete: "NO-1"}))
	w.refused(err, fault.KindInvalid, "changes[6]")
	if now, _ := w.Head(ctx, w.ws); now != before {
		t.Fatalf("a refused batch left something behind: %+v", now)
	}
	results, head, err := w.Batch(ctx, w.ada, w.ws, steps)
	w.ok(err)
	got := decode[tasks.TaskDoc](t, results[0].Doc.JSON)
	if got.Title != "newer" || got.ChildCount != 1 || got.CommentCount != 1 || got.CompletedAt == nil || !results[0].Created || results[2].Created {
		t.Errorf("the first result is %+v", got)
	}
	same(t, "what is read", w.get(id.String()), got)
	same(t, "the list", words(w.list(w.ada, in(p))), "newer child")
	if results[5].Doc.JSON != nil || head.Seq <= before.Seq {
		t.Errorf("results %+v up to %+v", results[5], head)
	}
	_, _, err = w.Batch(ctx, w.ada, w.ws, []tasks.Step{{Create: &tasks.NewTask{ID: uuid.Max, Project: p.ID, Title: "a"}}, {Create: &tasks.NewTask{ID: uuid.Max, Project: p.ID, Title: "a"}}})
	w.refused(err, fault.KindInvalid, "changes[1]")
	_, _, err = w.Batch(ctx, w.ada, w.ws, nil)
	w.refused(err, fault.KindInvalid, "changes")
	_, _, err = w.Batch(ctx, w.ada, w.ws, make([]tasks.Step, tasks.MaxBatch+1))
	w.refused(err, fault.KindInvalid, "changes")
	// an external id passes from one to the other
	a := w.create(tasks.NewTask{Project: p.ID, Title: "a", External: &tasks.External{Source: "s", ID: "1"}})
	_, _, err = w.Batch(ctx, w.ada, w.ws, []tasks.Step{
		{Update: &tasks.StepUpdate{Ref: a.Key, Patch: tasks.Patch{External: tasks.Some[*tasks.External](nil)}}},
		{Create: &tasks.NewTask{Project: p.ID, Title: "b", External: &tasks.External{Source: "s", ID: "1"}}},
	})
	w.ok(err)
}

func TestManyAtOnceAreAddedInTheirOrder(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	var steps []tasks.Step
	want := ""
	for i := range tasks.MaxBatch {
		steps = append(steps, tasks.Step{Create: &tasks.NewTask{Project: p.ID, Title: fmt.Sprint(i)}})
		want += fmt.Sprint(i, " ")
	}
	_, _, err := w.Batch(t.Context(), w.ada, w.ws, steps)
	w.ok(err)
	if got := words(w.list(w.ada, in(p))) + " "; got != want {
		t.Errorf("the order is %s", got)
	}
}
