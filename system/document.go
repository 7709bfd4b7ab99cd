package system

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// document is the OpenAPI document that the server serves. Every answer of the story is compared with it.
type document struct {
	paths   []documented
	schemas object

	mu     sync.Mutex
	differ map[string]string // what an answer has and the document does not, and the first answer that had it
}

// documented is one path of the document.
type documented struct {
	pattern *regexp.Regexp
	fixed   int // how many of its parts are not parameters
	methods object
}

// readDocument takes over the document. Members that the comparison does not know are of no matter to it.
func readDocument(a *answer) *document {
	d := &document{schemas: a.at("components").(object)["schemas"].(object), differ: map[string]string{}}
	parameter := regexp.MustCompile(`\\\{[^/]*\\\}`)
	for path, methods := range a.at("paths").(object) {
		p := documented{methods: methods.(object)}
		p.fixed = strings.Count(path, "/") - strings.Count(path, "{")
		p.pattern = regexp.MustCompile("^" + parameter.ReplaceAllString(regexp.QuoteMeta(path), `[^/]+`) + "$")
		d.paths = append(d.paths, p)
	}
	slices.SortFunc(d.paths, func(x, y documented) int { return y.fixed - x.fixed }) // /tasks/groups before /tasks/{task}
	return d
}

// compare takes note of what in an answer is not as the document says.
func (d *document) compare(method, path string, a *answer) {
	path, _, _ = strings.Cut(path, "?")
	if strings.HasSuffix(path, "/nowhere") {
		return
	}
	i := slices.IndexFunc(d.paths, func(p documented) bool { return p.pattern.MatchString(path) })
	if i < 0 {
		d.note(method+" "+path, "is not documented", a)
		return
	}
	name := method + " " + d.paths[i].pattern.String()
	op, ok := d.paths[i].methods[strings.ToLower(method)].(object)
	if !ok {
		d.note(name, "is not documented", a)
		return
	}
	responses := op["responses"].(object)
	resp, ok := responses[fmt.Sprint(a.status)].(object)
	if !ok {
		if resp, ok = responses["default"].(object); !ok || a.status < http.StatusBadRequest {
			d.note(name, fmt.Sprintf("does not document %d", a.status), a)
			return
		}
	}
	content, _ := resp["content"].(object)
	typ, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
	media, ok := content[typ].(object)
	if len(a.body) == 0 && len(content) == 0 {
		return
	}
	if !ok {
		d.note(name, fmt.Sprintf("%d does not document the type %q", a.status, typ), a)
		return
	}
	if schema, ok := media["schema"].(object); ok && strings.HasSuffix(typ, "json") && typ != "application/x-ndjson" {
		var body any
		if err := json.Unmarshal(a.body, &body); err != nil {
			d.note(name, "is not JSON", a)
			return
		}
		d.value(fmt.Sprintf("%s %d", name, a.status), schema, body, a)
	}
}

func (d *document) note(where, what string, a *answer) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, known := d.differ[where+": "+what]; !known {
		d.differ[where+": "+what] = a.what
	}
}

// value compares a value with a schema: types, members, enumerations and times. where names what is looked at.
func (d *document) value(where string, schema object, v any, a *answer) {
	if ref, ok := schema["$ref"].(string); ok {
		name := ref[strings.LastIndexByte(ref, '/')+1:]
		d.value(name, d.schemas[name].(object), v, a)
		return
	}
	for _, of := range []string{"anyOf", "oneOf"} {
		if some, ok := schema[of].([]any); ok {
			if !slices.ContainsFunc(some, func(s any) bool { return d.fits(s.(object), v, a) }) {
				d.note(where, "fits nothing of "+of+": "+asJSON(v), a)
			}
			return
		}
	}
	if types := typesOf(schema); len(types) > 0 && !slices.Contains(types, typeOf(v)) && (typeOf(v) != "integer" || !slices.Contains(types, "number")) {
		d.note(where, fmt.Sprintf("is %s, the document says %v", typeOf(v), types), a)
		return
	}
	if some, ok := schema["enum"].([]any); ok && v != nil && !slices.ContainsFunc(some, func(e any) bool { return same(e, v) }) {
		d.note(where, fmt.Sprintf("is %s, the document says %s", asJSON(v), asJSON(some)), a)
	}
	switch v := v.(type) {
	case string:
		if schema["format"] == "date-time" && !wireTime.MatchString(v) {
			d.note(where, fmt.Sprintf("is no time in UTC with milliseconds: %q", v), a)
		}
	case []any:
		if items, ok := schema["items"].(object); ok {
			for _, item := range v {
				d.value(where+"[]", items, item, a)
			}
		}
	case object:
		d.members(where, schema, v, a)
	}
}

var wireTime = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`)

func (d *document) members(where string, schema, v object, a *answer) {
	properties, _ := schema["properties"].(object)
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if _, ok := v[name.(string)]; !ok {
			d.note(where+"."+name.(string), "is required and not there", a)
		}
	}
	for name, member := range v {
		if s, ok := properties[name].(object); ok {
			d.value(where+"."+name, s, member, a)
			continue
		}
		switch more := schema["additionalProperties"].(type) {
		case bool:
			if !more {
				d.note(where+"."+name, "is not documented", a)
			}
		case object:
			d.value(where+".*", more, member, a)
		}
	}
}

// fits reports whether a value is as a schema says.
func (d *document) fits(schema object, v any, a *answer) bool {
	try := &document{schemas: d.schemas, differ: map[string]string{}}
	try.value("", schema, v, a)
	return len(try.differ) == 0
}

func typesOf(schema object) []string {
	switch t := schema["type"].(type) {
	case string:
		return []string{t}
	case []any:
		types := make([]string, len(t))
		for i := range t {
			types[i], _ = t[i].(string)
		}
		return types
	}
	return nil
}

func typeOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case float64:
		if v == math.Trunc(v) {
			return "integer"
		}
		return "number"
	case []any:
		return "array"
	}
	return "object"
}

// documented tells where answers were not as the document says.
func (s *story) documented() {
	s.document.mu.Lock()
	defer s.document.mu.Unlock()
	for what, answer := range s.document.differ {
		s.Errorf("%s (%s)", what, answer)
	}
}
