package system

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/rung-app/rung/client"
)

// tour is somebody who uses all of Rung, once, through the Go client: Ada, with Grace, at the Harbour.
type tour struct {
	*testing.T
	srv *server
	rec *recorder

	nobody, ada, grace *client.Client
	adaID, graceID     string
	space              *client.WorkspaceClient // the Harbour, for Ada
	web, backlog       string                  // a project, and its first status
	task               client.Task
}

// run takes all steps, in order. A new operation gets its step where the document is to have its example from.
func (t *tour) run() {
	t.nobody = t.rec.as("")
	t.health()
	t.settingUp()
	t.together()
	t.projects()
	t.tasks()
	t.lists()
	t.parts()
	t.files()
	t.figures()
	t.history()
	t.imports()
	t.trash()
	t.accounts()
	t.installation()
	t.refusals()
}

// ok ends the tour if something was refused.
func (t *tour) ok(err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (t *tour) health() {
	t.ok(second(t.nobody.GetLivez(t.Context())))
	t.ok(second(t.nobody.GetReadyz(t.Context())))
	t.ok(second(t.nobody.GetSignInMethods(t.Context())))
	t.ok(second(t.nobody.GetJWKS(t.Context())))
	t.ok(second(t.nobody.GetDocument(t.Context())))
	docs, err := (&http.Client{Transport: t.rec}).Get(t.srv.base() + "/api/v1/docs")
	t.ok(err)
	docs.Body.Close()
}

// second is for calls whose answer is of no matter here.
func second[V any](_ V, err error) error { return err }

// settingUp makes the first account, and signs in with it.
func (t *tour) settingUp() {
	_, setup, _ := strings.Cut(t.srv.setup, "#")
	made, err := t.nobody.Register(t.Context(), client.RegisterRequest{Name: "Ada", Email: "ada@example.org", Password: "a ladder has rungs", Setup: setup})
	t.ok(err)
	t.adaID = made.User.ID
	jar, err := cookiejar.New(nil)
	t.ok(err)
	t.ada, _, err = client.SignIn(t.Context(), t.srv.base(), "ada@example.org", "a ladder has rungs",
		client.WithHTTP(&http.Client{Transport: t.rec, Jar: jar}), client.WithAttempts(1))
	t.ok(err)
	next, err := t.ada.Refresh(t.Context())
	t.ok(err)
	t.ada.UseSession(next.AccessToken)
	t.ok(second(t.ada.UpdateMe(t.Context(), client.MePatch{Timezone: client.Set("Europe/Berlin"), Theme: client.Set("dark")})))
	t.ok(second(t.ada.GetMe(t.Context())))
	t.ok(second(t.ada.CreateWorkspace(t.Context(), client.NewWorkspace{Name: "Harbour", Slug: "harbour"})))
	t.ok(second(t.ada.UpdateWorkspace(t.Context(), "harbour", client.WorkspacePatch{Name: client.Set("The Harbour")}, client.IfMatch(1))))
	t.ok(second(t.ada.GetWorkspace(t.Context(), "harbour")))
	t.ok(second(t.ada.ListWorkspaces(t.Context(), client.Page{})))
	t.space = t.ada.Workspace("harbour")
}

// together invites people, by mail and by link.
func (t *tour) together() {
	ctx := t.Context()
	link, err := t.space.CreateInvitation(ctx, client.InviteRequest{Role: "member"})
	t.ok(err)
	mailed, err := t.space.CreateInvitation(ctx, client.InviteRequest{Role: "guest", Email: "henry@example.org"})
	t.ok(err)
	t.ok(t.space.DeleteInvitation(ctx, mailed.ID))
	t.ok(second(t.space.ListInvitations(ctx, client.Page{})))
	secret := link.Token
	t.ok(second(t.nobody.GetInvitation(ctx, secret)))
	made, err := t.nobody.Register(ctx, client.RegisterRequest{Name: "Grace", Email: "grace@example.org", Password: "nanoseconds of wire", Invitation: secret})
	t.ok(err)
	t.graceID = made.User.ID
	t.grace = t.rec.as(made.AccessToken)
	t.ok(second(t.grace.AcceptInvitation(ctx, secret)))
	t.ok(second(t.space.UpdateMember(ctx, t.graceID, client.MemberPatch{Role: "admin"})))
	t.ok(second(t.space.ListMembers(ctx, client.Page{})))
}

func (t *tour) projects() {
	ctx := t.Context()
	p, err := t.space.CreateProject(ctx, client.NewProject{Name: "Website", Key: "WEB", Description: "What the world sees of us."})
	t.ok(err)
	t.web, t.backlog = p.ID, p.Statuses[0].ID
	t.ok(second(t.space.UpdateProject(ctx, p.ID, client.ProjectPatch{Color: client.Set("blue"), EstimateUnit: client.Set("minutes")}, client.BaseVersion(p.Version))))
	st, err := t.space.CreateStatus(ctx, p.ID, client.NewStatus{Name: "In review", Category: "doing", Place: client.Before(p.Statuses[3].ID)})
	t.ok(err)
	t.ok(second(t.space.UpdateStatus(ctx, p.ID, st.ID, client.StatusPatch{Name: client.Set("Review")})))
	t.ok(second(t.space.ListStatuses(ctx, p.ID, client.Page{})))
	t.ok(t.space.DeleteStatus(ctx, p.ID, st.ID, client.DeleteStatusParams{MoveTo: t.backlog}))
	t.ok(second(t.space.SetProjectMember(ctx, p.ID, t.graceID, client.SetProjectMemberRequest{Role: "editor"})))
	t.ok(t.space.DeleteProjectMember(ctx, p.ID, t.graceID))
	t.ok(second(t.space.ListProjectMembers(ctx, p.ID, client.Page{})))
	t.ok(second(t.space.GetProject(ctx, p.ID)))
	t.ok(second(t.space.ListProjects(ctx, client.Page{})))
}

func (t *tour) tasks() {
	ctx := t.Context()
	label, err := t.space.CreateLabel(ctx, client.NewLabel{Name: "outdoors", Color: "green"})
	t.ok(err)
	t.ok(second(t.space.UpdateLabel(ctx, label.ID, client.LabelPatch{Color: client.Set("teal")})))
	t.ok(second(t.space.ListLabels(ctx, client.Page{})))
	five := "17:00"
	t.task, err = t.space.CreateTask(ctx, client.NewTask{
		Project: t.web, Title: "Photograph the pier", Description: "At dusk, with the lamps lit.", Priority: 2,
		Assignees: []string{t.adaID}, Labels: []string{label.ID}, Due: client.When{Date: "2024-12-24", Time: &five},
	})
	t.ok(err)
	t.ok(second(t.space.UpdateTask(ctx, t.task.ID, client.TaskPatch{
		Priority: client.Set(1), Estimate: client.Set(90.0), Start: client.Null[client.When](), AssigneesAdd: []string{t.graceID},
	}, client.BaseVersion(t.task.Version))))
	t.ok(second(t.space.MoveTask(ctx, "WEB-1", client.MoveTarget{Project: t.web, Place: client.First()})))
	t.task, err = t.space.GetTask(ctx, "WEB-1")
	t.ok(err)
	t.ok(second(t.space.BatchTasks(ctx, client.BatchRequest{Changes: []client.BatchChange{
		{Op: "create", Task: &client.NewTask{Project: t.web, Title: "Write the history of the pier"}},
		{Op: "update", ID: "WEB-1", Patch: &client.TaskPatch{Title: client.Set("Photograph the old pier")}},
	}})))
}

func (t *tour) lists() {
	ctx := t.Context()
	t.ok(second(t.space.ListTasks(ctx, client.ListTasksParams{Project: []string{t.web}, Assignee: []string{"me"}, Sort: "-due", Limit: 10})))
	mine := client.Filter{All: []client.Filter{{Field: "assignee", Op: "in", Value: []string{"me"}}, {Field: "completed", Op: "eq", Value: false}}}
	t.ok(second(t.space.QueryTasks(ctx, mine, client.QueryTasksParams{Fields: "compact"})))
	t.ok(second(t.space.GetTaskGroups(ctx, "status", client.GetTaskGroupsParams{Project: []string{t.web}, Fields: "compact"})))
	view, err := t.space.CreateView(ctx, client.NewView{Name: "Mine", Query: mine, Sort: "due", Layout: "list"})
	t.ok(err)
	t.ok(second(t.space.UpdateView(ctx, view.ID, client.ViewPatch{GroupBy: client.Set("priority")})))
	t.ok(second(t.space.ListViews(ctx, client.Page{})))
	t.ok(t.space.DeleteView(ctx, view.ID))
	titles := 0
	for task, err := range t.space.Tasks(ctx, client.ListTasksParams{Limit: 1}) { // two pages
		t.ok(err)
		if task.Title != "" {
			titles++
		}
	}
	if titles != 2 {
		t.Errorf("the pages of the list have %d tasks", titles)
	}
}

// parts are those of a task.
func (t *tour) parts() {
	ctx := t.Context()
	said, err := t.space.CreateComment(ctx, "WEB-1", client.NewComment{Body: "The lamps are lit from five."})
	t.ok(err)
	t.ok(second(t.space.UpdateComment(ctx, "WEB-1", said.ID, client.CommentPatch{Body: "The lamps are lit from six."})))
	t.ok(second(t.space.ListComments(ctx, "WEB-1", client.Page{})))
	t.ok(t.space.DeleteComment(ctx, "WEB-1", said.ID))
	t.ok(second(t.space.CreateRelation(ctx, "WEB-1", client.RelateRequest{Type: "blocks", Task: "WEB-2"})))
	t.ok(second(t.space.ListRelations(ctx, "WEB-1", client.Page{})))
	t.ok(t.space.DeleteRelation(ctx, "WEB-1", "blocks", "WEB-2"))
	t.ok(second(t.space.ListActivity(ctx, "WEB-1", client.Page{Limit: 2})))
}

// history reads a snapshot, what came after it, and what happens now.
func (t *tour) history() {
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	whole, err := t.space.Snapshot(ctx)
	t.ok(err)
	entities := map[string]int{}
	for e, err := range whole.All() {
		t.ok(err)
		entities[e.Entity]++
	}
	t.ok(whole.Close())
	if entities["task"] != 2 || entities["project"] != 1 {
		t.Errorf("the snapshot has %v", entities)
	}
	t.ok(second(t.space.UpdateTask(ctx, "WEB-2", client.TaskPatch{Priority: client.Set(3)})))
	told := 0
	for page, err := range t.space.Changes(ctx, whole.Seq) {
		t.ok(err)
		told += len(page.Items)
	}
	if told != 1 {
		t.Errorf("%d events since the snapshot", told)
	}
	t.ok(second(t.space.GetChanges(ctx, client.GetChangesParams{Since: whole.Seq, Limit: 100})))
	for e, err := range t.space.Events(ctx, whole.Seq) {
		t.ok(err)
		if e.Type != "task.updated" {
			t.Errorf("it was told of %s", e.Type)
		}
		break
	}
}

func (t *tour) imports() {
	ctx := t.Context()
	begun, err := t.space.CreateImport(ctx, client.ImportForm{Source: "trello", File: client.File{Name: "board.json", Reader: bytes.NewReader(smallBoard)}, TimeZone: "Europe/Berlin"})
	t.ok(err)
	over := func(want string) {
		t.Helper()
		for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
			i, err := t.space.GetImport(ctx, begun.ID)
			t.ok(err)
			if i.State == want {
				return
			}
			if time.Now().After(end) {
				t.Fatalf("the import is %s", i.State)
			}
		}
	}
	over("done")
	t.ok(second(t.space.UndoImport(ctx, begun.ID)))
	over("undone")
}

