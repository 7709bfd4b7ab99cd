package tasks_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// Who sees little of much is served in steps, none of which costs more than any other reader's, and misses nothing.
func TestWhatOneMayNotSeeIsLookedThroughInSteps(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	open := w.project(tasks.NewProject{Name: "Open"})
	hidden := w.project(tasks.NewProject{Name: "Hidden", Access: tasks.AccessPrivate})
	bob := w.person("Bob", tasks.RoleMember)
	w.trash(w.titled(open, "first"))
	start, err := w.Head(ctx, w.ws)
	w.ok(err)
	for range 21 { // 10,500 tasks, each made and deleted
		made, gone := make([]tasks.Step, 500), make([]tasks.Step, 500)
		for i := range made {
			id := uuid.Must(uuid.NewV7())
			made[i] = tasks.Step{Create: &tasks.NewTask{ID: id, Project: hidden.ID, Title: "x"}}
			gone[i] = tasks.Step{Delete: id.String()}
		}
		for _, steps := range [][]tasks.Step{made, gone} {
			_, _, err := w.Batch(ctx, w.ada, w.ws, steps)
			w.ok(err)
		}
	}
	w.titled(open, "last")

	var told []string
	steps, at := 0, start.Seq
	for {
		some, upTo, head, err := w.Changes(ctx, bob, w.ws, start.Epoch, at, 1)
		w.ok(err)
		if steps++; upTo == at || steps > 1000 {
			t.Fatalf("nothing was looked at behind %d of %d", at, head.Seq)
		}
		for _, e := range some {
			told = append(told, e.Type)
		}
		if at = upTo; at == head.Seq {
			break
		}
	}
	same(t, "Bob is told", told, []string{tasks.TaskCreated})
	if steps < 3 {
		t.Errorf("21,001 events were looked at in %d steps", steps)
	}

	stream, err := w.Follow(ctx, bob, w.ws, start.Epoch, start.Seq)
	w.ok(err)
	defer stream.Close()
	if got := w.follow(stream, at); len(got) != 1 || got[0].Seq != at {
		t.Errorf("the stream tells %v", got)
	}

	steps = 0
	var items []string
	for of := (tasks.PageOf{Limit: 1}); ; steps++ {
		page, err := w.Trash(ctx, bob, w.ws, of)
		w.ok(err)
		for _, item := range page.Items {
			doc := decode[struct{ Data struct{ Title string } }](t, item)
			items = append(items, doc.Data.Title)
		}
		if of.Cursor = page.Next; of.Cursor == "" {
			break
		}
	}
	same(t, "Bob's trash", items, []string{"first"})
	if steps == 0 {
		t.Error("10,500 tasks in the trash were looked at in one step")
	}
}
