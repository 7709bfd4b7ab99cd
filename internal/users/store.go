package users

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
)

// Store keeps what this package knows. An engine is one when it passes userstest.
type Store interface {
	People
	Workspaces
	Invitations
	Outbox
	Traces
	// Audit is the log to which the entries of workspaces go.
	Audit() audit.Log
}

// What a store answers besides success; everything else is trouble of the engine.
var (
	// ErrSlugTaken says that another live workspace has the slug: nothing was changed.
	ErrSlugTaken = errors.New("the slug is taken")
	// ErrLeased says that somebody else is delivering the messages of a lane.
	ErrLeased = errors.New("somebody else holds the lane")
	// ErrLive says that a workspace is not deleted.
	ErrLive = errors.New("the workspace is live")
	// ErrLeaseLost says that a lease ran out and somebody else has taken the lane: nothing was changed.
	ErrLeaseLost = errors.New("the lease has run out")
)

// People keeps persons.
type People interface {
	// UpdatePerson runs change on the person and her memberships as they are and commits what it returns, all or
	// nothing, durably before it returns. Nothing else changes them in between: if something did, change runs again, so
	// it must be pure. An error from change is returned as it is and nothing is changed.
	UpdatePerson(ctx context.Context, id uuid.UUID, change func(PersonView) (PersonChange, error)) error
	// Person gives the person, nil if there is none.
	Person(ctx context.Context, id uuid.UUID) (*Person, error)
	// PersonByEmail gives the person with the address, nil if there is none.
	PersonByEmail(ctx context.Context, email string) (*Person, error)
}

// PersonView is one state of a person.
type PersonView interface {
	// Person is nil if there is none yet.
	Person() (*Person, error)
	// Memberships are all of hers in live workspaces.
	Memberships() ([]Member, error)
}

// PersonChange is what an UpdatePerson does.
type PersonChange struct {
	Person *Person // as she is to be; nil changes nothing
	Post   []Message
}

// Workspaces keeps workspaces and their members.
type Workspaces interface {
	// UpdateWorkspace runs change on a view of the workspace and commits what it returns, all or nothing, durably before
	// it returns. The workspace, its members and its invitations do not change in between: if they did, change runs
	// again, so it must be pure. An error from change is returned as it is and nothing is changed.
	UpdateWorkspace(ctx context.Context, ws uuid.UUID, change func(View) (Change, error)) error
	// Workspace gives the workspace, deleted ones too, nil if there never was one.
	Workspace(ctx context.Context, ws uuid.UUID) (*Workspace, error)
	// WorkspaceBySlug gives the live workspace with the slug, Nil if there is none.
	WorkspaceBySlug(ctx context.Context, slug string) (uuid.UUID, error)
	// Member gives the member of a live workspace, nil if she is none or the workspace is deleted.
	Member(ctx context.Context, ws, user uuid.UUID) (*Member, error)
	// Members gives members in the order of their user ids, behind after.
	Members(ctx context.Context, ws, after uuid.UUID, limit int) ([]Member, error)
	// CountMembers counts the members of a workspace.
	CountMembers(ctx context.Context, ws uuid.UUID) (int, error)
	// CountOwned counts the live workspaces that a person owns.
	CountOwned(ctx context.Context, user uuid.UUID) (int, error)
	// WorkspacesOf gives the live workspaces of a person in the order of their ids, behind after.
	WorkspacesOf(ctx context.Context, user, after uuid.UUID, limit int) ([]Membership, error)
}

// View is one state of a workspace.
type View interface {
	// Workspace is nil if there never was one with this id; a deleted one is given.
	Workspace() (*Workspace, error)
	// Person gives any person, nil if there is none.
	Person(id uuid.UUID) (*Person, error)
	// SlugTaken reports whether another live workspace has the slug. Where another workspace may take it meanwhile, the
	// update fails with ErrSlugTaken.
	SlugTaken(slug string) (bool, error)
	// OwnedBy counts the live workspaces that a person owns. Others may change meanwhile.
	OwnedBy(user uuid.UUID) (int, error)
	MembersView
	InvitationsView
}

