package apitest

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// value compares a value with a schema: types, members, enumerations and times. where names what is looked at.
func (d *Document) value(where string, schema object, v any, a Answer) {
	if ref, ok := schema["$ref"].(string); ok {
		named, _ := d.resolve(schema)
		d.value(ref[strings.LastIndexByte(ref, '/')+1:], named, v, a)
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
	if some, ok := schema["enum"].([]any); ok && !slices.ContainsFunc(some, func(e any) bool { return reflect.DeepEqual(e, v) }) {
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

func (d *Document) members(where string, schema, v object, a Answer) {
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
func (d *Document) fits(schema object, v any, a Answer) bool {
	try := &Document{components: d.components, differ: map[string]string{}}
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

func asJSON(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}
