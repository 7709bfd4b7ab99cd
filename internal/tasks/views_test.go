package tasks_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// viewNames are the views that somebody has, in their order.
func (w *world) viewNames(c tasks.Caller) (out []string) {
	w.Helper()
	page, err := w.Views(w.Context(), c, w.ws, tasks.PageOf{Limit: 200})
	w.ok(err)
	for _, item := range page.Items {
		out = append(out, decode[tasks.SavedView](w, item).Name)
	}
	return out
}

// TestAQueryThatCanNotBeAskedIsNotKept saves what POST /tasks/query would refuse.
func TestAQueryThatCanNotBeAskedIsNotKept(t *testing.T) {
	w := newWorld(t)
	good, err := w.CreateView(t.Context(), w.ada, w.ws, tasks.NewView{Name: "good"})
	w.ok(err)
	for _, f := range []tasks.Filter{
		{Field: "colour", Op: "eq", Value: "red"},
		{Field: "priority", Op: "contains", Value: "x"},
		{Field: "status", Op: "eq", Value: 7.0},
		{Field: "due", Op: "before", Value: "soon"},
		{Field: "due", Op: "before", Value: "today+99999"},
		{All: []tasks.Filter{{Field: "due", Op: "on", Value: "today"}}},
		{Not: &tasks.Filter{Field: "priority", Op: "in", Value: []any{9.0}}},
	} {
		_, asked := w.Tasks(t.Context(), w.ada, w.ws, tasks.ListQuery{Filter: f}, tasks.PageOf{})
		_, made := w.CreateView(t.Context(), w.ada, w.ws, tasks.NewView{Name: "bad", Query: f})
		changed := second(w.UpdateView(t.Context(), w.ada, w.ws, good.ID, tasks.ViewPatch{Query: tasks.Some(f)}, tasks.Condition{}))
		for what, err := range map[string]error{"asked": asked, "kept": made, "changed": changed} {
			if fault.KindOf(err) != fault.KindInvalid {
				t.Errorf("%+v %s: %v", f, what, err)
			}
		}
		if made != nil && !strings.Contains(made.Error(), "query") {
			t.Errorf("%+v: %v does not name the query", f, made)
		}
	}
	same(t, "the views", w.viewNames(w.ada), []string{"good"})
}

// TestDaysAreToldByTheirDistance asks for what is due today, and the day after asks the same.
func TestDaysAreToldByTheirDistance(t *testing.T) {
	w := newWorld(t) // on 2 March, 10 o'clock in UTC
	p := w.project(tasks.NewProject{Name: "Site"})
	for _, day := range []string{"01", "02", "03", "09", "10"} {
		w.create(tasks.NewTask{Project: p.ID, Title: day, Due: &tasks.When{Date: "2026-03-" + day}})
	}
	due := func(op, value string) tasks.Filter {
		return tasks.Filter{All: []tasks.Filter{eq("project", p.ID.String()), {Field: "due", Op: op, Value: value}}}
	}
	far, err := time.LoadLocation("Pacific/Kiritimati") // where it is the 3rd
	w.ok(err)
	expect := func(f tasks.Filter, zone *time.Location, want string) {
		t.Helper()
		if got := words(w.list(w.ada, tasks.ListQuery{Filter: f, Sort: "due", Zone: zone})); got != want {
			t.Errorf("%+v in %v: %q, want %q", f.All[1], zone, got, want)
		}
	}
	expect(due("eq", "today"), nil, "02")
	expect(due("before", "today"), nil, "01")
	expect(due("after", "today+7"), nil, "09 10")
	expect(due("eq", "today-1"), nil, "01")
	expect(due("before", "today+0"), nil, "01")
	w.later(15 * time.Hour)
	expect(due("eq", "today"), nil, "03")
	expect(due("eq", "today-1"), far, "02")
	w.later(-3 * time.Hour)
	expect(due("eq", "today"), nil, "02")
	expect(due("eq", "today"), far, "03")
}

