package api

import (
	"net/http"
	"strconv"
	"strings"
)

// describeProblem adds the member that only a stale version has.
func describeProblem(schemas map[string]map[string]any) {
	properties, _ := schemas["Problem"]["properties"].(map[string]any)
	properties["conflicts"] = map[string]any{
		"type": "array", "items": map[string]any{"$ref": "#/components/schemas/Changed"},
		"description": "Of a version-conflict under Rung-Base-Version: the fields that somebody else has changed since.",
	}
}

// describeAnswers adds to an operation what is not its handler's doing: the headers that answers have, and the answer
// that there is nothing new.
func describeAnswers(r *Route, op map[string]any) {
	responses, _ := op["responses"].(map[string]any)
	if r.conditional() {
		responses["304"] = map[string]any{"description": http.StatusText(http.StatusNotModified)}
		parameters, _ := op["parameters"].([]any)
		op["parameters"] = append(parameters, map[string]any{
			"name": "If-None-Match", "in": "header", "schema": map[string]any{"type": "string"},
			"description": "An ETag: 304 if that is what there still is.",
		})
	}
	for code, response := range responses {
		description, _ := response.(map[string]any)
		headers, _ := description["headers"].(map[string]any)
		if headers == nil {
			headers = map[string]any{}
		}
		if code == "default" {
			headers["Retry-After"] = header("integer", "Of 429 and 503: how many seconds to wait.")
			headers["RateLimit"] = header("string", "Of 429: what is left, and after how many seconds there is more.")
		} else if r.Member {
			headers["Rung-Seq"] = header("string", "EPOCH-SEQ: the point of the workspace's history that the answer is of.")
		}
		if r.conditional() && code != "default" {
			headers["ETag"] = header("string", "Names what is answered, for If-None-Match; of a single thing its version, for If-Match.")
		}
		if len(headers) > 0 {
			description["headers"] = headers
		}
	}
}

func header(kind, description string) map[string]any {
	return map[string]any{"schema": map[string]any{"type": kind}, "description": description}
}

// describePlain adds the addresses that are answered without huma.
func (a *API) describePlain(paths map[string]map[string]map[string]any, schemas map[string]map[string]any) {
	schemas["Health"] = map[string]any{
		"type": "object", "required": []string{"status"}, "properties": map[string]any{
			"status": map[string]any{"type": "string", "enum": []string{"ok", "unavailable", "draining"}},
			"checks": map[string]any{
				"type": "object", "description": "What the process needs, each ok or down.",
				"additionalProperties": map[string]any{"type": "string", "enum": []string{"ok", "down"}},
			},
		},
	}
	health := map[string]any{"$ref": "#/components/schemas/Health"}
	for _, p := range []struct {
		path, summary, contentType, tag string
		schema                          map[string]any
		statuses                        []int
	}{
		{"/livez", "See whether the process is alive", jsonType, "health", health, []int{http.StatusOK}},
		{"/readyz", "See whether it can answer: not while something that it needs is down, nor while it drains", jsonType, "health", health, []int{http.StatusOK, http.StatusServiceUnavailable}},
		{"/openapi.json", "Get this document", jsonType, "docs", map[string]any{"type": "object"}, []int{http.StatusOK}},
		{"/docs", "Read it", "text/html", "docs", map[string]any{"type": "string"}, []int{http.StatusOK}},
	} {
		op := map[string]any{"operationId": "get-" + strings.NewReplacer("/", "", ".", "-").Replace(p.path), "summary": p.summary, "tags": []string{p.tag}}
		if p.tag == "health" {
			op["servers"] = []any{map[string]any{"url": a.BasePath + "/"}}
		}
		responses := map[string]any{}
		for _, code := range p.statuses {
			responses[strconv.Itoa(code)] = map[string]any{
				"description": http.StatusText(code), "content": map[string]any{p.contentType: map[string]any{"schema": p.schema}},
			}
		}
		op["responses"] = responses
		paths[p.path] = map[string]map[string]any{"get": op}
	}
}
