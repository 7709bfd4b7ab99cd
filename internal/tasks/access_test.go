package tasks_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

func TestAPrivateProjectDoesNotExistForOthers(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	bob, guest := w.person("Bob", tasks.RoleMember), w.person("Gus", tasks.RoleGuest)
	stranger := tasks.Caller{User: uuid.Must(uuid.NewV7())}
	p := w.project(tasks.NewProject{Name: "Secret", Access: tasks.AccessPrivate})
	task := w.titled(p, "a")
	com, err := w.CreateComment(ctx, w.ada, w.ws, tasks.NewComment{Task: task.Key, Body: "x"})
	w.ok(err)
	for _, c := range []tasks.Caller{bob, guest, stranger} {
		for name, err := range map[string]error{
			"project":        second3(w.Project(ctx, c, w.ws, p.ID)),
			"statuses":       second(w.Statuses(ctx, c, w.ws, p.ID, tasks.PageOf{})),
			"members":        second(w.ProjectMembers(ctx, c, w.ws, p.ID, tasks.PageOf{})),
			"task":           second3(w.Task(ctx, c, w.ws, task.Key)),
			"comments":       second(w.Comments(ctx, c, w.ws, task.Key, tasks.PageOf{})),
			"activity":       second(w.Activity(ctx, c, w.ws, task.Key, tasks.PageOf{})),
			"relations":      second(w.Relations(ctx, c, w.ws, task.Key, tasks.PageOf{})),
			"update":         second(w.UpdateTask(ctx, c, w.ws, task.Key, tasks.Patch{}, tasks.Condition{})),
			"delete":         second(w.DeleteTask(ctx, c, w.ws, task.Key, tasks.Condition{})),
			"restore":        second(w.RestoreTask(ctx, c, w.ws, task.Key)),
			"move":           second(w.MoveTask(ctx, c, w.ws, task.Key, tasks.Move{}, tasks.Condition{})),
			"comment":        second(w.CreateComment(ctx, c, w.ws, tasks.NewComment{Task: task.Key, Body: "x"})),
			"edit comment":   second(w.UpdateComment(ctx, c, w.ws, task.Key, com.ID, "y", tasks.Condition{})),
			"delete comment": second(w.DeleteComment(ctx, c, w.ws, task.Key, com.ID)),
			"edit project":   second(w.UpdateProject(ctx, c, w.ws, p.ID, tasks.ProjectPatch{}, tasks.Condition{})),
			"delete project": second(w.DeleteProject(ctx, c, w.ws, p.ID)),
			"status":         second(w.AddStatus(ctx, c, w.ws, p.ID, tasks.NewStatus{Name: "x"})),
			"grant":          second(w.SetProjectMember(ctx, c, w.ws, p.ID, c.User, tasks.ProjectAdmin)),
		} {
			if fault.KindOf(err) != fault.KindNotFound {
				t.Errorf("%s as %s: %v", name, c.Actor.Name, err)
			}
			w.missing(err)
		}
	}
	for _, c := range []tasks.Caller{bob, guest} {
		if got := w.list(c, tasks.ListQuery{}); len(got) != 0 {
			t.Errorf("%s lists %v", c.Actor.Name, got)
		}
		if got := w.list(c, in(p)); len(got) != 0 {
			t.Errorf("%s lists %v", c.Actor.Name, got)
		}
		page, err := w.Projects(ctx, c, w.ws, tasks.PageOf{})
		if err != nil || len(page.Items) != 0 {
			t.Errorf("%s sees projects %s, %v", c.Actor.Name, page.Items, err)
		}
	}
}

