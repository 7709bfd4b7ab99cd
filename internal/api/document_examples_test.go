package api

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestEveryExampleIsThereAndFits validates the examples of the document, and its schemas, as JSON Schema has it.
func TestEveryExampleIsThereAndFits(t *testing.T) {
	text, err := Describe("test")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("rung.json", doc); err != nil {
		t.Fatal(err)
	}
	x := &exampleCheck{T: t, compiler: compiler}
	all, _ := doc.(map[string]any)
	components, _ := all["components"].(map[string]any)
	for name := range components["schemas"].(map[string]any) {
		if _, err := compiler.Compile("rung.json#/components/schemas/" + name); err != nil {
			t.Errorf("the schema %s: %v", name, err)
		}
	}
	responses, _ := components["responses"].(map[string]any)
	for name, r := range responses {
		x.content("#/components/responses/"+name, r.(map[string]any), name != "Problem")
	}
	for path, methods := range all["paths"].(map[string]any) {
		for method, op := range methods.(map[string]any) {
			x.operation("#/paths/"+pointer(path)+"/"+method, op.(map[string]any))
		}
	}
}

type exampleCheck struct {
	*testing.T
	compiler *jsonschema.Compiler
}

func (x *exampleCheck) operation(at string, op map[string]any) {
	id, _ := op["operationId"].(string)
	if op["summary"] == "" || op["responses"] == nil {
		x.Errorf("%s is not described", id)
	}
	wanted := !slices.Contains([]string{"get-document", "get-docs"}, id) // they are what they are about
	if body, ok := op["requestBody"].(map[string]any); ok {
		x.content(at+"/requestBody", body, wanted)
	}
	parameters, _ := op["parameters"].([]any)
	for i, p := range parameters {
		m, _ := p.(map[string]any)
		if m["example"] != nil {
			x.fits(at+"/parameters/"+strconv.Itoa(i)+"/schema", m["example"])
		} else if m["required"] == true && m["example"] == nil {
			x.Errorf("%s has no example of the parameter %s", id, m["name"])
		}
	}
	for status, r := range op["responses"].(map[string]any) {
		response, _ := r.(map[string]any)
		x.content(at+"/responses/"+status, response, wanted && status != "503" && !(status == "200" && has(op, "201")))
	}
}

// has reports whether an operation has an answer with another status, whose example is enough.
func has(op map[string]any, status string) bool {
	_, ok := op["responses"].(map[string]any)[status]
	return ok
}

func (x *exampleCheck) content(at string, part map[string]any, wanted bool) {
	content, _ := part["content"].(map[string]any)
	for contentType, m := range content {
		media, _ := m.(map[string]any)
		switch {
		case media["example"] != nil:
			x.fits(at+"/content/"+pointer(contentType)+"/schema", media["example"])
		case isFile(media): // which is what it is
		case wanted:
			x.Errorf("%s has no example", at)
		}
	}
}

func isFile(media map[string]any) bool {
	schema, _ := media["schema"].(map[string]any)
	return schema["format"] == "binary"
}

func (x *exampleCheck) fits(at string, example any) {
	schema, err := x.compiler.Compile("rung.json" + at)
	if err != nil {
		x.Errorf("%s: %v", at, err)
		return
	}
	if err := schema.Validate(example); err != nil {
		b, _ := json.Marshal(example)
		x.Errorf("the example of %s: %v\n%s", at, err, b)
	}
}

// pointer writes a name as a part of a JSON Pointer in an address.
func pointer(name string) string {
	return url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(name))
}
