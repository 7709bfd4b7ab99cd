package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/rung-app/rung/internal/app"
)

// userCmd works on the database itself or, while a server on this machine has it, through that server.
type userCmd struct {
	settings
	JSON          bool                 `name:"json" help:"Write JSON, for programs."`
	List          userListCmd          `cmd:"" help:"List the accounts."`
	Create        userCreateCmd        `cmd:"" help:"Make an account."`
	ResetPassword userResetPasswordCmd `cmd:"" help:"Give an account a new password and end its sessions."`
	Promote       userPromoteCmd       `cmd:"" help:"Make someone an administrator of the installation."`
	Demote        userDemoteCmd        `cmd:"" help:"Make an administrator an ordinary user again."`
	Disable       userDisableCmd       `cmd:"" help:"Shut an account out."`
	Enable        userEnableCmd        `cmd:"" help:"Let an account in again that was shut out."`

	SignOutEveryone userSignOutEveryoneCmd `cmd:"" help:"End all sessions and replace the signing keys, after a leak."`
}

// with opens the accounts for as long as do runs.
func (c *userCmd) with(ctx context.Context, term terminal, do func(app.Accounts) error) (err error) {
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

// done says what was done: a line for people, or an object for programs.
func (c *userCmd) done(w io.Writer, line string, doc map[string]any) error {
	if c.JSON {
		return json.NewEncoder(w).Encode(doc)
	}
	_, err := fmt.Fprintln(w, line)
	return err
}

type userListCmd struct{}

func (userListCmd) Run(ctx context.Context, c *commands, term terminal) error {
	return c.User.with(ctx, term, func(accounts app.Accounts) error {
		if c.User.JSON {
			out := json.NewEncoder(term.out)
			return accounts.Each(ctx, func(a app.Account) error {
				return out.Encode(map[string]any{
					"id": a.ID, "email": a.Email, "admin": a.Admin, "disabled": a.Disabled, "verified": a.Verified,
					"created_at": a.CreatedAt.UTC().Format("2006-01-02T15:04:05.000Z"),
				})
			})
		}
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
	line, err := bufio.NewReader(io.LimitReader(in, 64<<10)).ReadString('\n')
	line = strings.TrimRight(line, "\r\n")
	if line == "" {
		return "", fmt.Errorf("no password came from standard input (%w)", err)
	}
	return line, nil
}

// show tells a password that was made up; one that was given is known.
func (p password) show(c *userCmd, w io.Writer, email, text, what string) error {
	doc := map[string]any{"email": email}
	line := what
	if !p.PasswordStdin {
		doc["password"], line = text, "password: "+text
	}
	return c.done(w, line, doc)
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
	return c.User.with(ctx, term, func(accounts app.Accounts) error {
		text, err := accounts.Create(ctx, u.Email, u.Name, given, u.Admin)
		if err != nil {
			return err
		}
		return u.show(&c.User, term.out, u.Email, text, u.Email+" has an account")
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
	return c.User.with(ctx, term, func(accounts app.Accounts) error {
		text, err := accounts.ResetPassword(ctx, u.Email, given)
		if err != nil {
			return err
		}
		return u.show(&c.User, term.out, u.Email, text, u.Email+" has a new password, and is signed out")
	})
}

type userPromoteCmd struct {
	Email string `arg:"" help:"The account's address."`
	Undo  bool   `help:"The same as demote."`
}

func (u *userPromoteCmd) Run(ctx context.Context, c *commands, term terminal) error {
	return c.User.promote(ctx, term, u.Email, !u.Undo)
}

type userDemoteCmd struct {
	Email string `arg:"" help:"The account's address."`
}

func (u *userDemoteCmd) Run(ctx context.Context, c *commands, term terminal) error {
	return c.User.promote(ctx, term, u.Email, false)
}

func (c *userCmd) promote(ctx context.Context, term terminal, email string, admin bool) error {
	return c.with(ctx, term, func(accounts app.Accounts) error {
		if err := accounts.Promote(ctx, email, admin); err != nil {
			return err
		}
		line := email + " is an administrator of the installation"
		if !admin {
			line = email + " is no administrator of the installation"
		}
		return c.done(term.out, line, map[string]any{"email": email, "admin": admin})
	})
}

type userDisableCmd struct {
	Email string `arg:"" help:"The account's address."`
	Undo  bool   `help:"The same as enable."`
}

func (u *userDisableCmd) Run(ctx context.Context, c *commands, term terminal) error {
	return c.User.disable(ctx, term, u.Email, !u.Undo)
}

type userEnableCmd struct {
	Email string `arg:"" help:"The account's address."`
}

func (u *userEnableCmd) Run(ctx context.Context, c *commands, term terminal) error {
	return c.User.disable(ctx, term, u.Email, false)
}

func (c *userCmd) disable(ctx context.Context, term terminal, email string, disabled bool) error {
	return c.with(ctx, term, func(accounts app.Accounts) error {
		if err := accounts.Disable(ctx, email, disabled); err != nil {
			return err
		}
		line := email + " is shut out"
		if !disabled {
			line = email + " is let in"
		}
		return c.done(term.out, line, map[string]any{"email": email, "disabled": disabled})
	})
}

type userSignOutEveryoneCmd struct{}

func (userSignOutEveryoneCmd) Run(ctx context.Context, c *commands, term terminal) error {
	return c.User.with(ctx, term, func(accounts app.Accounts) error {
		n, err := accounts.SignOutEveryone(ctx)
		if err != nil {
			return err
		}
		line := fmt.Sprintf("everybody is signed out (accounts: %d), and a new key signs", n)
		return c.User.done(term.out, line, map[string]any{"accounts": n})
	})
}
