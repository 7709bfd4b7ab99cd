package api

import (
	"net/http"

	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/importer"
	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/users"
)

// Services are the domains whose routes are served; one that is nil runs in another process.
type Services struct {
	Auth    *auth.Service
	Tasks   *tasks.Service
	Users   *users.Service
	Imports *importer.Service
}

// table is what Rung serves: every route, one line each. See Scope for what a line asks of the caller's token; what her
// role allows is decided by the domains.
func (a *API) table() []Route {
	var t []Route
	if a.Auth != nil {
		t = append(t, a.authRoutes()...)
	}
	if a.Users != nil {
		t = append(t, a.usersRoutes()...)
	}
	if a.Tasks != nil {
		t = append(t, a.tasksRoutes()...)
	}
	if a.Imports != nil {
		t = append(t, a.importsRoutes()...)
	}
	return t
}

const (
	get, post, put, patch, del = http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete

	jsonType = "application/json"
)

func (a *API) authRoutes() []Route {
	h := authHandlers{a, a.cookies()}
	return []Route{
		on(post, "/auth/register", Public, "Make an account, and sign in", h.register, refuses(http.StatusNotFound, http.StatusConflict), makes[Registered]()),
		on(post, "/auth/login", Public, "Sign in", h.login, refuses(http.StatusUnauthorized)),
		on(post, "/auth/refresh", Public, "Get the next access token by the cookie", h.refresh, refuses(http.StatusUnauthorized)),
		on(post, "/auth/logout", Public, "End the session of the cookie", h.logout),
		on(get, "/auth/methods", Public, "See how to get in", h.methods, named("get-sign-in-methods")),
		on(post, "/auth/password/forgot", Public, "Have a link mailed that sets a new password", h.forgot),
		on(post, "/auth/password/reset", Public, "Set a new password by a link", h.reset, refuses(http.StatusGone)),
		on(post, "/auth/password/change", Session, "Change your password, which ends your other sessions", h.changePassword),
		on(post, "/auth/email/verify", Public, "Show by a link that mail arrives", h.verifyEmail, refuses(http.StatusGone)),
		on(post, "/auth/email/ask", Session, "Have the link mailed that shows that mail arrives", h.askVerification, named("ask-verification")),
		on(get, "/auth/sessions", Session, "List your sessions, the newest first", h.sessions),
		on(del, "/auth/sessions/{id}", Session, "End a session of yours", h.endSession),
		on(get, "/auth/tokens", Session, "List your personal access tokens, the newest first", h.tokens),
		on(post, "/auth/tokens", Session, "Make a personal access token", h.createToken, makes[PersonalToken]()),
		on(del, "/auth/tokens/{id}", Session, "Delete a personal access token", h.deleteToken),
		on(get, "/admin/users", Admin, "List all accounts", h.accounts, instance),
		on(patch, "/admin/users/{user}", Admin, "Make somebody an administrator, or shut somebody out", h.patchAccount, instance),
		on(get, "/admin/users/{user}", Admin, "Get an account", h.account, instance),
		on(del, "/admin/users/{user}", Admin, "Delete an account", h.deleteAccount, instance),
		on(del, "/admin/users/{user}/sessions", Admin, "Sign somebody out everywhere", h.endSessions, instance, named("delete-admin-user-sessions")),
		on(get, "/admin/health", Admin, "See how the installation is", h.health, instance),
		on(get, "/admin/audit", Admin, "Read the audit log, the last entry first", h.audit, instance),
		on(del, "/me", Session, "Delete your account", h.leave, doc(leaveDoc)),
		on(get, "/.well-known/jwks.json", Public, "Get the keys that verify access tokens", h.keys, returns[auth.KeySet]("application/jwk-set+json")),
	}
}

