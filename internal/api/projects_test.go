package api

import (
	"strings"
	"testing"

	"github.com/google/uuid"
)

func TestProjects(t *testing.T) {
	b := newBoard(t)
	id := uuid.Must(uuid.NewV7()).String()
	request := `{"id":"` + id + `","name":"Website","key":"WEB","statuses":[{"name":"Open"},{"name":"Closed","category":"done"}]}`
	made := b.do("bob", "POST", "/projects", request, 201)
	expect(t, "statuses", made.all("statuses", "category"), "todo done")
	b.do("bob", "POST", "/projects", request, 200)
	b.do("bob", "POST", "/projects", `{"id":"`+id+`","name":"Other"}`, 409)
	b.do("bob", "POST", "/projects", `{"name":"Other","key":"WEB"}`, 409)
	b.do("gus", "POST", "/projects", `{"name":"Other"}`, 403)
	b.do("bob", "POST", "/projects", `{"name":""}`, 422)
	b.do("bob", "POST", "/projects", `{"name":"x","statuses":[{"name":"Open","category":"later"}]}`, 422)
	b.do("eve", "GET", "/projects", "", 404)
	_, first := b.project(`{"name":"First","place":"first"}`)

	list := b.do("bob", "GET", "/projects", "", 200)
	expect(t, "order", list.all("items", "name"), "First Website")
	expect(t, "a guest's projects", b.do("gus", "GET", "/projects", "", 200).all("items", "name"), "")
	page := b.do("bob", "GET", "/projects?limit=1", "", 200)
	expect(t, "second page", b.do("bob", "GET", "/projects?limit=1&cursor="+page.text("next_cursor"), "", 200).all("items", "name"), "Website")

	web := "/projects/" + id
	got := b.do("bob", "GET", web, "", 200)
	b.do("bob", "GET", web, "", 304, "If-None-Match", got.header.Get("ETag"))
	b.do("gus", "GET", web, "", 404)
	patched := b.do("bob", "PATCH", web, `{"name":"Site","description":"All of it","place":{"before":"`+first+`"}}`, 200)
	expect(t, "name", patched.at("name"), "Site")
	expect(t, "order", b.do("bob", "GET", "/projects", "", 200).all("items", "name"), "Site First")
	b.do("bob", "PATCH", web, `{"name":"x"}`, 412, "If-Match", got.header.Get("ETag"))
	base := strings.Trim(got.header.Get("ETag"), `"`)
	refused := b.do("bob", "PATCH", web, `{"name":"x"}`, 412, "Rung-Base-Version", base)
	expect(t, "conflict", refused.text("conflicts.0.field")+" "+refused.text("conflicts.0.theirs"), "name Site")
	b.do("bob", "PATCH", web, `{"color":"blue"}`, 200, "Rung-Base-Version", base)
	b.do("bob", "PATCH", web, `{"access":"secret"}`, 422)
	b.do("bob", "PATCH", web, `{"key":null}`, 422)
	b.do("bob", "PATCH", "/projects/"+first, `{"name":"x"}`, 403)

	b.do("bob", "DELETE", "/projects/"+first, "", 403)
	for range 2 {
		b.do("bob", "DELETE", web, "", 204)
	}
	b.do("bob", "GET", web, "", 404)
	expect(t, "trash", b.do("bob", "GET", "/trash", "", 200).text("items.0.type"), "project")
	expect(t, "another's trash", b.do("gus", "GET", "/trash", "", 200).all("items", "type"), "")
	b.do("gus", "POST", web+"/restore", "", 404)
	b.do("bob", "POST", web+"/restore", "", 200)
	b.do("bob", "GET", web, "", 200)
	b.do("bob", "GET", "/projects/x", "", 422)
	b.do("bob", "GET", "/projects/"+uuid.NewString(), "", 404)
}

