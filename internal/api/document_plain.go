package api

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
)

// describePlain adds the addresses that are answered without huma.
func (a *API) describePlain(paths map[string]map[string]map[string]any, schemas map[string]map[string]any) error {
	if schemas["Health"] != nil {
		return errors.New("two schemas are called Health")
	}
	schemas["Health"] = map[string]any{
		"type": "object", "required": []string{"status"}, "properties": map[string]any{
			"status": map[string]any{"type": "string", "enum": []string{"ok", "unavailable", "draining"}},
			"checks": map[string]any{
				"type": "object", "description": "What the process needs: each ok or down, or the code of what it can't do; it stays ready then.",
				"additionalProperties": map[string]any{"type": "string"},
			},
		},
	}
	health := map[string]any{"$ref": "#/components/schemas/Health"}
	for _, p := range []struct {
		path, id, summary, contentType, tag string
		schema                              map[string]any
		statuses                            []int
	}{
		{"/livez", "get-livez", "See whether the process is alive", jsonType, "health", health, []int{http.StatusOK}},
		{"/readyz", "get-readyz", "See whether it can answer: not while something that it needs is down, nor while it drains", jsonType, "health", health, []int{http.StatusOK, http.StatusServiceUnavailable}},
		{"/openapi.json", "get-document", "Get this document", jsonType, "docs", map[string]any{"type": "object"}, []int{http.StatusOK, http.StatusNotModified}},
		{"/docs", "get-docs", "Read it", "text/html", "docs", map[string]any{"type": "string"}, []int{http.StatusOK, http.StatusNotModified}},
	} {
		op := map[string]any{"operationId": p.id, "summary": p.summary, "tags": []string{p.tag}, "security": []any{}}
		if p.tag == "health" {
			op["servers"] = []any{map[string]any{"url": strings.TrimSuffix(a.BasePath, "/") + "/"}}
		}
		responses := map[string]any{}
		for _, code := range p.statuses {
			response := map[string]any{"description": http.StatusText(code)}
			if p.tag == "docs" {
				response["headers"] = map[string]any{"ETag": headerRef("ETag")}
			}
			if code != http.StatusNotModified {
				response["content"] = map[string]any{p.contentType: map[string]any{"schema": p.schema}}
			}
			responses[strconv.Itoa(code)] = response
		}
		responses["429"] = map[string]any{"$ref": "#/components/responses/" + responseName(http.StatusTooManyRequests)}
		responses["default"] = map[string]any{"$ref": "#/components/responses/Problem"}
		op["responses"] = responses
		paths[p.path] = map[string]map[string]any{"get": op}
	}
	return nil
}
