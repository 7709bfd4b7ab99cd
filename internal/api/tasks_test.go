package api

import (
	"strings"
	"testing"

	"github.com/google/uuid"
)

func TestATaskFromFirstToLast(t *testing.T) {
	b := newBoard(t)
	project, web := b.project(`{"name":"Website","key":"WEB"}`)
	doing := b.do("ann", "GET", project+"/statuses", "", 200).text("items.2.id")
	id := uuid.Must(uuid.NewV7()).String()
	request := `{"id":"` + id + `","project":"` + web + `","title":"Ship <it>","description":"a\r\n*b*","due":"2026-12-24","priority":2}`

	made := b.do("bob", "POST", "/tasks", request, 201)
	expect(t, "key", made.at("key"), "WEB-1")
	expect(t, "due", made.at("due.date"), "2026-12-24")
	expect(t, "title", made.at("title"), "Ship <it>")
	expect(t, "ETag", made.header.Get("ETag"), `"`+made.text("version")+`"`)
	if !strings.Contains(made.body, `"description":"a\r\n*b*"`) || !strings.Contains(made.body, "<it>") {
		t.Errorf("words were changed: %s", made.body)
	}
	expect(t, "the same again", b.do("bob", "POST", "/tasks", request, 200).at("id"), id)
	b.do("bob", "POST", "/tasks", strings.Replace(request, "Ship", "Sink", 1), 409)

	byKey := b.do("gus bob", "GET", "/tasks/WEB-1", "", 403) // a token without scopes
	expect(t, "code", byKey.problem(t).Code, "insufficient-scope")
	b.do("gus", "GET", "/tasks/WEB-1", "", 404)
	b.do("eve", "GET", "/tasks/WEB-1", "", 404)
	got := b.do("bob read", "GET", "/tasks/web-1", "", 200)
	again := b.do("bob", "GET", "/tasks/"+id, "", 304, "If-None-Match", got.header.Get("ETag"))
	expect(t, "body of 304", again.body, "")

	v1 := got.text("version")
	patched := b.do("bob", "PATCH", "/tasks/WEB-1",
		`{"status":"`+doing+`","due":{"date":"2026-12-25","time":"17:00","time_zone":"Europe/Berlin"},"assignees_add":["`+b.people["ann"].String()+`"]}`,
		200, "Content-Type", "application/merge-patch+json", "If-Match", `"`+v1+`"`)
	expect(t, "due_at", patched.at("due_at"), "2026-12-25T16:00:00.000Z")
	expect(t, "assignees", patched.at("assignees.0"), b.people["ann"])
	expect(t, "due is cleared", b.do("ann", "PATCH", "/tasks/WEB-1", `{"due":null}`, 200).at("due"), nil)

	b.do("ann", "PATCH", "/tasks/WEB-1", `{"title":"Mine"}`, 412, "If-Match", `"`+v1+`"`)
	b.do("ann", "PATCH", "/tasks/WEB-1", `{"title":"Mine"}`, 412, "If-Match", `W/"`+v1+`"`)
	now := b.do("ann", "GET", "/tasks/WEB-1", "", 200).header.Get("ETag")
	b.do("ann", "PATCH", "/tasks/WEB-1", `{"priority":2}`, 200, "If-Match", "W/"+now) // as behind a proxy that compresses
	b.do("ann", "PATCH", "/tasks/WEB-1", `{"title":"Mine"}`, 200, "Rung-Base-Version", v1)
	stale := b.do("bob", "PATCH", "/tasks/WEB-1", `{"title":"Ours"}`, 412, "Rung-Base-Version", v1)
	expect(t, "conflict", stale.at("conflicts.0.field"), "title")
	expect(t, "theirs", stale.at("conflicts.0.theirs"), "Mine")
	for _, bad := range []string{"7", `W/7`, `"x"`, `"0"`, `"1", "2"`} {
		b.do("bob", "PATCH", "/tasks/WEB-1", `{"title":"Ours"}`, 422, "If-Match", bad)
	}
	b.do("bob read", "PATCH", "/tasks/WEB-1", `{"title":"Ours"}`, 403)
	for body, field := range map[string]string{
		`{"title":null}`:                        "title",
		`{"titel":"x"}`:                         "titel",
		`{"priority":9}`:                        "priority",
		`{"due":"tomorrow"}`:                    "due",
		`{"due":{"date":"2026-13-01"}}`:         "due",
		`{"due":{"date":"2026-01-01","at":1}}`:  "due",
		`{"place":"middle"}`:                    "place",
		`{"place":{"after":"a","before":"b"}}`:  "place",
		`{"assignees":["x"]}`:                   "assignees[0]",
		`{"created_at":"2020-01-01T00:00:00Z"}`: "created_at",
		`{"custom":[]}`:                         "custom",
		`{"external":{"source":"x"}}`:           "external.id",
		`{"labels_add":null,"title":""}`:        "title",
	} {
		p := b.do("bob", "PATCH", "/tasks/WEB-1", body, 422).problem(t)
		if len(p.Errors) == 0 || p.Errors[0].Field != field {
			t.Errorf("%s: %+v", body, p.Errors)
		} else if strings.Contains(p.Errors[0].Message, "schema") {
			t.Errorf("%s: %q is no sentence for people", body, p.Errors[0].Message)
		}
	}

	app, appID := b.project(`{"name":"App","key":"APP"}`)
	moved := b.do("bob", "POST", "/tasks/WEB-1/move", `{"project":"`+appID+`"}`, 200)
	expect(t, "key", moved.at("key"), "APP-1")
	expect(t, "former key", b.do("bob", "GET", "/tasks/WEB-1", "", 200).at("key"), "APP-1")
	fresh := b.do("ann", "PATCH", app, `{"key":"NEW"}`, 200)
	expect(t, "new key", fresh.at("key"), "NEW")
	renamed := b.do("bob", "GET", "/tasks/"+id, "", 200, "If-None-Match", moved.header.Get("ETag"))
	expect(t, "key after the project's", renamed.at("key"), "NEW-1") // though the task's version is the same

	for range 2 {
		b.do("bob", "DELETE", "/tasks/"+id, "", 204)
	}
	trash := b.do("bob", "GET", "/trash", "", 200)
	expect(t, "trash", trash.at("items.0.id"), id)
	b.do("bob", "DELETE", "/trash/task/"+id, "", 403)
	expect(t, "restored", b.do("bob", "POST", "/tasks/"+id+"/restore", "", 200).at("deleted_at"), nil)
	b.do("ann", "DELETE", "/trash/task/"+id, "", 404)
	b.do("ann", "DELETE", "/tasks/"+id, "", 204, "If-Match", `"`+b.do("ann", "GET", "/tasks/"+id, "", 200).text("version")+`"`)
	b.do("ann write", "DELETE", "/trash/task/"+id, "", 403)
	for range 2 {
		b.do("ann", "DELETE", "/trash/task/"+id, "", 204)
	}
	b.do("ann", "GET", "/tasks/"+id, "", 404)
	b.do("ann", "DELETE", "/trash/label/"+id, "", 422)
}

