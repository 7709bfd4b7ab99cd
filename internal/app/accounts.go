package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/driver/sqldb"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// Accounts is what an operator can do to accounts, without anybody's permission: who can read the database's file may.
type Accounts interface {
	// Each calls fn with every account, the oldest first.
	Each(ctx context.Context, fn func(Account) error) error
	// Create makes an account and gives the password that was made up for it, or the one that was given.
	Create(ctx context.Context, email, name, password string, admin bool) (string, error)
	// ResetPassword gives an account a new password, made up if none is given, and ends its sessions.
	ResetPassword(ctx context.Context, email, password string) (string, error)
	// Promote makes someone an administrator of the installation, or one no more.
	Promote(ctx context.Context, email string, admin bool) error
	// Disable shuts an account out, or lets it in again.
	Disable(ctx context.Context, email string, disabled bool) error
	// SignOutEveryone ends all sessions and replaces the keys that sign access tokens and addresses of files. It gives how many accounts had one.
	SignOutEveryone(ctx context.Context) (int, error)
	Close() error
}

// OpenAccounts opens what accounts need: the database itself or, if a server on this machine has it, a way through that
// server, so that it knows at once what has changed. The caller must Close it.
func OpenAccounts(ctx context.Context, o Options) (Accounts, error) {
	a, through, err := openOrDial(ctx, o)
	switch {
	case err != nil:
		return nil, err
	case through != nil:
		return through, nil
	}
	return &localAccounts{a.auth, a.tasks, a}, nil
}

// openOrDial opens the databases of accounts and of what they can do or, if a server on this machine has them, a way through
// that server, and gives the one of the two that there is.
func openOrDial(ctx context.Context, o Options) (*App, *remoteAccounts, error) {
	a, err := open(ctx, o, "users", "tasks", "auth") // a new person's workspace is told to tasks
	if err == nil {
		return a, nil, nil
	}
	path, isFile := strings.CutPrefix(o.Config.AuthDBURL, "sqlite:")
	if !errors.Is(err, sqldb.ErrInUse) || !isFile {
		return nil, nil, err
	}
	through, dialErr := dialOperator(ctx, path)
	if dialErr != nil {
		return nil, nil, fmt.Errorf("%w; it can't be asked to do it either (%w)", err, dialErr)
	}
	return nil, through, nil
}

// Account is one of them.
type Account = auth.Summary

// accountsAtOnce is how many accounts are read at a time.
const accountsAtOnce = 500

// localAccounts works on the service in this process.
type localAccounts struct {
	auth  *auth.Service
	tasks *tasks.Service
	app   *App // to be closed; nil if it is not ours
}

// operator is the context of what is done at the command line.
func operator(ctx context.Context) context.Context {
	return audit.With(ctx, audit.Origin{By: audit.ByOperator})
}

// Close lets go of the databases.
func (a *localAccounts) Close() error {
	if a.app == nil {
		return nil
	}
	return a.app.Close()
}

func (a *localAccounts) Each(ctx context.Context, fn func(Account) error) error {
	after := uuid.Nil
	for {
		some, err := a.auth.List(ctx, after, accountsAtOnce)
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

func (a *localAccounts) Create(ctx context.Context, email, name, password string, admin bool) (string, error) {
	_, password, err := a.auth.Create(operator(ctx), email, name, password, admin)
	return password, err
}

func (a *localAccounts) ResetPassword(ctx context.Context, email, password string) (string, error) {
	return a.auth.SetPassword(operator(ctx), email, password)
}

func (a *localAccounts) Promote(ctx context.Context, email string, admin bool) error {
	return a.auth.Promote(operator(ctx), email, admin)
}

func (a *localAccounts) Disable(ctx context.Context, email string, disabled bool) error {
	return a.auth.Disable(operator(ctx), email, disabled)
}

func (a *localAccounts) SignOutEveryone(ctx context.Context) (int, error) {
	if err := a.tasks.EndAddresses(ctx); err != nil {
		return 0, err
	}
	return a.auth.SignOutEveryone(operator(ctx))
}

// errOperator is what a server says that has refused something, as an error of this process.
func errOperator(detail string, fields []fault.Field) error {
	return &fault.Error{Kind: fault.KindConflict, Code: "refused", Detail: detail, Fields: fields}
}
