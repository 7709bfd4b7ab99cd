package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/rung-app/rung/internal/fault"
)

// Exit codes.
const (
	done   = 0
	failed = 1 // one sentence on stderr says what, and what to do
	misuse = 2 // the command line itself is wrong
)

// terminal is what a command reads from and writes to.
type terminal struct {
	in       io.Reader
	out, err io.Writer
	env      []string
}

// commands is the command line; each command lives in the file of its name.
type commands struct {
	Serve    serveCmd    `cmd:"" help:"Run Rung: the web app, the API and everything behind them."`
	Check    checkCmd    `cmd:"" help:"Check the configuration and open everything that it names."`
	Config   configCmd   `cmd:"" help:"Show every setting, and where its value comes from."`
	User     userCmd     `cmd:"" help:"Look after accounts in the database, for who is locked out."`
	Import   importCmd   `cmd:"" help:"Bring over a board from another product, through a running server."`
	Load     loadCmd     `cmd:"" help:"Rehearse a number of users against a running server, and say what it held."`
	Version  versionCmd  `cmd:"" help:"Say which version this is."`
	Licenses licensesCmd `cmd:"" help:"Show the licence of Rung and of everything in it."`

	LoadAgent loadAgentCmd `cmd:"" hidden:"" help:"Make a part of the load; what \"rung load\" starts."`
}

// helped leaves the parser once it has shown the help that was asked for.
type helped int

// run carries out a command line and gives the exit code.
func run(ctx context.Context, args []string, term terminal) (code int) {
	defer func() {
		if p := recover(); p != nil {
			asked, ok := p.(helped)
			if !ok {
				panic(p)
			}
			code = int(asked)
		}
	}()
	c := &commands{Serve: serveCmd{newSettings()}, Check: checkCmd{newSettings()}, Config: configCmd{newSettings()}}
	c.User.settings, c.Load.settings = newSettings(), newSettings()
	parser, err := kong.New(c,
		kong.Name("rung"), kong.Description("Rung is a task manager for teams that grow."), kong.UsageOnError(),
		kong.Writers(term.out, term.err), kong.Exit(func(code int) { panic(helped(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(term, c),
	)
	if err != nil {
		fmt.Fprintln(term.err, "rung:", err)
		return failed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(term.err, "rung: %v; see rung --help\n", err)
		return misuse
	}
	err = parsed.Run()
	if wrong, ok := errors.AsType[misuseError](err); ok {
		fmt.Fprintf(term.err, "rung: %v\n", wrong)
		return misuse
	}
	if err != nil {
		fmt.Fprintf(term.err, "rung: %s\n", sentence(err))
		return failed
	}
	return done
}

// sentence says what went wrong, to the operator: what is wrong with which field, or the fault and its cause.
func sentence(err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	switch {
	case !ok:
		return err.Error()
	case len(f.Fields) > 0:
		var all []string
		for _, field := range f.Fields {
			all = append(all, field.Field+" "+field.Message)
		}
		return strings.Join(all, "; ")
	case f.Cause != nil:
		return strings.TrimSuffix(f.Detail, ".") + ": " + f.Cause.Error()
	default:
		return f.Detail
	}
}

// misuseError is a command line that can be parsed and still makes no sense.
type misuseError string

func (e misuseError) Error() string { return string(e) }
