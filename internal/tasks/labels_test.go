package tasks_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

func TestLabels(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	p := w.project(tasks.NewProject{Name: "Website"})
	bug, err := w.CreateLabel(ctx, w.ada, w.ws, tasks.NewLabel{Name: "Straße"})
	w.ok(err)
	for _, name := range []string{"Straße", "STRASSE", " straße ", "\uff33traße"} {
		w.refused(second(w.CreateLabel(ctx, w.ada, w.ws, tasks.NewLabel{Name: name})), fault.KindConflict, "name-taken")
	}
	w.refused(second(w.CreateLabel(ctx, w.ada, w.ws, tasks.NewLabel{Name: "\u200b "})), fault.KindInvalid, "name")
	other, err := w.CreateLabel(ctx, w.ada, w.ws, tasks.NewLabel{Name: "other"})
	w.ok(err)
	w.refused(second(w.UpdateLabel(ctx, w.ada, w.ws, other.ID, tasks.LabelPatch{Name: tasks.Some("strasse")}, tasks.Condition{})), fault.KindConflict, "name-taken")
	w.ok(second(w.UpdateLabel(ctx, w.ada, w.ws, bug.ID, tasks.LabelPatch{Name: tasks.Some("STRASSE"), Color: tasks.Some("red")}, tasks.Condition{})))

	task := w.create(tasks.NewTask{Project: p.ID, Title: "a", Labels: []uuid.UUID{bug.ID, other.ID}})
	byLabel := tasks.ListQuery{Filter: eq("label", bug.ID.String())}
	same(t, "tasks with it", words(w.list(w.ada, byLabel)), "a")
	w.ok(second(w.DeleteLabel(ctx, w.ada, w.ws, bug.ID)))
	w.ok(second(w.DeleteLabel(ctx, w.ada, w.ws, bug.ID)))
	w.missing(second(w.DeleteLabel(ctx, w.ada, w.ws, uuid.Must(uuid.NewV7()))))
	same(t, "labels of the task", w.again(task).Labels, []uuid.UUID{other.ID})
	same(t, "tasks with it", words(w.list(w.ada, byLabel)), "")
	w.refused(second(w.UpdateTask(ctx, w.ada, w.ws, task.Key, tasks.Patch{LabelsAdd: []uuid.UUID{bug.ID}}, tasks.Condition{})), fault.KindInvalid, "labels[1]")
	w.ok(second(w.CreateLabel(ctx, w.ada, w.ws, tasks.NewLabel{Name: "straße"}))) // the name is free again
	page, err := w.Labels(ctx, w.person("Gus", tasks.RoleGuest), w.ws, tasks.PageOf{})
	if err != nil || len(page.Items) != 2 {
		t.Errorf("labels %s, %v", page.Items, err)
	}
}

func TestRelations(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	bob := w.person("Bob", tasks.RoleMember)
	p, secret := w.project(tasks.NewProject{Name: "Website"}), w.project(tasks.NewProject{Name: "Secret", Access: tasks.AccessPrivate})
	a, b, c := w.titled(p, "a"), w.titled(p, "b"), w.titled(secret, "c")
	count := func(who tasks.Caller, task tasks.TaskDoc) int {
		page, err := w.Relations(ctx, who, w.ws, task.Key, tasks.PageOf{})
		w.ok(err)
		return len(page.Items)
	}
	relate := func(x tasks.TaskDoc, typ string, y tasks.TaskDoc) tasks.Written {
		got, err := w.Relate(ctx, w.ada, w.ws, x.Key, typ, y.Key)
		w.ok(err)
		return got
	}
	relate(a, tasks.RelationBlocks, b)
	if again := relate(a, tasks.RelationBlocks, b); again.Created {
		t.Error("the same relation was made twice")
	}
	w.refused(second(w.Relate(ctx, w.ada, w.ws, b.Key, tasks.RelationBlocks, a.Key)), fault.KindConflict, "relation-cycle")
	first := relate(a, tasks.RelationRelates, b)
	if other := relate(b, tasks.RelationRelates, a); other.ID != first.ID {
		t.Error("relates goes both ways and was made twice")
	}
	relate(a, tasks.RelationRelates, c)
	same(t, "of a", count(w.ada, a), 3)
	same(t, "of b", count(w.ada, b), 2)
	same(t, "of a, for whom c does not exist", count(bob, a), 2)
	w.refused(second(w.Relate(ctx, w.ada, w.ws, a.Key, "likes", b.Key)), fault.KindInvalid, "type")
	w.refused(second(w.Relate(ctx, w.ada, w.ws, a.Key, tasks.RelationBlocks, a.Key)), fault.KindInvalid, "task")
	w.refused(second(w.Relate(ctx, bob, w.ws, a.Key, tasks.RelationBlocks, c.Key)), fault.KindInvalid, "task")
	w.ok(second(w.Unrelate(ctx, w.ada, w.ws, b.Key, tasks.RelationBlocks, a.Key))) // whichever end is named
	w.ok(second(w.Unrelate(ctx, w.ada, w.ws, b.Key, tasks.RelationBlocks, a.Key)))
	same(t, "of b", count(w.ada, b), 1)
	w.trash(b)
	same(t, "of a, with b in the trash", count(w.ada, a), 1)
	w.restore(b)
	same(t, "of a", count(w.ada, a), 2)
	relate(b, tasks.RelationBlocks, a)
}

