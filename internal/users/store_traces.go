package users

import (
	"context"

	"github.com/google/uuid"
)

// Traces finds what is left of a person, and workspaces of people one does not know.
type Traces interface {
	// TracesOf gives workspaces, deleted ones too, that a person is a member of, at most limit of them.
	TracesOf(ctx context.Context, user uuid.UUID, limit int) ([]uuid.UUID, error)
	// ForgetAddress removes at most limit invitations made out to an address, with their tokens, acceptances and lanes,
	// and says how many they were.
	ForgetAddress(ctx context.Context, email string, limit int) (int, error)
	// AllWorkspaces gives live workspaces in the order of their ids, behind after, with their members' number and owners.
	AllWorkspaces(ctx context.Context, after uuid.UUID, limit int) ([]Overview, error)
}

// Overview is a workspace as an administrator of the installation sees it.
type Overview struct {
	Workspace
	Members int
	Owners  []Member
}
