package users

import (
	"context"
	"time"

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
	// DeletedWorkspaces gives at most limit workspaces that were deleted before the time and are not erased, those that
	// were deleted first.
	DeletedWorkspaces(ctx context.Context, before time.Time, limit int) ([]uuid.UUID, error)
	// EmptyWorkspace removes at most about limit rows of a deleted workspace's members, of its invitations with all that
	// belongs to them, and of what waits to be told of its members, and reports whether there are more. It fails with
	// ErrLive if the workspace is live, with ErrLeased if at now somebody is telling of its members; nothing is changed
	// then.
	EmptyWorkspace(ctx context.Context, ws uuid.UUID, now time.Time, limit int) (more bool, err error)
}

// Overview is a workspace as an administrator of the installation sees it.
type Overview struct {
	Workspace
	Members int
	Owners  []Member
}
