package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// byHand are schemas whose types are written by hand.
var byHand = []string{"Problem", "PlaceBeside", "SnapshotLine"}

func (d *document) types(b *bytes.Buffer) {
	for _, name := range slices.Sorted(maps.Keys(d.Components.Schemas)) {
		if slices.Contains(byHand, name) {
			continue
		}
		s := d.Components.Schemas[name]
		fmt.Fprintf(b, "// %s: %s\ntype %s struct {\n", name, d.about(name, s), name)
		for _, p := range ordered(s.Properties) {
			d.field(b, name, s, p)
		}
		b.WriteString("}\n\n")
		if s.Properties["id"] != nil && d.creates(name) {
			fmt.Fprintf(b, "func (b *%s) ownID() {\n\tif b.ID == \"\" {\n\t\tb.ID = NewID()\n\t}\n}\n\n", name)
		}
	}
}

// about is the sentence that a type is described with.
func (d *document) about(name string, s *schema) string {
	var in, out []string
	for _, op := range d.list {
		if body, _ := op.body(); body != nil && body.name() == name {
			in = append(in, method(op.ID))
		}
		if answer, _ := op.answer(); answer != nil && answer.name() == name {
			out = append(out, method(op.ID))
		}
	}
	switch {
	case s.Description != "":
		return s.Description
	case len(in) > 0:
		return "what " + strings.Join(in, " and ") + " sends."
	case s.Properties["next_cursor"] != nil && len(out) > 0:
		return "a page of " + strings.Join(out, " and ") + "."
	case len(out) > 0:
		return "what " + strings.Join(out, ", ") + " gives."
	default:
		return "a part of other types."
	}
}

// creates reports whether a schema is the body of a request that makes something, whose id the client may choose.
func (d *document) creates(name string) bool {
	return slices.ContainsFunc(d.list, func(op *operation) bool {
		body, _ := op.body()
		return body != nil && body.name() == name && op.method == "POST" && op.ID != "batch-tasks"
	})
}

// property is one of a schema.
type property struct {
	name string
	*schema
}

// ordered gives properties in the order of their names, save those that say which one it is: they come first.
func ordered(all map[string]*schema) []property {
	first := []string{"id", "key", "name", "title", "project", "email"}
	rank := func(name string) int {
		if i := slices.Index(first, name); i >= 0 {
			return i
		}
		return len(first)
	}
	out := make([]property, 0, len(all))
	for name, s := range all {
		out = append(out, property{name, s})
	}
	slices.SortFunc(out, func(x, y property) int {
		return cmp.Or(rank(x.name)-rank(y.name), strings.Compare(x.name, y.name))
	})
	return out
}

func (d *document) field(b *bytes.Buffer, owner string, s *schema, p property) {
	required := slices.Contains(s.Required, p.name)
	typ, null := d.goType(p.schema, d.sent[owner], p.name)
	tag := p.name
	change := strings.HasSuffix(p.name, "_add") || strings.HasSuffix(p.name, "_remove")
	named := p.schema.name() != "" && typ != "Filter" || typ == "Filter" && p.name == "not"
	switch {
	case d.patches[owner] && !required && !change:
		typ, tag = "Opt["+typ+"]", tag+",omitzero"
	case null && !isList(typ):
		typ = "*" + typ
		if !required {
			tag += ",omitempty"
		}
	case required:
	case typ == "time.Time" || typ == "Place" || typ == "When":
		tag += ",omitzero"
	case named || typ == "float64":
		typ, tag = "*"+typ, tag+",omitempty"
	default:
		tag += ",omitempty"
	}
	if text := describe(p.schema); text != "" {
		fmt.Fprintf(b, "\t// %s\n", strings.ReplaceAll(text, "\n", "\n\t// "))
	}
	fmt.Fprintf(b, "\t%s %s `json:%q`\n", exported(p.name), typ, tag)
}

// describe is a schema's description, with the values that it may have.
func describe(s *schema) string {
	text := s.Description
	values := s.Enum
	if s.Items != nil && len(s.Items.Enum) > 0 {
		values = s.Items.Enum
	}
	var all []string
	for _, v := range values {
		if v != nil {
			all = append(all, fmt.Sprint(v))
		}
	}
	if len(all) > 0 {
		text = strings.TrimSpace(text + " One of " + strings.Join(all, ", ") + ".")
	}
	return text
}

func isList(typ string) bool {
	return strings.HasPrefix(typ, "[]") || strings.HasPrefix(typ, "map[") || typ == "any" || typ == "json.RawMessage"
}

// goType gives the Go type of a value, and whether it may be null.
func (d *document) goType(s *schema, sent bool, name string) (typ string, null bool) {
	if s.Ref != "" {
		return s.name(), false
	}
	if some := append(slices.Clone(s.AnyOf), s.OneOf...); len(some) > 0 {
		return d.choice(some, sent, name)
	}
	kind, null := s.kinds()
	switch kind {
	case "string":
		switch s.Format {
		case "date-time":
			return "time.Time", null
		case "binary":
			return "File", null
		}
		return "string", null
	case "integer":
		if strings.HasSuffix(name, "version") || slices.Contains([]string{"seq", "size", "free", "database", "storage"}, name) {
			return "int64", null
		}
		return "int", null
	case "number":
		return "float64", null
	case "boolean":
		return "bool", null
	case "array":
		item, null := d.goType(s.Items, sent, "")
		if null {
			item = "*" + item
		}
		return "[]" + item, null
	case "object":
		var more schema
		if json.Unmarshal(s.More, &more) == nil && len(s.More) > 0 {
			item, null := d.goType(&more, sent, "")
			if null {
				item = "*" + item
			}
			return "map[string]" + item, null
		}
	}
	if sent {
		return "any", null
	}
	return "json.RawMessage", null
}

// choice gives the type of a value of several forms.
func (d *document) choice(some []*schema, sent bool, name string) (typ string, null bool) {
	for _, s := range some {
		kind, _ := s.kinds()
		switch {
		case kind == "null":
			null = true
		case s.name() == "PlaceBeside":
			typ = "Place"
		case s.Ref != "":
			typ = s.name()
		case s.Properties["project"] != nil && s.Properties["role"] != nil:
			typ = "InvitedGrant"
		case typ == "" && len(s.Enum) == 0:
			typ, _ = d.goType(s, sent, name)
		}
	}
	return typ, null
}

func (d *document) codes(b *bytes.Buffer) {
	b.WriteString("// Codes of errors. There may be others: a newer server knows more.\nconst (\n")
	for _, code := range d.Components.Schemas["Problem"].Properties["code"].Codes {
		fmt.Fprintf(b, "\tCode%s = %q\n", exported(code), code)
	}
	b.WriteString(")\n")
}
