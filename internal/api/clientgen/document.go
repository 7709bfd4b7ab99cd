package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// document is what the generator reads of the OpenAPI document.
type document struct {
	Components struct {
		Schemas map[string]*schema `json:"schemas"`
	} `json:"components"`
	Paths map[string]map[string]*operation `json:"paths"`

	sent    map[string]bool // schemas that requests have
	patches map[string]bool // schemas of merge patches
	list    []*operation    // in the order of their names
}

// schema is a part of a JSON Schema, as far as this document uses it.
type schema struct {
	Ref         string             `json:"$ref"`
	Type        any                `json:"type"`
	Format      string             `json:"format"`
	Description string             `json:"description"`
	Enum        []any              `json:"enum"`
	Items       *schema            `json:"items"`
	AnyOf       []*schema          `json:"anyOf"`
	OneOf       []*schema          `json:"oneOf"`
	Properties  map[string]*schema `json:"properties"`
	More        json.RawMessage    `json:"additionalProperties"`
	Required    []string           `json:"required"`
	Codes       []string           `json:"x-extensible-enum"`
}

type operation struct {
	ID          string `json:"operationId"`
	Summary     string `json:"summary"`
	Description string `json:"description"`
	Servers     []struct {
		URL string `json:"url"`
	} `json:"servers"`
	Security   []map[string][]string `json:"security"`
	Parameters []parameter           `json:"parameters"`
	Body       struct {
		Content map[string]media `json:"content"`
	} `json:"requestBody"`
	Responses map[string]struct {
		Content map[string]media `json:"content"`
	} `json:"responses"`

	method, path string
}

type media struct {
	Schema *schema `json:"schema"`
}

type parameter struct {
	Name        string  `json:"name"`
	In          string  `json:"in"`
	Description string  `json:"description"`
	Required    bool    `json:"required"`
	Schema      *schema `json:"schema"`
}

func read(text []byte) (*document, error) {
	d := &document{sent: map[string]bool{}, patches: map[string]bool{}}
	if err := json.Unmarshal(text, d); err != nil {
		return nil, err
	}
	byID := map[string]*operation{}
	for path, methods := range d.Paths {
		for method, op := range methods {
			op.method, op.path = strings.ToUpper(method), path
			if byID[op.ID] != nil {
				return nil, fmt.Errorf("%s %s and another operation are both called %s", op.method, path, op.ID)
			}
			byID[op.ID] = op
			for contentType, m := range op.Body.Content {
				d.reach(m.Schema)
				if contentType == "application/merge-patch+json" {
					d.patches[m.Schema.name()] = true
				}
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		d.list = append(d.list, byID[id])
	}
	return d, nil
}

// reach marks what requests have.
func (d *document) reach(s *schema) {
	if s == nil {
		return
	}
	if name := s.name(); name != "" {
		if d.sent[name] {
			return
		}
		d.sent[name] = true
		s = d.Components.Schemas[name]
	}
	for _, p := range s.Properties {
		d.reach(p)
	}
	for _, some := range slices.Concat(s.AnyOf, s.OneOf, []*schema{s.Items}) {
		d.reach(some)
	}
}

// name is that of the schema that is referred to, "" if none is.
func (s *schema) name() string { return s.Ref[strings.LastIndexByte(s.Ref, '/')+1:] }

// kinds are the types that a value may have.
func (s *schema) kinds() (kind string, null bool) {
	switch t := s.Type.(type) {
	case string:
		return t, false
	case []any:
		for _, one := range t {
			if one == "null" {
				null = true
			} else {
				kind, _ = one.(string)
			}
		}
	}
	return kind, null
}

// answer is the type and the content type of what an operation answers when it succeeds.
func (op *operation) answer() (*schema, string) {
	for _, status := range []string{"200", "201", "202"} {
		for contentType, m := range op.Responses[status].Content {
			return m.Schema, contentType
		}
	}
	return nil, ""
}

// body is what a request has, and as what it is sent.
func (op *operation) body() (*schema, string) {
	for contentType, m := range op.Body.Content {
		return m.Schema, contentType
	}
	return nil, ""
}
