package api

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestDocument(t *testing.T) {
	srv := serveRoutes(
		t, &house{},
		on(http.MethodPut, "/things/{id}", Write, "Put a thing", echo, doc("As you like it.")),
		on(http.MethodDelete, "/things/{id}", Public, "Delete", where),
		on(http.MethodGet, "/things", Public, "List", where, returns[List[thing]]("application/json")),
	)
	got := ask(t, srv, "GET", Prefix+"/openapi.json", "")
	if got.status != 200 || got.header.Get("Content-Type") != "application/json" {
		t.Fatalf("%v", got)
	}
	var d struct {
		OpenAPI    string
		Info       struct{ Description string }
		Servers    []struct{ URL string }
		Components struct {
			Schemas   map[string]map[string]any
			Responses map[string]struct{ Content map[string]any }
		}
		Paths map[string]map[string]struct {
			Summary, OperationID string
			Parameters           []struct{ Name, In string }
			Security             []map[string][]string
			Responses            map[string]map[string]any
		}
	}
	if err := json.Unmarshal([]byte(got.body), &d); err != nil {
		t.Fatal(err)
	}
	put := d.Paths["/things/{id}"]["put"]
	if d.OpenAPI != "3.1.0" || d.Servers[0].URL != Prefix || put.Summary != "Put a thing" || put.Security[0]["bearer"][0] != "write" {
		t.Errorf("%s", got.body)
	}
	if p := d.Paths["/things/{id}"]["delete"].Parameters; len(p) != 1 || p[0].Name != "id" || p[0].In != "path" {
		t.Errorf("a path's part is not described: %v", p)
	}
	for _, status := range []string{"400", "401", "403", "404", "409", "413", "415", "422", "429", "500", "503", "default"} {
		name, _ := put.Responses[status]["$ref"].(string)
		if d.Components.Responses[strings.TrimPrefix(name, "#/components/responses/")].Content[problemType] == nil {
			t.Errorf("%s is not described: %v", status, put.Responses[status])
		}
	}
	if d.Components.Schemas["Problem"]["properties"] == nil {
		t.Error("errors are not described")
	}
	if !strings.Contains(d.Info.Description, "must ignore fields, enum members and event types") {
		t.Error("the promise is missing")
	}
	if d.Components.Schemas["Thing"]["additionalProperties"] != false {
		t.Error("what is sent may have no unknown fields")
	}
	if _, ok := d.Components.Schemas["ListThing"]["additionalProperties"]; ok {
		t.Error("what is answered may grow")
	}
	if strings.Contains(got.body, "ErrorModel") {
		t.Error("huma's own errors are described")
	}
	properties, _ := d.Components.Schemas["Thing"]["properties"].(map[string]any)
	for field, want := range map[string]string{
		"note":  `{"type":["string","null"]}`,                                     // null clears it
		"name":  `{"maxLength":5,"type":"string"}`,                                // null is refused
		"inner": `{"items":{"$ref":"#/components/schemas/Inner"},"type":"array"}`, // may be left out
		"next":  `{"anyOf":[{"$ref":"#/components/schemas/Inner"},{"type":"null"}]}`,
	} {
		if b, _ := json.Marshal(properties[field]); string(b) != want {
			t.Errorf("%s is %s", field, b)
		}
	}
	again := ask(t, srv, "GET", Prefix+"/openapi.json", "", "If-None-Match", got.header.Get("ETag"))
	if again.status != 304 {
		t.Errorf("%v", again)
	}
}

type documentParameter struct {
	Name     string
	Required bool
}

// TestTheDocumentTellsOfWhatNoHandlerDoes looks at the document of real routes for headers, for 304 and for the
// addresses that are no routes of the table.
func TestTheDocumentTellsOfWhatNoHandlerDoes(t *testing.T) {
	b := newBoard(t)
	var d struct {
		Components struct {
			Schemas map[string]struct {
				Properties map[string]any
			}
		}
		Paths map[string]map[string]struct {
			Servers    []struct{ URL string }
			Parameters []documentParameter
			Responses  map[string]struct{ Headers map[string]any }
		}
	}
	if err := json.Unmarshal([]byte(ask(t, b.srv, "GET", Prefix+"/openapi.json", "").body), &d); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{ // whether If-None-Match helps
		"/workspaces/{ws}/tasks/{task}": true, "/workspaces/{ws}/tasks": true, "/workspaces/{ws}/views": true, "/workspaces/{ws}/changes": true,
		"/workspaces/{ws}/events": false,
	} {
		get := d.Paths[path]["get"]
		_, nothingNew := get.Responses["304"]
		named := slices.ContainsFunc(get.Parameters, func(p documentParameter) bool { return p.Name == "If-None-Match" })
		if nothingNew != want || named != want || get.Responses["200"].Headers["Rung-Seq"] == nil {
			t.Errorf("%s: 304 %t, If-None-Match %t, headers %v", path, nothingNew, named, get.Responses["200"].Headers)
		}
	}
	if d.Paths["/workspaces/{ws}/tasks/{task}"]["delete"].Responses["204"].Headers["Rung-Seq"] == nil {
		t.Error("a deletion's Rung-Seq is missing")
	}
	if d.Components.Schemas["Problem"].Properties["conflicts"] == nil || d.Components.Schemas["FieldConflict"].Properties["theirs"] == nil {
		t.Error("conflicts are not described")
	}
	for _, p := range d.Paths["/workspaces/{ws}/search"]["get"].Parameters {
		if p.Required != (p.Name == "q" || p.Name == "ws") {
			t.Errorf("whether a search needs %s: %t", p.Name, p.Required)
		}
	}
	for path, servers := range map[string]int{"/livez": 1, "/readyz": 1, "/openapi.json": 0, "/docs": 0} {
		get := d.Paths[path]["get"]
		if len(get.Responses) == 0 || len(get.Servers) != servers {
			t.Errorf("%s: %+v", path, get)
			continue
		}
		if servers == 0 {
			path = Prefix + path
		}
		if got := ask(t, b.srv, "GET", path, ""); got.status != 200 {
			t.Errorf("%s: %v", path, got)
		}
	}
}

func TestDocsPageAsksNobodyElse(t *testing.T) {
	srv := serveRoutes(t, &house{})
	page := ask(t, srv, "GET", Prefix+"/docs", "")
	if page.status != 200 || !strings.Contains(page.header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Fatalf("%v", page)
	}
	loaded := 0
	for _, m := range regexp.MustCompile(`(?:src|href|data-spec)="([^"]*)"`).FindAllStringSubmatch(page.body, -1) {
		if !strings.HasPrefix(m[1], Prefix+"/") {
			t.Errorf("loads %s", m[1])
		}
		if got := ask(t, srv, "GET", m[1], ""); got.status != 200 {
			t.Errorf("%s: %v", m[1], got)
		} else if strings.Contains(got.body, "://") && !strings.HasSuffix(m[1], "openapi.json") {
			t.Errorf("%s names another host", m[1])
		}
		loaded++
	}
	if loaded < 3 || strings.Contains(page.body, "{{") {
		t.Errorf("%s", page.body)
	}
}
