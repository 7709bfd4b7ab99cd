package system

// The table of who may do what, as answers: written by hand from what the roles mean, and compared with every route that
// the program serves. A route without a row fails the test.
//
// Columns, in this order:
//
//	owner, admin, member                of the workspace; the member was granted nothing
//	admin, editor, commenter, viewer    guests of the workspace with that role in the private project P
//	guest                               of the workspace, with nothing in P
//	stranger                            the owner of another workspace
//	nobody, expired                     no token; one that has expired
//	read, write, elsewhere              the owner's personal access tokens: with scope read; with scope write; with all
//	                                    scopes, for another workspace
//
// Answers: + done, - forbidden (403), 0 no such thing (404), ? sign in (401), ! not valid (422), or another status.
type permission struct {
	method, path string
	in           string // what the path leads to: "" P or something in it, "open" a project open to the workspace
	answers      string
	do           func(c *cast) (path string, body any)
}

func permissions() []permission {
	const (
		ws      = "/workspaces/{ws}"
		project = ws + "/projects/{project}"
		task    = ws + "/tasks/{task}"

		//                owner admin member | admin editor commenter viewer | guest stranger | nobody expired | read write elsewhere
		everyMember    = "+ + + + + + + + 0 ? ? + - 0" // reading what belongs to the workspace
		everyWriter    = "+ + + + + + + + 0 ? ? - + 0" // doing what every member may
		noGuest        = "+ + + - - - - - 0 ? ? - + 0"
		administrators = "+ + - - - - - - 0 ? ? - - 0" // needs scope admin
		seesP          = "+ + 0 + + + + 0 0 ? ? + - 0"
		commentsInP    = "+ + 0 + + + - 0 0 ? ? - + 0"
		editsP         = "+ + 0 + + - - 0 0 ? ? - + 0"
		administersP   = "+ + 0 + - - - 0 0 ? ? - + 0"
		grantsP        = "+ + 0 + - - - 0 0 ? ? - - 0" // needs scope admin
		anybody        = "+ + + + + + + + + + + + + +"
		invalid        = "! ! ! ! ! ! ! ! ! ! ! ! ! !" // public, and an empty request is not valid
		readsHerself   = "+ + + + + + + + + ? ? + - +"
		writesHerself  = "+ + + + + + + + + ? ? - + -" // a token for one workspace must not change her for all of them
		sessionOnly    = "+ + + + + + + + + ? ? - - -"
		instance       = "+ - - - - - - - - ? ? - - -" // the owner made this installation and so administers it
		missing        = "0 - - - - - - - - ? ? - - -" // the same, of somebody or something that is not there
		sessionInvalid = "! ! ! ! ! ! ! ! ! ? ? - - -"
	)
	same := func(path string, body any) func(*cast) (string, any) {
		return func(c *cast) (string, any) { return c.fill(path), body }
	}
	return []permission{
		{"GET", "/auth/methods", "", anybody, same("/auth/methods", nil)},
		{"POST", "/auth/register", "", invalid, same("/auth/register", object{})},
		{"POST", "/auth/login", "", invalid, same("/auth/login", object{})},
		{"POST", "/auth/refresh", "", "? ? ? ? ? ? ? ? ? ? ? ? ? ?", same("/auth/refresh", nil)}, // the cookie counts, not the token
		{"POST", "/auth/logout", "", anybody, same("/auth/logout", nil)},
		{"POST", "/auth/password/forgot", "", invalid, same("/auth/password/forgot", object{})},
		{"POST", "/auth/password/reset", "", invalid, same("/auth/password/reset", object{})},
		{"POST", "/auth/password/change", "", sessionInvalid, same("/auth/password/change", object{})},
		{"POST", "/auth/email/verify", "", invalid, same("/auth/email/verify", object{})},
		{"POST", "/auth/email/ask", "", sessionOnly, same("/auth/email/ask", nil)},
		{"GET", "/auth/sessions", "", sessionOnly, same("/auth/sessions", nil)},
		{"DELETE", "/auth/sessions/{id}", "", sessionOnly, func(*cast) (string, any) { return "/auth/sessions/" + newID(), nil }},
		{"GET", "/auth/tokens", "", sessionOnly, same("/auth/tokens", nil)},
		{"POST", "/auth/tokens", "", sessionInvalid, same("/auth/tokens", object{})},
		{"DELETE", "/auth/tokens/{id}", "", sessionOnly, func(*cast) (string, any) { return "/auth/tokens/" + newID(), nil }},

		{"GET", "/livez", "", anybody, same("/livez", nil)},
		{"GET", "/readyz", "", anybody, same("/readyz", nil)},
		{"GET", "/openapi.json", "", anybody, same("/openapi.json", nil)},
		{"GET", "/docs", "", anybody, same("/docs", nil)},
		{"GET", "/.well-known/jwks.json", "", anybody, same("/.well-known/jwks.json", nil)},
		// The owner made this installation and so administers it; a token for one workspace is not for all of it.
		{"GET", "/admin/users", "", instance, same("/admin/users", nil)},
		{"PATCH", "/admin/users/{user}", "", "+ - - - - - - - - ? ? - - -", func(c *cast) (string, any) {
			return "/admin/users/" + c.people["guest"].id, object{"admin": false}
		}},
		{"GET", "/admin/users/{user}", "", instance, func(c *cast) (string, any) { return "/admin/users/" + c.people["guest"].id, nil }},
		{"DELETE", "/admin/users/{user}", "", missing, same("/admin/users/"+newID(), nil)},
		{"DELETE", "/admin/users/{user}/sessions", "", missing, same("/admin/users/"+newID()+"/sessions", nil)},
		{"GET", "/admin/workspaces", "", instance, same("/admin/workspaces", nil)},
		{"PATCH", "/admin/workspaces/{workspace}", "", missing, same("/admin/workspaces/"+newID(), object{})},
		{"GET", "/admin/health", "", instance, same("/admin/health", nil)},
		{"GET", "/admin/audit", "", instance, same("/admin/audit", nil)},
		// With a wrong password, so that everybody is still there afterwards.
		{"DELETE", "/me", "", sessionInvalid, same("/me", object{"password": "wrong"})},

		{"GET", "/me", "", readsHerself, same("/me", nil)},
		{"PATCH", "/me", "", writesHerself, same("/me", object{"theme": "dark"})},
		{"GET", "/workspaces", "", readsHerself, same("/workspaces", nil)},
		{"POST", "/workspaces", "", "+ + + + + + + + + ? ? - + -", func(*cast) (string, any) {
			return "/workspaces", object{"name": "Another one"} // a token for one workspace can't make others
		}},
		{"GET", "/invitations/{token}", "", anybody, func(c *cast) (string, any) { return "/invitations/" + c.invitation("member"), nil }},
		{"POST", "/invitations/{token}/accept", "", "+ + + + + + + + 0 ? ? - - -", func(c *cast) (string, any) {
			if c.who == "stranger" { // who must stay one
				return "/invitations/guessed/accept", nil
			}
			return "/invitations/" + c.invitation("guest") + "/accept", nil
		}},

		{"GET", ws, "", everyMember, same(ws, nil)},
		{"PATCH", ws, "", administrators, same(ws, object{"name": "The same"})},
		{"DELETE", ws, "", "+ - - - - - - - 0 ? ? - - 0", func(c *cast) (string, any) { return c.onlyIfRefused(ws), nil }},
		{"GET", ws + "/members", "", everyMember, same(ws+"/members", nil)},
		{"PATCH", ws + "/members/{user}", "", administrators, func(c *cast) (string, any) {
			return c.fill(ws+"/members/") + c.people["member"].id, object{"role": "member"}
		}},
		{"DELETE", ws + "/members/{user}", "", administrators, func(c *cast) (string, any) {
			return c.fill(ws+"/members/") + c.victim(), nil
		}},
		{"GET", ws + "/invitations", "", "+ + - - - - - - 0 ? ? + - 0", same(ws+"/invitations", nil)},
		{"POST", ws + "/invitations", "", administrators, same(ws+"/invitations", object{"role": "guest"})},
		{"DELETE", ws + "/invitations/{invitation}", "", administrators, func(c *cast) (string, any) {
			return c.fill(ws+"/invitations/") + c.made("/invitations", object{"role": "guest"}), nil
		}},

		{"GET", ws + "/projects", "", everyMember, same(ws+"/projects", nil)},
		{"POST", ws + "/projects", "", noGuest, same(ws+"/projects", object{"name": "One more"})},
		{"GET", project, "", seesP, same(project, nil)},
		{"GET", project, "open", "+ + + 0 0 0 0 0 0 ? ? + - 0", same(project, nil)},
		{"PATCH", project, "", administersP, same(project, object{"description": "As it was"})},
		{"PATCH", project, "open", "+ + - 0 0 0 0 0 0 ? ? - + 0", same(project, object{"description": "As it was"})},
		{"DELETE", project, "", administersP, func(c *cast) (string, any) { return c.fill(ws+"/projects/") + c.freshP(), nil }},
		{"POST", project + "/restore", "", administersP, func(c *cast) (string, any) {
			id := c.freshP()
			c.owner().delete(c.fill(ws+"/projects/") + id).is(204)
			return c.fill(ws+"/projects/") + id + "/restore", nil
		}},
		{"GET", project + "/statuses", "", seesP, same(project+"/statuses", nil)},
		{"POST", project + "/statuses", "", administersP, same(project+"/statuses", object{"name": "One more"})},
		{"PATCH", project + "/statuses/{status}", "", administersP, func(c *cast) (string, any) {
			return c.fill(project+"/statuses/") + c.status(), object{"color": "blue"}
		}},
		{"DELETE", project + "/statuses/{status}", "", administersP, func(c *cast) (string, any) {
			return c.fill(project+"/statuses/") + c.status(), nil
		}},
		{"GET", project + "/members", "", seesP, same(project+"/members", nil)},
		{"PUT", project + "/members/{user}", "", grantsP, func(c *cast) (string, any) {
			return c.fill(project+"/members/") + c.people["viewer"].id, object{"role": "viewer"}
		}},
		{"DELETE", project + "/members/{user}", "", grantsP, func(c *cast) (string, any) {
			return c.fill(project+"/members/") + c.people["owner"].id, nil
		}},

		{"GET", ws + "/tasks", "", everyMember, same(ws+"/tasks", nil)},
		{"POST", ws + "/tasks/query", "", everyMember, same(ws+"/tasks/query", object{})},
		{"GET", ws + "/tasks/groups", "", everyMember, same(ws+"/tasks/groups?group_by=status", nil)},
		{"POST", ws + "/tasks/groups", "", everyMember, same(ws+"/tasks/groups?group_by=due", object{})},
		// A project in a body that one may not see is a mistake in the request, the same as one that does not exist.
		{"POST", ws + "/tasks", "", "+ + ! + + - - ! 0 ? ? - + 0", func(c *cast) (string, any) {
			return c.fill(ws + "/tasks"), object{"project": c.project, "title": "One more"}
		}},
		{"POST", ws + "/tasks", "open", "+ + + ! ! ! ! ! 0 ? ? - + 0", func(c *cast) (string, any) {
			return c.fill(ws + "/tasks"), object{"project": c.project, "title": "One more"}
		}},
		// A batch is refused as a whole, whatever it is in it that can't be done.
		{"POST", ws + "/tasks/batch", "", "+ + ! + + ! ! ! 0 ? ? - + 0", func(c *cast) (string, any) {
			return c.fill(ws + "/tasks/batch"), object{"changes": []object{{"op": "update", "id": c.task(), "patch": object{"title": "Other"}}}}
		}},
		{"GET", task, "", seesP, same(task, nil)},
		{"GET", task, "open", "+ + + 0 0 0 0 0 0 ? ? + - 0", same(task, nil)},
		{"PATCH", task, "", editsP, same(task, object{"title": "Other"})},
		{"PATCH", task, "open", "+ + + 0 0 0 0 0 0 ? ? - + 0", same(task, object{"title": "Other"})},
		{"DELETE", task, "", editsP, same(task, nil)},
		{"POST", task + "/restore", "", editsP, func(c *cast) (string, any) { return c.trashed() + "/restore", nil }},
		{"POST", task + "/move", "", editsP, same(task+"/move", object{})},
		{"GET", task + "/comments", "", seesP, same(task+"/comments", nil)},
		{"POST", task + "/comments", "", commentsInP, same(task+"/comments", object{"body": "Well"})},
		// Nobody changes another's words; the owner wrote this one, and so did her token.
		{"PATCH", task + "/comments/{comment}", "", "+ - 0 - - - - 0 0 ? ? - + 0", func(c *cast) (string, any) {
			return c.comment(), object{"body": "Well then"}
		}},
		{"DELETE", task + "/comments/{comment}", "", administersP, func(c *cast) (string, any) { return c.comment(), nil }},
		{"GET", task + "/attachments", "", seesP, same(task+"/attachments", nil)},
		{"POST", task + "/attachments", "", commentsInP, same(task+"/attachments", []byte{})},
		{"GET", task + "/attachments/{attachment}", "", seesP, func(c *cast) (string, any) { return c.file(), nil }},
		// The owner attached this one; whoever edits the task may remove it and take it back.
		{"DELETE", task + "/attachments/{attachment}", "", editsP, func(c *cast) (string, any) { return c.file(), nil }},
		{"POST", task + "/attachments/{attachment}/restore", "", editsP, func(c *cast) (string, any) { return c.thrownFile() + "/restore", nil }},
		{"POST", task + "/attachments/{attachment}/url", "", seesP, func(c *cast) (string, any) { return c.file() + "/url", nil }},
		// An address of the owner's is good for whoever has it.
		{"GET", "/files/{token}", "", anybody, func(c *cast) (string, any) { return c.owner().addressOf(c.file()), nil }},
		{"GET", task + "/relations", "", seesP, same(task+"/relations", nil)},
		{"POST", task + "/relations", "", editsP, func(c *cast) (string, any) {
			return c.fill(task + "/relations"), object{"type": "relates", "task": c.task()}
		}},
		{"DELETE", task + "/relations", "", editsP, func(c *cast) (string, any) {
			return c.fill(task+"/relations?type=relates&task=") + c.task(), nil
		}},
		{"GET", task + "/activity", "", seesP, same(task+"/activity", nil)},

		{"GET", ws + "/labels", "", everyMember, same(ws+"/labels", nil)},
		{"POST", ws + "/labels", "", noGuest, func(c *cast) (string, any) { return c.fill(ws + "/labels"), object{"name": newID()} }},
		{"PATCH", ws + "/labels/{label}", "", noGuest, func(c *cast) (string, any) {
			return c.fill(ws+"/labels/") + c.made("/labels", object{"name": newID()}), object{"color": "red"}
		}},
		{"DELETE", ws + "/labels/{label}", "", noGuest, func(c *cast) (string, any) {
			return c.fill(ws+"/labels/") + c.made("/labels", object{"name": newID()}), nil
		}},
		{"GET", ws + "/views", "", everyMember, same(ws+"/views", nil)},
		{"POST", ws + "/views", "", everyWriter, same(ws+"/views", object{"name": "Mine", "query": object{}})},
		// A shared view of the owner's: an admin moderates it, others only use it.
		{"PATCH", ws + "/views/{view}", "", "+ + - - - - - - 0 ? ? - + 0", func(c *cast) (string, any) { return c.view(true), object{"name": "Ours"} }},
		{"DELETE", ws + "/views/{view}", "", "+ + - - - - - - 0 ? ? - + 0", func(c *cast) (string, any) { return c.view(true), nil }},
		// A private one is nobody else's business, not even an admin's.
		{"PATCH", ws + "/views/{view}", "private", "+ 0 0 0 0 0 0 0 0 ? ? - + 0", func(c *cast) (string, any) { return c.view(false), object{"name": "Mine"} }},
		{"GET", ws + "/trash", "", everyMember, same(ws+"/trash", nil)},
		// What one may not see is as gone as what never was, and a deletion of that is done: nothing happens.
		{"DELETE", ws + "/trash/{type}/{id}", "", "+ + + + - - - + 0 ? ? - - 0", func(c *cast) (string, any) {
			return c.fill(ws+"/trash/task/") + c.idOf(c.trashed()), nil
		}},

		{"GET", ws + "/stats", "", everyMember, same(ws+"/stats", nil)},
		{"GET", ws + "/stats", "one project", seesP, same(ws+"/stats?project={project}", nil)},
		{"GET", ws + "/search", "", everyMember, same(ws+"/search?q=do", nil)},
		{"GET", ws + "/search", "one project", everyMember, same(ws+"/search?q=do&project={project}", nil)}, // a filter finds nothing where one sees nothing
		{"GET", ws + "/changes", "", everyMember, same(ws+"/changes", nil)},
		{"GET", ws + "/events", "", everyMember, same(ws+"/events", nil)},
		{"GET", ws + "/snapshot", "", everyMember, same(ws+"/snapshot", nil)},

		// Whoever may import is told that the file is no board; who may not does not come so far.
		{"POST", ws + "/imports", "", "! ! ! - - - - - 0 ? ? - - 0", same(ws+"/imports", []byte{})},
		// An import is seen by who began it alone, and this one, a dry run, has nothing to be undone.
		{"GET", ws + "/imports/{import}", "", "+ 0 0 0 0 0 0 0 0 ? ? - - 0", func(c *cast) (string, any) { return c.imported(), nil }},
		{"POST", ws + "/imports/{import}/undo", "", "409 0 0 0 0 0 0 0 0 ? ? - - 0", func(c *cast) (string, any) {
			return c.imported() + "/undo", nil
		}},
	}
}