func TestRolesInAProject(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	p := w.project(tasks.NewProject{Name: "Secret", Access: tasks.AccessPrivate})
	task := w.titled(p, "a")
	for _, test := range []struct {
		role                             string
		read, comment, edit, administers bool
	}{
		{tasks.ProjectViewer, true, false, false, false},
		{tasks.ProjectCommenter, true, true, false, false},
		{tasks.ProjectEditor, true, true, true, false},
		{tasks.ProjectAdmin, true, true, true, true},
	} {
		for _, workspaceRole := range []string{tasks.RoleGuest, tasks.RoleMember} {
			c := w.person(test.role, workspaceRole, tasks.Grant{Project: p.ID, Role: test.role})
			for name, try := range map[string]struct {
				allowed bool
				err     error
			}{
				"read":    {test.read, second3(w.Task(ctx, c, w.ws, task.Key))},
				"comment": {test.comment, second(w.CreateComment(ctx, c, w.ws, tasks.NewComment{Task: task.Key, Body: "x"}))},
				"edit":    {test.edit, second(w.UpdateTask(ctx, c, w.ws, task.Key, tasks.Patch{Title: tasks.Some(uuid.NewString())}, tasks.Condition{}))},
				"create":  {test.edit, second(w.CreateTask(ctx, c, w.ws, tasks.NewTask{Project: p.ID, Title: "x"}))},
				"rename":  {test.administers, second(w.UpdateProject(ctx, c, w.ws, p.ID, tasks.ProjectPatch{Name: tasks.Some(uuid.NewString())}, tasks.Condition{}))},
				"grant":   {test.administers, second(w.SetProjectMember(ctx, c, w.ws, p.ID, w.ada.User, tasks.ProjectViewer))},
			} {
				if try.allowed && try.err != nil || !try.allowed && fault.KindOf(try.err) != fault.KindForbidden {
					t.Errorf("a %s who is %s may %s: %v", workspaceRole, test.role, name, try.err)
				}
			}
		}
	}
	guest := w.person("Gus", tasks.RoleGuest)
	for _, err := range []error{
		second(w.CreateProject(ctx, guest, w.ws, tasks.NewProject{Name: "x"})),
		second(w.CreateLabel(ctx, guest, w.ws, tasks.NewLabel{Name: "x"})),
		second(w.CreateView(ctx, guest, w.ws, tasks.NewView{Name: "x", Shared: true})),
	} {
		w.refused(err, fault.KindForbidden, "forbidden")
	}
	w.ok(second(w.CreateView(ctx, guest, w.ws, tasks.NewView{Name: "x"})))
}

func TestGrantsComeAndGo(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	bob := w.person("Bob", tasks.RoleMember)
	p := w.project(tasks.NewProject{Name: "Secret", Access: tasks.AccessPrivate})
	sees := func() bool { return second3(w.Project(ctx, bob, w.ws, p.ID)) == nil }
	w.refused(second(w.SetProjectMember(ctx, w.ada, w.ws, p.ID, bob.User, "boss")), fault.KindInvalid, "role")
	w.missing(second(w.SetProjectMember(ctx, w.ada, w.ws, p.ID, uuid.Must(uuid.NewV7()), tasks.ProjectViewer)))
	w.ok(second(w.SetProjectMember(ctx, w.ada, w.ws, p.ID, bob.User, tasks.ProjectViewer)))
	if !sees() {
		t.Error("granted and not seen")
	}
	w.ok(second(w.RemoveProjectMember(ctx, bob, w.ws, p.ID, bob.User))) // everyone may give up her own
	if sees() {
		t.Error("given up and still seen")
	}
	w.ok(second(w.SetProjectMember(ctx, w.ada, w.ws, p.ID, bob.User, tasks.ProjectViewer)))
	w.ok(second(w.RemoveProjectMember(ctx, w.ada, w.ws, p.ID, bob.User)))
	w.ok(second(w.RemoveProjectMember(ctx, w.ada, w.ws, p.ID, bob.User)))
	if sees() {
		t.Error("taken away and still seen")
	}
	w.ok(second(w.SetProjectMember(ctx, w.ada, w.ws, p.ID, bob.User, tasks.ProjectViewer)))
	w.become(bob, "")
	w.become(bob, tasks.RoleMember)
	if sees() {
		t.Error("who leaves and comes back has her grants again")
	}
	w.ok(second(w.UpdateProject(ctx, w.ada, w.ws, p.ID, tasks.ProjectPatch{Access: tasks.Some(tasks.AccessWorkspace)}, tasks.Condition{})))
	if !sees() {
		t.Error("opened and not seen")
	}
	guest := w.person("Gus", tasks.RoleGuest)
	w.missing(second3(w.Project(ctx, guest, w.ws, p.ID)))
}

func TestAudiencesAreEqualForWhoSeesTheSame(t *testing.T) {
	w := newWorld(t)
	audience := func(c tasks.Caller) string {
		a, _, err := w.Access(t.Context(), w.ws, c.User)
		w.ok(err)
		return a.Audience()
	}
	bob, cy := w.person("Bob", tasks.RoleMember), w.person("Cy", tasks.RoleMember)
	w.project(tasks.NewProject{Name: "Open"})
	if audience(bob) != audience(w.ada) {
		t.Error("all see all, and their audiences differ")
	}
	p := w.project(tasks.NewProject{Name: "Secret", Access: tasks.AccessPrivate})
	if audience(bob) == audience(w.ada) || audience(bob) != audience(cy) {
		t.Error("the owner sees more, and the two members the same")
	}
	w.ok(second(w.SetProjectMember(t.Context(), w.ada, w.ws, p.ID, cy.User, tasks.ProjectViewer)))
	if audience(bob) == audience(cy) {
		t.Error("one was granted more")
	}
	if _, _, err := w.Access(t.Context(), w.ws, uuid.Must(uuid.NewV7())); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("a stranger's access: %v", err)
	}
}