func TestViews(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	bob, cy := w.person("Bob", tasks.RoleMember), w.person("Cy", tasks.RoleMember)
	secret := w.project(tasks.NewProject{Name: "Secret", Access: tasks.AccessPrivate})
	names := func(c tasks.Caller) (out []string) {
		page, err := w.Views(ctx, c, w.ws, tasks.PageOf{})
		w.ok(err)
		for _, item := range page.Items {
			out = append(out, decode[tasks.SavedView](t, item).Name)
		}
		return out
	}
	mine, err := w.CreateView(ctx, bob, w.ws, tasks.NewView{Name: "mine", Query: eq("assignee", "me"), Sort: "-due", GroupBy: "status", Layout: "board"})
	w.ok(err)
	ours, err := w.CreateView(ctx, bob, w.ws, tasks.NewView{Name: "ours", Shared: true})
	w.ok(err)
	w.ok(second(w.CreateView(ctx, w.ada, w.ws, tasks.NewView{Name: "secret", Shared: true, Project: &secret.ID})))
	same(t, "bob's", names(bob), []string{"ours", "mine"})
	same(t, "cy's", names(cy), []string{"ours"})
	same(t, "ada's", names(w.ada), []string{"ours", "secret"})
	change := func(c tasks.Caller, id uuid.UUID, p tasks.ViewPatch) error {
		return second(w.UpdateView(ctx, c, w.ws, id, p, tasks.Condition{}))
	}
	w.missing(change(cy, mine.ID, tasks.ViewPatch{Name: tasks.Some("x")}))
	w.missing(change(w.ada, mine.ID, tasks.ViewPatch{Name: tasks.Some("x")}))
	w.refused(change(cy, ours.ID, tasks.ViewPatch{Name: tasks.Some("x")}), fault.KindForbidden, "")
	w.ok(change(w.ada, ours.ID, tasks.ViewPatch{Name: tasks.Some("theirs")}))
	w.ok(change(bob, mine.ID, tasks.ViewPatch{Shared: tasks.Some(true)}))
	same(t, "cy's", names(cy), []string{"theirs", "mine"}) // the last in the list that it came to
	w.ok(change(bob, mine.ID, tasks.ViewPatch{Shared: tasks.Some(false)}))
	same(t, "cy's", names(cy), []string{"theirs"})
	for field, n := range map[string]tasks.NewView{
		"name":     {Name: ""},
		"sort":     {Name: "x", Sort: "color"},
		"group_by": {Name: "x", GroupBy: "color"},
		"layout":   {Name: "x", Layout: "pie"},
		"query":    {Name: "x", Query: tasks.Filter{Field: "due", All: []tasks.Filter{{}}}},
	} {
		w.refused(second(w.CreateView(ctx, bob, w.ws, n)), fault.KindInvalid, field)
	}
	w.refused(second(w.CreateView(ctx, bob, w.ws, tasks.NewView{Name: "x", Project: &secret.ID})), fault.KindInvalid, "project")
	w.missing(second(w.DeleteView(ctx, cy, w.ws, mine.ID)))
	w.ok(second(w.DeleteView(ctx, bob, w.ws, mine.ID)))
	w.ok(second(w.DeleteView(ctx, bob, w.ws, mine.ID)))
	same(t, "bob's", names(bob), []string{"theirs"})
}