func TestListsOfTasks(t *testing.T) {
	b := newBoard(t)
	_, web := b.project(`{"name":"Website","key":"WEB"}`)
	_, secret := b.project(`{"name":"Secret","key":"SEC","access":"private"}`)
	label := b.do("ann", "POST", "/labels", `{"name":"bug"}`, 201).text("id")
	b.do("ann", "POST", "/tasks", `{"project":"`+web+`","title":"b","priority":1,"labels":["`+label+`"],"due":"2026-01-02"}`, 201)
	b.do("ann", "POST", "/tasks", `{"project":"`+web+`","title":"a","assignees":["`+b.people["bob"].String()+`"],"description":"needle"}`, 201)
	b.do("ann", "POST", "/tasks", `{"project":"`+web+`","title":"c","created_at":"2020-01-01T00:00:00Z"}`, 422)
	b.do("ann import write", "POST", "/tasks", `{"project":"`+web+`","title":"c","external":{"source":"trello","id":"x:1"},"created_at":"2020-01-01T00:00:00Z","author":{"user":null,"name":"Somebody"}}`, 201)
	b.do("ann", "POST", "/tasks", `{"project":"`+secret+`","title":"hidden"}`, 201)

	for query, want := range map[string]string{
		"project=" + web:                                "b a c",
		"project=" + web + "&sort=title":                "a b c",
		"project=" + web + "&sort=-title":               "c b a",
		"project=" + web + "&sort=created":              "c b a",
		"assignee=me":                                   "a",
		"assignee=none&sort=title":                      "b c",
		"label=" + label:                                "b",
		"label=none&sort=title":                         "a c",
		"priority=1,2":                                  "b",
		"due_before=2026-01-03":                         "b",
		"due_before=2026-01-02":                         "",
		"due_after=2026-01-02&tz=Asia/Tokyo":            "b",
		"created_before=2021-01-01":                     "c",
		"updated_after=2021-01-01&sort=title":           "a b c",
		"q=NEEDLE":                                      "a",
		"external=trello:x:1":                           "c",
		"completed=true":                                "",
		"completed=false&sort=title":                    "a b c",
		"category=todo,doing&sort=title":                "a b c",
		"category=done":                                 "",
		"parent=none&sort=title":                        "a b c",
		"project=" + web + "," + secret + "&priority=1": "b",
	} {
		for range 2 { // the second time from memory
			expect(t, query, b.do("bob", "GET", "/tasks?"+query, "", 200).all("items", "title"), want)
		}
	}
	for query, field := range map[string]string{
		"projects=x":           "projects",
		"project=x":            "project",
		"priority=9":           "priority",
		"priority=1,x":         "priority",
		"sort=size":            "sort",
		"fields=all":           "fields",
		"tz=Mars":              "tz",
		"tz=Local&due_after=x": "tz",
		"due_before=soon":      "due_before",
		"completed=maybe":      "completed",
		"category=later":       "category[0]",
		"limit=0":              "limit",
		"limit=201":            "limit",
		"cursor=x":             "cursor",
	} {
		p := b.do("bob", "GET", "/tasks?"+query, "", 422).problem(t)
		if len(p.Errors) == 0 || p.Errors[0].Field != field {
			t.Errorf("%s: %+v", query, p.Errors)
		}
	}

	first := b.do("bob", "GET", "/tasks?limit=2&sort=title&project="+web, "", 200)
	second := b.do("bob", "GET", "/tasks?limit=2&sort=title&project="+web+"&cursor="+first.text("next_cursor"), "", 200)
	expect(t, "two pages", first.all("items", "title")+" | "+second.all("items", "title"), "a b | c")
	expect(t, "the end", second.at("next_cursor"), nil)
	b.do("bob", "GET", "/tasks?sort=due&cursor="+first.text("next_cursor"), "", 422)
	expect(t, "compact", b.do("bob", "GET", "/tasks?q=needle&fields=compact", "", 200).at("items.0.description"), nil)
	if tag := first.header.Get("ETag"); tag == "" {
		t.Error("a list has no ETag")
	} else {
		b.do("bob", "GET", "/tasks?limit=2&sort=title&project="+web, "", 304, "If-None-Match", tag)
	}

	tree := `{"any":[{"field":"priority","op":"eq","value":1},{"not":{"field":"text","op":"contains","value":"needle"}}]}`
	expect(t, "a tree", b.do("bob", "POST", "/tasks/query?sort=title", tree, 200).all("items", "title"), "b c")
	expect(t, "no tree", b.do("bob", "POST", "/tasks/query?sort=title", `{}`, 200).all("items", "title"), "a b c")
	tree = `{"all":[{"field":"priority","op":"in","value":[0,1]}],"any":[{"field":"title","op":"contains","value":"a"},{"field":"title","op":"contains","value":"b"}],"not":{"field":"priority","op":"eq","value":1}}`
	expect(t, "all, any and not at once", b.do("bob", "POST", "/tasks/query", tree, 200).all("items", "title"), "a")
	for bad, field := range map[string]string{
		`{"field":"x","op":"eq"}`:                                        "field",
		`{"field":"priority","op":"eq","value":"high"}`:                  "body",
		`{"not":{"any":[{"field":"priority","op":"eq","value":9}]}}`:     "not.any[0]",
		`{"all":[{"field":"priority","op":"eq","value":9}]}`:             "all[0]",
		`{"field":"priority","op":"eq","value":1,"not":{"field":"due"}}`: "body",
		`{"filters":{}}`: "filters",
	} {
		p := b.do("bob", "POST", "/tasks/query", bad, 422).problem(t)
		if len(p.Errors) == 0 || p.Errors[0].Field != field {
			t.Errorf("%s: %+v", bad, p.Errors)
		}
	}

	groups := b.do("bob", "GET", "/tasks/groups?group_by=priority&limit=1&project="+web, "", 200)
	expect(t, "groups", groups.all("groups", "key"), "1 0")
	expect(t, "count", groups.at("groups.1.count"), 2)
	rest := b.do("bob", "GET", "/tasks?priority=0&limit=1&project="+web+"&cursor="+groups.text("groups.1.next_cursor"), "", 200)
	expect(t, "the rest of a group", rest.all("items", "title"), "c")
	expect(t, "days", b.do("bob", "GET", "/tasks/groups?group_by=due", "", 200).all("groups", "key"), "overdue none")
	b.do("bob", "GET", "/tasks/groups?group_by=size", "", 422)
	b.do("bob", "GET", "/tasks/groups", "", 422)
	b.do("eve", "GET", "/tasks", "", 404)
	expect(t, "a guest's list", b.do("gus", "GET", "/tasks", "", 200).all("items", "title"), "")
	expect(t, "the owner's list", b.do("ann", "GET", "/tasks?q=hidden", "", 200).all("items", "title"), "hidden")
}