func TestTheIDOfWhatOneMayNotSeeGivesNothingAway(t *testing.T) {
	w := newWorld(t)
	ben := w.person("Ben", tasks.RoleMember)
	id := uuid.Must(uuid.NewV7())
	secret := tasks.NewProject{ID: id, Name: "Secret", Key: "SEC", Access: tasks.AccessPrivate}
	w.ok(second(w.CreateProject(t.Context(), w.ada, w.ws, secret)))
	w.refused(second(w.CreateProject(t.Context(), ben, w.ws, secret)), fault.KindConflict, "id-taken")
	view := tasks.NewView{ID: id, Name: "Mine"}
	w.ok(second(w.CreateView(t.Context(), w.ada, w.ws, view)))
	w.refused(second(w.CreateView(t.Context(), ben, w.ws, view)), fault.KindConflict, "id-taken")
	for _, made := range []func() (tasks.Written, error){
		func() (tasks.Written, error) { return w.CreateProject(t.Context(), w.ada, w.ws, secret) },
		func() (tasks.Written, error) { return w.CreateView(t.Context(), w.ada, w.ws, view) },
	} {
		again, err := made()
		w.ok(err)
		if again.Created || again.ID != id {
			t.Fatal("her own request again made something else")
		}
	}
}

// Whoever may just comment must not be able to put words into another's mouth, whatever her token says.
func TestOnlyWhoMayImportSpeaksForOthers(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	p := w.project(tasks.NewProject{Name: "Website"})
	task := w.titled(p, "a")
	bob := w.person("Bob", tasks.RoleMember)
	guest := w.person("Gus", tasks.RoleGuest, tasks.Grant{Project: p.ID, Role: tasks.ProjectEditor})
	bob.Import, guest.Import = true, true
	ada := tasks.Author{User: &w.ada.User, Name: "Ada"}
	then := tasks.At(0)
	for _, try := range []func(tasks.Caller) error{
		func(c tasks.Caller) error {
			return second(w.CreateComment(ctx, c, w.ws, tasks.NewComment{Task: task.Key, Body: "I quit.", Author: &ada, CreatedAt: &then}))
		},
		func(c tasks.Caller) error {
			return second(w.CreateTask(ctx, c, w.ws, tasks.NewTask{Project: p.ID, Title: "b", Author: &ada}))
		},
		func(c tasks.Caller) error {
			return second(w.UpdateTask(ctx, c, w.ws, task.Key, tasks.Patch{Author: tasks.Some(&ada)}, tasks.Condition{}))
		},
	} {
		w.refused(try(guest), fault.KindInvalid, "created_at")
		w.ok(try(bob))
	}
}

// The external id of a comment in a project that one may not see is as taken as any, and leads nowhere.
func TestAnExternalIDDoesNotLeadToAHiddenComment(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	secret := w.titled(w.project(tasks.NewProject{Name: "Secret", Access: tasks.AccessPrivate}), "a")
	open := w.titled(w.project(tasks.NewProject{Name: "Open"}), "b")
	bob := w.person("Bob", tasks.RoleMember)
	ada := w.ada
	bob.Import, ada.Import = true, true
	say := func(c tasks.Caller, task tasks.TaskDoc, body string) (tasks.Written, error) {
		return w.CreateComment(ctx, c, w.ws, tasks.NewComment{Task: task.ID.String(), Body: body, External: &tasks.External{Source: "trello", ID: "1"}})
	}
	_, err := say(ada, secret, "hidden")
	w.ok(err)
	got, err := say(bob, open, "x")
	w.refused(err, fault.KindConflict, "external-taken")
	if len(got.JSON) > 0 {
		t.Errorf("Bob is given %s", got.JSON)
	}
	_, err = say(ada, secret, "hidden still") // for whoever sees it, it is the same comment
	w.ok(err)
	same(t, "what it says", words(w.comments(secret)), "hidden still")
}
