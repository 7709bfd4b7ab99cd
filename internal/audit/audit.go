// Package audit says what the log of who did what to accounts, members and access is made of. Each domain writes its own
// entries, in the transaction of the change that they tell of; what came of an attempt that changed nothing, such as a
// wrong password, is written by itself.
//
// An entry holds ids and never a secret, a name or an e-mail address, so nothing has to be searched for in it when
// somebody's account is deleted: only where she was is blanked.
package audit

import (
	"context"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// What an entry tells of. Clients must expect others.
const (
	SignedIn           = "session.created"
	SignInFailed       = "session.refused"
	SignedOut          = "session.ended"
	SessionsEnded      = "sessions.ended"
	SessionStolen      = "session.reused" // a refresh token came again: somebody else may have it
	PasswordChanged    = "password.changed"
	PasswordReset      = "password.reset"
	PasswordForgotten  = "password.forgotten" // a link was mailed
	KeysReplaced       = "keys.replaced"      // what signs access tokens, after a leak
	EmailVerified      = "email.verified"
	TokenCreated       = "token.created"
	TokenDeleted       = "token.deleted"
	AccountCreated     = "account.created"
	AccountDisabled    = "account.disabled"
	AccountEnabled     = "account.enabled"
	AccountPromoted    = "account.promoted"
	AccountDemoted     = "account.demoted"
	AccountDeleted     = "account.deleted"
	InvitationCreated  = "invitation.created"
	InvitationAccepted = "invitation.accepted"
	InvitationRevoked  = "invitation.revoked"
	MemberChanged      = "member.changed"
	MemberRemoved      = "member.removed"
	WorkspaceCreated   = "workspace.created"
	WorkspaceDeleted   = "workspace.deleted"
	WorkspaceErased    = "workspace.erased" // nothing of what was in it is left
	OwnerAppointed     = "workspace.owner_appointed"
	AdminCalled        = "admin.called" // an administrator of the installation looked at, or changed, something of others
	GrantChanged       = "grant.changed"
	AccessChanged      = "project.access_changed"
	ImportStarted      = "import.started"
	PeopleMadeUp       = "people.made_up" // for a rehearsal
)

// Who did it, besides people.
const (
	ByUser     = "user"
	ByToken    = "token"
	ByNobody   = "nobody"   // who has not signed in
	ByOperator = "operator" // at the command line of the server
	BySystem   = "system"
)

// Entry is one line of the log.
type Entry struct {
	ID        uuid.UUID // in the order of time
	At        time.Time
	Action    string
	By        string
	Actor     uuid.UUID // the user who did it; Nil if nobody knows, or it was no user
	Subject   uuid.UUID // whom or what it was done to
	Workspace uuid.UUID // Nil if it is of none
	Address   string    // where the request came from
	Agent     string    // what the client called itself
	Request   string    // the request's id
	Detail    map[string]string
}

// Origin is where a request comes from and whose it is.
type Origin struct {
	By      string
	User    uuid.UUID
	Address netip.Addr
	Agent   string
	Request string
}

type key struct{}

// Originator is a context's way to tell whose request it is of: Value(Key()) gives one.
type Originator interface{ Origin() Origin }

// Key is what a context is asked by for its Originator.
func Key() any { return key{} }

// Origin implements Originator.
func (o Origin) Origin() Origin { return o }

// With says whose doing everything is that is done with the context.
func With(ctx context.Context, o Origin) context.Context { return context.WithValue(ctx, key{}, o) }

// OriginOf gives whose doing it is; nobody's is the system's.
func OriginOf(ctx context.Context) Origin {
	if o, ok := ctx.Value(key{}).(Originator); ok {
		return o.Origin()
	}
	return Origin{By: BySystem}
}

// Bounds of what a stranger can have kept.
const (
	maxAgent   = 200 // bytes
	maxRequest = 64
	maxDetail  = 200
)

// New makes an entry about a subject, by whom the context says. Details are pairs of a name and a value.
func New(ctx context.Context, at time.Time, action string, subject uuid.UUID, details ...string) Entry {
	o := OriginOf(ctx)
	e := Entry{
		ID: newID(), At: at.UTC().Truncate(time.Millisecond), Action: action, By: o.By, Actor: o.User, Subject: subject,
		Agent: Clip(o.Agent, maxAgent), Request: Clip(o.Request, maxRequest),
	}
	if o.Address.IsValid() {
		e.Address = o.Address.Unmap().WithZone("").String()
	}
	for i := 0; i+1 < len(details); i += 2 {
		if e.Detail == nil {
			e.Detail = map[string]string{}
		}
		e.Detail[details[i]] = Clip(details[i+1], maxDetail)
	}
	return e
}

// In is the entry as one of a workspace.
func (e Entry) In(ws uuid.UUID) Entry {
	e.Workspace = ws
	return e
}

// As is the entry as done by a user who was not known when the request began, as when she signs in.
func (e Entry) As(user uuid.UUID) Entry {
	if e.By != ByOperator && user != uuid.Nil {
		e.By, e.Actor = ByUser, user
	}
	return e
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) } // fails only without randomness, and then nothing works

// Clip makes text that a stranger sent fit to be kept and shown: without controls, and not longer than most bytes.
func Clip(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == utf8.RuneError {
			return -1
		}
		return r
	}, text)
	if len(text) <= most {
		return text
	}
	for !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

// Query picks entries; what is zero does not matter.
type Query struct {
	Actor, Subject, Workspace uuid.UUID
	Action                    string
	Since, Until              time.Time // at or after, and before
	Before                    uuid.UUID // entries in front of this one, going back in time
	Limit                     int
}

// Log keeps a domain's entries, in its own database. It has no way to change what an entry says.
type Log interface {
	// Record keeps entries that tell of no change in the same database.
	Record(ctx context.Context, entries ...Entry) error
	// Entries gives what q picks, the last first.
	Entries(ctx context.Context, q Query) ([]Entry, error)
	// Trim forgets entries from before the time, at most limit of them and always the oldest ones, and says how many.
	Trim(ctx context.Context, before time.Time, limit int) (int, error)
	// Blank takes out of at most limit entries where a user was and with what, and says how many there were.
	Blank(ctx context.Context, user uuid.UUID, limit int) (int, error)
}

// FirstID is below the ids of all entries made at the time or later and, but for others of the same millisecond, above
// those made before.
func FirstID(at time.Time) uuid.UUID {
	var id uuid.UUID
	ms := at.UnixMilli()
	for i := range 6 {
		id[i] = byte(ms >> (8 * (5 - i)))
	}
	return id
}
