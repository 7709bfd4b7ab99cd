package system

import (
	"net/http"
	"slices"
	"sort"
	"strings"
	"testing"
)

// TestFieldsOfTheServersOwn sends every field that an answer can have, and some that none has, with every write that does
// not take it, and expects it to be refused by its name: never taken, and never passed over without a word.
func TestFieldsOfTheServersOwn(t *testing.T) {
	srv := newServer(t, "", "RUNG_SIGNUP=open")
	srv.start()
	s := &story{T: t, env: Env{BaseURL: srv.base(), SetupURL: srv.setup}, http: newHTTP()}
	s.nobody = &person{s: s, name: "nobody"}
	root := s.register("Root", object{"setup": s.setupToken()})
	e := s.settle(s.register("Ada", nil))
	before := e.all()
	surface := s.surface()
	fields := surface.answered()
	for _, f := range []string{"workspace_id", "user_id", "is_admin", "password_hash", "disabled", "seq", "epoch", "meta", "__proto__", "constructor", "Title", "ID"} {
		fields[f] = true
	}
	for _, f := range []string{"version", "number", "key", "created_by", "deleted_at", "subscribers", "child_done_count", "position", "owner", "admin"} {
		if !fields[f] {
			t.Errorf("no answer has a field %s: has the document changed its form?", f)
		}
	}
	sent := 0
	for _, r := range surface.routes {
		if r.body == nil || strings.HasSuffix(r.path, "/tasks/query") {
			continue
		}
		who := e.owner
		if strings.HasPrefix(r.path, "/admin") {
			who = root
		}
		own := surface.properties(r.body)
		for _, place := range surface.objects(r.body) {
			own := own
			if place != "" {
				own = nil
				for _, m := range surface.members(r.body) {
					if rest, ok := strings.CutPrefix(m.path, place+"."); ok {
						own = append(own, rest)
					}
				}
			}
			not := slices.DeleteFunc(sorted(fields), func(f string) bool { return slices.Contains(own, f) })
			for some := range slices.Chunk(not, 40) {
				sent += len(some)
				var body any = e.body(t, r, place+".")
				for _, f := range some {
					body = put(body, strings.TrimPrefix(place+"."+f, "."), "2020-01-01T00:00:00Z")
				}
				s.refusesEach(who.ask(r.method, e.path(t, r), body).send(), place, some)
			}
		}
	}
	// What scope import alone may say is refused to a session.
	task := "/workspaces/" + e.ws + "/tasks"
	for f, v := range map[string]any{
		"created_at": "2020-01-01T00:00:00Z", "completed_at": "2020-01-01T00:00:00Z", "author": object{"user": nil, "name": "Somebody"},
	} {
		e.owner.patch(task+"/"+e.ids["task"], object{f: v}).is(http.StatusUnprocessableEntity)
		e.owner.post(task, object{"project": e.ids["project"], "title": "A", f: v}).is(http.StatusUnprocessableEntity)
		e.owner.post(task+"/batch", object{"changes": []object{{"op": "update", "id": e.key, "patch": object{f: v}}}}).is(http.StatusUnprocessableEntity)
	}
	if after := e.all(); after != before {
		t.Errorf("something was taken:\n%s\nwas\n%s", after, before)
	}
	t.Logf("%d fields sent where they are not taken", sent)
	if sent < 1000 {
		t.Error("that is too few")
	}
	srv.stop()
}

// refusesEach expects a refusal that names each of the fields, or the object that they stand in where that may have one of
// several forms.
func (s *story) refusesEach(a *answer, place string, fields []string) {
	s.Helper()
	if a.status != http.StatusUnprocessableEntity {
		s.Errorf("%s with %s and %v: %d %s", a.what, place, fields, a.status, a.body)
	}
	place = strings.ReplaceAll(place, "[]", "[0]")
	if strings.Contains(string(a.body), `"field":"`+place+`"`) {
		return
	}
	for _, f := range fields {
		if named := strings.TrimPrefix(place+"."+f, "."); !strings.Contains(string(a.body), `"field":"`+named+`"`) {
			s.Errorf("%s does not refuse %s: %s", a.what, named, a.body)
		}
	}
}

// answered names every field that an answer may have, at any depth.
func (s surface) answered() map[string]bool {
	fields := map[string]bool{}
	for _, schema := range s.schemas {
		for _, m := range s.members(schema.(object)) {
			name := m.path[strings.LastIndexAny(m.path, ".]")+1:]
			if name != "" {
				fields[name] = true
			}
		}
	}
	delete(fields, "$schema")
	return fields
}

// properties are the members that a body itself may have.
func (s surface) properties(schema object) (names []string) {
	for _, m := range s.members(schema) {
		if !strings.ContainsAny(m.path, ".[") {
			names = append(names, m.path)
		}
	}
	return names
}

// objects are the places in a body where an object stands whose members are known, itself first.
func (s surface) objects(schema object) []string {
	places := map[string]bool{"": true}
	for _, m := range s.members(schema) {
		if at := strings.LastIndexByte(m.path, '.'); at > 0 {
			places[m.path[:at]] = true
		}
	}
	return sorted(places)
}

func sorted(set map[string]bool) []string {
	all := make([]string, 0, len(set))
	for k := range set {
		all = append(all, k)
	}
	sort.Strings(all)
	return all
}
