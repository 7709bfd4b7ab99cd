package tasks_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// TestWhatIsInAnArchivedProjectStandsStill tries every change of what is in one, as the owner.
func TestWhatIsInAnArchivedProjectStandsStill(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	p, other := w.project(tasks.NewProject{Name: "Old", Key: "OLD"}), w.project(tasks.NewProject{Name: "New"})
	label, err := w.CreateLabel(ctx, w.ada, w.ws, tasks.NewLabel{Name: "bug"})
	w.ok(err)
	task := w.create(tasks.NewTask{Project: p.ID, Title: "kept", Labels: []uuid.UUID{label.ID}})
	gone, elsewhere := w.titled(p, "gone"), w.titled(other, "elsewhere")
	w.trash(gone)
	said, err := w.CreateComment(ctx, w.ada, w.ws, tasks.NewComment{Task: task.Key, Body: "Well."})
	w.ok(err)
	column, err := w.AddStatus(ctx, w.ada, w.ws, p.ID, tasks.NewStatus{Name: "Review"})
	w.ok(err)
	archive := func(archived bool) {
		t.Helper()
		w.ok(second(w.UpdateProject(ctx, w.ada, w.ws, p.ID, tasks.ProjectPatch{Archived: tasks.Some(archived)}, tasks.Condition{})))
	}
	none := tasks.Condition{}
	changes := map[string]func() error{
		"make a task": func() error {
			return second(w.CreateTask(ctx, w.ada, w.ws, tasks.NewTask{Project: p.ID, Title: "new"}))
		},
		"change one": func() error {
			return second(w.UpdateTask(ctx, w.ada, w.ws, task.Key, tasks.Patch{Title: tasks.Some("other")}, none))
		},
		"move one out": func() error {
			return second(w.MoveTask(ctx, w.ada, w.ws, task.Key, tasks.Move{Project: other.ID}, none))
		},
		"move one in": func() error {
			return second(w.MoveTask(ctx, w.ada, w.ws, elsewhere.Key, tasks.Move{Project: p.ID}, none))
		},
		"restore one": func() error { return second(w.RestoreTask(ctx, w.ada, w.ws, gone.ID.String())) },
		"comment": func() error {
			return second(w.CreateComment(ctx, w.ada, w.ws, tasks.NewComment{Task: task.Key, Body: "Hm."}))
		},
		"change a comment": func() error {
			return second(w.UpdateComment(ctx, w.ada, w.ws, task.Key, said.ID, "Hm.", none))
		},
		"relate": func() error {
			return second(w.Relate(ctx, w.ada, w.ws, task.Key, "relates", elsewhere.Key))
		},
		"make a status": func() error {
			return second(w.AddStatus(ctx, w.ada, w.ws, p.ID, tasks.NewStatus{Name: "One more"}))
		},
		"change a status": func() error {
			return second(w.UpdateStatus(ctx, w.ada, w.ws, p.ID, column.ID, tasks.StatusPatch{Color: tasks.Some("red")}, none))
		},
		"remove a status": func() error {
			return second(w.DeleteStatus(ctx, w.ada, w.ws, p.ID, column.ID, uuid.Nil))
		},
		"a batch": func() error {
			_, _, err := w.Batch(ctx, w.ada, w.ws, []tasks.Step{{Delete: task.ID.String()}})
			return err
		},
		"delete one": func() error { return second(w.DeleteTask(ctx, w.ada, w.ws, task.ID.String(), none)) },
	}
	archive(true)
	before := w.get(task.Key)
	for name, change := range changes {
		if err := change(); fault.KindOf(err) != fault.KindConflict && name != "a batch" || err == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	same(t, "the task", w.get(task.Key), before)
	same(t, "what is found", w.list(w.ada, in(p)), []string{"kept"})

	// what is possible all the same
	w.ok(second(w.UpdateProject(ctx, w.ada, w.ws, p.ID, tasks.ProjectPatch{Name: tasks.Some("Older"), Key: tasks.Some("ARC")}, none)))
	w.ok(second(w.DeleteTask(ctx, w.ada, w.ws, gone.ID.String(), none))) // it is there already
	w.ok(second(w.DeleteComment(ctx, w.ada, w.ws, task.Key, said.ID)))
	w.ok(second(w.DeleteLabel(ctx, w.ada, w.ws, label.ID)))
	if now := w.get("ARC-1"); len(now.Labels) > 0 || now.CommentCount > 0 {
		t.Errorf("%+v", now)
	}
	w.ok(second(w.Purge(ctx, w.ada, w.ws, "task", gone.ID)))
	w.ok(second(w.DeleteProject(ctx, w.ada, w.ws, p.ID)))
	w.ok(second(w.RestoreProject(ctx, w.ada, w.ws, p.ID)))

	archive(false)
	delete(changes, "restore one")
	delete(changes, "change a comment")
	for _, name := range []string{"make a task", "change one", "comment", "relate", "make a status", "change a status", "remove a status", "move one in", "delete one"} {
		if err := changes[name](); err != nil {
			t.Errorf("out of the archive, %s: %v", name, err)
		}
	}
}

// TestFilesInAnArchivedProjectStandStill: none is taken in, not even into the store, and none comes back; what must not
// stay there can still be removed.
func TestFilesInAnArchivedProjectStandStill(t *testing.T) {
	s := newShelf(t, 1000)
	kept, gone := s.attach(s.task, "kept", "aaa"), s.attach(s.task, "gone", "bb")
	remove := func(a tasks.Attachment) error {
		return second(s.DeleteAttachment(t.Context(), s.ada, s.ws, s.task.Key, a.ID))
	}
	restore := func() error {
		return second(s.RestoreAttachment(t.Context(), s.ada, s.ws, s.task.Key, gone.ID))
	}
	s.ok(remove(gone))
	began, err := s.Receive(t.Context(), s.ada, s.ws, s.task.Key, strings.NewReader("late"))
	s.ok(err)
	s.ok(second(s.UpdateProject(t.Context(), s.ada, s.ws, s.p.ID, tasks.ProjectPatch{Archived: tasks.Some(true)}, tasks.Condition{})))
	var body counter
	s.refused(second(s.Receive(t.Context(), s.ada, s.ws, s.task.Key, &body)), fault.KindConflict, "project-archived")
	same(t, "how often the body was read", body.n, 0)
	s.refused(second(s.Attach(t.Context(), s.ada, s.ws, tasks.NewAttachment{Task: s.task.Key, Name: "late", File: began})), fault.KindConflict, "project-archived")
	began.Discard(t.Context())
	s.refused(restore(), fault.KindConflict, "project-archived")
	same(t, "what is there", s.attached(s.ada, s.task), "kept")
	same(t, "what can be read", s.read(kept), "aaa")
	s.stored(5, 2)
	s.ok(remove(kept))
	s.ok(second(s.UpdateProject(t.Context(), s.ada, s.ws, s.p.ID, tasks.ProjectPatch{Archived: tasks.Some(false)}, tasks.Condition{})))
	s.ok(restore())
	same(t, "what is there again", s.attached(s.ada, s.task), "gone")
}
