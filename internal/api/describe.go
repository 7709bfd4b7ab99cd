package api

import (
	"log/slog"
	"time"

	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/importer"
	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/users"
)

// Describe gives the OpenAPI document of an API with all routes, as a server of that version with no path of its own
// serves it.
func Describe(version string) ([]byte, error) {
	a, err := New(Options{
		Services: Services{Auth: &auth.Service{}, Tasks: &tasks.Service{}, Users: &users.Service{}, Imports: &importer.Service{}},
		Version:  version, Log: slog.New(slog.DiscardHandler), Now: time.Now,
	})
	if err != nil {
		return nil, err
	}
	return a.document()
}
