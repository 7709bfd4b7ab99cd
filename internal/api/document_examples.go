package api

import (
	_ "embed"
	"encoding/json"
	"fmt"
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
	Parameters map[string]rawExample `json:"parameters,omitempty"`
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
		if raw, ok := e.Parameters[name]; ok {
			m["example"] = raw
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

func showIn(part map[string]any, raw rawExample) {
	content, _ := part["content"].(map[string]any)
	for _, media := range content {
		if m, ok := media.(map[string]any); ok && len(raw) > 0 {
			m["example"] = raw
		}
	}
}
