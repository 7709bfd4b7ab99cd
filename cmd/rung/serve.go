package main

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/mattn/go-isatty"

	"github.com/rung-app/rung/internal/app"
)

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
	a, err := app.Open(ctx, app.Options{Config: cfg, Version: version, Log: log, Now: time.Now})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	return a.Run(ctx)
}
