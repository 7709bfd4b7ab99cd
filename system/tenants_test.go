package system

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestIdsOfAnotherTenant sends the ids of another workspace's things to every place of every route that takes an id, and
// expects the answer that an id gets which nobody has ever used, and nothing to have changed over there.
func TestIdsOfAnotherTenant(t *testing.T) {
	srv := newServer(t, "", "RUNG_SIGNUP=open", "RUNG_PUBLIC_URL=http://rung.example.com")
	srv.start()
	s := &story{T: t, env: Env{BaseURL: srv.base(), SetupURL: srv.setup}, http: newHTTP()}
	s.nobody = &person{s: s, name: "nobody"}
	s.register("Root", object{"setup": s.setupToken()})
	bea, ada := s.settle(s.register("Bea", nil)), s.settle(s.register("Ada", nil))
	before := bea.all()

	c := &crossing{story: s, own: ada, foreign: bea}
	all := object{"name": "importer", "scopes": []string{"read", "write", "import"}}
	c.importer = ada.owner.as(ada.owner.makes("/auth/tokens", all).text("token"))
	var late []func() // what makes something of Ada's with a foreign id comes last
	surface := s.surface()
	for _, r := range surface.routes {
		if r.path == "/admin/users/{user}" { // whoever may call it may see everybody
			continue
		}
		for _, name := range r.parameters("path") {
			if name != "token" && name != "type" {
				c.path(r, name)
			}
		}
		for _, name := range slices.Concat(r.parameters("query"), r.parameters("header")) {
			c.parameter(r, name)
		}
		if r.body == nil {
			continue
		}
		for _, m := range surface.members(r.body) {
			switch kind := c.kind(r, m); {
			case kind == "new":
				late = append(late, func() { c.body(r, m.path) })
			case kind == "id":
				c.body(r, m.path)
			}
		}
	}
	for _, f := range []string{newID(), bea.ids["project"], bea.ids["task"]} {
		form := object{"source": "trello", "dry_run": "false", "project": f}
		started := ada.owner.upload("/workspaces/"+ada.ws+"/imports", form, smallBoard).is(http.StatusAccepted)
		var now *answer
		s.eventually("the import is over", func() bool {
			now = ada.owner.get("/workspaces/" + ada.ws + "/imports/" + started.id())
			return now.text("state") != "running"
		})
		now.has(object{"state": "failed", "error.code": "invalid", "error.detail": "The request is not valid: project must be a project that you can see"})
	}
	somebody := object{"id": bea.ids["user"], "name": "Not Bea", "email": "not-bea@example.org", "password": "some long password"}
	s.nobody.post("/auth/register", somebody).refused(http.StatusConflict, "id-taken")
	for _, f := range late {
		f()
	}
	if after := bea.all(); after != before {
		t.Errorf("something of the other tenant's has changed:\n%s\nwas\n%s", after, before)
	}
	t.Logf("%d requests with ids of another tenant", c.sent)
	if c.sent < 1000 {
		t.Error("that is too few: has the document changed its form?")
	}
	srv.stop()
}

// all is everything that the estate's owner sees.
func (e *estate) all() string {
	p := e.owner
	p.s.Helper()
	base := "/workspaces/" + e.ws
	var out strings.Builder
	for _, path := range []string{
		base, base + "/snapshot", base + "/members", base + "/invitations", base + "/trash", base + "/imports/" + e.ids["import"],
		"/me", "/workspaces", "/auth/tokens", base + "/tasks/" + e.key + "/activity",
	} {
		out.Write(p.get(path).body)
	}
	return out.String()
}

// crossing is one tenant who names what is another's.
type crossing struct {
	*story
	own, foreign *estate
	importer     *person // the own estate's owner, who may say who wrote something
	sent         int
}

