package api

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// TestAViewIsAskedAsItIsKept sends queries as views give them back, and gets what the parameters of a list would find.
func TestAViewIsAskedAsItIsKept(t *testing.T) {
	b := newBoard(t)
	_, web := b.project(`{"name":"Website","key":"WEB"}`)
	for _, task := range []string{
		`"title":"Äpfel & <b>","priority":1,"due":"2020-01-01"`, `"title":"pears","priority":2`, `"title":"done","due":{"date":"2030-01-01","time":"10:00","time_zone":"Asia/Tokyo"}`,
	} {
		b.do("ann", "POST", "/tasks", `{"project":"`+web+`",`+task+`}`, 201)
	}
	for _, query := range []string{
		`{}`,
		`{"field":"priority","op":"in","value":[1,2]}`,
		`{"field":"completed","op":"eq","value":false}`,
		`{"field":"assignee","op":"eq","value":null}`,
		`{"field":"title","op":"contains","value":"ä <B"}`,
		`{"all":[{"field":"project","op":"eq","value":"` + web + `"},{"any":[{"field":"due","op":"before","value":"today"},{"not":{"field":"due","op":"is_set"}}]}]}`,
		`{"all":[],"any":[{"field":"due","op":"is_set","value":true}]}`,
	} {
		view := b.do("bob", "POST", "/views", `{"name":"V","query":`+query+`,"sort":"-title","group_by":"priority","layout":"board"}`, 201)
		kept := b.do("bob", "GET", "/views", "", 200)
		var page struct {
			Items []struct {
				ID, Sort string
				GroupBy  string `json:"group_by"`
				Query    json.RawMessage
			}
		}
		if err := json.Unmarshal([]byte(kept.body), &page); err != nil {
			t.Fatal(err)
		}
		v := page.Items[len(page.Items)-1]
		if v.ID != view.text("id") {
			t.Fatalf("the last view is another one: %s", kept.body)
		}
		want := b.do("bob", "POST", "/tasks/query?sort=-title", query, 200).all("items", "title")
		expect(t, query, b.do("bob", "POST", "/tasks/query?sort="+v.Sort, string(v.Query), 200).all("items", "title"), want)
		board := b.do("bob", "POST", "/tasks/groups?sort="+v.Sort+"&group_by="+v.GroupBy, string(v.Query), 200)
		n := 0
		groups, _ := board.at("groups").([]any)
		for _, g := range groups {
			n += int(g.(map[string]any)["count"].(float64))
		}
		if found := b.do("bob", "POST", "/tasks/query", query, 200).at("items").([]any); n != len(found) {
			t.Errorf("%s: the board has %d tasks, the list %d", query, n, len(found))
		}
		b.do("bob", "PATCH", "/views/"+v.ID, `{"query":`+string(v.Query)+`}`, 200) // as a client does that saves all of it
		if again := b.do("bob", "GET", "/views", "", 200); again.body != kept.body {
			t.Errorf("%s changes when it is saved as it is", query)
		}
		b.do("bob", "DELETE", "/views/"+v.ID, "", 204)
	}
	refused := b.do("bob", "POST", "/views", `{"name":"V","query":{"all":[{"field":"due","op":"before","value":"soon"}]}}`, 422)
	expect(t, "the field that is wrong", refused.text("errors.0.field"), "query.all[0]")
	refused = b.do("bob", "POST", "/tasks/groups?group_by=status", `{"all":[{"field":"due","op":"before","value":"soon"}]}`, 422)
	expect(t, "the field that is wrong", refused.text("errors.0.field"), "all[0]")
	b.do("bob", "POST", "/tasks/groups?group_by=colour", `{}`, 422)
	b.do("bob", "POST", "/tasks/groups", `{}`, 422)
	b.do("eve", "POST", "/tasks/groups?group_by=status", `{}`, 404)
	expect(t, "a guest's board", b.do("gus", "POST", "/tasks/groups?group_by=due", `{}`, 200).text("groups"), "[]")
}

// TestViewVersions changes a view behind somebody's back.
func TestViewVersions(t *testing.T) {
	b := newBoard(t)
	view := b.do("bob", "POST", "/views", `{"name":"Ours","query":{},"shared":true}`, 201)
	path, old := "/views/"+view.text("id"), view.header.Get("ETag")
	b.do("ann", "PATCH", path, `{"name":"Mine"}`, 200, "If-Match", old)
	b.do("bob", "PATCH", path, `{"name":"Yours"}`, 412, "If-Match", old)
	base := strings.Trim(old, `"`)
	refused := b.do("bob", "PATCH", path, `{"name":"Yours","sort":"due"}`, 412, "Rung-Base-Version", base)
	expect(t, "the conflict", refused.text("conflicts.0.field")+" "+refused.text("conflicts.0.theirs"), "name Mine")
	b.do("bob", "PATCH", path, `{"sort":"due"}`, 200, "Rung-Base-Version", base)
	b.do("bob", "PATCH", path, `{"owner":"`+b.people["ann"].String()+`"}`, 422)
	b.do("bob", "PATCH", path, `{"position":"a"}`, 422)
	b.do("bob", "PATCH", path, `{"settings":{"x":"`+strings.Repeat("x", 17<<10)+`"}}`, 422)
	b.do("bob", "POST", "/views", `{"name":"`+strings.Repeat("x", 201)+`","query":{}}`, 422)
	b.do("gus", "PATCH", path, `{"name":"x"}`, 403)
}

// TestPagesThatSayTodayLastADay lets midnight pass in a zone that is not the reader's own, and nobody do anything.
func TestPagesThatSayTodayLastADay(t *testing.T) {
	b := newBoard(t)
	nine := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) // 23 o'clock in Kiritimati
	b.at(nine)
	_, web := b.project(`{"name":"Website"}`)
	b.do("ann", "POST", "/tasks", `{"project":"`+web+`","title":"x","due":"2026-03-02"}`, 201)
	const tz = "&tz=Pacific/Kiritimati"
	for _, want := range []struct{ late, group, here string }{{"", "today", ""}, {"x", "overdue", ""}} {
		for range 2 {
			expect(t, "what is late there", b.do("ann", "GET", "/tasks?due_before=today"+tz, "", 200).all("items", "title"), want.late)
			expect(t, "the group there", b.do("ann", "GET", "/tasks/groups?group_by=due"+tz, "", 200).all("groups", "key"), want.group)
			expect(t, "what is late here", b.do("ann", "GET", "/tasks?due_before=today", "", 200).all("items", "title"), want.here)
		}
		b.at(nine.Add(2 * time.Hour))
	}
}