func TestStatuses(t *testing.T) {
	b := newBoard(t)
	project, web := b.project(`{"name":"Website","key":"WEB"}`)
	id := uuid.Must(uuid.NewV7()).String()
	request := `{"id":"` + id + `","name":"Review","category":"doing","place":"first"}`
	b.do("ann", "POST", project+"/statuses", request, 201)
	b.do("ann", "POST", project+"/statuses", request, 200)
	b.do("ann", "POST", project+"/statuses", `{"name":"Review","category":"never"}`, 422)
	b.do("bob", "POST", project+"/statuses", `{"name":"Mine"}`, 403)
	b.do("gus", "GET", project+"/statuses", "", 404)
	expect(t, "statuses", b.do("bob", "GET", project+"/statuses", "", 200).all("items", "name"), "Review Backlog To do In progress Done")

	status := project + "/statuses/" + id
	old := b.do("ann", "POST", project+"/statuses", request, 200).header.Get("ETag")
	b.do("ann", "PATCH", status, `{"name":"Check","place":"last"}`, 200)
	b.do("ann", "POST", project+"/statuses", request, 200)
	b.do("ann", "PATCH", status, `{"name":"x"}`, 412, "If-Match", old)
	b.do("ann", "PATCH", status, `{"name":"x"}`, 412, "Rung-Base-Version", strings.Trim(old, `"`))
	b.do("ann", "PATCH", status, `{"color":"red"}`, 200, "Rung-Base-Version", strings.Trim(old, `"`))
	expect(t, "statuses", b.do("bob", "GET", project+"/statuses", "", 200).all("items", "name"), "Backlog To do In progress Done Check")
	b.do("ann", "PATCH", status, `{"category":null}`, 422)
	b.do("bob", "PATCH", status, `{"name":"Mine"}`, 403)
	b.do("ann", "PATCH", project+"/statuses/"+uuid.NewString(), `{"name":"x"}`, 404)

	b.do("ann", "POST", "/tasks", `{"project":"`+web+`","title":"x","status":"`+id+`"}`, 201)
	b.do("ann", "DELETE", status, "", 409)
	b.do("ann", "DELETE", status+"?move_to="+id, "", 422)
	b.do("ann", "DELETE", status+"?move_to=x", "", 422)
	b.do("bob", "DELETE", status, "", 403)
	done := b.do("bob", "GET", project+"/statuses", "", 200).text("items.3.id")
	for range 2 {
		b.do("ann", "DELETE", status+"?move_to="+done, "", 204)
	}
	if b.do("ann", "GET", "/tasks/WEB-1", "", 200).at("completed_at") == nil {
		t.Error("the task is not done")
	}
}

func TestProjectMembers(t *testing.T) {
	b := newBoard(t)
	project, _ := b.project(`{"name":"Secret","key":"SEC","access":"private"}`)
	gus := project + "/members/" + b.people["gus"].String()
	b.do("bob", "GET", project+"/members", "", 404)
	b.do("gus", "GET", project, "", 404)
	b.do("ann", "PUT", gus, `{"role":"boss"}`, 422)
	b.do("ann write", "PUT", gus, `{"role":"viewer"}`, 403)
	b.do("bob", "PUT", gus, `{"role":"viewer"}`, 404)
	b.do("ann", "PUT", project+"/members/"+b.people["eve"].String(), `{"role":"viewer"}`, 404)
	for range 2 {
		expect(t, "role", b.do("ann", "PUT", gus, `{"role":"viewer"}`, 200).at("role"), "viewer")
	}
	b.do("gus", "GET", project, "", 200)
	b.do("gus", "PATCH", project, `{"name":"x"}`, 403)
	b.do("gus", "PUT", gus, `{"role":"admin"}`, 403)
	if got := b.do("gus", "GET", project+"/members", "", 200).all("items", "role"); got != "admin viewer" && got != "viewer admin" {
		t.Errorf("members are %s", got)
	}
	for range 2 {
		b.do("ann", "DELETE", gus, "", 204)
	}
	b.do("gus", "GET", project, "", 404)
}

func TestLabelsAndViews(t *testing.T) {
	b := newBoard(t)
	_, web := b.project(`{"name":"Website","key":"WEB"}`)
	id := uuid.Must(uuid.NewV7()).String()
	b.do("bob", "POST", "/labels", `{"id":"`+id+`","name":"bug","color":"red"}`, 201)
	b.do("bob", "POST", "/labels", `{"id":"`+id+`","name":"bug","color":"red"}`, 200)
	b.do("bob", "POST", "/labels", `{"name":" BUG "}`, 409)
	b.do("bob", "POST", "/labels", `{"color":"red"}`, 422)
	b.do("gus", "POST", "/labels", `{"name":"mine"}`, 403)
	v := b.do("bob", "PATCH", "/labels/"+id, `{"name":"defect"}`, 200).header.Get("ETag")
	b.do("bob", "PATCH", "/labels/"+id, `{"color":"blue"}`, 200, "If-Match", v)
	b.do("bob", "PATCH", "/labels/"+id, `{"color":"green"}`, 412, "If-Match", v)
	b.do("bob", "PATCH", "/labels/"+uuid.NewString(), `{"color":"green"}`, 404)
	b.do("gus", "PATCH", "/labels/"+id, `{"color":"green"}`, 403)
	expect(t, "labels", b.do("gus", "GET", "/labels", "", 200).all("items", "name"), "defect")
	b.do("ann", "POST", "/tasks", `{"project":"`+web+`","title":"x","labels":["`+id+`"]}`, 201)
	b.do("gus", "DELETE", "/labels/"+id, "", 403)
	for range 2 {
		b.do("bob", "DELETE", "/labels/"+id, "", 204)
	}
	expect(t, "labels of its task", b.do("ann", "GET", "/tasks/WEB-1", "", 200).text("labels"), "[]")

	view := `{"name":"Mine","query":{"field":"assignee","op":"eq","value":"me"},"sort":"-due","layout":"board","settings":{"wide":true}}`
	made := b.do("bob", "POST", "/views", view, 201)
	expect(t, "settings", made.at("settings.wide"), true)
	expect(t, "views", b.do("bob", "GET", "/views", "", 200).all("items", "name"), "Mine")
	expect(t, "another's views", b.do("ann", "GET", "/views", "", 200).all("items", "name"), "")
	path := "/views/" + made.text("id")
	b.do("ann", "PATCH", path, `{"name":"x"}`, 404)
	b.do("bob", "PATCH", path, `{"shared":true,"settings":null}`, 422)
	b.do("bob", "PATCH", path, `{"layout":"gantt"}`, 422)
	b.do("bob", "PATCH", path, `{"shared":true,"name":"Ours"}`, 200)
	expect(t, "another's views", b.do("ann", "GET", "/views", "", 200).all("items", "name"), "Ours")
	b.do("gus", "POST", "/views", `{"name":"x","shared":true,"query":{}}`, 403)
	b.do("bob", "POST", "/views", `{"name":"x","query":{"all":[{"fields":"x"}]}}`, 422)
	b.do("gus", "DELETE", path, "", 403)
	for range 2 {
		b.do("bob", "DELETE", path, "", 204)
	}
}

