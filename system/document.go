package system

import (
	"net/http"
	"strings"

	"github.com/rung-app/rung/internal/api/apitest"
)

// document is the OpenAPI document that the server serves. Every answer of the story is compared with it.
type document = apitest.Document

// compared takes note of what in an answer is not as the document says.
func (s *story) compared(method, path string, status int, header http.Header, body []byte) {
	if s.document == nil || strings.Contains(path, "://") {
		return
	}
	below, _, _ := strings.Cut(path, "?")
	s.document.Compare(apitest.Answer{What: method + " " + path, Method: method, Path: below, Status: status, Header: header, Body: body})
}

// documented tells where answers were not as the document says.
func (s *story) documented() {
	for _, what := range s.document.Differences() {
		s.Error(what)
	}
}
