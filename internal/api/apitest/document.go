// Package apitest compares what a server answers with the OpenAPI document that describes it.
package apitest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// object is a JSON object.
type object = map[string]any

// Document is an OpenAPI document, and what has been seen of the server that it describes. It is safe for concurrent use.
type Document struct {
	operations []operation
	components object

	mu     sync.Mutex
	seen   map[string]bool   // the operations of which an answer was seen
	differ map[string]string // what an answer has and the document does not, and the first answer that had it
}

// operation is one of the document: a method of a path.
type operation struct {
	id      string
	method  string
	pattern *regexp.Regexp
	fixed   int // how many of its parts are not parameters
	object

	parameters []string // of the path, in their order
}

// Read takes over a document.
func Read(text []byte) (*Document, error) {
	var doc object
	if err := json.Unmarshal(text, &doc); err != nil {
		return nil, err
	}
	d := &Document{seen: map[string]bool{}, differ: map[string]string{}}
	d.components, _ = doc["components"].(object)
	paths, _ := doc["paths"].(object)
	parameter := regexp.MustCompile(`\\\{([^/]*)\\\}`)
	for path, methods := range paths {
		shape := regexp.MustCompile("^" + parameter.ReplaceAllString(regexp.QuoteMeta(path), `([^/]+)`) + "$")
		for method, op := range methods.(object) {
			o := operation{method: strings.ToUpper(method), pattern: shape, fixed: strings.Count(path, "/") - strings.Count(path, "{")}
			for _, m := range regexp.MustCompile(`\{([^/]*)\}`).FindAllStringSubmatch(path, -1) {
				o.parameters = append(o.parameters, m[1])
			}
			o.object, _ = op.(object)
			o.id, _ = o.object["operationId"].(string)
			d.operations = append(d.operations, o)
		}
	}
	slices.SortFunc(d.operations, func(x, y operation) int { return y.fixed - x.fixed }) // /tasks/groups before /tasks/{task}
	return d, nil
}

// Answer is what a server said.
type Answer struct {
	What   string // was asked, for people
	Method string
	Path   string // below the API's prefix, without a query
	Status int
	Header http.Header
	Body   []byte // nil if it was not looked at
}

// Operation gives the id of the operation that a method of a path is, "" if it is none, and the parameters in the path.
func (d *Document) Operation(method, path string) (id string, parameters map[string]string) {
	op := d.find(method, path)
	if op == nil {
		return "", nil
	}
	parameters = map[string]string{}
	for i, value := range op.pattern.FindStringSubmatch(path)[1:] {
		parameters[op.parameters[i]] = value
	}
	return op.id, parameters
}

func (d *Document) find(method, path string) *operation {
	i := slices.IndexFunc(d.operations, func(o operation) bool { return o.method == method && o.pattern.MatchString(path) })
	if i < 0 {
		return nil
	}
	return &d.operations[i]
}

// Compare takes note of what in an answer is not as the document says: the status, the headers, the type of the body and
// the body. What is asked of a path that the document does not have must be answered 404, of a method 405.
func (d *Document) Compare(a Answer) {
	op := d.find(a.Method, a.Path)
	if op == nil {
		if a.Status != http.StatusNotFound && a.Status != http.StatusMethodNotAllowed {
			d.note(a.Method+" "+a.Path, "is not documented", a)
		}
		return
	}
	d.mu.Lock()
	d.seen[op.id] = true
	d.mu.Unlock()
	responses, _ := op.object["responses"].(object)
	resp, ok := d.resolve(responses[fmt.Sprint(a.Status)])
	if !ok {
		d.note(op.id, fmt.Sprintf("does not document %d", a.Status), a)
		return
	}
	d.headers(fmt.Sprintf("%s %d", op.id, a.Status), resp, a)
	content, _ := resp["content"].(object)
	typ, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
	media, ok := content[typ].(object)
	if len(a.Body) == 0 && len(content) == 0 {
		return
	}
	if !ok {
		d.note(op.id, fmt.Sprintf("%d does not document the type %q", a.Status, typ), a)
		return
	}
	if schema, ok := media["schema"].(object); ok && strings.HasSuffix(typ, "json") && typ != "application/x-ndjson" && a.Body != nil {
		var body any
		if err := json.Unmarshal(a.Body, &body); err != nil {
			d.note(op.id, "is not JSON", a)
			return
		}
		d.value(fmt.Sprintf("%s %d", op.id, a.Status), schema, body, a)
	}
}

// headers compares those that mean something to clients of Rung, and those of the answer's status.
func (d *Document) headers(where string, resp object, a Answer) {
	documented, _ := resp["headers"].(object)
	for _, name := range []string{"Rung-Seq", "ETag", "Location", "Retry-After", "RateLimit", "RateLimit-Policy", "WWW-Authenticate", "Allow", "Content-Range", "Content-Disposition", "Accept-Ranges"} {
		has := a.Header.Get(name) != ""
		if _, told := documented[name]; has && !told && (a.Status < http.StatusBadRequest || name != "Rung-Seq") {
			d.note(where, "does not document the header "+name, a)
		}
	}
	for name, h := range documented {
		header, _ := d.resolve(h)
		value := a.Header.Get(name)
		if schema, _ := header["schema"].(object); value != "" && schema["type"] == "integer" {
			if _, err := strconv.Atoi(value); err != nil {
				d.note(where, "has the header "+name+" that is no number", a)
			}
		}
		if required, _ := header["required"].(bool); required && value == "" {
			d.note(where, "lacks the header "+name, a)
		}
	}
}

// resolve follows a reference into the document's components.
func (d *Document) resolve(part any) (object, bool) {
	o, ok := part.(object)
	if !ok {
		return nil, false
	}
	ref, ok := o["$ref"].(string)
	if !ok {
		return o, true
	}
	var at any = object{"components": d.components}
	for _, name := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
		in, _ := at.(object)
		at = in[name]
	}
	o, ok = at.(object)
	return o, ok
}

// Differences tells where answers were not as the document says, and which answers.
func (d *Document) Differences() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []string
	for what, answer := range d.differ {
		all = append(all, what+" ("+answer+")")
	}
	slices.Sort(all)
	return all
}

// Untouched gives the ids of the operations of which no answer was seen.
func (d *Document) Untouched() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []string
	for _, op := range d.operations {
		if !d.seen[op.id] {
			all = append(all, op.id)
		}
	}
	slices.Sort(all)
	return all
}

func (d *Document) note(where, what string, a Answer) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, known := d.differ[where+": "+what]; !known {
		d.differ[where+": "+what] = a.What
	}
}
