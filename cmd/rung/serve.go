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

// How memory is collected, unless GOGC and GOMEMLIMIT say otherwise. Nearly all of a server's garbage is an answer that was
// just given, and what is in use is little, so it may grow to several times that; but not beyond a gigabyte.
const (
	garbagePercent = 400
	memoryLimit    = 1 << 30
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
	if _, set := os.LookupEnv("GOGC"); !set {
		debug.SetGCPercent(garbagePercent)
	}
	if _, set := os.LookupEnv("GOMEMLIMIT"); !set {
		debug.SetMemoryLimit(memoryLimit)
	}
	a, err := app.Open(ctx, app.Options{Config: cfg, Version: version, Log: log, Now: time.Now})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	return a.Run(ctx)
}
