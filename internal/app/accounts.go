package app

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
)

// Accounts is what an operator can do to accounts without a server, straight in the database.
type Accounts struct{ app *App }

// OpenAccounts opens what accounts need. The caller must Close it.
func OpenAccounts(ctx context.Context, o Options) (*Accounts, error) {
	a, err := open(ctx, o, "users", "tasks", "auth") // a new person's workspace is told to tasks
	if err != nil {
		return nil, err
	}
	return &Accounts{a}, nil
}

// Close lets go of the databases.
func (a *Accounts) Close() error { return a.app.Close() }

// Account is one of them.
type Account = auth.Summary

// accountsAtOnce is how many accounts are read at a time.
const accountsAtOnce = 500

// Each calls fn with every account, the oldest first.
func (a *Accounts) Each(ctx context.Context, fn func(Account) error) error {
	after := uuid.Nil
	for {
		some, err := a.app.auth.List(ctx, after, accountsAtOnce)
		if err != nil {
			return err
		}
		for _, s := range some {
			if err := fn(s); err != nil {
				return err
			}
			after = s.ID
		}
		if len(some) < accountsAtOnce {
			return nil
		}
	}
}

// Create makes an account and gives the password that was made up for it, or the one that was given.
func (a *Accounts) Create(ctx context.Context, email, name, password string, admin bool) (string, error) {
	_, password, err := a.app.auth.Create(ctx, email, name, password, admin)
	return password, err
}

// ResetPassword gives an account a new password, made up if none is given, and ends its sessions.
func (a *Accounts) ResetPassword(ctx context.Context, email, password string) (string, error) {
	return a.app.auth.SetPassword(ctx, email, password)
}

// Promote makes someone an administrator of the installation, or one no more.
func (a *Accounts) Promote(ctx context.Context, email string, admin bool) error {
	return a.app.auth.Promote(ctx, email, admin)
}

// Disable shuts an account out, or lets it in again.
func (a *Accounts) Disable(ctx context.Context, email string, disabled bool) error {
	return a.app.auth.Disable(ctx, email, disabled)
}
