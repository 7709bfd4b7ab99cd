package app

import (
	"context"

	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/driver/sqldb"
)

func (a *App) openAuth(ctx context.Context) error {
	db, err := a.databases.get(ctx, a.Config.AuthDBURL, "auth")
	if err != nil {
		return err
	}
	if err := refuseForgotten(ctx, a.Config, db, a.databases.open); err != nil {
		return err
	}
	sender, err := a.sender()
	if err != nil {
		return err
	}
	store := sqldb.NewAuthStore(db)
	a.auditLogs = append(a.auditLogs, store.Audit())
	a.auth, err = auth.New(ctx, auth.Options{
		Store: store, People: people{a.users}, Attempts: auth.NewAttempts(a.Now), Mailer: sender,
		PublicURL: a.Config.PublicURL, Signup: auth.Signup(a.Config.Signup), Hashing: auth.DefaultHashing(), Log: a.Log, Now: a.Now,
		Exclusive: db.Exclusive(),
	})
	return err
}