// kind says what a member of a body is: an id of something that is there, of something that is to be made, or no id. A
// new kind of member that holds an id under another form must be told here.
func (c *crossing) kind(r route, m member) string {
	name := m.path[strings.LastIndexAny(m.path, ".]")+1:]
	switch {
	case r.path == "/auth/register" && name == "id", r.path == "/auth/login":
		return "" // an account's id is tried by itself
	case name == "id" && r.method == http.MethodPost && !strings.HasPrefix(m.path, "changes[].id") && !strings.Contains(m.path, "external"):
		return "new"
	case m.schema["format"] == "uuid", slices.Contains([]string{"parent", "after", "before", "task", "id"}, name) && !strings.Contains(m.path, "external"):
		return "id"
	case (strings.HasSuffix(r.path, "/tasks/query") || strings.HasSuffix(r.path, "/tasks/groups")) && name == "value", strings.HasSuffix(m.path, "query.value"):
		return "id"
	}
	return ""
}

// each gives foreign ids, each with a made-up one of the same form.
func (c *crossing) each(try func(foreign, random string)) {
	for _, id := range c.foreign.ids {
		try(id, newID())
	}
	try(c.foreign.key, "ZZZ-77777")
}

var requestIDs = regexp.MustCompile(`"request_id":"[^"]*"`)

// alike sends the same request twice, with the foreign id and with the random one, and compares what comes.
func (c *crossing) alike(what string, send func(id string) (int, string), foreign, random string) {
	c.Helper()
	c.sent++
	status, body := send(foreign)
	wantStatus, want := send(random)
	if strings.Contains(body, "Bea") {
		c.Errorf("%s tells of another tenant: %d %s", what, status, body)
	}
	if status != wantStatus {
		c.Errorf("%s: %d %s, and for a random id %d %s", what, status, body, wantStatus, want)
		return
	}
	if status >= 500 {
		c.Errorf("%s: %d %s", what, status, body)
	}
	if status < 400 { // what was made or listed; its numbers differ
		return
	}
	body, want = requestIDs.ReplaceAllString(body, ""), requestIDs.ReplaceAllString(want, "")
	if strings.ReplaceAll(body, foreign, "ID") != strings.ReplaceAll(want, random, "ID") {
		c.Errorf("%s: a foreign id is told from a random one:\n%s\n%s", what, body, want)
	}
}

