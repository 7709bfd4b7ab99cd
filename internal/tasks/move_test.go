package tasks_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

func TestAMovedTaskGetsANumberAndKeepsItsKeys(t *testing.T) {
	w := newWorld(t)
	web, ops := w.project(tasks.NewProject{Name: "Website", Key: "WEB"}), w.project(tasks.NewProject{Name: "Operations", Key: "OPS"})
	w.titled(ops, "first there")
	task := w.create(tasks.NewTask{Project: web.ID, Title: "a", Status: status(web, "In progress")})
	got, err := w.MoveTask(t.Context(), w.ada, w.ws, task.Key, tasks.Move{Project: ops.ID}, tasks.Condition{})
	w.ok(err)
	moved := decode[tasks.TaskDoc](t, got.JSON)
	same(t, "key", moved.Key, "OPS-2")
	same(t, "previous_keys", moved.PreviousKeys, []string{"WEB-1"})
	same(t, "status", moved.Status, status(ops, "In progress"))
	for _, ref := range []string{"WEB-1", "web-1", "OPS-2", task.ID.String()} {
		same(t, ref, w.get(ref).ID, task.ID)
	}
	// to name where it is already changes nothing
	again, err := w.MoveTask(t.Context(), w.ada, w.ws, "WEB-1", tasks.Move{Project: ops.ID}, tasks.Condition{})
	w.ok(err)
	same(t, "version", again.Version, moved.Version)
	// back home it gets a new number: the old one is not given again, not even to it
	got, err = w.MoveTask(t.Context(), w.ada, w.ws, "OPS-2", tasks.Move{Project: web.ID, Status: status(web, "Done")}, tasks.Condition{})
	w.ok(err)
	home := decode[tasks.TaskDoc](t, got.JSON)
	same(t, "key", home.Key, "WEB-2")
	same(t, "previous_keys", home.PreviousKeys, []string{"WEB-1", "OPS-2"})
	if home.CompletedAt == nil {
		t.Error("moved to Done and not completed")
	}
	same(t, "the next", w.titled(web, "b").Key, "WEB-3")
}

func TestFormerKeysOfAProjectLeadToItsTasks(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website", Key: "WEB"})
	task := w.titled(p, "a")
	_, err := w.UpdateProject(t.Context(), w.ada, w.ws, p.ID, tasks.ProjectPatch{Key: tasks.Some("site")}, tasks.Condition{})
	w.ok(err)
	got := w.get("WEB-1")
	same(t, "key", got.Key, "SITE-1")
	same(t, "previous_keys", got.PreviousKeys, []string{"WEB-1"})
	_, err = w.CreateProject(t.Context(), w.ada, w.ws, tasks.NewProject{Name: "x", Key: "WEB"})
	w.refused(err, fault.KindConflict, "key-taken")
	// back to a former key of its own
	_, err = w.UpdateProject(t.Context(), w.ada, w.ws, p.ID, tasks.ProjectPatch{Key: tasks.Some("WEB")}, tasks.Condition{})
	w.ok(err)
	got = w.again(task)
	same(t, "key", got.Key, "WEB-1")
	same(t, "previous_keys", got.PreviousKeys, []string{"SITE-1"})
	w.missing(second3(w.Task(t.Context(), w.ada, w.ws, "WEB-2")))
	w.missing(second3(w.Task(t.Context(), w.ada, w.ws, "NO-1")))
	w.missing(second3(w.Task(t.Context(), w.ada, w.ws, "WEB-0001x")))
}

func second3[A, B any](_ A, _ B, err error) error { return err }

func TestAMoveTakesSubTasksAlongOrLeavesThem(t *testing.T) {
	w := newWorld(t)
	web, ops := w.project(tasks.NewProject{Name: "Website", Key: "WEB"}), w.project(tasks.NewProject{Name: "Operations", Key: "OPS"})
	tree := func() (grandparent, parent, child tasks.TaskDoc) {
		grandparent = w.titled(web, "grandparent")
		parent = w.child(grandparent, "parent")
		return grandparent, parent, w.child(parent, "child")
	}
	g, p, c := tree()
	_, err := w.MoveTask(t.Context(), w.ada, w.ws, p.Key, tasks.Move{Project: ops.ID, WithChildren: true}, tasks.Condition{})
	w.ok(err)
	w.counted(g, 0, 0)
	w.counted(p, 1, 0)
	same(t, "the child's project", w.again(c).Project, ops.ID)
	same(t, "the child's parent", w.again(c).Parent, p.ID)
	same(t, "the parent's parent", w.again(p).Parent, nil)

	g, p, c = tree()
	_, err = w.MoveTask(t.Context(), w.ada, w.ws, p.Key, tasks.Move{Project: ops.ID}, tasks.Condition{})
	w.ok(err)
	w.counted(g, 0, 0)
	w.counted(p, 0, 0)
	same(t, "the child's project", w.again(c).Project, web.ID)
	same(t, "the child's parent", w.again(c).Parent, nil)
}

