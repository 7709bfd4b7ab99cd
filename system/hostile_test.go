package system

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// besieged is a server with an estate on it, for those who mean no good.
type besieged struct {
	*story
	srv  *server
	e    *estate
	sent int
}

func besiege(t *testing.T, env ...string) *besieged {
	t.Helper()
	srv := newServer(t, "", append([]string{"RUNG_SIGNUP=open"}, env...)...)
	srv.start()
	s := &story{T: t, env: Env{BaseURL: srv.base(), SetupURL: srv.setup}, http: newHTTP()}
	s.nobody = &person{s: s, name: "nobody"}
	s.register("Root", object{"setup": s.setupToken()})
	return &besieged{story: s, srv: srv, e: s.settle(s.register("Ada", nil))}
}

// over expects that nothing has failed on the server's side meanwhile, and that it ends well.
func (b *besieged) over() {
	b.Helper()
	for _, line := range b.srv.log.lines() {
		if status, _ := line["status"].(float64); status >= 500 || line["level"] == "ERROR" {
			b.Errorf("the log says %s", asJSON(line))
		}
	}
	b.Logf("%d requests", b.sent)
	b.srv.stop()
}

// refuses sends bytes and expects one of the statuses, as a problem.
func (b *besieged) refuses(r route, what string, body []byte, contentType string, status ...int) {
	b.Helper()
	b.sent++
	a := b.e.owner.ask(r.method, b.e.path(b.T, r), body).with("Content-Type", contentType)
	got := a.send()
	for _, s := range status {
		if got.status == s {
			got.problem()
			return
		}
	}
	b.Errorf("%s with %s: %d, want %v: %.300s", r.name(), what, got.status, status, got.body)
}

func TestHostileBodies(t *testing.T) {
	b := besiege(t)
	surface := b.surface()
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	_, _ = z.Write(bytes.Repeat([]byte(" "), 20<<20))
	_ = z.Close()
	deep := func(open, closed string, n int) []byte {
		return []byte(strings.Repeat(open, n) + strings.Repeat(closed, n))
	}
	for _, r := range surface.routes {
		if r.body == nil || strings.HasPrefix(r.path, "/admin") {
			continue
		}
		kind := "application/json"
		for what, body := range map[string]string{
			"a list": `[]`, "a text": `"x"`, "null": `null`, "a number": `1`, "an open brace": `{`, "two values": `{} {}`, "no JSON": `<xml/>`,
			"a mark": "\ufeff{}", "no UTF-8": "{\"\xff\":1}", "UTF-16": "\xff\xfe{\x00}\x00", "half a pair": `{"\ud800":1}`, "a member twice": `{"a":1,"a":2}`,
			"a big number": `{"a":1e400}`, "NUL": "{\x00}", "a comment": `{/**/}`, "a strange name": `{"\u0000":1}`, "a long name": `{"` + strings.Repeat("a", 100_000) + `":1}`,
			"only blanks": "   ",
		} {
			b.refuses(r, what, []byte(body), kind, 400, 422)
		}
		b.refuses(r, "many lists", deep("[", "]", 200_000), kind, 400)
		b.refuses(r, "many objects", deep(`{"a":`, "}", 100_000), kind, 400)
		var many strings.Builder
		for i := range 50_000 {
			fmt.Fprintf(&many, `"a%d":0,`, i)
		}
		b.refuses(r, "many members", []byte("{"+strings.TrimSuffix(many.String(), ",")+"}"), kind, 422)
		b.refuses(r, "too much", []byte(`{"a":"`+strings.Repeat("a", 1<<20)+`"}`), kind, 413)
		for _, odd := range []string{
			"text/plain", "text/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-16",
			"application/json; charset=latin1", "application/jsonx", "application/json;;", "/", "a b",
		} {
			b.refuses(r, odd, []byte(`{}`), odd, 415)
		}
		b.sent++
		packed := b.e.owner.ask(r.method, b.e.path(t, r), bomb.Bytes()).with("Content-Type", kind).with("Content-Encoding", "gzip").send()
		packed.refused(http.StatusUnsupportedMediaType, "unsupported-encoding")
	}
	b.over()
}