func (a *API) usersRoutes() []Route {
	const ws = "/workspaces/{ws}"
	h := userHandlers{a}
	return []Route{
		on(get, "/me", Read, "Get your profile", h.me),
		on(patch, "/me", Write, "Change your profile", h.patchMe),
		on(get, "/admin/workspaces", Admin, "List all workspaces", h.overviews, instance),
		on(patch, "/admin/workspaces/{workspace}", Admin, "Make a member an owner", h.patchOverview, instance),
		on(get, "/workspaces", Read, "List your workspaces", h.workspaces),
		on(post, "/workspaces", Write, "Make a workspace", h.createWorkspace, makes[Workspace]()),
		on(get, ws, Read, "Get a workspace", h.workspace),
		on(patch, ws, Admin, "Change a workspace", h.patchWorkspace),
		on(del, ws, Admin, "Delete a workspace", h.deleteWorkspace, outside),
		on(get, ws+"/members", Read, "List the members", h.members),
		on(patch, ws+"/members/{user}", Admin, "Give a member another role", h.patchMember),
		on(del, ws+"/members/{user}", Admin, "Remove a member, or leave", h.removeMember),
		on(get, ws+"/invitations", Read, "List the invitations that were neither used up nor revoked", h.invitations),
		on(post, ws+"/invitations", Admin, "Invite somebody", h.invite, makes[Invitation]()),
		on(del, ws+"/invitations/{invitation}", Admin, "Revoke an invitation", h.revoke),
		on(get, "/invitations/{token}", Public, "See what an invitation is to", h.preview),
		on(post, "/invitations/{token}/accept", Session, "Accept an invitation", h.accept),
	}
}

