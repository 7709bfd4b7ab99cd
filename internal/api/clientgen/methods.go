package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// forPeople are operations that a program has no use for.
var forPeople = []string{"get-docs"}

// streamed are operations whose methods are written by hand, for their answers come piece by piece.
func streamed(contentType string) bool {
	return contentType == "text/event-stream" || contentType == "application/x-ndjson"
}

const below = "/workspaces/{ws}/"

func (d *document) methods(b *bytes.Buffer) {
	for _, op := range d.list {
		if _, contentType := op.answer(); streamed(contentType) || slices.Contains(forPeople, op.ID) {
			continue
		}
		d.method(b, op)
	}
}

// argument is one of a method.
type argument struct{ name, typ string }

func (d *document) method(b *bytes.Buffer, op *operation) {
	receiver, path := "c *Client", op.path
	client := "c"
	if rest, ok := strings.CutPrefix(path, below); ok {
		receiver, client, path = "w *WorkspaceClient", "w.c", "/"+rest
	}
	args := op.pathArguments(receiver)
	send := fmt.Sprintf("method: %q, path: %s", op.method, pathOf(op, path, receiver))
	if names := op.required(); len(names) > 0 || op.hasParams() {
		query := "url.Values{}"
		if op.hasParams() {
			query = "p.query()"
		}
		for _, name := range names {
			arg := local(name)
			if slices.Contains(args, argument{arg, "string"}) {
				arg = "other" + exported(name)
			}
			args = append(args, argument{arg, "string"})
			query = fmt.Sprintf("withQuery(%s, %q, %s)", query, name, arg)
		}
		send += ", query: " + query
	}
	if body, contentType := op.body(); body != nil {
		args = append(args, argument{"body", body.name()})
		if contentType == "multipart/form-data" {
			send += ", form: body.parts()"
		} else {
			send += fmt.Sprintf(", body: &body, contentType: %q", contentType)
		}
	}
	if op.hasParams() {
		args = append(args, argument{"p", op.paramsType()})
	}
	if d.repeatable(op) {
		send += ", repeat: true"
	}
	result, run := "error", "callEmpty"
	if answer, contentType := op.answer(); answer != nil {
		typ := "json.RawMessage"
		if strings.HasSuffix(contentType, "json") {
			if answer.Ref != "" {
				typ = answer.name()
			}
			run = "call[" + typ + "]"
		} else {
			typ, run = "*Download", "callDownload"
		}
		result = "(" + typ + ", error)"
	}
	list := ""
	for _, a := range args {
		list += ", " + a.name + " " + a.typ
	}
	fmt.Fprintf(b, "%sfunc (%s) %s(ctx context.Context%s, o ...CallOption) %s {\n\treturn %s(ctx, %s, request{%s}, o)\n}\n\n",
		op.comment(), receiver, method(op.ID), list, result, run, client, send)
	d.iterator(b, op, receiver, args)
}

// comment describes a method: what it does, and what it calls.
func (op *operation) comment() string {
	text := fmt.Sprintf("// %s: %s.\n", method(op.ID), op.Summary)
	if op.Description != "" {
		text += "//\n// " + strings.ReplaceAll(op.Description, "\n", "\n// ") + "\n"
	}
	needs := "public"
	for _, s := range op.Security {
		needs = "scope " + strings.Join(s["bearer"], ", ")
	}
	return text + fmt.Sprintf("//\n// %s %s, %s.\n", op.method, op.path, needs)
}

func (op *operation) pathArguments(receiver string) (args []argument) {
	for _, part := range strings.Split(op.path, "/") {
		name, ok := strings.CutPrefix(part, "{")
		name = strings.TrimSuffix(name, "}")
		if ok && (name != "ws" || receiver == "c *Client") {
			args = append(args, argument{local(name), "string"})
		}
	}
	return args
}

// pathOf writes the expression of a path.
func pathOf(op *operation, path, receiver string) string {
	var parts, values []string
	for _, part := range strings.Split(path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			values = append(values, local(strings.TrimSuffix(name, "}")))
			part = "%s"
		}
		parts = append(parts, part)
	}
	out := fmt.Sprintf("%q", strings.Join(parts, "/"))
	if len(values) > 0 {
		out = fmt.Sprintf("pathf(%s, %s)", out, strings.Join(values, ", "))
	}
	switch {
	case receiver != "c *Client":
		return "w.path + " + out
	case len(op.Servers) > 0: // it stands beside the API
		return out + ", root: true"
	default:
		return out
	}
}

// repeatable reports whether a request may be sent again if it is not known what came of the first time. Every write of
// Rung may be, save signing in, forms whose maker has no say in the id, and what is answered with a secret that is shown once.
func (d *document) repeatable(op *operation) bool {
	body, contentType := op.body()
	answer, _ := op.answer()
	switch {
	case op.method != "POST":
		return true
	case contentType == "multipart/form-data":
		return d.Components.Schemas[body.name()].Properties["id"] != nil
	case answer != nil && d.Components.Schemas[answer.name()] != nil && d.Components.Schemas[answer.name()].Properties["token"] != nil:
		return false
	case strings.HasPrefix(op.path, "/auth/"):
		return body != nil && d.Components.Schemas[body.name()].Properties["id"] != nil
	default:
		return true
	}
}

// iterator writes the method that goes through all pages of a list.
func (d *document) iterator(b *bytes.Buffer, op *operation, receiver string, args []argument) {
	answer, _ := op.answer()
	if answer == nil || d.Components.Schemas[answer.name()] == nil || d.Components.Schemas[answer.name()].Properties["next_cursor"] == nil ||
		!slices.ContainsFunc(op.Parameters, func(p parameter) bool { return p.Name == "cursor" }) {
		return
	}
	item, _ := d.goType(d.Components.Schemas[answer.name()].Properties["items"], false, "")
	name := method(op.ID) + "All"
	if rest, ok := strings.CutPrefix(op.ID, "list-"); ok {
		name = method(rest)
	}
	list, pass := "", ""
	for _, a := range args {
		list += ", " + a.name + " " + a.typ
		pass += ", " + a.name
	}
	fmt.Fprintf(b, `// %s goes through all that %s lists, page by page; Limit is how many are asked for at once. After an
// error, which comes with a zero value, there is nothing more.
func (%s) %s(ctx context.Context%s, o ...CallOption) iter.Seq2[%s, error] {
	return pages(p.Cursor, func(cursor string) ([]%s, *string, error) {
		p.Cursor = cursor
		l, err := %s.%s(ctx%s, o...)
		return l.Items, l.NextCursor, err
	})
}

`, name, method(op.ID), receiver, name, list, item[2:], item[2:], receiver[:1], method(op.ID), pass)
}
