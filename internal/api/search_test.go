package api

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

func TestSearch(t *testing.T) {
	b := newBoard(t)
	_, web := b.project(`{"name":"Website","key":"WEB"}`)
	_, secret := b.project(`{"name":"Secret","key":"SEC","access":"private"}`)
	mine, _ := b.project(`{"name":"Shared with Gus","key":"GUS","access":"private"}`)
	gus := strings.TrimPrefix(mine, "/projects/")
	b.do("ann", "PUT", mine+"/members/"+b.people["gus"].String(), `{"role":"viewer"}`, 200)
	b.do("ann", "POST", "/tasks", `{"project":"`+web+`","title":"Über *die* Straße","description":"Nothing\n\nof \"interest\" 😀 login **here**","priority":1}`, 201)
	login, id := b.task(web, "Login page")
	b.do("ann", "POST", login+"/comments", `{"body":"Say it to the customer: <b>login</b>"}`, 201)
	b.task(secret, "Secret login")
	b.task(gus, "Login for guests")

	find := func(who, query string) reply { return b.do(who, "GET", "/search?"+query, "", 200) }
	titles := func(r reply) string {
		var out []string
		items, _ := r.at("items").([]any)
		for _, it := range items {
			m := it.(map[string]any)
			out = append(out, fmt.Sprint(m["type"], ":", m["task"].(map[string]any)["title"]))
		}
		return strings.Join(out, ", ")
	}
	for _, c := range []struct{ who, query, want string }{
		{"bob", "q=login", "task:Login page, task:Über *die* Straße, comment:Login page"},
		{"bob", "q=LOGI", "task:Login page, task:Über *die* Straße, comment:Login page"},
		{"bob", "q=logi+page", ""},
		{"bob", "q=page+logi", "task:Login page"},
		{"bob", "q=uber+strass", "task:Über *die* Straße"},
		{"bob", "q=customer", "comment:Login page"},
		{"bob", "q=login+here+uber", "task:Über *die* Straße"},
		{"bob", "q=login+customer+page", ""},
		{"bob", "q=login&priority=1", "task:Über *die* Straße"},
		{"bob", "q=login&project=" + web + "&completed=true", ""},
		{"bob", "q=login&project=" + secret, ""},
		{"bob", "q=secret", ""},
		{"bob", "q=WEB-2", "task:Login page"},
		{"bob", "q=web-1+login", "task:Über *die* Straße"},
		{"bob", "q=SEC-1", ""},
		{"bob", "q=WEB-2&priority=1", ""},
		{"bob", "q=WEB-99", ""},
		{"ann", "q=secret", "task:Secret login"},
		{"ann", "q=SEC-1", "task:Secret login"},
		{"gus", "q=login", "task:Login for guests"},
		{"gus", "q=customer", ""},
		{"gus", "q=WEB-1", ""},
	} {
		expect(t, c.who+" "+c.query, titles(find(c.who, c.query)), c.want)
	}
	b.do("eve", "GET", "/search?q=login", "", 404)
	b.do("ann write", "GET", "/search?q=login", "", 403)
	b.do("", "GET", "/search?q=login", "", 401)

	hit := find("bob", "q=login+here").at("items.0").(map[string]any)
	expect(t, "title ranges", hit["title_ranges"], "[]")
	expect(t, "excerpt", hit["excerpt"], `map[after:false before:false field:description ranges:[[26 31] [34 38]] text:Nothing

of "interest" 😀 login **here**]`)
	expect(t, "a task without its description", hit["task"].(map[string]any)["description"], nil)
	hit = find("bob", "q=straße").at("items.0").(map[string]any)
	expect(t, "title ranges", hit["title_ranges"], "[[11 17]]")
	expect(t, "excerpt", hit["excerpt"], nil)
	said := find("bob", "q=customer").at("items.0").(map[string]any)
	expect(t, "the comment's author", said["comment"].(map[string]any)["author"].(map[string]any)["name"], "ann")
	expect(t, "what it says", said["excerpt"].(map[string]any)["ranges"], "[[14 22]]")
	expect(t, "of which task", said["task"].(map[string]any)["id"], id)
	expect(t, "complete", find("bob", "q=login").at("complete"), true)

	first := find("bob", "q=login&limit=2")
	rest := find("bob", "q=login&limit=2&cursor="+first.text("next_cursor"))
	expect(t, "two pages", titles(first)+" | "+titles(rest), "task:Login page, task:Über *die* Straße | comment:Login page")
	expect(t, "the end", rest.at("next_cursor"), nil)

	for query, field := range map[string]string{
		"":                               "q",
		"q=":                             "q",
		"q=+":                            "q",
		"q=" + strings.Repeat("x", 1000): "q",
		"q=x&priority=9":                 "priority",
		"q=x&tz=Mars":                    "tz",
		"q=x&limit=201":                  "limit",
		"q=x&cursor=x":                   "cursor",
		"q=x&sort=due":                   "sort",
	} {
		p := b.do("bob", "GET", "/search?"+query, "", 422).problem(t)
		if len(p.Errors) == 0 || p.Errors[0].Field != field {
			t.Errorf("%s: %+v", query, p.Errors)
		}
	}
}

// TestNothingTypedIntoSearchMeansAnythingButItsWords sends what has a meaning to engines.
func TestNothingTypedIntoSearchMeansAnythingButItsWords(t *testing.T) {
	b := newBoard(t)
	_, web := b.project(`{"name":"Website","key":"WEB"}`)
	b.task(web, "Either this or that, near it")
	for q, want := range map[string]string{
		`"`: "", `'`: "", `*`: "", `(`: "", `-`: "", `^`: "", `:`: "", `%`: "", `_`: "", "\u200b:": "", "«»¬¦·": "",
		`"this`: "1", `this*`: "1", `this AND`: "", `this OR nothing`: "", `NOT this`: "", `NEAR(this that)`: "1", `tokens:this`: "",
		`{tokens}: this`: "", `this"; DROP TABLE words; --`: "", `th*is`: "", `^this`: "1", `"this that"`: "1", `this - that`: "1",
		`this) OR (that`: "1", `1·0«this`: "", `WEB-`: "", `WEB-0`: "", `WEB--1`: "",
		`WEB-99999999999999999999`: "", strings.Repeat(`"a" `, 100): "", strings.Repeat("(", 400): "", `\`: "", `this\`: "1",
	} {
		for _, path := range []string{"/search?q=", "/tasks?q="} {
			got := ask(t, b.srv, "GET", Prefix+"/workspaces/acme"+path+url.QueryEscape(q), "", "Authorization", "Bearer bob")
			refused := got.status == 422 && (strings.TrimFunc(q, func(r rune) bool { return r <= ' ' || r == '\u200b' }) == "" || len(q) > 200)
			found := ""
			if strings.Contains(got.body, `"title":"Either`) {
				found = "1"
			}
			if got.status != 200 && !refused || found != want {
				t.Errorf("%s%q: %d, found %q, want %q: %s", path, q, got.status, found, want, got.body)
			}
		}
	}
	for _, q := range []string{"\x01;", "this\u0000that", "this\xff"} { // which are no words at all
		for _, path := range []string{"/search?q=", "/tasks?q="} {
			got := b.do("bob", "GET", path+url.QueryEscape(q), "", 400)
			expect(t, fmt.Sprintf("%s%q", path, q), got.problem(t).Code, "malformed-address")
		}
	}
}
