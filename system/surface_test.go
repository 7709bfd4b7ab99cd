package system

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
)

// surface is all that a caller can send: every route of the document with its parameters and the members of its body.
type surface struct {
	schemas object
	routes  []route
}

// route is one operation.
type route struct {
	method, path string
	params       []object // of the path, the query and the headers
	body         object   // the schema of its JSON, nil if it takes none
	form         bool     // it takes a multipart form
}

func (r route) name() string { return r.method + " " + r.path }

// parameters gives the names of the parameters that stand in the path, the query or the headers.
func (r route) parameters(in string) (names []string) {
	for _, p := range r.params {
		if p["in"] == in {
			names = append(names, p["name"].(string))
		}
	}
	return names
}

func (s *story) surface() surface {
	s.Helper()
	api := s.nobody.get("/openapi.json")
	out := surface{schemas: api.at("components").(object)["schemas"].(object)}
	for path, methods := range api.at("paths").(object) {
		for method, op := range methods.(object) {
			r := route{method: strings.ToUpper(method), path: path}
			some, _ := op.(object)["parameters"].([]any)
			for _, p := range some {
				r.params = append(r.params, p.(object))
			}
			if body, ok := op.(object)["requestBody"].(object); ok {
				for kind, media := range body["content"].(object) {
					if strings.HasSuffix(kind, "json") {
						r.body = media.(object)["schema"].(object)
					} else {
						r.form = true
					}
				}
			}
			out.routes = append(out.routes, r)
		}
	}
	sort.Slice(out.routes, func(i, j int) bool { return out.routes[i].name() < out.routes[j].name() })
	return out
}

// member is a place in a body: "place.after", "changes[].task.project".
type member struct {
	path   string
	schema object
}

// members lists all places in a body, as deep as it goes; what refers to itself is looked into once.
func (s surface) members(schema object) []member {
	var all []member
	seen := map[string]bool{}
	var walk func(path string, schema object, within []string)
	walk = func(path string, schema object, within []string) {
		if ref, ok := schema["$ref"].(string); ok {
			name := ref[strings.LastIndexByte(ref, '/')+1:]
			if !slices.Contains(within, name) {
				walk(path, s.schemas[name].(object), append(slices.Clone(within), name))
			}
			return
		}
		for _, of := range []string{"anyOf", "oneOf", "allOf"} {
			some, _ := schema[of].([]any)
			for _, one := range some {
				walk(path, one.(object), within)
			}
		}
		if path != "" && !seen[path] {
			seen[path] = true
			all = append(all, member{path, schema})
		}
		if items, ok := schema["items"].(object); ok {
			walk(path+"[]", items, within)
		}
		properties, _ := schema["properties"].(object)
		for name, of := range properties {
			walk(strings.TrimPrefix(path+"."+name, "."), of.(object), within)
		}
	}
	walk("", schema, nil)
	sort.Slice(all, func(i, j int) bool { return all[i].path < all[j].path })
	return all
}

// put gives a copy of a body with a value at a place.
func put(body any, path string, value any) any {
	if path == "" {
		return value
	}
	if rest, ok := strings.CutPrefix(path, "[]"); ok {
		list, _ := body.([]any)
		var first any
		if len(list) > 0 {
			first = list[0]
		}
		return []any{put(first, strings.TrimPrefix(rest, "."), value)}
	}
	at := strings.IndexAny(path, ".[")
	name, rest := path, ""
	if at >= 0 {
		name, rest = path[:at], strings.TrimPrefix(path[at:], ".")
	}
	old, _ := body.(object)
	return with(old, name, put(old[name], rest, value))
}

// estate is what a tenant has: one of everything, under the name of the parameter that leads to it.
type estate struct {
	owner *person
	ws    string
	ids   map[string]string
	key   string // of its task
}

// settle makes a workspace with one of everything in it; the words of it are the tenant's name.
func (s *story) settle(owner *person) *estate {
	s.Helper()
	e := &estate{owner: owner, ws: owner.home, ids: map[string]string{"ws": owner.home, "user": owner.id}}
	base, word := "/workspaces/"+e.ws, "of "+owner.name
	made := func(name, path string, body object) *answer {
		a := owner.makes(path, body)
		e.ids[name] = a.id()
		return a
	}
	made("project", base+"/projects", object{"name": word, "key": strings.ToUpper(owner.name)})
	project := base + "/projects/" + e.ids["project"]
	made("status", project+"/statuses", object{"name": word})
	e.key = made("task", base+"/tasks", object{"project": e.ids["project"], "title": word}).text("key")
	task := base + "/tasks/" + e.ids["task"]
	made("other", base+"/tasks", object{"project": e.ids["project"], "title": "Another " + word})
	made("comment", task+"/comments", object{"body": word})
	made("label", base+"/labels", object{"name": word})
	made("view", base+"/views", object{"name": word, "query": object{}})
	e.ids["attachment"] = owner.attaches(task, "of-"+owner.name+".txt", []byte(word), newID()).is(201).id()
	made("relation", task+"/relations", object{"type": "relates", "task": e.ids["other"]})
	made("invitation", base+"/invitations", object{"role": "guest"})
	made("trashed", base+"/tasks", object{"project": e.ids["project"], "title": "Trashed " + word})
	owner.delete(base + "/tasks/" + e.ids["trashed"]).is(204)
	made("token-id", "/auth/tokens", object{"name": word, "scopes": []string{"read"}})
	e.ids["session"] = owner.get("/auth/sessions").items()[0]["id"].(string)
	s.ws = base
	e.ids["import"] = owner.imports(smallBoard, object{"dry_run": "true"}).id()
	return e
}

