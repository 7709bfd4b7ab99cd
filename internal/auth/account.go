package auth

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
)

// Account is one person's way in, with all that hangs on it. It is loaded, changed and kept as a whole, so whatever
// belongs together, such as a new password and the end of the old sessions, happens together.
type Account struct {
	ID       uuid.UUID
	Email    string // normalized; unique
	Password string // its argon2id hash, with parameters

	// Name is what the person called herself when she registered, kept until People has made her and empty from then.
	Name string

	Verified  bool // she has shown that mail to the address reaches her
	Disabled  bool // nothing of hers is let in
	Admin     bool // an administrator of the whole installation
	CreatedAt time.Time

	Sessions []Session
	Tokens   []Token
	Links    []Link
	Mails    []Mail

	Audit []audit.Entry // to be kept with the account; a store never gives them back with it
}

// note adds an entry to be kept with the account's change.
func (a *Account) note(e audit.Entry) { a.Audit = append(a.Audit, e) }

// Session is one browser or app that is signed in. How its refresh tokens follow each other is told in refresh.go.
type Session struct {
	ID         uuid.UUID
	Salt       []byte      // of the chain of refresh tokens
	Generation int64       // of the newest refresh token
	Digest     []byte      // of the newest refresh token's secret
	Rotated    []time.Time // when the latest generations were followed by the next, newest last; only recent ones
	CreatedAt  time.Time
	SeenAt     time.Time // last refreshed
	ExpiresAt  time.Time
	Address    string // where it was last refreshed from
	Agent      string // what it calls itself
}

// Token is a personal access token. Its secret is known to its owner alone.
type Token struct {
	ID         uuid.UUID
	Name       string
	Digest     []byte
	Scopes     []string
	Workspaces []uuid.UUID // the only ones it is for; empty for all
	CreatedAt  time.Time
	ExpiresAt  time.Time // zero for never
	UsedAt     time.Time // to the minute or so; zero for never
}

// LinkKind says what a one-time link does.
type LinkKind string

// The kinds.
const (
	LinkReset  LinkKind = "reset"  // sets a new password
	LinkVerify LinkKind = "verify" // shows that mail arrives
)

// Link is the secret of a link that was mailed and works once.
type Link struct {
	ID        uuid.UUID
	Kind      LinkKind
	Digest    []byte
	Email     string // that it was mailed to
	ExpiresAt time.Time
}

// Mail is a message that waits to be sent.
type Mail struct {
	ID        uuid.UUID
	Account   uuid.UUID
	To        string
	Subject   string
	Text      string
	Attempts  int       // begun so far
	DueAt     time.Time // not before; while a process holds it, when its lease ends
	ExpiresAt time.Time // it is of no use later
}

// Bounds of what one account may pile up.
const (
	maxSessions = 100 // beyond it the one that was not seen for longest ends
	maxTokens   = 100
	maxLinks    = 5 // of a kind; beyond it the oldest stops working
)

// prune drops what has run out, and what is too much.
func (a *Account) prune(now time.Time) {
	a.Sessions = slices.DeleteFunc(a.Sessions, func(s Session) bool { return !s.ExpiresAt.After(now) })
	a.Links = slices.DeleteFunc(a.Links, func(l Link) bool { return !l.ExpiresAt.After(now) })
	for len(a.Sessions) > maxSessions {
		oldest := 0
		for i, s := range a.Sessions {
			if s.SeenAt.Before(a.Sessions[oldest].SeenAt) {
				oldest = i
			}
		}
		a.Sessions = slices.Delete(a.Sessions, oldest, oldest+1)
	}
}

// session gives the session with the id, nil if there is none.
func (a *Account) session(id uuid.UUID) *Session {
	if i := slices.IndexFunc(a.Sessions, func(s Session) bool { return s.ID == id }); i >= 0 {
		return &a.Sessions[i]
	}
	return nil
}

// endSessions ends all sessions but one.
func (a *Account) endSessions(except uuid.UUID) {
	a.Sessions = slices.DeleteFunc(a.Sessions, func(s Session) bool { return s.ID != except })
}

// dropLinks makes all links of a kind useless.
func (a *Account) dropLinks(kind LinkKind) {
	a.Links = slices.DeleteFunc(a.Links, func(l Link) bool { return l.Kind == kind })
}

// addLink adds a link and lets go of the oldest of its kind when they are too many.
func (a *Account) addLink(l Link) {
	n := 0
	for i := len(a.Links) - 1; i >= 0; i-- {
		if a.Links[i].Kind != l.Kind {
			continue
		}
		if n++; n >= maxLinks {
			a.Links = slices.Delete(a.Links, i, i+1)
		}
	}
	a.Links = append(a.Links, l)
}
