package app

import (
	"context"
	"time"

	"github.com/rung-app/rung/internal/worker"
)

// sweepEvery is how often the tasks domain looks for what is too old to be kept.
const sweepEvery = 10 * time.Minute

// indexEvery is how often the index of words takes in what was written meanwhile, if that is little.
const indexEvery = 5 * time.Second

// openWorker takes on what nobody waits for.
func (a *App) openWorker(context.Context) error {
	history := time.Duration(a.Config.HistoryDays) * 24 * time.Hour
	sweep := worker.Chore{
		Name: "empty the trash and forget history", Every: sweepEvery,
		Do: func(ctx context.Context) (bool, error) { return a.tasks.Sweep(ctx, history) },
	}
	index := worker.Chore{Name: "index texts", Every: indexEvery, Wake: a.tasks.Unindexed(), Do: a.tasks.Index}
	a.background = append(a.background, a.users.Relay, a.auth.Relay, func(ctx context.Context) { worker.Run(ctx, a.Log, sweep, index) })
	return nil
}