func (a *API) tasksRoutes() []Route {
	const (
		ws      = "/workspaces/{ws}"
		project = ws + "/projects/{project}"
		task    = ws + "/tasks/{task}"
	)
	h := taskHandlers{a}
	return []Route{
		on(get, ws+"/projects", Read, "List the projects that you see", h.projects, cached, returns[List[tasks.Project]](jsonType)),
		on(post, ws+"/projects", Write, "Make a project", h.createProject, makes[tasks.Project]()),
		on(get, project, Read, "Get a project", h.project, tagged, returns[tasks.Project](jsonType)),
		on(patch, project, Write, "Change a project", h.patchProject, returns[tasks.Project](jsonType)),
		on(del, project, Write, "Put a project into the trash, with its tasks", h.deleteProject),
		on(post, project+"/restore", Write, "Take a project out of the trash", h.restoreProject, returns[tasks.Project](jsonType)),
		on(get, project+"/statuses", Read, "List a project's statuses in their order", h.statuses, cached, returns[List[tasks.Status]](jsonType)),
		on(post, project+"/statuses", Write, "Make a status", h.createStatus, makes[tasks.Status]()),
		on(patch, project+"/statuses/{status}", Write, "Change a status", h.patchStatus, returns[tasks.Status](jsonType)),
		on(del, project+"/statuses/{status}", Write, "Remove a status", h.deleteStatus),
		on(get, project+"/members", Read, "List who was granted a role in a project", h.projectMembers, cached, returns[List[tasks.Grant]](jsonType)),
		on(put, project+"/members/{user}", Admin, "Give a member a role in a project", h.setProjectMember, returns[tasks.Grant](jsonType)),
		on(del, project+"/members/{user}", Admin, "Take a role in a project away", h.removeProjectMember),

		on(get, ws+"/tasks", Read, "List tasks", h.list, cached, returns[List[tasks.TaskDoc]](jsonType)),
		on(post, ws+"/tasks/query", Read, "List tasks by a typed tree", h.query, returns[List[tasks.TaskDoc]](jsonType)),
		on(get, ws+"/tasks/groups", Read, "List tasks by the values of a field: a board in one answer", h.groups, cached, returns[TaskGroups](jsonType)),
		on(post, ws+"/tasks/groups", Read, "List tasks by a typed tree and the values of a field: a saved view as a board", h.queryGroups, named("query-task-groups"), returns[TaskGroups](jsonType)),
		on(post, ws+"/tasks", Write, "Make a task", h.create, makes[tasks.TaskDoc]()),
		on(post, ws+"/tasks/batch", Write, "Make up to 500 changes, all or none", h.batch, refuses(http.StatusPreconditionFailed), returns[BatchResults](jsonType)),
		on(get, task, Read, "Get a task", h.get, tagged, returns[tasks.TaskDoc](jsonType)),
		on(patch, task, Write, "Change a task", h.patch, returns[tasks.TaskDoc](jsonType)),
		on(del, task, Write, "Put a task into the trash, with its sub-tasks", h.delete),
		on(post, task+"/restore", Write, "Take a task out of the trash, with what went there with it", h.restore, returns[tasks.TaskDoc](jsonType)),
		on(post, task+"/move", Write, "Move a task to another project or status", h.move, returns[tasks.TaskDoc](jsonType)),
		on(get, task+"/comments", Read, "List a task's comments, the oldest first", h.comments, cached, returns[List[tasks.Comment]](jsonType)),
		on(post, task+"/comments", Write, "Comment on a task", h.createComment, makes[tasks.Comment]()),
		on(patch, task+"/comments/{comment}", Write, "Change your comment", h.patchComment, returns[tasks.Comment](jsonType)),
		on(del, task+"/comments/{comment}", Write, "Remove a comment", h.deleteComment),
		on(get, task+"/attachments", Read, "List the files of a task, the oldest first", h.attachments, cached, returns[List[tasks.Attachment]](jsonType)),
		on(post, task+"/attachments", Write, "Attach a file to a task", h.attach, makes[tasks.Attachment](), form[AttachmentForm]()),
		on(get, task+"/attachments/{attachment}", Read, "See what is known of a file", h.attachment, tagged, returns[tasks.Attachment](jsonType)),
		on(del, task+"/attachments/{attachment}", Write, "Put a file into the trash", h.deleteAttachment),
		on(post, task+"/attachments/{attachment}/restore", Write, "Take a file out of the trash", h.restoreAttachment, returns[tasks.Attachment](jsonType)),
		on(post, task+"/attachments/{attachment}/url", Read, "Get an address of a file that is good for a few minutes", h.address, named("sign-attachment")),
		on(get, "/files/{token}", Public, "Get a file, or a part of it, by its address", h.file, streams, givesFiles, refuses(http.StatusPreconditionFailed, http.StatusRequestedRangeNotSatisfiable)),
		on(get, task+"/relations", Read, "List a task's relations", h.relations, cached, returns[List[tasks.Relation]](jsonType)),
		on(post, task+"/relations", Write, "Relate a task to another", h.relate, makes[tasks.Relation]()),
		on(del, task+"/relations", Write, "Take a relation away", h.unrelate),
		on(get, task+"/activity", Read, "List what happened to a task, the last first", h.activity, cachedByUser, returns[List[tasks.ActivityDoc]](jsonType)),

		on(get, ws+"/labels", Read, "List the labels by name", h.labels, cached, returns[List[tasks.Label]](jsonType)),
		on(post, ws+"/labels", Write, "Make a label", h.createLabel, makes[tasks.Label]()),
		on(patch, ws+"/labels/{label}", Write, "Change a label", h.patchLabel, returns[tasks.Label](jsonType)),
		on(del, ws+"/labels/{label}", Write, "Remove a label, from its tasks too", h.deleteLabel),
		on(get, ws+"/views", Read, "List the shared views and your own", h.views, cachedByUser, returns[List[tasks.SavedView]](jsonType)),
		on(post, ws+"/views", Write, "Save a view", h.createView, makes[tasks.SavedView]()),
		on(patch, ws+"/views/{view}", Write, "Change a view", h.patchView, returns[tasks.SavedView](jsonType)),
		on(del, ws+"/views/{view}", Write, "Remove a view", h.deleteView),
		on(get, ws+"/trash", Read, "List what you could take out of the trash, the last first", h.trash, cachedByUser, returns[List[TrashItem]](jsonType)),
		on(del, ws+"/trash/{type}/{id}", Admin, "Remove something in the trash for good", h.purge, named("purge")),

		on(get, ws+"/stats", Read, "Get figures: tasks by status, category and assignee, and what happened a day", h.stats, cachedByDay, returns[tasks.Stats](jsonType)),
		on(get, ws+"/search", Read, "Search tasks and comments by their words", h.search, named("search"), needs("q"), doc(searchDoc), returns[Found](jsonType)),
		on(get, ws+"/changes", Read, "Read the history", h.changes, refuses(http.StatusGone), returns[Changes](jsonType)),
		on(get, ws+"/events", Read, "Follow the history as it happens", h.events, streams, refuses(http.StatusGone), returns[tasks.EventDoc]("text/event-stream")),
		on(get, ws+"/snapshot", Read, "Get all that you see, as of one moment", h.snapshot, streams, returns[SnapshotLine]("application/x-ndjson")),
	}
}

func (a *API) importsRoutes() []Route {
	const imports = "/workspaces/{ws}/imports"
	h := importHandlers{a}
	return []Route{
		on(post, imports, Import, "Import a file from another product", h.start, status(http.StatusAccepted), form[ImportForm]()),
		on(get, imports+"/{import}", Import, "See how far an import of yours has come", h.get),
		on(post, imports+"/{import}/undo", Import, "Put what an import of yours made into the trash", h.undo, status(http.StatusAccepted)),
	}
}