func TestPartsOfTasks(t *testing.T) {
	b := newBoard(t)
	project, web := b.project(`{"name":"Website","key":"WEB"}`)
	one, _ := b.task(web, "one")
	b.task(web, "two")
	id := uuid.Must(uuid.NewV7()).String()
	b.do("bob", "POST", one+"/comments", `{"id":"`+id+`","body":"a\r\nb"}`, 201)
	b.do("bob", "POST", one+"/comments", `{"id":"`+id+`","body":"a\r\nb"}`, 200)
	b.do("ann", "POST", "/tasks/WEB-1/comments", `{"body":"second"}`, 201)
	b.do("ann", "POST", one+"/comments", `{"body":" "}`, 422)
	b.do("ann", "POST", one+"/comments", `{"body":"x","created_at":"2020-01-01T00:00:00Z"}`, 422)
	b.do("gus", "POST", one+"/comments", `{"body":"x"}`, 404)
	b.do("ann", "POST", "/tasks/WEB-9/comments", `{"body":"x"}`, 404)
	expect(t, "comments", b.do("bob", "GET", one+"/comments", "", 200).all("items", "body"), "a\r\nb second")
	page := b.do("bob", "GET", one+"/comments?limit=1", "", 200)
	expect(t, "second page", b.do("bob", "GET", one+"/comments?limit=1&cursor="+page.text("next_cursor"), "", 200).all("items", "body"), "second")
	b.do("gus", "GET", one+"/comments", "", 404)
	comment := one + "/comments/" + id
	b.do("ann", "PATCH", comment, `{"body":"hers"}`, 403)
	b.do("bob", "PATCH", comment, `{"body":"better"}`, 200)
	b.do("bob", "PATCH", comment, `{}`, 422)
	b.do("bob", "PATCH", comment, `{"body":"x"}`, 412, "If-Match", `"1"`)
	b.do("bob", "PATCH", "/tasks/WEB-2/comments/"+id, `{"body":"x"}`, 404)
	b.do("gus", "DELETE", comment, "", 404)
	for range 2 {
		b.do("ann", "DELETE", comment, "", 204)
	}
	expect(t, "count", b.do("bob", "GET", one, "", 200).at("comment_count"), 1)

	b.do("bob", "POST", one+"/relations", `{"type":"blocks","task":"WEB-2"}`, 201)
	b.do("bob", "POST", one+"/relations", `{"type":"blocks","task":"WEB-2"}`, 200)
	b.do("bob", "POST", "/tasks/WEB-2/relations", `{"type":"blocks","task":"WEB-1"}`, 409)
	b.do("bob", "POST", one+"/relations", `{"type":"likes","task":"WEB-2"}`, 422)
	b.do("bob", "POST", one+"/relations", `{"type":"blocks","task":"WEB-9"}`, 422)
	b.do("gus", "POST", one+"/relations", `{"type":"blocks","task":"WEB-2"}`, 404)
	expect(t, "relations of the other", b.do("bob", "GET", "/tasks/WEB-2/relations", "", 200).all("items", "type"), "blocks")
	b.do("gus", "GET", one+"/relations", "", 404)
	b.do("bob", "DELETE", one+"/relations?type=blocks", "", 422)
	b.do("gus", "DELETE", one+"/relations?type=blocks&task=WEB-2", "", 404)
	for range 2 {
		b.do("bob", "DELETE", one+"/relations?type=blocks&task=WEB-2", "", 204)
	}

	b.do("bob", "PATCH", one, `{"title":"uno"}`, 200)
	story := b.do("bob", "GET", one+"/activity?limit=1", "", 200)
	expect(t, "the last thing", story.at("items.0.after.title"), "uno")
	expect(t, "what was before", story.at("items.0.before.title"), "one")
	expect(t, "who", story.at("items.0.actor.name"), "bob")
	b.do("bob", "GET", one+"/activity?cursor="+story.text("next_cursor"), "", 200)
	b.do("bob", "GET", one+"/activity?cursor=x", "", 422)
	b.do("gus", "GET", one+"/activity", "", 404)
	b.do("ann", "PUT", project+"/members/"+b.people["gus"].String(), `{"role":"viewer"}`, 200)
	b.do("gus", "GET", one+"/activity", "", 200)
	b.do("gus", "POST", one+"/comments", `{"body":"x"}`, 403)
}
