package app

import (
	"context"
	"time"

	"github.com/rung-app/rung/internal/worker"
)

// sweepEvery is how often the tasks domain looks for what is too old to be kept.
const sweepEvery = 10 * time.Minute

// straysEvery is how often it looks through all attached files.
const straysEvery = 6 * time.Hour

// openWorker takes on what nobody waits for.
func (a *App) openWorker(context.Context) error {
	history := time.Duration(a.Config.HistoryDays) * 24 * time.Hour
	sweep := worker.Chore{
		Name: "empty the trash and forget history", Every: sweepEvery,
		Do: func(ctx context.Context) (bool, error) { return a.tasks.Sweep(ctx, history) },
	}
	strays := worker.Chore{Name: "remove files that nothing refers to", Every: straysEvery, Do: a.tasks.SweepFiles}
	a.background = append(a.background, a.users.Relay, a.auth.Relay, func(ctx context.Context) { worker.Run(ctx, a.Log, sweep, strays) })
	return nil
}