// TestViewsOfWhatIsGone keeps views of a label, a status and a project, and removes these.
func TestViewsOfWhatIsGone(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	ben := w.person("Ben", "member")
	p := w.project(tasks.NewProject{Name: "Site"})
	label, err := w.CreateLabel(ctx, w.ada, w.ws, tasks.NewLabel{Name: "bug"})
	w.ok(err)
	w.create(tasks.NewTask{Project: p.ID, Title: "one", Labels: []uuid.UUID{label.ID}})
	view := func(n tasks.NewView) tasks.SavedView {
		t.Helper()
		got, err := w.CreateView(ctx, ben, w.ws, n)
		w.ok(err)
		return decode[tasks.SavedView](t, got.JSON)
	}
	views := []tasks.SavedView{
		view(tasks.NewView{Name: "label", Query: eq("label", label.ID.String())}),
		view(tasks.NewView{Name: "status", Query: eq("status", status(p, "To do").String())}),
		view(tasks.NewView{Name: "project", Query: eq("project", p.ID.String())}),
	}
	bound := view(tasks.NewView{Name: "bound", Project: &p.ID})
	found := func(want int) {
		t.Helper()
		for _, v := range views {
			if got := w.list(ben, tasks.ListQuery{Filter: v.Query, Sort: v.Sort}); len(got) != want {
				t.Errorf("the view of a %s finds %v, want %d", v.Name, got, want)
			}
		}
	}
	found(1)
	w.ok(second(w.DeleteLabel(ctx, w.ada, w.ws, label.ID)))
	w.ok(second(w.DeleteStatus(ctx, w.ada, w.ws, p.ID, status(p, "To do"), status(p, "Done"))))
	w.ok(second(w.DeleteProject(ctx, w.ada, w.ws, p.ID)))
	found(0) // and is no error
	same(t, "with the project in the trash", w.viewNames(ben), []string{"label", "status", "project"})
	w.missing(second(w.UpdateView(ctx, ben, w.ws, bound.ID, tasks.ViewPatch{Name: tasks.Some("x")}, tasks.Condition{})))
	w.ok(second(w.RestoreProject(ctx, w.ada, w.ws, p.ID)))
	same(t, "with the project back", w.viewNames(ben), []string{"label", "status", "project", "bound"})
	w.ok(second(w.UpdateView(ctx, ben, w.ws, views[0].ID, tasks.ViewPatch{Name: tasks.Some("still changed")}, tasks.Condition{})))
	w.ok(second(w.DeleteProject(ctx, w.ada, w.ws, p.ID)))
	w.ok(second(w.Purge(ctx, w.ada, w.ws, "project", p.ID)))
	w.missing(second(w.DeleteView(ctx, ben, w.ws, bound.ID)))
}

// TestViewsOfWhoHasLeft are hers alone when she comes back; what she shared stays, and administrators see to it.
func TestViewsOfWhoHasLeft(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	ben, cy := w.person("Ben", "member"), w.person("Cy", "admin")
	w.ok(second(w.CreateView(ctx, ben, w.ws, tasks.NewView{Name: "his"})))
	shared, err := w.CreateView(ctx, ben, w.ws, tasks.NewView{Name: "shared", Shared: true})
	w.ok(err)
	w.become(ben, "")
	w.missing(second(w.UpdateView(ctx, ben, w.ws, shared.ID, tasks.ViewPatch{Name: tasks.Some("x")}, tasks.Condition{})))
	same(t, "an admin's", w.viewNames(cy), []string{"shared"})
	w.ok(second(w.UpdateView(ctx, cy, w.ws, shared.ID, tasks.ViewPatch{Name: tasks.Some("taken over")}, tasks.Condition{})))
	w.become(ben, "guest")
	same(t, "his, back as a guest", w.viewNames(ben), []string{"taken over", "his"})
	w.refused(second(w.UpdateView(ctx, ben, w.ws, shared.ID, tasks.ViewPatch{Name: tasks.Some("x")}, tasks.Condition{})), fault.KindForbidden, "")
	w.ok(second(w.DeleteView(ctx, ben, w.ws, shared.ID)))
}