// TestHostileValues sends to every member of every body what does not belong there. What is taken is taken as it is; what
// is not is refused; nothing fails.
func TestHostileValues(t *testing.T) {
	b := besiege(t)
	surface := b.surface()
	values := []any{
		nil, true, "", " ", "x", 0, -1, 1.5, 1e308, -1e308,
		[]any{},
		[]any{nil},
		[]any{object{}},
		object{},
		object{"a": nil},
		"2026-02-30", "9999-12-31T23:59:60Z",
		"\u202e", "\x00", "-00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000001}",
		"urn:uuid:00000000-0000-0000-0000-000000000001", "WEB-99999999999999999999", "WEB--1", "../../etc/passwd", "'; drop table tasks; --", "%00", "\r\nX: y",
		"FREQ=SECONDLY;INTERVAL=0", "FREQ=DAILY;UNTIL=99999999T999999Z", "javascript:alert(1)",
	}
	for _, r := range surface.routes {
		if r.body == nil || strings.HasPrefix(r.path, "/auth/") || strings.HasPrefix(r.path, "/admin") {
			continue
		}
		if r.name() == "DELETE /me" { // whoever has just signed in may leave without a password
			continue
		}
		for _, m := range surface.members(r.body) {
			all := append(values[:len(values):len(values)], strings.Repeat("x", 200_000))
			if m.schema["items"] != nil {
				all = append(all, numerous(10_000, newID()), numerous(10_000, object{}))
			}
			for _, v := range all {
				b.sent++
				body := put(b.e.body(t, r, m.path), m.path, v)
				if got := b.e.owner.ask(r.method, b.e.path(t, r), body).send(); got.status >= 500 {
					t.Errorf("%s with %.100s under %s: %d %s", r.name(), asJSON(v), m.path, got.status, got.body)
				}
			}
		}
	}
	for _, number := range []string{"1e400", "99999999999999999999999999", "-0", "0.1e1", "1E+2", "9223372036854775808"} {
		for _, f := range []string{"priority", "estimate", "custom", "title", "due"} {
			b.sent++
			a := b.e.owner.ask("PATCH", "/workspaces/"+b.e.ws+"/tasks/"+b.e.key, []byte(`{"`+f+`":`+number+`}`)).with("Content-Type", "application/json")
			if got := a.send(); got.status >= 500 || number == "-0" && f == "estimate" && got.number("estimate") != 0 {
				t.Errorf("%s as %s: %d %s", number, f, got.status, got.body)
			}
		}
	}
	project := b.e.owner.makes("/workspaces/"+b.e.ws+"/projects", object{"name": "As it should be"}).id()
	labels := numerous(10_000, newID())
	task := object{"project": project, "title": "A"}
	tasks := "/workspaces/" + b.e.ws + "/tasks"
	b.e.owner.post(tasks, with(task, "labels", labels)).is(422).names("labels")
	b.e.owner.post(tasks, with(task, "title", strings.Repeat("x", 1_000_000))).is(422).names("title")
	b.e.owner.post(tasks, with(task, "title", strings.Repeat("é", 1_001))).is(422).names("title")
	b.e.owner.makes(tasks, with(task, "title", strings.Repeat("é", 1_000)))
	b.e.owner.post(tasks+"/batch", object{"changes": numerous(501, object{"op": "create", "task": task})}).is(422).names("changes")
	b.e.owner.post(tasks+"/batch", object{"changes": numerous(500, object{"op": "create", "task": with(task, "description", strings.Repeat("x", 5_000))})}).is(413)
	giants := object{"custom": object{"a": strings.Repeat("[", 30) + strings.Repeat("]", 30)}, "labels_add": numerous(100, newID())}
	b.e.owner.post(tasks+"/batch", object{"changes": numerous(200, object{"op": "update", "id": b.e.key, "patch": giants})}).is(422)
	b.over()
}

func numerous(n int, v any) []any {
	all := make([]any, n)
	for i := range all {
		all[i] = v
	}
	return all
}