var leftOver = regexp.MustCompile(`\{[a-z_-]+\}`)

// path fills a route's path in with what the estate has.
func (e *estate) path(t *testing.T, r route) string {
	t.Helper()
	path := strings.NewReplacer("/sessions/{id}", "/sessions/{session}", "/tokens/{id}", "/tokens/{token-id}", "{id}", "{trashed}", "{type}", "task", "{workspace}", "{ws}").Replace(r.path)
	for name, id := range e.ids {
		path = strings.ReplaceAll(path, "{"+name+"}", id)
	}
	if left := leftOver.FindString(path); left != "" && left != "{token}" {
		t.Errorf("%s: the estate has nothing for its path; make one in settle", r.name())
	}
	return path
}

// body gives what a route takes at the least, for something at a place in it. Routes that are new need a line here.
func (e *estate) body(t *testing.T, r route, place string) object {
	t.Helper()
	ids := e.ids
	switch r.name() {
	case "POST /workspaces/{ws}/tasks/batch":
		change := object{"op": "create", "task": object{"project": ids["project"], "title": "A"}}
		switch {
		case strings.HasPrefix(place, "changes[].patch"):
			change = object{"op": "update", "id": ids["task"], "patch": object{"priority": 1}}
		case place == "changes[].id":
			change = object{"op": "delete"}
		case !strings.HasPrefix(place, "changes[].task"):
			change = object{"op": "move", "id": ids["task"]}
		}
		return object{"changes": []any{change}}
	case "POST /auth/register":
		return object{"name": "Somebody", "email": newID() + "@example.org", "password": "some long password"}
	case "POST /auth/tokens":
		return object{"name": "A", "scopes": []string{"read"}}
	case "POST /workspaces", "POST /workspaces/{ws}/projects", "POST /workspaces/{ws}/projects/{project}/statuses":
		return object{"name": "A"}
	case "POST /workspaces/{ws}/labels":
		return object{"name": newID()}
	case "POST /workspaces/{ws}/views":
		return object{"name": "A", "query": object{}}
	case "POST /workspaces/{ws}/tasks":
		return object{"project": ids["project"], "title": "A"}
	case "POST /workspaces/{ws}/tasks/{task}/comments", "PATCH /workspaces/{ws}/tasks/{task}/comments/{comment}":
		return object{"body": "A"}
	case "POST /workspaces/{ws}/tasks/{task}/relations":
		return object{"type": "blocks", "task": ids["other"]}
	case "POST /workspaces/{ws}/invitations":
		return object{"role": "guest"}
	case "PATCH /workspaces/{ws}/members/{user}":
		return object{"role": "owner"}
	case "PUT /workspaces/{ws}/projects/{project}/members/{user}":
		return object{"role": "admin"}
	case "PATCH /me":
		return object{"theme": "dark"}
	case "PATCH /workspaces/{ws}", "PATCH /workspaces/{ws}/projects/{project}", "PATCH /workspaces/{ws}/projects/{project}/statuses/{status}",
		"PATCH /workspaces/{ws}/views/{view}":
		return object{"name": "Of " + e.owner.name}
	case "PATCH /workspaces/{ws}/labels/{label}":
		return object{"color": "red"}
	case "PATCH /workspaces/{ws}/tasks/{task}":
		return object{"priority": 1}
	case "POST /workspaces/{ws}/tasks/{task}/move", "POST /workspaces/{ws}/tasks/query", "POST /workspaces/{ws}/tasks/groups":
		return object{}
	case "POST /auth/login":
		return object{"email": e.owner.email, "password": "wrong"}
	case "POST /auth/password/forgot":
		return object{"email": "nobody@example.org"}
	case "POST /auth/password/reset":
		return object{"token": "guessed", "password": "some long password"}
	case "POST /auth/password/change":
		return object{"current": "wrong", "new": "some long password"}
	case "POST /auth/email/verify":
		return object{"token": "guessed"}
	case "PATCH /admin/users/{user}":
		return object{"admin": true}
	case "PATCH /admin/workspaces/{workspace}":
		return object{"owner": ids["user"]}
	case "DELETE /me":
		return object{"password": "wrong"}
	}
	t.Errorf("%s: what does it take at the least? Say so in (*estate).body", r.name())
	return object{}
}