func (t *tour) trash() {
	ctx := t.Context()
	t.ok(t.space.DeleteTask(ctx, "WEB-1", client.IfMatch(t.version("WEB-1"))))
	t.ok(second(t.space.RestoreTask(ctx, t.task.ID)))
	t.ok(t.space.DeleteProject(ctx, t.web))
	t.ok(second(t.space.RestoreProject(ctx, t.web)))
	t.ok(t.space.DeleteTask(ctx, "WEB-2"))
	trash, err := t.space.ListTrash(ctx, client.Page{Limit: 1})
	t.ok(err)
	t.ok(t.space.Purge(ctx, trash.Items[0].Type, trash.Items[0].ID))
	for label, err := range t.space.Labels(ctx, client.Page{}) {
		t.ok(err)
		if label.Name == "outdoors" {
			t.ok(t.space.DeleteLabel(ctx, label.ID))
		}
	}
}

func (t *tour) version(task string) int64 {
	t.Helper()
	now, err := t.space.GetTask(t.Context(), task)
	t.ok(err)
	return now.Version
}

// accounts is what one has of one's own: sessions, tokens, a password, an address.
func (t *tour) accounts() {
	ctx := t.Context()
	token, err := t.ada.CreateToken(ctx, client.NewToken{Name: "nightly report", Scopes: []string{"read"}})
	t.ok(err)
	t.ok(second(t.ada.ListTokens(ctx, client.Page{})))
	t.ok(t.ada.DeleteToken(ctx, token.ID))

	t.ok(second(t.grace.Login(ctx, client.LoginRequest{Email: "grace@example.org", Password: "nanoseconds of wire"})))
	sessions, err := t.grace.ListSessions(ctx, client.Page{})
	t.ok(err)
	t.ok(t.grace.DeleteSession(ctx, sessions.Items[0].ID))
	t.ok(t.grace.ChangePassword(ctx, client.ChangePasswordRequest{Current: "nanoseconds of wire", New: "microseconds of wire"}))
	t.ok(t.grace.AskVerification(ctx))
	t.ok(t.nobody.VerifyEmail(ctx, client.VerifyRequest{Token: t.mailed("grace@example.org", "/verify-email")}))
	t.ok(t.nobody.ForgotPassword(ctx, client.ForgotRequest{Email: "grace@example.org"}))
	t.ok(t.nobody.ResetPassword(ctx, client.ResetRequest{Token: t.mailed("grace@example.org", "/reset-password"), Password: "milliseconds of wire"}))
}

