package api

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
)

// document encodes the OpenAPI document. It corrects what huma can't know: what it adds for its own errors goes; fields
// say whether they may be null; and what no request sends loses the sentence that there are no further fields, for
// answers may grow.
func (a *API) document() ([]byte, error) {
	b, err := json.Marshal(a.huma.OpenAPI())
	if err != nil {
		return nil, err
	}
	var doc struct {
		Components struct {
			Schemas map[string]map[string]any `json:"schemas"`
		} `json:"components"`
		Paths map[string]map[string]map[string]any `json:"paths"`
	}
	doc.Paths = map[string]map[string]map[string]any{}
	whole := map[string]any{}
	if err := errors.Join(json.Unmarshal(b, &doc), json.Unmarshal(b, &whole)); err != nil {
		return nil, err
	}
	ex, err := readExamples()
	if err != nil {
		return nil, err
	}
	schemas := doc.Components.Schemas
	delete(schemas, "ErrorModel")
	delete(schemas, "ErrorDetail")
	sent := map[string]bool{}
	for path, methods := range doc.Paths {
		for _, op := range methods {
			reach(op["requestBody"], schemas, sent)
			nameParameters(path, op)
			tidyParameters(op)
		}
	}
	for name, s := range schemas {
		if !sent[name] {
			delete(s, "additionalProperties")
		}
		properties, _ := s["properties"].(map[string]any)
		markNulls(properties, a.huma.OpenAPI().Components.Schemas.TypeFromRef("#/components/schemas/"+name))
	}
	for i := range a.routes {
		r := &a.routes[i]
		op := doc.Paths[r.Path][strings.ToLower(r.Method)]
		describeAnswers(r, op)
		if r.Scope == Public {
			op["security"] = []any{}
		}
	}
	describeProblem(schemas)
	describeCodes(schemas)
	if err := a.describePlain(doc.Paths, schemas); err != nil {
		return nil, err
	}
	for _, methods := range doc.Paths {
		for _, op := range methods {
			id, _ := op["operationId"].(string)
			ex.Operations[id].show(op)
		}
	}
	for _, s := range schemas {
		refer(s, schemas)
	}
	components, _ := whole["components"].(map[string]any)
	components["schemas"], components["responses"], components["headers"] = schemas, sharedResponses(ex), sharedHeaders()
	whole["paths"] = doc.Paths
	return json.Marshal(whole)
}

// nameParameters adds the parts of the path that the handler does not ask for, such as a workspace that it has been led
// into already.
func nameParameters(path string, op map[string]any) {
	parameters, _ := op["parameters"].([]any)
	for _, part := range strings.Split(path, "/") {
		name, ok := strings.CutPrefix(part, "{")
		name = strings.TrimSuffix(name, "}")
		named := slices.ContainsFunc(parameters, func(p any) bool {
			m, _ := p.(map[string]any)
			return m["in"] == "path" && m["name"] == name
		})
		if ok && !named {
			parameters = append(parameters, map[string]any{
				"name": name, "in": "path", "required": true, "schema": map[string]any{"type": "string"},
			})
		}
	}
	if len(parameters) > 0 {
		op["parameters"] = parameters
	}
}

// tidyParameters takes out what huma says twice, and that a list in a query could be null.
func tidyParameters(op map[string]any) {
	parameters, _ := op["parameters"].([]any)
	for _, p := range parameters {
		m, _ := p.(map[string]any)
		schema, _ := m["schema"].(map[string]any)
		delete(schema, "description")
		if types, ok := schema["type"].([]any); ok {
			schema["type"] = types[0]
		}
		if m["in"] != "query" || schema["type"] != "array" {
			delete(m, "explode")
		}
	}
}

// refer replaces, in the properties of a schema, what is a named schema or null and stands there in full, as it does for
// a field that null clears, by a reference.
func refer(s map[string]any, schemas map[string]map[string]any) {
	properties, _ := s["properties"].(map[string]any)
	for name, p := range properties {
		property, _ := p.(map[string]any)
		types, several := property["type"].([]any)
		if property["properties"] == nil || !several || !slices.Contains(types, any("null")) {
			continue
		}
		for known, schema := range schemas {
			if reflect.DeepEqual(schema["properties"], property["properties"]) {
				out := map[string]any{"anyOf": []any{map[string]any{"$ref": "#/components/schemas/" + known}, map[string]any{"type": "null"}}}
				if property["description"] != nil {
					out["description"] = property["description"]
				}
				properties[name] = out
			}
		}
	}
}

// reach collects the names of the schemas that a part of the document refers to.
func reach(part any, schemas map[string]map[string]any, seen map[string]bool) {
	switch v := part.(type) {
	case map[string]any:
		if ref, ok := v["$ref"].(string); ok {
			name := ref[strings.LastIndexByte(ref, '/')+1:]
			if !seen[name] {
				seen[name] = true
				reach(schemas[name], schemas, seen)
			}
		}
		for _, child := range v {
			reach(child, schemas, seen)
		}
	case []any:
		for _, child := range v {
			reach(child, schemas, seen)
		}
	}
}

// markNulls lets exactly those properties be null whose Go field is a pointer or a map that is always sent, or an Optional
// of a pointer. Lists in a list are never null.
func markNulls(properties map[string]any, t reflect.Type) {
	if t == nil || t.Kind() != reflect.Struct {
		return
	}
	for _, f := range reflect.VisibleFields(t) {
		name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
		property, ok := properties[name].(map[string]any)
		if !ok || f.Anonymous {
			continue
		}
		kind := f.Type.Kind()
		nullable := (kind == reflect.Pointer || kind == reflect.Map) && !strings.Contains(rest, "omit")
		if o, ok := reflect.New(f.Type).Interface().(interface{ clears() bool }); ok {
			nullable = o.clears()
		}
		markNull(property, nullable && f.Tag.Get("nullable") != "false" || f.Tag.Get("nullable") == "true")
		if items, ok := property["items"].(map[string]any); ok && items["items"] != nil {
			markNull(items, false)
		}
	}
}

// markNull says in a schema, in place, whether null will do.
func markNull(s map[string]any, nullable bool) {
	null := map[string]any{"type": "null"}
	types, several := s["type"].([]any)
	switch {
	case several && !nullable:
		s["type"] = types[0] // huma puts null last
	case !nullable:
	case s["type"] != nil:
		if !several {
			s["type"] = []any{s["type"], "null"}
		}
		if values, ok := s["enum"].([]any); ok && !slices.Contains(values, nil) {
			s["enum"] = append(values, nil)
		}
	case s["$ref"] != nil:
		s["anyOf"] = []any{map[string]any{"$ref": s["$ref"]}, null}
		delete(s, "$ref")
	case s["anyOf"] != nil:
		any, _ := s["anyOf"].([]any)
		s["anyOf"] = append(any, null)
	}
}