// TestPrivateViewsAreNobodyElsesBusiness looks for one everywhere, as others.
func TestPrivateViewsAreNobodyElsesBusiness(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	ben, cy := w.person("Ben", "member"), w.person("Cy", "member")
	start, err := w.Head(ctx, w.ws)
	w.ok(err)
	const secret = "Plans of mine"
	n := tasks.NewView{ID: uuid.Must(uuid.NewV7()), Name: secret}
	view, err := w.CreateView(ctx, ben, w.ws, n)
	w.ok(err)
	again, err := w.CreateView(ctx, ben, w.ws, n)
	w.ok(err)
	same(t, "the same again", again.JSON, view.JSON)
	if again.Created {
		t.Error("it was made twice")
	}
	w.ok(second(w.UpdateView(ctx, ben, w.ws, view.ID, tasks.ViewPatch{Sort: tasks.Some("due")}, tasks.Condition{})))
	said := func(c tasks.Caller) int {
		t.Helper()
		var all strings.Builder
		told, _, _, err := w.Changes(ctx, c, w.ws, start.Epoch, start.Seq, 100)
		w.ok(err)
		for _, e := range told {
			all.Write(e.JSON)
		}
		w.ok(w.Snapshot(ctx, c, w.ws, func(tasks.Head) {}, func(b []byte) error { all.Write(b); return nil }))
		return strings.Count(all.String(), view.ID.String())
	}
	if n := said(ben); n < 3 {
		t.Errorf("Ben is told %d times of his view", n)
	}
	for _, other := range []tasks.Caller{w.ada, cy} { // not even the owner of the workspace
		if n := said(other); n > 0 {
			t.Errorf("%s is told %d times of Ben's view", other.Actor.Name, n)
		}
		w.missing(second(w.UpdateView(ctx, other, w.ws, view.ID, tasks.ViewPatch{Name: tasks.Some("x")}, tasks.Condition{})))
		w.missing(second(w.DeleteView(ctx, other, w.ws, view.ID)))
		_, err := w.CreateView(ctx, other, w.ws, n)
		w.refused(err, fault.KindConflict, "id-taken")
	}
	w.ok(second(w.DeleteView(ctx, ben, w.ws, view.ID)))
	w.missing(second(w.DeleteView(ctx, cy, w.ws, view.ID))) // gone or not, to him it never was
	w.ok(second(w.DeleteView(ctx, ben, w.ws, view.ID)))
	if n := said(cy); n > 0 {
		t.Error("its end is told")
	}
}

// copyView makes n more of a view, as if each had been made like it.
func (w *world) copyView(id uuid.UUID, n int) {
	w.Helper()
	w.ok(second(w.store.Update(w.Context(), w.ws, func(v tasks.View) ([]tasks.Change, error) {
		r, err := v.Get(tasks.KindView, id)
		if err != nil {
			return nil, err
		}
		changes := make([]tasks.Change, n)
		for i := range changes {
			row := *r
			row.ID, row.Origin = uuid.Must(uuid.NewV7()), nil
			row.Doc = bytes.ReplaceAll(r.Doc, []byte(id.String()), []byte(row.ID.String()))
			changes[i].Row = &row
		}
		return changes, nil
	})))
}

// TestViewsAreBounded makes as many as there may be, of one's own and shared ones, by making and by sharing.
func TestViewsAreBounded(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	ben := w.person("Ben", "member")
	secret := w.project(tasks.NewProject{Name: "Secret", Access: "private"})
	made := func(c tasks.Caller, n tasks.NewView) uuid.UUID {
		got, err := w.CreateView(ctx, c, w.ws, n)
		w.ok(err)
		return got.ID
	}
	mine := made(ben, tasks.NewView{Name: "Mine"})
	w.copyView(mine, 999)
	made(w.ada, tasks.NewView{Name: "Ours 1", Shared: true})
	w.copyView(made(w.ada, tasks.NewView{Name: "Ours", Shared: true, Project: &secret.ID}), 998) // which Ben does not see
	for _, shared := range []bool{false, true} {
		w.refused(second(w.CreateView(ctx, ben, w.ws, tasks.NewView{Name: "One more", Shared: shared})), fault.KindForbidden, "quota-exceeded")
	}
	share := tasks.ViewPatch{Shared: tasks.Some(true)}
	w.refused(second(w.UpdateView(ctx, ben, w.ws, mine, share, tasks.Condition{})), fault.KindForbidden, "quota-exceeded")
	w.ok(second(w.UpdateView(ctx, ben, w.ws, mine, tasks.ViewPatch{Place: tasks.Some(tasks.Place{First: true})}, tasks.Condition{})))
	w.ok(second(w.CreateView(ctx, w.ada, w.ws, tasks.NewView{Name: "Ada's own"}))) // which is another's list
	if names := w.viewNames(ben); !slices.Contains(names, "Ours 1") {
		t.Errorf("%v", names[:3])
	}
}