func (c *crossing) send(method, path string, body any, header ...string) (int, string) {
	c.Helper()
	p := c.own.owner
	if strings.Contains(asJSON(body), `"author"`) {
		p = c.importer
	}
	a := p.ask(method, path, body)
	for i := 0; i+1 < len(header); i += 2 {
		a.with(header[i], header[i+1])
	}
	resp, err := a.open()
	if err != nil {
		c.Fatal(err)
	}
	defer resp.Body.Close()
	if strings.Contains(path, "/events") && resp.StatusCode == http.StatusOK {
		return resp.StatusCode, ""
	}
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		c.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

// least is the least that a route takes.
func (c *crossing) least(r route) any {
	switch {
	case r.body != nil:
		return c.own.body(c.T, r, "")
	case r.form:
		return []byte("--x--")
	}
	return nil
}

func (c *crossing) path(r route, name string) {
	c.Helper()
	at := strings.Index(r.path, "{"+name+"}")
	c.each(func(foreign, random string) {
		c.alike(r.name()+" in its path under "+name, func(id string) (int, string) {
			one := r
			one.path = r.path[:at] + id + r.path[at+len(name)+2:]
			path := c.own.path(c.T, one)
			return c.send(r.method, path+c.query(r, ""), c.least(r), "Content-Type", c.contentType(r))
		}, foreign, random)
	})
}

func (c *crossing) contentType(r route) string {
	switch {
	case r.form:
		return "multipart/form-data; boundary=x"
	case r.method == http.MethodPatch:
		return "application/merge-patch+json"
	}
	return "application/json"
}

// query gives what a route's query must have, with another parameter in front.
func (c *crossing) query(r route, more string) string {
	for _, p := range r.params {
		if name := p["name"].(string); p["in"] == "query" && p["required"] == true && !strings.HasPrefix(more, name+"=") {
			value := map[string]string{"group_by": "status", "type": "relates", "task": c.own.ids["other"], "q": "a"}[name]
			if value == "" {
				c.Errorf("%s: what must its parameter %s be? Say so in (*crossing).query", r.name(), name)
			}
			more = strings.TrimPrefix(more+"&"+name+"="+value, "&")
		}
	}
	if more != "" {
		more = "?" + more
	}
	return more
}

// parameter tries a parameter of the query or a header that may hold an id, and those that hold a place in a history.
func (c *crossing) parameter(r route, name string) {
	c.Helper()
	switch name {
	case "project", "status", "assignee", "label", "parent", "task", "move_to", "external":
		c.each(func(foreign, random string) {
			c.alike(r.name()+" in its query under "+name, func(id string) (int, string) {
				return c.send(r.method, c.own.path(c.T, r)+c.query(r, name+"="+id), c.least(r))
			}, foreign, random)
		})
	case "since", "Last-Event-ID":
		epoch, seq := c.foreign.owner.get("/workspaces/" + c.foreign.ws + "/projects").seq()
		for _, n := range []int64{0, 1, seq, seq + 1} {
			c.alike(r.name()+" under "+name, func(epoch string) (int, string) {
				point := fmt.Sprintf("%s-%d", epoch, n)
				if name == "since" {
					return c.send(r.method, c.own.path(c.T, r)+"?since="+point, nil)
				}
				return c.send(r.method, c.own.path(c.T, r), nil, name, point)
			}, epoch, newID()[:len(epoch)])
		}
	case "cursor": // see TestCursorsOfOthers
	case "limit", "sort", "fields", "tz", "priority", "category", "completed", "due_before", "due_after", "created_after", "created_before",
		"updated_after", "q", "days", "until", "disposition", "type", "group_by", "If-Match", "If-None-Match", "If-Range", "Range", "Rung-Base-Version", "Origin", "Cookie", "rung_refresh":
	default:
		if !strings.HasPrefix(r.path, "/auth/") && !strings.HasPrefix(r.path, "/admin/") {
			c.Errorf("%s: may its parameter %s hold an id? Say so in (*crossing).parameter", r.name(), name)
		}
	}
}

func (c *crossing) body(r route, place string) {
	c.Helper()
	c.each(func(foreign, random string) {
		if place == "id" && (r.path == "/workspaces" || r.path == "/auth/tokens") && foreign == c.foreign.ids["ws"] {
			return // a workspace's own id is known to nobody outside of it, and the second to use it is refused
		}
		c.alike(r.name()+" in its body under "+place, func(id string) (int, string) {
			body := put(c.own.body(c.T, r, place), place, id)
			if strings.HasSuffix(place, "value") {
				for _, field := range []string{"field", "op"} {
					body = put(body, strings.TrimSuffix(place, "value")+field, map[string]string{"field": "project", "op": "eq"}[field])
				}
			}
			return c.send(r.method, c.own.path(c.T, r)+c.query(r, ""), body)
		}, foreign, random)
	})
}

// TestCursorsOfOthers gives every list the cursors of every other, of another user and of another workspace, and cursors
// in which bits were turned: a cursor says where to go on, never what may be seen.
func TestCursorsOfOthers(t *testing.T) {
	srv := newServer(t, "", "RUNG_SIGNUP=open", "RUNG_PUBLIC_URL=http://rung.example.com")
	srv.start()
	s := &story{T: t, env: Env{BaseURL: srv.base(), SetupURL: srv.setup}, http: newHTTP()}
	s.nobody = &person{s: s, name: "nobody"}
	s.register("Root", object{"setup": s.setupToken()})
	var estates []*estate
	for _, name := range []string{"Bea", "Ada"} {
		e := s.settle(s.register(name, nil))
		s.settleMore(e)
		estates = append(estates, e)
	}
	type list struct {
		route route
		query string
	}
	var lists []list
	var cursors []string
	for _, r := range s.surface().routes {
		if r.method != http.MethodGet || !slices.Contains(r.parameters("query"), "cursor") || strings.HasPrefix(r.path, "/admin") {
			continue
		}
		queries := []string{""}
		if strings.HasSuffix(r.path, "/tasks") {
			queries = []string{"", "&sort=position", "&sort=-due", "&sort=title", "&sort=priority", "&priority=1"}
		}
		if slices.Contains(r.parameters("query"), "q") && !strings.HasSuffix(r.path, "/tasks") {
			queries = []string{"&q=of"}
		}
		for _, q := range queries {
			lists = append(lists, list{r, q})
			for _, e := range estates {
				first := e.owner.ask(http.MethodGet, e.path(t, r)+"?limit=1"+q, nil).send()
				if next, _ := first.at("next_cursor").(string); next != "" {
					cursors = append(cursors, next)
				}
			}
		}
	}
	if len(cursors) < 12 {
		t.Errorf("only %d lists are long enough to have a cursor", len(cursors))
	}
	for _, c := range slices.Clone(cursors) {
		for i := range c {
			if i%5 == 0 {
				turned := []byte(c)
				turned[i] ^= 1 << (i % 7)
				cursors = append(cursors, string(turned))
			}
		}
		cursors = append(cursors, c+"A", c[1:], c[:len(c)-1], c+"=", strings.ToUpper(c))
	}
	cursors = append(cursors, "", "e30", "bnVsbA", "W10", "AAAA", strings.Repeat("A", 1000), strings.Repeat("A", 1001), "../../x", "%00")
	ada := estates[1]
	asked := 0
	for _, l := range lists {
		own := map[string]bool{}
		for _, o := range ada.owner.list(ada.path(t, l.route)+"?"+strings.TrimPrefix(l.query, "&"), 200) {
			own[asJSON(o["id"])] = true
		}
		for _, c := range cursors {
			asked++
			a := ada.owner.ask(http.MethodGet, ada.path(t, l.route)+"?cursor="+url.QueryEscape(c)+l.query, nil).send()
			switch a.status {
			case http.StatusOK:
				for _, o := range a.items() {
					if !own[asJSON(o["id"])] {
						t.Errorf("%s%s shows %s by the cursor %s", l.route.name(), l.query, asJSON(o), c)
					}
				}
			case http.StatusUnprocessableEntity, http.StatusBadRequest:
			default:
				t.Errorf("%s: %d %s by the cursor %s", l.route.name(), a.status, a.body, c)
			}
		}
	}
	t.Logf("%d lists asked with %d cursors, %d requests", len(lists), len(cursors), asked)
	srv.stop()
}

// settleMore makes every list of an estate longer than a page of one.
func (s *story) settleMore(e *estate) {
	p, base := e.owner, "/workspaces/"+e.ws
	project, task := base+"/projects/"+e.ids["project"], base+"/tasks/"+e.ids["task"]
	p.makes(base+"/projects", object{"name": "Second of " + p.name})
	p.makes(base+"/labels", object{"name": "second of " + p.name})
	p.makes(base+"/views", object{"name": "Second of " + p.name, "query": object{}})
	p.makes(base+"/invitations", object{"role": "guest"})
	p.makes("/workspaces", object{"name": "Second of " + p.name})
	p.makes("/auth/tokens", object{"name": "second of " + p.name, "scopes": []string{"read"}})
	p.makes(task+"/comments", object{"body": "Second of " + p.name})
	for i := range 3 {
		id := p.makes(base+"/tasks", object{"project": e.ids["project"], "title": fmt.Sprint("Task of ", p.name, i), "priority": 1, "due": "2031-01-01"}).id()
		p.makes(task+"/relations", object{"type": "blocks", "task": id})
	}
	for range 2 {
		id := p.makes(base+"/tasks", object{"project": e.ids["project"], "title": "Gone of " + p.name}).id()
		p.delete(base + "/tasks/" + id).is(http.StatusNoContent)
	}
	p.patch(task, object{"priority": 2}).is(http.StatusOK)
	p.get(project)
}
