// Package app puts Rung together: it alone knows every domain, every driver and every role, opens what a configuration
// names, lets the parts meet, and starts, drains and stops them.
package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"time"

	"github.com/rung-app/rung/internal/api"
	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/config"
	"github.com/rung-app/rung/internal/importer"
	"github.com/rung-app/rung/internal/mail"
	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/users"
)

// Options are what an App is made of.
type Options struct {
	Config  *config.Config
	Version string // semantic, without a leading v
	Log     *slog.Logger
	Now     func() time.Time
}

// App is an opened Rung.
type App struct {
	Options
	databases databases
	folder    io.Closer // of attached files; nil unless they are in one
	mail      mail.Sender

	users   *users.Service
	tasks   *tasks.Service
	auth    *auth.Service
	imports *importer.Service
	api     *api.API
	handler busy // what the public address serves
	metrics *metrics

	auditLogs  []audit.Log                 // of every domain
	followers  members                     // tells tasks of members
	background []func(ctx context.Context) // what Run runs beside the server
	closers    []func()                    // called before the databases are closed, the last one first
	closing    sync.Once
}

// Open opens every engine that the roles of the configuration need and brings the databases' tables up to date. It
// serves nothing yet. The caller must Close the App.
func Open(ctx context.Context, o Options) (*App, error) { return open(ctx, o, o.Config.Roles...) }

func open(ctx context.Context, o Options, wanted ...string) (*App, error) {
	a := &App{Options: o, databases: databases{version: o.Version}}
	a.databases.watch = a.watchStorage
	if err := a.openRoles(ctx, wanted...); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// Close lets go of everything. Nothing may be going on any more.
func (a *App) Close() error {
	var err error
	a.closing.Do(func() {
		for i := len(a.closers) - 1; i >= 0; i-- {
			a.closers[i]()
		}
		err = a.databases.close()
		if a.folder != nil {
			err = errors.Join(err, a.folder.Close())
		}
	})
	return err
}
