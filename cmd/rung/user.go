package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/rung-app/rung/internal/app"
)

// userCmd works on the database itself; a server that has a SQLite file open must be stopped first.
type userCmd struct {
	settings
	List          userListCmd          `cmd:"" help:"List the accounts."`
	Create        userCreateCmd        `cmd:"" help:"Make an account."`
	ResetPassword userResetPasswordCmd `cmd:"" help:"Give an account a new password and end its sessions."`
	Promote       userPromoteCmd       `cmd:"" help:"Make someone an administrator of the installation."`
	Disable       userDisableCmd       `cmd:"" help:"Shut an account out."`
}

// with opens the accounts for as long as do runs.
func (c *userCmd) with(ctx context.Context, term terminal, do func(*app.Accounts) error) (err error) {
	cfg, err := c.load(term.env)
	if err != nil {
		return err
	}
	log := app.NewLogger(term.err, "text", max(cfg.LogLevel, slog.LevelWarn), true)
	accounts, err := app.OpenAccounts(ctx, app.Options{Config: cfg, Version: version, Log: log, Now: time.Now})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, accounts.Close()) }()
	return do(accounts)
}

type userListCmd struct{}

func (userListCmd) Run(ctx context.Context, c *commands, term terminal) error {
	return c.User.with(ctx, term, func(accounts *app.Accounts) error {
		t := tabwriter.NewWriter(term.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(t, "EMAIL\tMADE\tNOTES")
		err := accounts.Each(ctx, func(a app.Account) error {
			_, err := fmt.Fprintf(t, "%s\t%s\t%s\n", a.Email, a.CreatedAt.Format(time.DateOnly), notes(a))
			return err
		})
		return errors.Join(err, t.Flush())
	})
}

func notes(a app.Account) string {
	var all []string
	if a.Admin {
		all = append(all, "administrator")
	}
	if a.Disabled {
		all = append(all, "disabled")
	}
	if !a.Verified {
		all = append(all, "address not verified")
	}
	return strings.Join(all, ", ")
}

// password says how a command comes by a password. Never from the command line, which other users of the machine see.
type password struct {
	PasswordStdin bool `help:"Read the password from standard input instead of making one up."`
}

func (p password) read(in io.Reader) (string, error) {
	if !p.PasswordStdin {
		return "", nil
	}
	line, err := bufio.NewReader(in).ReadString('\n')
	line = strings.TrimRight(line, "\r\n")
	if line == "" {
		return "", fmt.Errorf("no password came from standard input (%w)", err)
	}
	return line, nil
}

// show tells a password that was made up; one that was given is known.
func (p password) show(w io.Writer, text string) {
	if !p.PasswordStdin {
		fmt.Fprintf(w, "password: %s\n", text)
	}
}

type userCreateCmd struct {
	Email string `arg:"" help:"The address to sign in with."`
	Name  string `arg:"" help:"What the person is called."`
	Admin bool   `help:"Make an administrator of the installation."`
	password
}

func (u *userCreateCmd) Run(ctx context.Context, c *commands, term terminal) error {
	given, err := u.read(term.in)
	if err != nil {
		return err
	}
	return c.User.with(ctx, term, func(accounts *app.Accounts) error {
		text, err := accounts.Create(ctx, u.Email, u.Name, given, u.Admin)
		if err == nil {
			u.show(term.out, text)
		}
		return err
	})
}

type userResetPasswordCmd struct {
	Email string `arg:"" help:"The account's address."`
	password
}

func (u *userResetPasswordCmd) Run(ctx context.Context, c *commands, term terminal) error {
	given, err := u.read(term.in)
	if err != nil {
		return err
	}
	return c.User.with(ctx, term, func(accounts *app.Accounts) error {
		text, err := accounts.ResetPassword(ctx, u.Email, given)
		if err == nil {
			u.show(term.out, text)
		}
		return err
	})
}

type userPromoteCmd struct {
	Email string `arg:"" help:"The account's address."`
	Undo  bool   `help:"Make an administrator an ordinary user again."`
}

func (u *userPromoteCmd) Run(ctx context.Context, c *commands, term terminal) error {
	return c.User.with(ctx, term, func(accounts *app.Accounts) error { return accounts.Promote(ctx, u.Email, !u.Undo) })
}

type userDisableCmd struct {
	Email string `arg:"" help:"The account's address."`
	Undo  bool   `help:"Let the account in again."`
}

func (u *userDisableCmd) Run(ctx context.Context, c *commands, term terminal) error {
	return c.User.with(ctx, term, func(accounts *app.Accounts) error { return accounts.Disable(ctx, u.Email, !u.Undo) })
}