func TestAMoveThatCompletesSubTasksCountsThem(t *testing.T) {
	w := newWorld(t)
	web := w.project(tasks.NewProject{Name: "Website"})
	archive := w.project(tasks.NewProject{Name: "Archive", Statuses: []tasks.NewStatus{{Name: "To do", Category: tasks.CategoryDone}}})
	parent := w.titled(web, "parent")
	w.child(parent, "child")
	for _, step := range []struct {
		to   tasks.Project
		done int
	}{{archive, 1}, {web, 0}} {
		_, err := w.MoveTask(t.Context(), w.ada, w.ws, parent.ID.String(), tasks.Move{Project: step.to.ID, WithChildren: true}, tasks.Condition{})
		w.ok(err)
		w.counted(parent, 1, step.done)
	}
}

func TestAMoveDropsWhoCannotSeeTheTarget(t *testing.T) {
	w := newWorld(t)
	bob, cy := w.person("Bob", tasks.RoleMember), w.person("Cy", tasks.RoleMember)
	open, closed := w.project(tasks.NewProject{Name: "Open"}), w.project(tasks.NewProject{Name: "Closed", Access: tasks.AccessPrivate})
	w.ok(second(w.SetProjectMember(t.Context(), w.ada, w.ws, closed.ID, cy.User, tasks.ProjectViewer)))
	task := w.create(tasks.NewTask{Project: open.ID, Title: "a", Assignees: []uuid.UUID{bob.User, cy.User, w.ada.User}})
	_, err := w.MoveTask(t.Context(), w.ada, w.ws, task.Key, tasks.Move{Project: closed.ID}, tasks.Condition{})
	w.ok(err)
	same(t, "assignees", w.again(task).Assignees, []uuid.UUID{cy.User, w.ada.User})
	_, err = w.UpdateTask(t.Context(), w.ada, w.ws, task.ID.String(), tasks.Patch{AssigneesAdd: []uuid.UUID{bob.User}}, tasks.Condition{})
	w.refused(err, fault.KindInvalid, "assignees[2]")
}

func TestWhereATaskCannotGo(t *testing.T) {
	w := newWorld(t)
	bob := w.person("Bob", tasks.RoleMember)
	open, closed := w.project(tasks.NewProject{Name: "Open"}), w.project(tasks.NewProject{Name: "Closed", Access: tasks.AccessPrivate})
	task := w.titled(open, "a")
	move := func(c tasks.Caller, m tasks.Move) error {
		return second(w.MoveTask(t.Context(), c, w.ws, task.Key, m, tasks.Condition{}))
	}
	w.refused(move(bob, tasks.Move{Project: closed.ID}), fault.KindInvalid, "project")
	w.refused(move(w.ada, tasks.Move{Project: uuid.Must(uuid.NewV7())}), fault.KindInvalid, "project")
	w.refused(move(w.ada, tasks.Move{Project: closed.ID, Status: status(open, "Done")}), fault.KindInvalid, "status")
	w.ok(second(w.SetProjectMember(t.Context(), w.ada, w.ws, closed.ID, bob.User, tasks.ProjectViewer)))
	w.refused(move(bob, tasks.Move{Project: closed.ID}), fault.KindForbidden, "forbidden")
	_, err := w.UpdateProject(t.Context(), w.ada, w.ws, closed.ID, tasks.ProjectPatch{Archived: tasks.Some(true)}, tasks.Condition{})
	w.ok(err)
	w.refused(move(w.ada, tasks.Move{Project: closed.ID}), fault.KindConflict, "project-archived")
	_, err = w.CreateTask(t.Context(), w.ada, w.ws, tasks.NewTask{Project: closed.ID, Title: "x"})
	w.refused(err, fault.KindConflict, "project-archived")
}
