package auth

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

// Store keeps accounts and what the installation as a whole has. It holds no rules. Times have milliseconds and are in
// UTC. Package authtest holds what every store must show.
type Store interface {
	Accounts
	Grants
	Outbox
	Installation
	Departures
	// Audit is the log to which the entries of accounts go.
	Audit() audit.Log
}

// Accounts keeps accounts, each a whole.
type Accounts interface {
	// Create keeps a new account: ErrIDTaken if there is one with its id, else ErrEmailTaken if there is one with its
	// address. An id that belonged to an account which was deleted is taken for ever. Claim, if not nil, decides on the installation in the same step: if it fails nothing has happened, and of
	// several that claim the same thing each sees what the one before has done. It may run again and so is pure.
	Create(ctx context.Context, a Account, claim func(*Instance) error) error
	// Account gives an account, fault.NotFound if there is none.
	Account(ctx context.Context, id uuid.UUID) (Account, error)
	// AccountByEmail gives the account with a normalized address, fault.NotFound if there is none.
	AccountByEmail(ctx context.Context, email string) (Account, error)
	// List gives the accounts that come behind the id, in the order of ids, without what hangs on them.
	List(ctx context.Context, after uuid.UUID, limit int) ([]Account, error)
	// Update runs change on an account and keeps what it made of it, durably before it returns; fault.NotFound if there
	// is none. Nothing else changes the account in between: if something did, change runs again, so it is pure. An error
	// from it is returned as it is and nothing is changed. What hangs on an account comes in the order of ids.
	Update(ctx context.Context, id uuid.UUID, change func(*Account) error) error
	// UpdateAmong is Update for what must hold for all accounts together: others tells how many other accounts are
	// administrators and not disabled. Of two changes at the same time one sees what the other has done.
	UpdateAmong(ctx context.Context, id uuid.UUID, change func(a *Account, others func() (int, error)) error) error
	// Search gives the accounts that q picks, in the order of ids, without what hangs on them.
	Search(ctx context.Context, q Search) ([]Account, error)
}

// Grants answers the question that is asked most: does this still hold?
type Grants interface {
	// SessionGrant gives what a session of an account stands for now, fault.NotFound if either is gone.
	SessionGrant(ctx context.Context, account, session uuid.UUID) (Grant, error)
	// TokenGrant gives the same for a personal access token.
	TokenGrant(ctx context.Context, account, token uuid.UUID) (Grant, error)
}

// Grant is what a session or a personal access token stands for.
type Grant struct {
	Admin, Disabled bool      // of the account
	ExpiresAt       time.Time // zero for never

	// Of a personal access token only.
	Digest     []byte
	Scopes     []string
	Workspaces []uuid.UUID
	UsedAt     time.Time
}

// Outbox lends out the mails that hang on accounts.
type Outbox interface {
	// LeaseMail gives mails that are due, the longest due first. Each counts one attempt more and is due again at until:
	// nobody else is lent it before. Who has sent it takes it off the account with Update.
	LeaseMail(ctx context.Context, now, until time.Time, limit int) ([]Mail, error)
}

// Installation keeps the little that there is once.
type Installation interface {
	// Instance gives it; an empty one at first.
	Instance(ctx context.Context) (Instance, error)
	// UpdateInstance is to it what Update is to an account.
	UpdateInstance(ctx context.Context, change func(*Instance) error) error
}

// Instance is what there is once in an installation.
type Instance struct {
	// Setup is the one-time token with which the first administrator registers, empty before it was first asked for and
	// after it was used. It is kept readable so that every start of every server tells the same address; all that it
	// opens is an installation that nobody uses yet.
	Setup string
	Owner uuid.UUID // who used it
	Keys  []SigningKey
}

// SigningKey signs access tokens.
type SigningKey struct {
	ID        string
	Seed      []byte    // of Ed25519, 32 bytes
	SignsFrom time.Time // published before, so that everyone knows it by then
	ExpiresAt time.Time // zero while no other has followed; later, when the last token that it signed has run out
}

// What a store refuses.
var (
	ErrIDTaken    error = fault.Conflict("id-taken", "There is something else with this id.")
	ErrEmailTaken error = fault.Conflict("email-taken", "There is an account with this address already.")
)
