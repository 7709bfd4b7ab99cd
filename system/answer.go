package system

import (
	"bytes"
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// answer is what the server said.
type answer struct {
	s      *story
	what   string // was asked
	status int
	header http.Header
	body   []byte
	doc    any // decoded body
}

// is expects a status, one of several if more are named.
func (a *answer) is(status ...int) *answer {
	a.s.Helper()
	if !slices.Contains(status, a.status) {
		a.s.Fatalf("%s: %d, want %v\n%s", a.what, a.status, status, a.body)
	}
	if a.status >= http.StatusBadRequest {
		a.problem()
	}
	return a
}

// refused expects a status and a code of the problem.
func (a *answer) refused(status int, code string) *answer {
	a.s.Helper()
	a.is(status)
	if got := a.text("code"); got != code {
		a.s.Fatalf("%s: code %q, want %q\n%s", a.what, got, code, a.body)
	}
	return a
}

// problem expects every refusal to be a problem document.
func (a *answer) problem() {
	a.s.Helper()
	if ct := a.header.Get("Content-Type"); ct != "application/problem+json" {
		a.s.Fatalf("%s: a refusal of type %q\n%s", a.what, ct, a.body)
	}
	for _, member := range []string{"type", "title", "detail", "code", "request_id"} {
		if a.text(member) == "" {
			a.s.Fatalf("%s: the problem says nothing under %s\n%s", a.what, member, a.body)
		}
	}
	if a.number("status") != float64(a.status) {
		a.s.Fatalf("%s: the problem's status is not the answer's %d\n%s", a.what, a.status, a.body)
	}
}

// names expects the problem to name a field.
func (a *answer) names(field string) *answer {
	a.s.Helper()
	all, _ := a.at("errors").([]any)
	for _, e := range all {
		if got, _ := e.(object)["field"].(string); got == field || strings.HasPrefix(got, field+".") || strings.HasPrefix(got, field+"[") {
			return a
		}
	}
	a.s.Fatalf("%s: the problem does not name %s\n%s", a.what, field, a.body)
	return a
}

// at gives what stands at a dotted path, nil if nothing does: "groups.0.items.2.title".
func (a *answer) at(path string) any {
	a.s.Helper()
	if a.doc == nil {
		if err := json.Unmarshal(a.body, &a.doc); err != nil {
			a.s.Fatalf("%s: the answer is not JSON: %v\n%s", a.what, err, a.body)
		}
	}
	v := a.doc
	for _, name := range strings.Split(path, ".") {
		switch in := v.(type) {
		case object:
			v = in[name]
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i >= len(in) {
				return nil
			}
			v = in[i]
		default:
			return nil
		}
	}
	return v
}

func (a *answer) text(path string) string {
	a.s.Helper()
	v, _ := a.at(path).(string)
	return v
}

func (a *answer) number(path string) float64 {
	a.s.Helper()
	v, _ := a.at(path).(float64)
	return v
}

// id expects the answer to be a thing and gives its id.
func (a *answer) id() string {
	a.s.Helper()
	id := a.text("id")
	if id == "" {
		a.s.Fatalf("%s: no id in %s", a.what, a.body)
	}
	return id
}

// version gives a thing's version as headers take it.
func (a *answer) version() string {
	a.s.Helper()
	return strconv.FormatInt(int64(a.number("version")), 10)
}

// items expects a list.
func (a *answer) items() []object {
	a.s.Helper()
	return a.objects("items")
}

func (a *answer) objects(path string) []object {
	a.s.Helper()
	list, ok := a.at(path).([]any)
	if !ok {
		a.s.Fatalf("%s: no list under %s in %s", a.what, path, a.body)
	}
	out := make([]object, len(list))
	for i := range list {
		out[i], _ = list[i].(object)
	}
	return out
}

// has expects values at paths.
func (a *answer) has(want object) *answer {
	a.s.Helper()
	for path, v := range want {
		if got := a.at(path); !same(got, v) {
			a.s.Errorf("%s: %s is %s, want %s", a.what, path, asJSON(got), asJSON(v))
		}
	}
	return a
}

// same compares what came with what a test has written down, as JSON.
func same(got, want any) bool {
	g, err := json.Marshal(got)
	if err != nil {
		return false
	}
	w, err := json.Marshal(want)
	if err != nil {
		return false
	}
	var x, y any
	return json.Unmarshal(g, &x) == nil && json.Unmarshal(w, &y) == nil && reflect.DeepEqual(x, y)
}

func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// cookie gives the refresh cookie as it is to be sent back, "" if none was set.
func (a *answer) cookie() string {
	for _, c := range (&http.Response{Header: a.header}).Cookies() {
		if c.HttpOnly && c.Value != "" {
			return c.Name + "=" + c.Value
		}
	}
	return ""
}

// seq gives the point of history that the answer is of.
func (a *answer) seq() (epoch string, n int64) {
	a.s.Helper()
	return a.s.point(a.what, a.header.Get("Rung-Seq"))
}

// point reads EPOCH-SEQ.
func (s *story) point(what, text string) (epoch string, n int64) {
	s.Helper()
	i := strings.LastIndexByte(text, '-')
	if i < 1 {
		s.Fatalf("%s: %q is no EPOCH-SEQ", what, text)
	}
	n, err := strconv.ParseInt(text[i+1:], 10, 64)
	if err != nil {
		s.Fatalf("%s: %q is no EPOCH-SEQ", what, text)
	}
	return text[:i], n
}

// ids gives the ids of things, in their order.
func ids(items []object) []string {
	out := make([]string, len(items))
	for i, it := range items {
		out[i], _ = it["id"].(string)
	}
	return out
}

// column gives one field of things, in their order.
func column(items []object, field string) []string {
	out := make([]string, len(items))
	for i, it := range items {
		out[i], _ = it[field].(string)
	}
	return out
}

// without gives a document without what differs with every request.
func (a *answer) without(members ...string) []byte {
	a.s.Helper()
	var doc object
	if err := json.Unmarshal(bytes.TrimSpace(a.body), &doc); err != nil {
		a.s.Fatalf("%s: %v", a.what, err)
	}
	for _, m := range members {
		delete(doc, m)
	}
	return []byte(asJSON(doc))
}
