package api

import (
	"bytes"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rung-app/rung/internal/fault"
)

// promise stands at the head of the document.
const promise = `The API of Rung, a team task manager.

What is released stays: fields, routes, enum members and event types are added, never removed or given another meaning.
**Clients must ignore fields, enum members and event types that they do not know.** In requests it is the other way
round: a field or parameter that Rung does not know is refused, so that a typing error is noticed.

Times are RFC 3339 in UTC with milliseconds, ids are UUIDs (version 7), and whoever creates a thing may choose its id.
Every write may be sent twice: the second one finds done what it asks for.`

// config is how huma is used here: JSON alone, our errors, no pages of its own.
func (a *API) config() huma.Config {
	registry := huma.NewMapRegistry("#/components/schemas/", schemaName)
	aliases(registry)
	registry.Schema(reflect.TypeFor[Problem](), true, "")
	registry.Schema(reflect.TypeFor[fault.Changed](), true, "")
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "Rung", Version: a.Version, Description: promise,
				License: &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"},
			},
			Servers: []*huma.Server{{URL: a.BasePath + Prefix}},
			Components: &huma.Components{
				Schemas: registry,
				SecuritySchemes: map[string]*huma.SecurityScheme{"bearer": {
					Type: "http", Scheme: "bearer",
					Description: "An access token or a personal access token. Each operation names the scope that a personal one must have; a scope includes no other.",
				}},
			},
		},
		Formats:                      map[string]huma.Format{"application/json": jsonFormat(), "json": jsonFormat()},
		DefaultFormat:                "application/json",
		Transformers:                 []huma.Transformer{a.refusal},
		RejectUnknownQueryParameters: true,
	}
}

func jsonFormat() huma.Format { return huma.DefaultJSONFormat }

// serveDocuments serves the OpenAPI document and a page that shows it, which loads nothing from anywhere else.
func (a *API) serveDocuments() error {
	spec, err := a.document()
	if err != nil {
		return err
	}
	page := bytes.ReplaceAll(docsPage(), []byte("{{base}}"), []byte(a.BasePath+Prefix))
	const policy = "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	for _, f := range []struct {
		path, contentType string
		body              []byte
	}{
		{"/openapi.json", "application/json", spec},
		{"/docs", "text/html; charset=utf-8", page},
		{"/docs/docs.css", "text/css; charset=utf-8", docsStyle()},
		{"/docs/docs.js", "text/javascript; charset=utf-8", docsScript()},
	} {
		tag := etagOf(f.body)
		a.mux.HandleFunc("GET "+Prefix+f.path, func(w http.ResponseWriter, r *http.Request) {
			h := w.Header()
			h.Set("Content-Type", f.contentType)
			h.Set("Cache-Control", "no-cache")
			h.Set("Content-Security-Policy", policy)
			h.Set("ETag", tag)
			if unchanged(r, tag) {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			write(w, f.body)
		})
	}
	return nil
}
