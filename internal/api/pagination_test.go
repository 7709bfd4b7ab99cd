package api

import (
	"strings"
	"testing"
)

// walk reads a list one item a page and calls between after each.
func (b *board) walk(who, path, name string, between func(page reply)) string {
	b.Helper()
	var names []string
	for cursor := ""; ; {
		page := b.do(who, "GET", path+"?limit=1&cursor="+cursor, "", 200)
		names = append(names, page.all("items", name))
		between(page)
		if cursor, _ = page.at("next_cursor").(string); cursor == "" {
			return strings.Join(names, " ")
		}
	}
}

// TestShortListsHavePagesToo reads the lists that are never long as every other one may be read.
func TestShortListsHavePagesToo(t *testing.T) {
	b := newBoard(t)
	project, web := b.project(`{"name":"Website","key":"WEB"}`)
	nothing := func(reply) {}
	expect(t, "statuses", b.walk("ann", project+"/statuses", "name", nothing), "Backlog To do In progress Done")

	for _, title := range []string{"a", "b", "c"} {
		b.task(web, title)
	}
	b.do("ann", "POST", "/tasks/WEB-1/relations", `{"type":"blocks","task":"WEB-2"}`, 201)
	b.do("ann", "POST", "/tasks/WEB-3/relations", `{"type":"duplicates","task":"WEB-1"}`, 201)
	expect(t, "relations", b.walk("ann", "/tasks/WEB-1/relations", "type", nothing), "blocks duplicates")

	for _, view := range []string{`{"name":"mine","query":{}}`, `{"name":"ours","query":{},"shared":true}`, `{"name":"all","query":{},"shared":true}`} {
		b.do("ann", "POST", "/views", view, 201)
	}
	expect(t, "views", b.walk("ann", "/views", "name", nothing), "ours all mine")
	expect(t, "views of which one is deleted on the way", b.walk("ann", "/views", "name", func(page reply) {
		if page.text("items.0.name") == "ours" {
			b.do("ann", "DELETE", "/views/"+page.text("items.0.id"), "", 204)
		}
	}), "ours all mine")
	b.do("ann", "POST", "/views", `{"name":"more","query":{},"shared":true}`, 201)
	expect(t, "views of which one moves on the way", b.walk("ann", "/views", "name", func(page reply) {
		if page.text("items.0.name") == "all" {
			b.do("ann", "PATCH", "/views/"+page.text("items.0.id"), `{"place":"last"}`, 200)
		}
	}), "all more all mine")
	b.do("ann", "POST", project+"/statuses", `{"name":"New","place":"first"}`, 201)
	expect(t, "statuses of which one is deleted on the way", b.walk("ann", project+"/statuses", "name", func(page reply) {
		if page.text("items.0.name") == "New" {
			b.do("ann", "DELETE", project+"/statuses/"+page.text("items.0.id"), "", 204)
		}
	}), "New Backlog To do In progress Done")

	for _, path := range []string{project + "/statuses", "/tasks/WEB-1/relations", "/views"} {
		b.do("ann", "GET", path+"?limit=200", "", 200)
		b.do("ann", "GET", path+"?limit=201", "", 422)
		b.do("ann", "GET", path+"?cursor=x", "", 422)
	}
}