// mailed waits for a link to a page and gives what stands behind its #.
func (t *tour) mailed(to, page string) string {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if u, err := url.Parse(t.srv.log.mailed(to)); err == nil && u.Path == page && u.Fragment != "" {
			return u.Fragment
		}
	}
	t.Fatalf("no mail to %s with a link to %s", to, page)
	return ""
}

// refusals asks for what is not given, so that the document shows what that looks like.
func (t *tour) refusals() {
	ctx := t.Context()
	for _, c := range []struct {
		want error
		err  error
	}{
		{client.ErrUnauthenticated, second(t.nobody.GetMe(ctx))},
		{client.ErrForbidden, second(t.nobody.Register(ctx, client.RegisterRequest{Name: "Mallory", Email: "m@example.org", Password: "let me in, please"}))},
		{client.ErrNotFound, second(t.ada.Workspace("nowhere").ListTasks(ctx, client.ListTasksParams{}))},
		{client.ErrInvalid, second(t.space.CreateTask(ctx, client.NewTask{Project: t.web}))},
		{client.ErrConflict, second(t.ada.CreateWorkspace(ctx, client.NewWorkspace{Name: "Harbour", Slug: "harbour"}))},
		{client.ErrGone, second(t.space.GetChanges(ctx, client.GetChangesParams{Since: "elsewhere-1"}))},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("got %v, want %v", c.err, c.want)
		}
	}
	before := t.version("WEB-1")
	t.ok(second(t.space.UpdateTask(ctx, "WEB-1", client.TaskPatch{Title: client.Set("Photograph the new pier")})))
	_, err := t.space.UpdateTask(ctx, "WEB-1", client.TaskPatch{Title: client.Set("Paint the pier")}, client.BaseVersion(before))
	if stale, ok := errors.AsType[*client.Error](err); !ok || !errors.Is(err, client.ErrStale) || len(stale.Conflicts) != 1 || stale.Conflicts[0].Field != "title" {
		t.Errorf("a change of what was changed meanwhile: %v", err)
	}
	var m client.Meta
	t.ok(second(t.space.GetTask(ctx, "WEB-1", client.WithMeta(&m))))
	if _, err := t.space.GetTask(ctx, "WEB-1", client.IfNoneMatch(m.ETag)); !errors.Is(err, client.ErrNotModified) {
		t.Errorf("the same again: %v", err)
	}
	h := &http.Client{Transport: t.rec}
	for contentType, body := range map[string]string{
		"application/json": `{"email": "ada@`, "text/plain": "hello", "application/json; charset=utf-8": strings.Repeat(" ", 1<<20+1),
	} {
		resp, err := h.Post(t.srv.base()+"/api/v1/auth/login", contentType, strings.NewReader(body))
		t.ok(err)
		resp.Body.Close()
	}
	t.ok(t.ada.DeleteWorkspace(ctx, "harbour"))
	t.ok(t.ada.Logout(ctx))
}
