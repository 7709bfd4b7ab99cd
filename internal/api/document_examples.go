package api

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// examplesFile is what a real server was asked and has answered, with ids and times that do not change. It is written by
// make generate.
//
//go:embed examples.json
var examplesFile []byte

type rawExample = json.RawMessage

// examples are those of the document.
type examples struct {
	Operations map[string]example    `json:"operations"` // by operation id
	Problems   map[string]rawExample `json:"problems"`   // by status
}

// example is a request and the answers to it.
type example struct {
	Parameters map[string]string     `json:"parameters,omitempty"` // as they stand in an address or a header
	Request    rawExample            `json:"request,omitempty"`
	Answers    map[string]rawExample `json:"answers,omitempty"` // by status
}

func readExamples() (examples, error) {
	var ex examples
	if err := json.Unmarshal(examplesFile, &ex); err != nil {
		return ex, fmt.Errorf("read the examples: %w", err)
	}
	return ex, nil
}

// show adds the examples to an operation.
func (e example) show(op map[string]any) {
	parameters, _ := op["parameters"].([]any)
	for _, p := range parameters {
		m, _ := p.(map[string]any)
		name, _ := m["name"].(string)
		if text, ok := e.Parameters[name]; ok {
			schema, _ := m["schema"].(map[string]any)
			m["example"] = valueOf(schema, text)
		}
	}
	body, _ := op["requestBody"].(map[string]any)
	showIn(body, e.Request)
	responses, _ := op["responses"].(map[string]any)
	for status, raw := range e.Answers {
		response, _ := responses[status].(map[string]any)
		showIn(response, raw)
	}
}

// valueOf reads a parameter's text as its schema has it.
func valueOf(schema map[string]any, text string) any {
	switch schema["type"] {
	case "integer":
		n, _ := strconv.Atoi(text)
		return n
	case "boolean":
		return text == "true"
	case "array":
		items, _ := schema["items"].(map[string]any)
		var all []any
		for one := range strings.SplitSeq(text, ",") {
			all = append(all, valueOf(items, one))
		}
		return all
	default:
		return text
	}
}

func showIn(part map[string]any, raw rawExample) {
	content, _ := part["content"].(map[string]any)
	for _, media := range content {
		if m, ok := media.(map[string]any); ok && len(raw) > 0 {
			m["example"] = raw
		}
	}
}