func TestBatch(t *testing.T) {
	b := newBoard(t)
	_, web := b.project(`{"name":"Website","key":"WEB"}`)
	path, id := b.task(web, "one")
	child := uuid.Must(uuid.NewV7()).String()
	got := b.do("bob", "POST", "/tasks/batch", `{"changes":[
		{"op":"create","task":{"id":"`+child+`","project":"`+web+`","title":"two","parent":"WEB-1","place":"first"}},
		{"op":"update","id":"`+id+`","patch":{"title":"One"}},
		{"op":"move","id":"`+child+`","place":{"after":"`+id+`"}},
		{"op":"delete","id":"`+child+`"}]}`, 200)
	expect(t, "results", got.all("results", "created"), "true false false false")
	expect(t, "the second", got.at("results.1.task.title"), "One")
	expect(t, "the last", got.at("results.3.task"), nil)

	for body, field := range map[string]string{
		`{"op":"update","id":"WEB-1","patch":{"title":""}}`:              "changes[1].title",
		`{"op":"update","id":"WEB-1","patch":{"titel":"x"}}`:             "changes[1].patch.titel",
		`{"op":"update","id":"WEB-1","patch":{"title":null}}`:            "changes[1].patch.title",
		`{"op":"update","id":"WEB-1"}`:                                   "changes[1].patch",
		`{"op":"create"}`:                                                "changes[1].task",
		`{"op":"delete"}`:                                                "changes[1].id",
		`{"op":"grow","id":"WEB-1"}`:                                     "changes[1].op",
		`{"op":"delete","id":"WEB-99"}`:                                  "changes[1]",
		`{"op":"create","task":{"project":"` + web + `"}}`:               "changes[1].task.title",
		`{"op":"move","id":"WEB-1","status":"` + uuid.NewString() + `"}`: "changes[1].status",
	} {
		p := b.do("bob", "POST", "/tasks/batch", `{"changes":[{"op":"update","id":"WEB-1","patch":{"title":"Nobody sees this"}},`+body+`]}`, 422).problem(t)
		if len(p.Errors) == 0 || p.Errors[0].Field != field {
			t.Errorf("%s: %+v", body, p.Errors)
		}
	}
	expect(t, "title after refused batches", b.do("bob", "GET", path, "", 200).at("title"), "One")
	b.do("bob", "POST", "/tasks/batch", `{"changes":[]}`, 422)
	many := strings.Repeat(`{"op":"delete","id":"WEB-1"},`, 501)
	b.do("bob", "POST", "/tasks/batch", `{"changes":[`+many[:len(many)-1]+`]}`, 422)
	b.do("bob", "POST", "/tasks/batch", `{"changes":[{"op":"update","id":"WEB-1","patch":{"title":"x"},"if_version":1}]}`, 412)
	b.do("gus", "POST", "/tasks/batch", `{"changes":[{"op":"delete","id":"WEB-1"}]}`, 422)
	b.do("eve", "POST", "/tasks/batch", `{"changes":[{"op":"delete","id":"WEB-1"}]}`, 404)
}
