package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// optional are the parameters in the query that may be left out.
func (op *operation) optional() (all []parameter) {
	for _, p := range op.Parameters {
		if p.In == "query" && !p.Required {
			all = append(all, p)
		}
	}
	return all
}

// required are the names of those that may not.
func (op *operation) required() (all []string) {
	for _, p := range op.Parameters {
		if p.In == "query" && p.Required {
			all = append(all, p.Name)
		}
	}
	return all
}

func (op *operation) hasParams() bool { return len(op.optional()) > 0 }

// paramsType is Page if there is nothing but pages.
func (op *operation) paramsType() string {
	if all := op.optional(); len(all) == 2 && all[0].Name == "limit" && all[1].Name == "cursor" {
		return "Page"
	}
	return method(op.ID) + "Params"
}

// params writes the types of queries and of forms.
func (d *document) params(b *bytes.Buffer) {
	for _, op := range d.list {
		if body, contentType := op.body(); contentType == "multipart/form-data" {
			d.form(b, body.name())
		}
		_, contentType := op.answer()
		typ := op.paramsType()
		if !op.hasParams() || typ == "Page" || streamed(contentType) {
			continue
		}
		fmt.Fprintf(b, "// %s are the parameters of %s; a zero value is not sent.\ntype %s struct {\n", typ, method(op.ID), typ)
		var sent strings.Builder
		for _, p := range op.optional() {
			goType, _ := d.goType(p.Schema, true, p.Name)
			described := *p.Schema
			described.Description = p.Description
			if text := describe(&described); text != "" {
				fmt.Fprintf(b, "\t// %s\n", text)
			}
			fmt.Fprintf(b, "\t%s %s\n", exported(p.Name), goType)
			fmt.Fprintf(&sent, "\taddQuery(q, %q, p.%s)\n", p.Name, exported(p.Name))
		}
		fmt.Fprintf(b, "}\n\nfunc (p %s) query() url.Values {\n\tq := url.Values{}\n%s\treturn q\n}\n\n", typ, sent.String())
	}
}

// form writes how a multipart form is sent: the files last, so that a server can refuse the rest before it has read
// them.
func (d *document) form(b *bytes.Buffer, name string) {
	s := d.Components.Schemas[name]
	fmt.Fprintf(b, "func (f *%s) parts() *form {\n\tvar out form\n", name)
	if s.Properties["id"] != nil {
		b.WriteString("\tf.ownID()\n")
	}
	files := ""
	for _, p := range ordered(s.Properties) {
		if typ, _ := d.goType(p.schema, true, p.name); typ == "File" {
			files += fmt.Sprintf("\tout.file(%q, f.%s)\n", p.name, exported(p.name))
		} else {
			fmt.Fprintf(b, "\tout.field(%q, f.%s, %t)\n", p.name, exported(p.name), slices.Contains(s.Required, p.name))
		}
	}
	fmt.Fprintf(b, "%s\treturn &out\n}\n\n", files)
}
