package api

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
)

// Identity is who a token speaks for.
type Identity = auth.Identity

// isFor reports whether the token is for the workspace.
func isFor(id Identity, ws uuid.UUID) bool {
	return len(id.Workspaces) == 0 || slices.Contains(id.Workspaces, ws)
}
