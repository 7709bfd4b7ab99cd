package tasks_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// TestABaseVersionOfWhatIsNoTask changes one field behind somebody's back and has her change that one and another.
func TestABaseVersionOfWhatIsNoTask(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	p := w.project(tasks.NewProject{Name: "Website"})
	label, err := w.CreateLabel(ctx, w.ada, w.ws, tasks.NewLabel{Name: "bug"})
	w.ok(err)
	view, err := w.CreateView(ctx, w.ada, w.ws, tasks.NewView{Name: "mine", Layout: "list"})
	w.ok(err)
	column, err := w.AddStatus(ctx, w.ada, w.ws, p.ID, tasks.NewStatus{Name: "Review"})
	w.ok(err)
	project := func(patch tasks.ProjectPatch, cond tasks.Condition) error {
		return second(w.UpdateProject(ctx, w.ada, w.ws, p.ID, patch, cond))
	}
	labels := func(patch tasks.LabelPatch, cond tasks.Condition) error {
		return second(w.UpdateLabel(ctx, w.ada, w.ws, label.ID, patch, cond))
	}
	views := func(patch tasks.ViewPatch, cond tasks.Condition) error {
		return second(w.UpdateView(ctx, w.ada, w.ws, view.ID, patch, cond))
	}
	columns := func(patch tasks.StatusPatch, cond tasks.Condition) error {
		return second(w.UpdateStatus(ctx, w.ada, w.ws, p.ID, column.ID, patch, cond))
	}
	for name, c := range map[string]struct {
		base                      int64
		theirs, mine, other, both func(tasks.Condition) error
	}{
		"a project": {
			p.Version,
			func(c tasks.Condition) error { return project(tasks.ProjectPatch{Name: tasks.Some("theirs")}, c) },
			func(c tasks.Condition) error { return project(tasks.ProjectPatch{Name: tasks.Some("mine")}, c) },
			func(c tasks.Condition) error { return project(tasks.ProjectPatch{Description: tasks.Some("other")}, c) },
			func(c tasks.Condition) error {
				return project(tasks.ProjectPatch{Name: tasks.Some("theirs"), Color: tasks.Some("red")}, c)
			},
		},
		"a label": {
			label.Version,
			func(c tasks.Condition) error { return labels(tasks.LabelPatch{Name: tasks.Some("theirs")}, c) },
			func(c tasks.Condition) error { return labels(tasks.LabelPatch{Name: tasks.Some("mine")}, c) },
			func(c tasks.Condition) error { return labels(tasks.LabelPatch{Color: tasks.Some("other")}, c) },
			func(c tasks.Condition) error {
				return labels(tasks.LabelPatch{Name: tasks.Some("theirs"), Color: tasks.Some("other")}, c)
			},
		},
		"a view": {
			view.Version,
			func(c tasks.Condition) error { return views(tasks.ViewPatch{Name: tasks.Some("theirs")}, c) },
			func(c tasks.Condition) error { return views(tasks.ViewPatch{Name: tasks.Some("mine")}, c) },
			func(c tasks.Condition) error { return views(tasks.ViewPatch{Sort: tasks.Some("due")}, c) },
			func(c tasks.Condition) error {
				return views(tasks.ViewPatch{Name: tasks.Some("theirs"), Layout: tasks.Some("board")}, c)
			},
		},
		"a status": {
			column.Version,
			func(c tasks.Condition) error { return columns(tasks.StatusPatch{Name: tasks.Some("theirs")}, c) },
			func(c tasks.Condition) error { return columns(tasks.StatusPatch{Name: tasks.Some("mine")}, c) },
			func(c tasks.Condition) error { return columns(tasks.StatusPatch{Color: tasks.Some("other")}, c) },
			func(c tasks.Condition) error {
				return columns(tasks.StatusPatch{Name: tasks.Some("theirs"), Place: tasks.Some(tasks.Place{First: true})}, c)
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w.ok(c.theirs(tasks.Condition{}))
			cond := tasks.Condition{Base: c.base}
			err := c.mine(cond)
			w.refused(err, fault.KindStale, "version-conflict")
			same(t, "conflicts", conflicts(t, err), []fault.Changed{{Field: "name", Theirs: "theirs"}})
			w.refused(c.mine(tasks.Condition{Match: c.base}), fault.KindStale, "version-conflict")
			w.ok(c.other(cond))
			w.ok(c.both(cond))
			w.ok(c.mine(tasks.Condition{}))
		})
	}
}

func TestAStatusIsMadeOnceHoweverItIsCalledNow(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	p := w.project(tasks.NewProject{Name: "Website"})
	n := tasks.NewStatus{ID: uuid.Must(uuid.NewV7()), Name: "Review"}
	w.ok(second(w.AddStatus(ctx, w.ada, w.ws, p.ID, n)))
	w.ok(second(w.UpdateStatus(ctx, w.ada, w.ws, p.ID, n.ID, tasks.StatusPatch{Name: tasks.Some("Check")}, tasks.Condition{})))
	again, err := w.AddStatus(ctx, w.ada, w.ws, p.ID, n)
	w.ok(err)
	if got := decode[tasks.Status](t, again.JSON); again.Created || got.Name != "Check" {
		t.Errorf("sent again it gives %+v", again)
	}
	n.Name = "Check"
	w.refused(second(w.AddStatus(ctx, w.ada, w.ws, p.ID, n)), fault.KindConflict, "id-taken")
	n.ID = status(p, "Done")
	w.refused(second(w.AddStatus(ctx, w.ada, w.ws, p.ID, n)), fault.KindConflict, "id-taken")
}