// MembersView is the members of one workspace.
type MembersView interface {
	// Member gives a member, nil if she is none.
	Member(user uuid.UUID) (*Member, error)
	// MemberByEmail gives the member with the address, nil if there is none.
	MemberByEmail(email string) (*Member, error)
	// Users gives all members' user ids.
	Users() ([]uuid.UUID, error)
	// CountMembers counts those in one of the roles, or all of them if none is named.
	CountMembers(roles ...Role) (int, error)
}

// InvitationsView is the invitations of one workspace.
type InvitationsView interface {
	// Invitation gives an invitation, closed ones too, nil if there is none.
	Invitation(id uuid.UUID) (*Invitation, error)
	// UnclosedInvitations gives all that are not closed, expired ones too.
	UnclosedInvitations() ([]Invitation, error)
	// CountInvited counts the invitations made at or after the time, closed ones too.
	CountInvited(since time.Time) (int, error)
	// Accepted reports whether the user has accepted the invitation.
	Accepted(invitation, user uuid.UUID) (bool, error)
}

// Change is what an UpdateWorkspace does. What is named is written as it is to be.
type Change struct {
	Workspace   *Workspace
	Members     []Member // Name and Email are the person's and not written
	Removed     []uuid.UUID
	Invitations []Invitation
	Tokens      []Token
	Accepted    *Acceptance
	Post        []Message
	Audit       []audit.Entry
}

// Acceptance is the fact that somebody accepted an invitation.
type Acceptance struct {
	Invitation, User uuid.UUID
	At               time.Time
}

// Invitations finds invitations outside of an update.
type Invitations interface {
	// Invitations gives those that are not closed, in the order of their ids, behind after.
	Invitations(ctx context.Context, ws, after uuid.UUID, limit int) ([]Invitation, error)
	// InvitationByToken gives the token with the hash, nil if there is none, and its invitation, closed ones too.
	InvitationByToken(ctx context.Context, hash []byte) (*Invitation, *Token, error)
	// SweepInvitations forgets at most limit invitations that expired before the time, with their tokens, acceptances
	// and lanes, and says how many they were.
	SweepInvitations(ctx context.Context, before time.Time, limit int) (int, error)
}

// Outbox holds messages that a committed change has promised. Messages of a lane are delivered in order by one holder
// at a time; lanes are independent.
type Outbox interface {
	// Lease takes at most n lanes of a kind that have messages due at now and that nobody holds, the longest due first, until the
	// given time, with their first messages.
	Lease(ctx context.Context, kind LaneKind, now, until time.Time, n int) ([]Lease, error)
	// LeaseLane takes one lane whether or not its messages are due. It gives nil if there are none and fails with
	// ErrLeased if somebody holds it.
	LeaseLane(ctx context.Context, lane Lane, now, until time.Time) (*Lease, error)
	// Release forgets the messages up to the number done and lets go of the lane. What is left is due at next; failed
	// says that the next attempt is one more on the same message. It fails with ErrLeaseLost if the holder is another.
	Release(ctx context.Context, l Lease, done int64, next time.Time, failed bool) error
}

// LaneKind says what the messages of a lane are about.
type LaneKind string

// The kinds of lanes.
const (
	LaneMembers LaneKind = "member" // one per workspace: Doc is a MemberChange
	LaneMail    LaneKind = "mail"   // one per invitation: Doc is an invitationMail
)

// Lane names a sequence of messages.
type Lane struct {
	Kind LaneKind
	ID   uuid.UUID
}

// Message is one thing to be told. Number is the store's: in each lane 1, 2, 3 ... in the order of the commits.
type Message struct {
	Lane   Lane
	Number int64
	At     time.Time
	Doc    []byte
}

// Lease is a lane in one holder's hands.
type Lease struct {
	Lane     Lane
	Holder   uuid.UUID
	Until    time.Time
	Failures int // attempts on the first message that have failed
	Messages []Message
}
