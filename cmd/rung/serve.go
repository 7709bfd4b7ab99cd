package main

import (
	"context"
	"errors"
	"os"
	"runtime/debug"
	"time"

	"github.com/mattn/go-isatty"

	"github.com/rung-app/rung/internal/app"
)

// garbagePercent has memory collected when there is twice as much garbage as there are things in use, instead of as much:
// nearly all of a server's garbage is an answer that was just given. GOGC says otherwise.
const garbagePercent = 200

type serveCmd struct{ settings }

func (c *serveCmd) Run(ctx context.Context, term terminal) (err error) {
	cfg, err := c.load(term.env)
	if err != nil {
		return err
	}
	f, ok := term.err.(*os.File)
	lines := app.BufferLog(term.err)
	defer func() { err = errors.Join(err, lines.Close()) }()
	log := app.NewLogger(lines, cfg.LogFormat, cfg.LogLevel, ok && isatty.IsTerminal(f.Fd()))
	if _, set := os.LookupEnv("GOGC"); !set {
		debug.SetGCPercent(garbagePercent)
	}
	a, err := app.Open(ctx, app.Options{Config: cfg, Version: version, Log: log, Now: time.Now})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	return a.Run(ctx)
}
